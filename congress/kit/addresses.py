"""Addresses that leave the house on paper (印在纸上的网址)."""

from django.conf import settings


def printed(request, path):
    """The address under which people reach the portal from outside, however the office that prints it reached it."""
    return f"{settings.PORTAL_URL}{path}" if settings.PORTAL_URL_IS_GIVEN else request.build_absolute_uri(path)
