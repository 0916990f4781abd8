"""Over many deputies at once: who has done nothing for a year, how the groups stand, who is owed a subsidy."""

from dataclasses import dataclass

from django.db.models import Count, DateField, Exists, OuterRef, Q, Subquery

from congress.kit.periods import add_months
from deputies.duties.days import days_by_seat
from deputies.duties.kinds import LED, Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import DeputyGroup, Mandate

MONTHS = 12
PASSIVE = frozenset({*LED, Kind.COSIGN, Kind.AWARD})  # what is no activity: papers have a column of their own


def _done(member="pk"):
    return DutyRecord.objects.standing().performed().filter(mandate=OuterRef(member))


def with_activity(seats, *, on):
    """Seats with what they did in the twelve months before a day, as facts without judgement (A03)."""
    since = add_months(on, -MONTHS)
    recent = _done().filter(held_on__gt=since, held_on__lte=on)
    last = _done().order_by("-held_on").values("held_on")[:1]
    return seats.annotate(
        has_led=Exists(recent.filter(kind__in=LED)),
        has_acted=Exists(recent.exclude(kind__in=PASSIVE)),
        last_on=Subquery(last, output_field=DateField()),
    )


def inactive(seats, *, on, lacking="both"):
    """Sitting deputies without a suggestion of their own, without an activity, or without either."""
    seats = with_activity(seats.active().filter(started_on__lte=on), on=on)
    wanted = {"both": Q(has_led=False, has_acted=False), "suggestion": Q(has_led=False), "activity": Q(has_acted=False)}
    return seats.filter(wanted[lacking])


def unrecorded(seats, *, year):
    """Sitting deputies of whom nothing is verified as done in a year: those whom a group's last figure counts."""
    done = (
        DutyRecord.objects.verified()
        .performed()
        .filter(mandate=OuterRef("pk"), congress=OuterRef("congress"), held_on__year=year)
    )
    return seats.active().filter(~Exists(done))


def is_inactive(seat, *, on):
    """Whether the list would name this deputy; he reads it of himself and nobody else is told."""
    return inactive(Mandate.objects.filter(pk=seat.pk), on=on).exists()


@dataclass(frozen=True)
class GroupFigures:
    """How one group stands in a year; every figure is a door to its rows."""

    group: object
    members: int
    settled: int
    days: int
    idle: int
    to_check: int

    @property
    def each(self):
        return f"{self.settled / self.members:.1f}" if self.members else ""

    @property
    def days_each(self):
        return f"{self.days / self.members:.1f}" if self.members else ""


def groups_of(congresses, *, year):
    """The groups of these congresses with their figures; a constant number of statements."""
    rows = DutyRecord.objects.filter(congress__in=congresses, held_on__year=year)
    settled = Count("pk", filter=Q(state=DutyRecord.State.SETTLED, outcome=DutyRecord.Outcome.DONE))
    to_check = Count("pk", filter=Q(state=DutyRecord.State.CLAIMED))
    counted = rows.order_by().values("mandate").annotate(settled=settled, to_check=to_check)
    figures = {each["mandate"]: (each["settled"], each["to_check"]) for each in counted}
    days = days_by_seat(rows)
    members = {}
    through = Mandate.groups.through.objects.filter(
        mandate__congress__in=congresses, mandate__state=Mandate.State.ACTIVE
    )
    for group_id, mandate_id in through.values_list("deputygroup", "mandate"):
        members.setdefault(group_id, []).append(mandate_id)
    groups = DeputyGroup.objects.filter(congress__in=congresses).select_related("leader__deputy", "congress")
    return [_figures(group, members.get(group.pk, ()), figures, days) for group in groups]


def _figures(group, members, figures, days):
    own = [figures.get(each, (0, 0)) for each in members]
    return GroupFigures(
        group=group,
        members=len(members),
        settled=sum(settled for settled, _to_check in own),
        days=sum(days.get(each, 0) for each in members),
        idle=sum(not settled for settled, _to_check in own),
        to_check=sum(to_check for _settled, to_check in own),
    )


INCOME = {"without": False, "unknown": None, "with": True}


def subsidies(congress, *, first, last, income="without"):
    """Who sat in a period, to its end or not, with his verified days of it; those without a fixed wage first (H07)."""
    sat = Q(state__in=Mandate.HELD) | Q(ended_on__gte=first)
    seats = Mandate.objects.filter(sat, congress=congress, started_on__lte=last)
    if income in INCOME:
        seats = seats.filter(deputy__has_fixed_income=INCOME[income])
    seats = list(seats.select_related("deputy", "delegation").order_by("delegation__position", "deputy__strokes", "pk"))
    days = days_by_seat(DutyRecord.objects.filter(congress=congress).between(first, last))
    for seat in seats:
        seat.duty_days = days.get(seat.pk, 0)
    return seats
