"""Figures of activities: sessions, person-times and distinct persons are three different ones (场次、人次、人数)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q
from django.utils import timezone

from congress.kit.periods import quarter_days, quarter_of
from congress.rulebook.book import rules_for
from deputies.activities.filters import FAMILIES
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Attendance, Raised
from deputies.roll.models import DeputyGroup, Mandate

HELD = (Activity.State.HELD, Activity.State.CLOSED)


@dataclass(frozen=True)
class Figures:
    """What was planned and held, how often deputies were called and came, how many of them, and what they raised."""

    planned: int = 0
    sessions: int = 0
    called: int = 0
    present: int = 0
    persons: int = 0
    opinions: int = 0
    solved: int = 0

    @property
    def rate(self):
        """Present among called, leave and absence included; None where nobody was called."""
        return self.present * 100 / self.called if self.called else None


def held_between(congress, first, last):
    """The activities of a congress that took place in these days."""
    return Activity.objects.filter(congress=congress, state__in=HELD, starts_at__date__range=(first, last))


def marks_between(congress, first, last, *, kinds=Kind.values):
    """The rows of the attendance lists behind the figures of these days."""
    held = held_between(congress, first, last).filter(kind__in=kinds)
    return Attendance.objects.filter(activity__in=held.values("pk"))


def came(marks):
    """Of these the rows of those who were there: person-times (人次)."""
    return marks.filter(outcome=Attendance.Outcome.PRESENT)


def persons_of(marks):
    """[deputy, how often he came], each once, most often first (人数)."""
    people = came(marks).order_by().values("mandate__deputy", "mandate__deputy__name", "mandate__deputy__strokes")
    return people.annotate(times=Count("pk"), seat=Min("mandate")).order_by("-times", "mandate__deputy__strokes")


def opinions_between(congress, first, last, *, kinds=Kind.values):
    """What deputies raised at the activities of these days."""
    held = held_between(congress, first, last).filter(kind__in=kinds)
    return Raised.objects.filter(activity__in=held.values("pk"), kind=Raised.Kind.OPINION)


def by_kind(congress, first, last):
    """{kind: Figures} of the kinds that were planned or held, and "all" over them; four statements."""
    planned = Activity.objects.filter(congress=congress, starts_at__date__range=(first, last))
    planned = planned.exclude(state__in=[Activity.State.CANCELLED, Activity.State.REQUESTED])
    counted = {"planned": Count("pk"), "sessions": Count("pk", filter=Q(state__in=HELD))}
    sessions = {row.pop("kind"): row for row in planned.order_by().values("kind").annotate(**counted)}
    rows, present = marks_between(congress, first, last), Q(outcome=Attendance.Outcome.PRESENT)
    counted = {"called": Count("pk"), "present": Count("pk", filter=present)}
    counted["persons"] = Count("mandate__deputy", filter=present, distinct=True)
    people = {row.pop("activity__kind"): row for row in rows.order_by().values("activity__kind").annotate(**counted)}
    said = opinions_between(congress, first, last)
    told = {"opinions": Count("pk"), "solved": Count("pk", filter=Q(is_solved=True))}
    raised = {row.pop("activity__kind"): row for row in said.order_by().values("activity__kind").annotate(**told)}
    found = {
        kind: Figures(**sessions[kind], **people.get(kind, {}), **raised.get(kind, {}))
        for kind in Kind.values
        if kind in sessions
    }
    everybody = came(rows).aggregate(n=Count("mandate__deputy", distinct=True))["n"]
    sums = {
        name: sum(getattr(each, name) for each in found.values())
        for name in ("planned", "sessions", "called", "present", "opinions", "solved")
    }
    return found | {"all": Figures(**sums, persons=everybody)}


def campaigns_by_kind(campaigns):
    """({kind: how many}, {stage: how many brands}); one statement."""
    kinds, stages = Counter(), Counter()
    for kind, stage, count in campaigns.order_by().values_list("kind", "stage").annotate(n=Count("pk")):
        kinds[kind] += count
        if stage:
            stages[stage] += count
    return kinds, stages


def by_statute(congress, first, last):
    """[(statute, how many inspections looked at it)], the most inspected first (执法检查)."""
    held = held_between(congress, first, last).exclude(statute="")
    return list(held.order_by().values_list("statute").annotate(n=Count("pk")).order_by("-n", "statute"))


def distinct_by_family(congress, first, last):
    """{family: how many different deputies took part}: oversight, sitting in, being kept informed. One statement."""
    rows = came(marks_between(congress, first, last))
    persons = {
        family: Count("mandate__deputy", filter=Q(activity__kind__in=kinds), distinct=True)
        for family, (_label, kinds) in FAMILIES.items()
    }
    return rows.aggregate(**persons)


# ---- groups, quarter by quarter (四个一 ①)


@dataclass(frozen=True)
class Quarter:
    """One quarter of a group: how many it held, and the word and colour of that."""

    number: int
    first: date
    last: date
    count: int
    light: str  # done, wait (amber), late (red), run, draft (not begun)


def light_of(count, goal, *, first, last, on, warning_days):
    """Done, over with too few, soon over with too few, running, or not begun."""
    if count >= goal:
        return "done"
    if on > last:
        return "late"
    if on < first:
        return "draft"
    return "wait" if (last - on).days < warning_days else "run"


def group_quarters(congress, year, *, on):
    """[(group, [four Quarters])]: an activity of several groups counts for each of them. Two statements."""
    rules = rules_for(congress, on=on)
    goal, warning_days = rules.count("group_activities_quarter"), rules.count("quota_warning_days")
    counts = defaultdict(int)
    held = held_between(congress, date(year, 1, 1), date(year, 12, 31)).exclude(groups=None)
    for group, starts_at in held.values_list("groups", "starts_at"):
        counts[group, quarter_of(timezone.localdate(starts_at))] += 1
    grid = []
    for group in DeputyGroup.objects.filter(congress=congress):
        quarters = []
        for number in (1, 2, 3, 4):
            first, last = quarter_days(year, number)
            count = counts[group.pk, number]
            light = light_of(count, goal, first=first, last=last, on=on, warning_days=warning_days)
            quarters.append(Quarter(number, first, last, count, light))
        grid.append((group, quarters))
    return grid


# ---- absence from sessions (代表法 Art. 62)


@dataclass(frozen=True)
class Absences:
    """A deputy who stayed away from sessions without approval, and from which."""

    mandate: Mandate
    sessions: tuple

    @property
    def count(self):
        return len(self.sessions)


def unapproved_absences(congress, term, *, least):
    """Seats in force that missed at least so many sessions without leave; whoever came to one sitting was at it.

    It is a list to be looked at: nothing follows from it by itself.
    """
    outcome = Attendance.Outcome
    rows = (
        Attendance.objects.filter(
            activity__congress=congress,
            activity__term=term,
            activity__kind=Kind.SESSION,
            activity__session__isnull=False,
            activity__state__in=HELD,
            mandate__state=Mandate.State.ACTIVE,
            mandate__congress=congress,  # deputies of a township who were asked to sit in owe it nothing
        )
        .order_by()
        .values("mandate", "activity__session")
        .annotate(
            absent=Count("pk", filter=Q(outcome=outcome.ABSENT)), other=Count("pk", filter=~Q(outcome=outcome.ABSENT))
        )
        .filter(absent__gt=0, other=0)
    )
    missed = defaultdict(list)
    for row in rows:
        missed[row["mandate"]].append(row["activity__session"])
    wanted = {mandate: sessions for mandate, sessions in missed.items() if len(sessions) >= least}
    named = {session.pk: session for session in congress.sessions.select_related("term")}
    seats = Mandate.objects.filter(pk__in=wanted).select_related("deputy", "delegation").order_by("deputy__strokes")
    return [Absences(seat, tuple(named[pk] for pk in sorted(wanted[seat.pk]))) for seat in seats]
