"""The appraisal's due work: windows that have passed."""

from django.utils import timezone

from congress.accounts.models import User
from congress.procedure.duework import due_work
from suggestions.appraisals import actions


@due_work("appraisals.close_windows")
def close_windows(*, at):
    """How many surveys ended."""
    return actions.close_windows(on=timezone.localdate(at), by=User.objects.robot())
