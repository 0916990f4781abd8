"""Opinions' due work: answers that nobody rated, residents whose matter ended long ago."""

from django.utils import timezone

from congress.accounts.models import User
from congress.procedure.duework import due_work
from liaison.opinions import actions


@due_work("opinions.close_unrated")
def close_unrated(*, at):
    """How many were closed."""
    return actions.close_unrated(on=timezone.localdate(at), by=User.objects.robot())


@due_work("opinions.forget", order=80)
def forget(*, at):
    """Of how many it is no longer known who said it."""
    return actions.forget(on=timezone.localdate(at), by=User.objects.robot())
