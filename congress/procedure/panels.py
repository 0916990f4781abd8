"""How a higher room shows its part on a lower room's page."""

from collections import defaultdict

_panels = defaultdict(list)


class Panel:
    """A part of a page: what to load for one object and one reader, and the fragment that shows it."""

    template_name = ""
    order = 50

    def asked(self, subject, *, reader):
        """The questions to the database from whose answers its fragment follows, kept on the subject.

        None where it asks for more: then the page is drawn anew each time.
        """

    def context(self, subject, *, reader):
        """What the fragment needs, in a fixed number of queries; None when this reader is shown nothing."""
        raise NotImplementedError


def panel(page, *, order=50):
    """Register a Panel class for a page, e.g. `docket.case`."""

    def register(cls):
        cls.order = order
        _panels[page].append(cls())
        _panels[page].sort(key=lambda each: each.order)
        return cls

    return register


def asked_for(page, subject, *, reader):
    """The questions from which all panels of a page follow; None where one does not say."""
    asked = [each.asked(subject, reader=reader) for each in _panels.get(page, ())]
    return None if None in asked else [question for questions in asked for question in questions]


def panels_for(page, subject, *, reader):
    """[(template name, context)] of the panels that have something to show, in order."""
    loaded = ((each, each.context(subject, reader=reader)) for each in _panels.get(page, ()))
    return [(each.template_name, context) for each, context in loaded if context is not None]
