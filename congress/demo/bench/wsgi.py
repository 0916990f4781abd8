"""What gunicorn serves while the bench runs: the portal as it is, and the bare page beside it in the same process."""

import os

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from congress.kit import garbage

# What `startproject` gives.
BARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "congress.demo.bench.bare.authentication",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
settings.ROOT_URLCONF = "congress.demo.floor"
portal = get_wsgi_application()
with override_settings(MIDDLEWARE=BARE):
    floor = WSGIHandler()
garbage.settle()  # as congress.wsgi does


def application(environ, start_response):
    return (floor if environ["PATH_INFO"].startswith("/floor/") else portal)(environ, start_response)
