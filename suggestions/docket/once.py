"""A new draft sent twice is one draft: which case a form has made (防重)."""

from django.core.cache import cache

ONE_DRAFT = 24 * 3600  # seconds for which a form sent twice finds the draft that it made


def made_by(user, key):
    """The id of the draft that this user made with this key, or None."""
    return cache.get(_key(user, key)) if key else None


def remember(user, key, case):
    if key:
        cache.set(_key(user, key), case.pk, ONE_DRAFT)


def _key(user, key):
    return f"docket.draft.{user.pk}.{key}"
