"""The day of a reply as the pages of its extension show it (延期)."""

from congress.deadlines.models import Clock
from suggestions.docket.actions import latest_day


def reply_dates(share):
    """By when this share has to answer, and the last day to which that can be put off."""
    clock = Clock.objects.on_subject(share).running().filter(rule="reply").first()
    latest = latest_day(clock.congress, start=clock.started_on) if clock else None
    return {"owed_on": clock.due_on if clock else None, "latest": latest}
