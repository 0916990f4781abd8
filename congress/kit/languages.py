"""The language in which the portal speaks (语言)."""

from django.conf import settings
from django.utils.translation import get_language


def language():
    """The language of what is kept; asked for twenty times a page, and looked up only where there are several."""
    (first, _name), *others = settings.LANGUAGES
    return get_language() if others else first
