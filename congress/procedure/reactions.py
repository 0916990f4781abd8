"""How a higher room acts in the same transaction after a lower room's verb."""

from collections import defaultdict

_reactions = defaultdict(list)


def after(verb):
    """Register a function to run, inside the transaction, after `verb` was journalled; it receives the Taken step."""

    def register(function):
        if function not in _reactions[verb]:
            _reactions[verb].append(function)
        return function

    return register


def announce(verb, event):
    """Run what the rooms above registered for this verb."""
    for function in _reactions.get(verb, ()):
        function(event)


def registered():
    """The verbs that have a reaction, for the tests of the house."""
    return {verb: tuple(functions) for verb, functions in _reactions.items() if functions}
