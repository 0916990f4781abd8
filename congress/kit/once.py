"""What is sent twice makes one thing: which row a request of this person has made (防重)."""

import hashlib

from django.core.cache import cache

REMEMBERED = 24 * 3600  # seconds for which a request sent again finds what it made


def made_by(user, key, noun):
    """The id of what this user made of that noun with this key, or None."""
    return left(user, key, noun)


def remember(user, key, noun, row):
    leave(user, key, noun, row.pk)


def left(user, key, noun):
    """What this user left last under that key, or None."""
    return cache.get(_key(user, key, noun)) if key else None


def leave(user, key, noun, value):
    if key:
        cache.set(_key(user, key, noun), value, REMEMBERED)


def _key(user, key, noun):
    """Whatever a client sends as its key, a cache can keep."""
    return f"once.{noun}.{user.pk}.{hashlib.sha256(key.encode()).hexdigest()}"
