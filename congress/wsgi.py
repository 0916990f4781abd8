"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from congress.kit import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")

application = get_wsgi_application()
garbage.settle()
