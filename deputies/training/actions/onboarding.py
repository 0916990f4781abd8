"""Reminding new deputies of the training on taking office (岗前培训提醒)."""

from django.db import transaction
from django.db.models import Q

from congress.organs.models import Congress, Term
from congress.procedure import journal
from congress.rulebook.codes import UnknownRule
from deputies.training.models import OnboardingCall
from deputies.training.onboarding import gaps_of

Stage = OnboardingCall.Stage


def remind(*, on, by):
    """Tell those whose date is near or past, each stage once, and the office of them; returns how many."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    terms = Term.objects.filter(running, starts_on__lte=on).order_by("pk").values_list("congress", "pk")
    congresses = Congress.objects.in_bulk([congress for congress, _term in terms])
    return sum(_remind_in(congresses[congress], term, on=on, by=by) for congress, term in terms)


@transaction.atomic
def _remind_in(congress, term, *, on, by):
    Congress.objects.select_for_update().get(pk=congress.pk)  # a second run waits, and finds everybody told
    try:
        gaps = gaps_of(congress, term, on=on)
    except UnknownRule:  # a profile that asks for no such training
        return 0
    calls = {(gap.seat.pk, Stage.PAST if gap.is_past else Stage.NEAR) for gap in gaps if gap.is_past or gap.is_near}
    standing = OnboardingCall.objects.filter(mandate__congress=congress).values_list("mandate", "stage")
    fresh = sorted(calls - set(standing))
    OnboardingCall.objects.bulk_create([OnboardingCall(mandate_id=seat, stage=stage, on=on) for seat, stage in fresh])
    for stage in Stage:
        seats = [seat for seat, its in fresh if its == stage]
        if seats:
            facts = {"count": len(seats), "mandates": seats, "stage": stage}
            journal.record(congress, "onboarding.remind", by=by, on=on, facts=facts, congress=congress)
    return len(fresh)
