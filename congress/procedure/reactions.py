"""How a higher room acts in the same transaction after a lower room's verb."""

from collections import defaultdict

_reactions = defaultdict(list)
_closing = defaultdict(list)


def after(verb, *, last=False):
    """Register a function to run, inside the transaction, after `verb` was journalled; it receives the Taken step.

    `last` is for what reads the outcome: it runs when all other reactions have done their part.
    """
    mine = (_closing if last else _reactions)[verb]

    def register(function):
        if function not in mine:
            mine.append(function)
        return function

    return register


def announce(verb, event, **more):
    """Run what the rooms above registered for this verb."""
    for function in (*_reactions.get(verb, ()), *_closing.get(verb, ())):
        function(event, **more)


def registered():
    """The verbs that have a reaction, for the tests of the house."""
    verbs = {**_reactions, **_closing}
    return {verb: found for verb in verbs if (found := (*_reactions.get(verb, ()), *_closing.get(verb, ())))}
