"""Whom to call: by body, by whose turn it is to observe, and at what load (邀请范围、列席轮次、邀请负担)."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from congress.rulebook.book import rules_for
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Invitation
from deputies.roll.models import Mandate


def by_turn(congress, term):
    """Seats in force outside the standing committee, fewest observer turns of this term first (列席轮次).

    Each carries `turns` and `last_turn`; leave that was granted is no turn.
    """
    turn = Q(
        invitations__part=Invitation.Part.OBSERVER,
        invitations__activity__kind=Kind.STANDING_COMMITTEE,
        invitations__activity__term=term,
        invitations__activity__announced_on__isnull=False,
    ) & ~Q(invitations__activity__state=Activity.State.CANCELLED)
    turn &= ~Q(invitations__state=Invitation.State.LEAVE_GRANTED)
    return (
        Mandate.objects.active()
        .filter(congress=congress, term=term, is_standing_member=False)
        .select_related("deputy", "delegation")
        .annotate(
            turns=Count("invitations", filter=turn), last_turn=Max("invitations__activity__starts_at", filter=turn)
        )
        .order_by("turns", "last_turn", "deputy__strokes", "pk")
    )


@dataclass
class Load:
    """What one deputy is called to in the week of an activity, and what of it lies at the same time."""

    week: list = field(default_factory=list)
    clashes: list = field(default_factory=list)
    is_heavy: bool = False

    @property
    def needs_a_look(self):
        return self.is_heavy or bool(self.clashes)


def loads_of(activity, mandates, *, on):
    """{mandate id: Load} for the deputies who would be called once too often that week, or in two places at once.

    The week runs from Monday to Sunday; a person with two seats is one person. One query whatever their number.
    """
    seats = {mandate.pk: mandate.deputy_id for mandate in mandates}
    day = timezone.localdate(activity.starts_at)
    monday = day - timedelta(days=day.weekday())
    calls = (
        Invitation.objects.filter(mandate__deputy__in=set(seats.values()))
        .filter(Q(activity__starts_at__date__range=(monday, monday + timedelta(days=6))) | _overlapping(activity))
        .exclude(activity=activity.pk)
        .exclude(activity__state=Activity.State.CANCELLED)
        .expected()
        .select_related("activity", "mandate")
        .order_by("activity__starts_at", "pk")
    )
    found = defaultdict(Load)
    for call in calls:
        other, load = call.activity, found[call.mandate.deputy_id]
        if monday <= timezone.localdate(other.starts_at) <= monday + timedelta(days=6):
            load.week.append(other)
        if other.starts_at < activity.ends_at and other.ends_at > activity.starts_at:
            load.clashes.append(other)
    most = rules_for(activity.congress, on=on).count("invitations_a_week")
    for load in found.values():
        load.is_heavy = len(load.week) + 1 > most
    return {seat: found[person] for seat, person in seats.items() if person in found and found[person].needs_a_look}


def _overlapping(activity):
    return Q(activity__starts_at__lt=activity.ends_at, activity__ends_at__gt=activity.starts_at)


def candidates_of(activity, chosen):
    """(seats of the bodies chosen, names that nobody bears): in force, not called yet, in the order of the roll."""
    congress, term = activity.congress_id, activity.term_id
    reach = Q(pk__in=[])
    own = Q(congress=congress, term=term)
    if chosen["everybody"]:
        reach |= own
    if chosen["standing"]:
        reach |= own & Q(is_standing_member=True)
    if chosen["groups"]:
        reach |= own & Q(groups__in=chosen["groups"])
    if chosen["delegations"]:
        reach |= own & Q(delegation__in=chosen["delegations"])
    if chosen.get("townships"):
        reach |= Q(congress__parent=congress)
    for word in _words(chosen["expertise"]):
        reach |= own & Q(deputy__expertise__icontains=word)
    names = _words(chosen["names"])
    reach |= own & Q(deputy__name__in=names)
    seats = Mandate.objects.active().filter(reach).distinct()
    unknown = sorted(set(names) - set(seats.values_list("deputy__name", flat=True))) if names else []
    seats = seats.exclude(deputy__in=activity.invitations.values("mandate__deputy"))
    rows = seats.select_related("deputy", "delegation", "congress").order_by("deputy__strokes", "pk")
    return _once_each(rows, congress), unknown


def _words(text):
    return [word for word in re.split(r"[\s、,，;；]+", text) if word]


def _once_each(seats, congress):
    """Of a person with two seats the one in this congress."""
    found = {}
    for seat in seats:
        if seat.deputy_id not in found or seat.congress_id == congress:
            found[seat.deputy_id] = seat
    return list(found.values())
