"""The due work of activities: the reminder of the day before."""

from django.utils import timezone

from congress.accounts.models import User
from congress.procedure.duework import due_work
from deputies.activities import actions

MORNING = 8


@due_work("activities.remind")
def remind(*, at):
    """Of how many activities somebody was reminded; not before the morning."""
    local = timezone.localtime(at)
    return actions.remind(on=local.date(), by=User.objects.robot()) if local.hour >= MORNING else 0
