"""Those who are entrusted are reminded of what they have not taken up, through Celery (保密报告的提醒)."""

from django.utils import timezone

from congress.procedure.duework import due_work
from deputies.safeguards.actions.protecting import remind


@due_work("safeguards.remind_confidants", order=20)
def remind_confidants(*, at):
    """Not by a clock: a clock that is late is told to the office and the leaders, and they must not know."""
    return remind(on=timezone.localdate(at))
