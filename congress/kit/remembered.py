"""What seldom changes and every page asks for, kept in the memory of a process for a while (暂存)."""

import time
from functools import lru_cache, wraps

_ALL = []

clock = time.monotonic  # seconds; a name of this module, so that tests can stop it and nothing else


def remembered(seconds, *, most=1024):
    """Keep what a function gives for equal arguments, for so many seconds at most; each process for itself.

    Everybody is given the same thing, so nobody may change it.
    """

    def decorate(function):
        @lru_cache(maxsize=most)
        def kept(_turn, *args, **kwargs):
            return function(*args, **kwargs)

        @wraps(function)
        def remembering(*args, **kwargs):
            return kept(int(clock() // seconds), *args, **kwargs)

        forgettable(kept)
        return remembering

    return decorate


def forgettable(kept):
    """Note what keeps something in the memory of a process, so that it can be made to forget it."""
    _ALL.append(kept)
    return kept


def forget():
    """Begin anew: for tests, whose databases are not one another's."""
    for kept in _ALL:
        kept.cache_clear()
