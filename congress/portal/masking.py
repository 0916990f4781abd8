"""Numbers of persons in a text that goes public: telephone and ID numbers are starred out (脱敏)."""

import re

_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_ID = re.compile(r"(?<!\d)(\d{4})\d{10,12}([\dXx]{2})(?!\d)")


def masked(text):
    """The text as everybody may read it."""
    return _MOBILE.sub(r"\1****\2", _ID.sub(r"\1************\2", text))
