"""What somebody left under a key and finds again within a day; nothing rests on it that must not be lost (便签)."""

import hashlib

from django.core.cache import cache

KEPT = 24 * 3600  # seconds


def left(user, key, noun):
    """What this user left last under that key, or None."""
    return cache.get(_key(user, key, noun)) if key else None


def leave(user, key, noun, value, *, seconds=KEPT):
    if key:
        cache.set(_key(user, key, noun), value, seconds)


def _key(user, key, noun):
    """Whatever a client sends as its key, a cache can keep."""
    return f"note.{noun}.{user.pk}.{hashlib.sha256(key.encode()).hexdigest()}"
