"""The ledger's due work: promised days that have passed, and replies from before the ledger."""

from django.utils import timezone

from congress.accounts.models import User
from congress.procedure.duework import due_work
from suggestions.promises import actions


@due_work("promises.look_back")
def look_back(*, at):
    """How many look-backs were called for."""
    return actions.call_due(on=timezone.localdate(at), by=User.objects.robot())


@due_work("promises.left_over", order=40)
def left_over(*, at):
    """How many promises were entered from replies that were sent before."""
    return actions.write_left_over(on=timezone.localdate(at), by=User.objects.robot())
