"""What time brings to assessments: raters who are missing as the last day comes near, or has passed (考评提醒)."""

from django.utils import timezone

from congress.accounts.models import User
from congress.procedure.duework import due_work
from deputies.assessments import actions


@due_work("assessments.remind")
def remind(*, at):
    """Of how many assessments somebody was reminded."""
    return actions.remind(on=timezone.localdate(at), by=User.objects.robot())
