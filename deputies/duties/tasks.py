"""The record's due work: rows whose deputy had his days (核对期满)."""

from django.utils import timezone

from congress.accounts.models import User
from congress.procedure.duework import due_work
from deputies.duties import actions


@due_work("duties.lapse")
def lapse(*, at):
    """How many rows stand because nobody objected."""
    return actions.lapse(on=timezone.localdate(at), by=User.objects.robot())
