"""Opinions' due work: answers that nobody rated."""

from django.utils import timezone

from congress.accounts.models import User
from congress.procedure.duework import due_work
from liaison.opinions import actions


@due_work("opinions.close_unrated")
def close_unrated(*, at):
    """How many were closed."""
    return actions.close_unrated(on=timezone.localdate(at), by=User.objects.robot())
