"""The conditions of a list as its address says them (清单的条件)."""

from dataclasses import fields
from urllib.parse import urlencode

from congress.kit.words import asked_words


class Asking:
    """What a frozen dataclass of texts needs to be read from an address and written into one; what it can't read it
    leaves out. Its field `view` names one of its `VIEWS`."""

    VIEWS = ()

    @classmethod
    def of(cls, query):
        known = {each.name: asked_words(query.get(each.name)) for each in fields(cls) if query.get(each.name)}
        if known.get("view") not in cls.VIEWS:
            known.pop("view", None)
        return cls(**known)

    @property
    def pairs(self):
        return [(each.name, value) for each in fields(self) if (value := getattr(self, each.name))]

    @property
    def is_narrowed(self):
        """By anything but the view, which always says something."""
        return any(name != "view" for name, _value in self.pairs)

    def address(self, **changes):
        """The same list with some conditions changed."""
        return f"?{urlencode({name: value for name, value in (dict(self.pairs) | changes).items() if value})}"
