"""The fingerprint of a text: what changes as soon as a word of it does (指纹)."""

import hashlib
import json


def fingerprint(content):
    """SHA-256 of lists, texts, numbers and days, as 64 hexadecimal digits; the same for equal ones, at any time."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()
