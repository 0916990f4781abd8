"""Values that do not change any more, so that what follows from them can be kept (定值)."""

from django.utils.functional import Promise


class Frozen(dict):
    """A dict that nobody changes after it was made: equal ones have the same hash."""

    def __hash__(self):
        return hash(tuple(self.items()))


def frozen(value):
    """The same value made of what never changes: lists become tuples, dicts are frozen, lazy words are said."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):
        return Frozen((name, frozen(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(frozen(each) for each in value)
    return value
