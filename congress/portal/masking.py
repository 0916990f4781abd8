"""Numbers of persons in a text that goes public: telephone, ID and bank card numbers are starred out (脱敏)."""

import re

_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")  # also as people write it, 138 1234 5678
_ID = re.compile(r"(?<!\d)(\d{4})\d{10,13}([\dXx]{2})(?!\d)")  # a bank card has up to nineteen digits


def masked(text):
    """The text as everybody may read it."""
    return _MOBILE.sub(r"\1****\2", _ID.sub(r"\1************\2", text))
