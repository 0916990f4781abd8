"""The settings of the portal, faster: nothing else differs under test."""

import tempfile
from pathlib import Path

from congress.settings import *  # noqa: F403

DATA_DIR = Path(tempfile.gettempdir()) / "portal-tests"
MEDIA_ROOT = DATA_DIR / "files"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
