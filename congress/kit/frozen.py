"""Values that do not change any more, so that what follows from them can be kept (定值)."""


class Frozen(dict):
    """A dict that nobody changes after it was made: equal ones have the same hash."""

    def __hash__(self):
        return hash(tuple(self.items()))
