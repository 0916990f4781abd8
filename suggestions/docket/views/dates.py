"""The days of a share as the pages of its extension and of its hand-back show them (延期、退办)."""

from congress.deadlines.models import Clock
from suggestions.docket.actions import latest_day


def reply_dates(share):
    """By when this share has to answer, and the last day to which that can be put off."""
    clock = Clock.objects.on_subject(share).running().filter(rule="reply").first()
    latest = latest_day(clock.congress, start=clock.started_on) if clock else None
    return {"owed_on": clock.due_on if clock else None, "latest": latest}


def last_day_to_hand_back(share):
    """Until when this share may be handed back."""
    window = Clock.objects.on_subject(share).running().filter(rule="return").first()
    return window and window.due_on
