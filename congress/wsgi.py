"""WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")

application = get_wsgi_application()
gc.freeze()  # what was loaded stays: no collection need ever look through it again
