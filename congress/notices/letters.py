"""Letters by verb: what a room has to say when something was journalled, and to whom (函件).

@on("suggestion.assign")
class AssignedToYou(Letter):
    title = _("请办理：%(case)s")

    def recipients(self):
        return officers(self.case.current_round.lead)
"""

from collections import defaultdict

_letters = defaultdict(list)


class Letter:
    """What one journal entry says to one group of readers; who acted himself is not told."""

    title = ""
    body = ""
    is_urgent = False
    tells_actor = False

    def __init__(self, entry, case):
        self.entry, self.case = entry, case

    def recipients(self):
        """The users to be told; twice the same is once."""
        raise NotImplementedError

    def words(self, reader):
        """What stands in for the names in title and body; a reader who may not know a name gets another word."""
        return {"case": str(self.case), "who": str(self.entry.by), **self.entry.facts}

    def url(self, reader):
        return self.case.get_absolute_url()

    def written_to(self, reader):
        """(title, body) as this reader gets them."""
        words = self.words(reader)
        return str(self.title) % words, str(self.body) % words


def on(*verbs):
    """Register a Letter class for verbs of the journal; of several letters to one reader the first one stands."""

    def register(cls):
        for verb in verbs:
            if cls not in _letters[verb]:
                _letters[verb].append(cls)
        return cls

    return register


def letters_for(verb):
    return tuple(_letters.get(verb, ()))


def registered():
    """{verb: letter classes}, for the sweep and for the tests of the house."""
    return {verb: tuple(classes) for verb, classes in _letters.items() if classes}
