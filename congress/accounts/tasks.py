"""What the worker does for accounts (账号)."""

from importlib import import_module

from celery import shared_task
from django.conf import settings


@shared_task(name="accounts.sweep_sessions", ignore_result=True)
def sweep_sessions():
    """Expired sessions lie in the database until somebody takes them out (decision 2)."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
