"""The figures of training (培训统计): sessions, person-times and persons are three different numbers.

场次 counts activities that took place, 人次 counts attendance rows, 人数 counts deputies, each once. Guests and liaison
officers are counted apart: only deputies learn for their record.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deputies.activities.kinds import Kind as ActivityKind
from deputies.activities.models import Activity, Attendance, Guest
from deputies.duties.kinds import Kind as Duty
from deputies.duties.models import DutyRecord
from deputies.roll.models import DeputyGroup, Mandate
from deputies.training.kinds import UNSORTED_LABEL, Kind
from deputies.training.models import Lesson, Nomination

TAUGHT = (ActivityKind.TRAINING, ActivityKind.EXCHANGE)
_HOURS = DecimalField(max_digits=7, decimal_places=1)
_NOTHING = Value(Decimal(0), output_field=_HOURS)


@dataclass(frozen=True)
class Period:
    """From which day to which, both included."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year):
        return cls(date(year, 1, 1), date(year, 12, 31))

    def condition(self, prefix=""):
        """The activities that began in it."""
        return Q(**{f"{prefix}starts_at__gte": _midnight(self.first)}) & Q(
            **{f"{prefix}starts_at__lt": _midnight(self.last + timedelta(days=1))}
        )


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Figures:
    """What one row of the statistics says."""

    code: str
    label: str
    sessions: int = 0
    times: int = 0
    persons: int = 0
    officers: int = 0
    guests: int = 0


def kind_in(prefix=""):
    """The kind of a training as an expression: what it was put to, an exchange by itself, else none."""
    return Case(
        When(**{f"{prefix}lesson__isnull": False}, then=F(f"{prefix}lesson__kind")),
        When(**{f"{prefix}kind": ActivityKind.EXCHANGE}, then=Value(Kind.EXCHANGE.value)),
        default=Value(""),
    )


def hours_learned():
    """The hours of an attendance row as an expression: what the deputy's own record says of that training, which an
    objection may have put right; where it says nothing, the hours of the study in the activity, else its own."""
    own = DutyRecord.objects.standing().filter(mandate=OuterRef("mandate"), kind__in=(Duty.TRAINING, Duty.EXCHANGE))
    study = own.filter(source_kind=Lesson._meta.label_lower, source_id=OuterRef("activity__lesson"))
    training = own.filter(source_kind=Activity._meta.label_lower, source_id=OuterRef("activity"))
    recorded = (Subquery(rows.order_by().values("hours")[:1], output_field=_HOURS) for rows in (study, training))
    return Coalesce(*recorded, F("activity__lesson__study_hours"), F("activity__hours"), _NOTHING)


DIMENSIONS = {
    "channel": lambda prefix="": F(f"{prefix}channel"),
    "kind": kind_in,
    "month": lambda prefix="": ExtractMonth(f"{prefix}starts_at"),
}
LABELS = {
    "channel": {**dict(Activity.Channel.choices), "": _("未注明")},
    "kind": {**dict(Kind.choices), "": UNSORTED_LABEL},
    "month": {month: _("%s月") % month for month in range(1, 13)},
}


def taught_in(period):
    """The trainings that took place in a period, whoever held them."""
    taught = Q(kind__in=TAUGHT) | Exists(Lesson.objects.filter(activity=OuterRef("pk")))
    return Activity.objects.took_place().filter(taught, period.condition())


def sessions_of(congress, period, **asked):
    """The trainings of a congress that took place in a period; `asked` narrows by channel, kind or month."""
    rows = taught_in(period).filter(congress=congress)
    for name, value in asked.items():
        rows = rows.alias(**{f"asked_{name}": DIMENSIONS[name]()}).filter(**{f"asked_{name}": value})
    return rows


def records_of(sessions, *, group=None):
    """The training records of those sessions: their attendance rows of who was there, or of a group's members."""
    rows = Attendance.objects.filter(activity__in=sessions.values("pk"), outcome=Attendance.Outcome.PRESENT)
    return rows.filter(mandate__groups=group) if group else rows


def guests_of(sessions):
    return Guest.objects.filter(activity__in=sessions.values("pk"), is_present=True)


OFFICERS = Q(kind=Guest.Kind.LIAISON_OFFICER)


def total_of(sessions):
    """One row over all."""
    counted = records_of(sessions).aggregate(times=Count("pk"), persons=Count("mandate__deputy", distinct=True))
    others = guests_of(sessions).aggregate(officers=Count("pk", filter=OFFICERS), guests=Count("pk", filter=~OFFICERS))
    return Figures("", _("合计"), sessions=sessions.count(), **counted, **others)


def figures_by(dimension, sessions):
    """One row for each channel, kind or month that has anything, in the order in which they are known."""
    expression, counted = DIMENSIONS[dimension], {}
    _gather(counted, sessions.annotate(dimension=expression()), sessions=Count("pk"))
    _gather(
        counted,
        records_of(sessions).annotate(dimension=expression("activity__")),
        times=Count("pk"),
        persons=Count("mandate__deputy", distinct=True),
    )
    _gather(
        counted,
        guests_of(sessions).annotate(dimension=expression("activity__")),
        officers=Count("pk", filter=OFFICERS),
        guests=Count("pk", filter=~OFFICERS),
    )
    labels = LABELS[dimension]
    return [Figures(f"{code}", labels[code], **counted[code]) for code in labels if code in counted]


def _gather(counted, rows, **sums):
    for row in rows.order_by().values("dimension").annotate(**sums):
        counted.setdefault(row.pop("dimension"), {}).update(row)


def persons_of(records):
    """[deputy, how often, hours] of the deputies who took part, each once, most often first."""
    return (
        records.annotate(worth=hours_learned())
        .order_by()
        .values("mandate__deputy", "mandate__deputy__name", "mandate__deputy__strokes")
        .annotate(times=Count("pk"), hours=Sum("worth"))
        .order_by("-times", "mandate__deputy__strokes")
    )


def with_hours(mandates, period):
    """Seats with the number of trainings and the hours of a period; nothing is nought."""
    taught = Q(activity__kind__in=TAUGHT) | Q(activity__lesson__isnull=False)
    held = Q(activity__state__in=(Activity.State.HELD, Activity.State.CLOSED))
    mine = (
        Attendance.objects.filter(taught, held, period.condition("activity__"), mandate=OuterRef("pk"))
        .filter(outcome=Attendance.Outcome.PRESENT)
        .order_by()
        .values("mandate")
    )
    times = mine.annotate(n=Count("pk")).values("n")
    hours = mine.annotate(n=Sum(hours_learned(), output_field=_HOURS)).values("n")
    return mandates.annotate(
        trainings=Coalesce(Subquery(times), 0), training_hours=Coalesce(Subquery(hours, output_field=_HOURS), _NOTHING)
    )


def records_of_deputy(seats, period=None):
    """The training records of one deputy, the latest first, with kind and hours."""
    taught = Q(activity__kind__in=TAUGHT) | Q(activity__lesson__isnull=False)
    rows = Attendance.objects.filter(
        taught,
        mandate__in=seats,
        outcome=Attendance.Outcome.PRESENT,
        activity__state__in=(Activity.State.HELD, Activity.State.CLOSED),
    )
    if period is not None:
        rows = rows.filter(period.condition("activity__"))
    return rows.annotate(training_kind=kind_in("activity__"), worth=hours_learned()).order_by("-activity__starts_at")


@dataclass(frozen=True)
class GroupFigures:
    """What one group learned: sessions that it held itself, and how often its members took part."""

    group: DeputyGroup
    sessions: int
    times: int
    members: int
    nominations: list  # of that year: none or one


def figures_of_groups(congress, sessions, *, year=None):
    """Every group of a congress, those without any training too: they show nought (先进代表小组考核).

    With a year it says too which of them were put forward.
    """
    held = Activity.groups.through.objects.filter(activity__in=sessions.values("pk"))
    own = dict(held.order_by().values_list("deputygroup").annotate(n=Count("activity", distinct=True)))
    joined = dict(
        records_of(sessions)
        .filter(mandate__groups__congress=congress)
        .order_by()
        .values_list("mandate__groups")
        .annotate(n=Count("pk"))
    )
    active = Count("members", filter=Q(members__state=Mandate.State.ACTIVE))
    groups = DeputyGroup.objects.filter(congress=congress).annotate(seats=active).order_by("position", "id")
    forward = {}
    for each in Nomination.objects.filter(group__congress=congress, year=year):
        forward.setdefault(each.group_id, []).append(each)
    return [
        GroupFigures(each, own.get(each.pk, 0), joined.get(each.pk, 0), each.seats, forward.get(each.pk, []))
        for each in groups
    ]
