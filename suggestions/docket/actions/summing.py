"""What the office tells once a week: what came in, what was assigned, replied, and what is due (一周一汇总)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q

from congress.procedure import journal
from congress.rulebook.book import rules_for
from suggestions.docket import batches
from suggestions.docket.models import Suggestion

S = Suggestion.State
NAMED = 30  # titles that the digest itself names; the list behind it has all
_WEEK = timedelta(days=7)


def week_before(day):
    """Monday and Sunday of the week before the one in which the day lies."""
    monday = day - timedelta(days=day.weekday())
    return monday - _WEEK, monday - timedelta(days=1)


def sum_up(congress, *, first, last, on):
    """The figures of one week, and the papers that came in, as the digest tells them."""
    cases = Suggestion.objects.filter(congress=congress).exclude(state=S.DRAFT)
    week, ahead = (first, last), (on, on + timedelta(days=6))
    missed = batches.missed_of(congress, on=on)
    figures = cases.aggregate(
        received=Count("pk", filter=Q(submitted_on__range=week)),
        assigned=Count("pk", filter=Q(assigned_on__range=week)),
        replied=Count("pk", filter=Q(replied_on__range=week)),
        waiting=Count("pk", filter=Q(state__in=[S.SUBMITTED, S.REGISTERED])),
        due=Count("pk", filter=Q(state__in=Suggestion.OPEN, due_on__range=ahead)),
        overdue=Count("pk", filter=Q(state__in=Suggestion.OPEN, due_on__lt=on)),
        missed=Count("pk", filter=missed),
    )
    papers = cases.filter(submitted_on__range=week).order_by("submitted_on", "pk")
    named = [
        {"number": number, "title": title} for number, title in papers.values_list("printed_number", "title")[:NAMED]
    ]
    return figures | {"papers": named, "first": f"{first}", "last": f"{last}"}


@transaction.atomic
def tell_week(congress, *, on, by):
    """Put the digest of the week before into the journal of the congress, once; its letter goes out from there.

    Returns whether it was told now. A congress whose rulebook does not want it is told nothing.
    """
    if not rules_for(congress, on=on).flag("weekly_digest"):
        return False
    first, last = week_before(on)
    monday = last + timedelta(days=1)
    facts = sum_up(congress, first=first, last=last, on=monday)
    key = f"digest:{monday}"
    try:
        with transaction.atomic():
            journal.record(congress, "docket.digest", by=by, on=monday, facts=facts, request_key=key, congress=congress)
    except journal.AlreadyRecorded:
        return False
    return True
