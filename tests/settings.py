"""The settings of the portal, faster, and on ground of their own; nothing else differs under test."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Every test process gets a directory of its own before the settings make their secrets in it.
_place = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, _place, ignore_errors=True)
os.environ["DATA_DIR"] = _place

from congress.settings import *  # noqa: E402, F403
from congress.settings import CACHES, DATABASES, LOGGING, env  # noqa: E402  named for the reader

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
WHITENOISE_AUTOREFRESH = True  # looks for a file when asked, not for all of them with each client
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING["root"]["handlers"] = []  # pytest catches the log itself

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In a file: threads and processes meet in it, as they do in production.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_place) / "test.sqlite3")}
if not env("REDIS_URL", default=""):
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    CELERY_BROKER_URL = "memory://"
