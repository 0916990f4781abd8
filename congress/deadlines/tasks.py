"""Dates that come near or pass are spoken of, through Celery (到期提醒)."""

from django.utils import timezone

from congress.deadlines.reminding import remind
from congress.procedure.duework import due_work


@due_work("deadlines.remind", order=10)
def remind_of_dates(*, at):
    return remind(on=timezone.localdate(at))
