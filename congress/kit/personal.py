"""Personal data at rest: encrypted columns, and a blind index to find an exact value again (个人信息保护法 Art. 51)."""

import base64
import hashlib
import hmac
import json
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


def _derived(key, purpose):
    return hashlib.blake2b(key.encode(), digest_size=32, person=purpose).digest()


@cache
def _box(keys):
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, b"encrypt"))) for key in keys])


def encrypt(text):
    return _box(tuple(settings.PERSONAL_DATA_KEYS)).encrypt(text.encode()).decode()


def decrypt(sealed):
    return _box(tuple(settings.PERSONAL_DATA_KEYS)).decrypt(sealed.encode()).decode()


def blind_index(value):
    """The keyed fingerprint under which a personal value is looked up; empty for an empty value.

    The oldest key stays the index key: rotating the encryption must not orphan the index.
    """
    if not value:
        return ""
    key = _derived(settings.PERSONAL_DATA_KEYS[-1], b"index")
    return hmac.new(key, value.strip().encode(), hashlib.sha256).hexdigest()


class EncryptedField(models.TextField):
    """Text that the database holds only encrypted; never filter on it, filter on its blind index."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if not value else encrypt(str(value))

    def from_db_value(self, value, expression, connection):
        return value if not value else decrypt(value)


class EncryptedJSONField(EncryptedField):
    """A small structure with personal data in it, kept encrypted as a whole; an empty one holds nobody's."""

    def get_prep_value(self, value):
        if value is None:
            return None
        if not value and self.has_default():
            return ""
        return super().get_prep_value(json.dumps(value, ensure_ascii=False))

    def from_db_value(self, value, expression, connection):
        text = super().from_db_value(value, expression, connection)
        if text:
            return json.loads(text)
        return None if text is None else self.get_default()


def masked_phone(value):
    """138****0000; empty stays empty."""
    return value and f"{value[:3]}****{value[-4:]}"


def masked_id(value):
    """4 digits in front, 2 behind; the rest hidden."""
    return value and f"{value[:4]}{'*' * max(len(value) - 6, 0)}{value[-2:]}"
