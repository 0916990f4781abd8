"""Whether a township did in a year what it has to: counted from its activities, sessions and papers (乡镇工作定额).

grid(townships, year=2026, on=day)      one Row a township, one Cell a quota; eight statements, whatever their number
acts_behind(township, quota, …)         what a number of the grid stands for
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.kit.periods import quarter_days, quarter_of
from congress.organs.models import Session
from congress.rulebook.book import Book
from congress.rulebook.models import Unit
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Campaign
from deputies.pledges.contacting import without_secrets
from deputies.pledges.lights import light_of, light_of_year
from deputies.pledges.models import TownshipPaper, TownshipTie

INSPECTING = (Kind.INSPECTION, Kind.LAW_INSPECTION)
COUNTED = (Kind.PRESIDIUM, *INSPECTING, Kind.WORK_REVIEW)
HELD = (Activity.State.HELD, Activity.State.CLOSED)


@dataclass(frozen=True)
class Quota:
    """One column of the grid: what is counted, and by which rule."""

    code: str
    label: str
    rule: str
    kinds: tuple = ()
    quarter: int = 0
    paper: str = ""
    group: str = ""


QUOTAS = (
    Quota("presidium-1", _("一季度"), "presidium_meetings", (Kind.PRESIDIUM,), quarter=1, group=_("主席团会议")),
    Quota("presidium-2", _("二季度"), "presidium_meetings", (Kind.PRESIDIUM,), quarter=2, group=_("主席团会议")),
    Quota("presidium-3", _("三季度"), "presidium_meetings", (Kind.PRESIDIUM,), quarter=3, group=_("主席团会议")),
    Quota("presidium-4", _("四季度"), "presidium_meetings", (Kind.PRESIDIUM,), quarter=4, group=_("主席团会议")),
    Quota("inspections", _("视察检查"), "township_inspections", INSPECTING, group=_("全年")),
    Quota("work-reviews", _("评议站所"), "township_work_reviews", (Kind.WORK_REVIEW,), group=_("全年")),
    Quota("sessions", _("人代会"), "sessions_a_year", group=_("全年")),
    Quota("plan", _("年度计划"), "township_plan", paper=TownshipPaper.Kind.PLAN, group=_("报县人大")),
    Quota("summary", _("年度总结"), "township_summary", paper=TownshipPaper.Kind.SUMMARY, group=_("报县人大")),
)
BY_CODE = {quota.code: quota for quota in QUOTAS}


def heads():
    """[(heading, how many columns)] above the columns."""
    return [(group, len(list(quotas))) for group, quotas in groupby(QUOTAS, key=attrgetter("group"))]


@dataclass(frozen=True)
class Cell:
    """One township, one quota: how many of how many, and its colour."""

    quota: Quota
    count: int
    goal: int
    due: dt.date
    light: str
    paper: TownshipPaper | None = None

    @property
    def lacks(self):
        return max(self.goal - self.count, 0)

    @property
    def came_late(self):
        return self.paper is not None and self.paper.sent_on > self.due


@dataclass(frozen=True)
class Row:
    """One township with its cells, in the order of QUOTAS, and with who looks after it, if anybody does."""

    township: object
    cells: tuple
    tie: TownshipTie | None

    def having(self, light):
        return sum(cell.light == light for cell in self.cells)


def grid(townships, *, year, on):
    """The work of these townships in that year, as it stands on that day."""
    townships = list(townships)
    counts, papers, books = _counts(townships, year, on), _papers(townships, year, on), Book.of_many(townships)
    ties, rows = _ties(townships), []
    for each in townships:
        cells = tuple(_cell(each, quota, counts, papers, books[each.pk], year=year, on=on) for quota in QUOTAS)
        rows.append(Row(each, cells, ties.get(each.pk)))
    return rows


def _cell(township, quota, counts, papers, book, *, year, on):
    rules = book.on(on)
    warning = rules.count("quota_warning_days")
    paper = papers.get((township.pk, quota.paper))
    if quota.paper:
        due, count, goal = fixed_day(book, quota.rule, year=year, on=on), int(paper is not None), 1
        begins = dt.date(year, 1, 1) if quota.paper == TownshipPaper.Kind.PLAN else dt.date(year, 12, 1)
        light = light_of(count, goal, begins=begins, due=due, on=on, warning_days=warning)
    elif quota.quarter:
        begins, due = quarter_days(year, quota.quarter)
        count = sum(counts[township.pk, kind, quota.quarter] for kind in quota.kinds)
        goal = -(-rules.count(quota.rule) // 4)
        light = light_of(count, goal, begins=begins, due=due, on=on, warning_days=warning)
    else:
        due = fixed_day(book, "township_work", year=year, on=on) if quota.kinds else dt.date(year, 12, 31)
        kinds = quota.kinds or (Kind.SESSION,)
        count = sum(counts[township.pk, kind, quarter] for kind in kinds for quarter in (1, 2, 3, 4))
        goal = rules.count(quota.rule)
        light = light_of_year(count, goal, year=year, due=due, on=on, warning_days=warning)
    return Cell(quota, count, goal, due, light, paper)


def _ties(townships):
    """{township: who of the county's committee looks after it today} (挂钩联系)."""
    ties = TownshipTie.objects.standing().filter(township__in=[each.pk for each in townships])
    return {tie.township_id: tie for tie in without_secrets(ties, "member__deputy")}


def fixed_day(book, code, *, year, on):
    """The day of that year on which something is due; a fixed day is not moved by a weekend, it asks for a paper."""
    rule = book.on(on).period(code)
    if rule.unit == Unit.CALENDAR_DATE:
        month, day = (int(part) for part in rule.value.split("-"))
        return dt.date(year, month, day)
    return book.reckon(rule, start=dt.date(year - 1, 12, 31)).due_on


def _counts(townships, year, on):
    """{(township, kind, quarter): number}; a session is one that stands in the settings of the township."""
    counts = defaultdict(int)
    ids = {each.pk for each in townships}
    for organ, congress, kind, starts_at in held(ids, year=year, on=on).values_list(
        "organ", "congress", "kind", "starts_at"
    ):
        counts[organ if organ in ids else congress, kind, quarter_of(timezone.localdate(starts_at))] += 1
    opened = Session.objects.filter(congress__in=ids, opened_on__year=year, opened_on__lte=on)
    for congress, opened_on in opened.values_list("congress", "opened_on"):
        counts[congress, Kind.SESSION, quarter_of(opened_on)] += 1
    return counts


def held(townships, *, year, on):
    """What these townships held in that year up to that day: their own activities, or those they organised."""
    last = min(dt.date(year, 12, 31), on)
    began = _midnight(dt.date(year, 1, 1)), _midnight(last + dt.timedelta(days=1))
    return Activity.objects.filter(
        Q(congress__in=townships) | Q(organ__in=townships),
        kind__in=COUNTED,
        state__in=HELD,
        starts_at__gte=began[0],
        starts_at__lt=began[1],
    ).order_by("starts_at", "id")


def acts_behind(township, quota, *, year, on):
    """The activities that a number counts."""
    rows = held([township.pk], year=year, on=on).filter(kind__in=quota.kinds)
    if quota.quarter:
        first, last = quarter_days(year, quota.quarter)
        rows = rows.filter(starts_at__gte=_midnight(first), starts_at__lt=_midnight(last + dt.timedelta(days=1)))
    return rows


def sessions_behind(township, *, year, on):
    return Session.objects.filter(congress=township, opened_on__year=year, opened_on__lte=on).select_related("term")


def _midnight(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _papers(townships, year, on):
    rows = TownshipPaper.objects.filter(congress__in=townships, year=year, sent_on__lte=on).select_related("file")
    return {(row.congress_id, row.kind): row for row in rows}


@dataclass(frozen=True)
class Joined:
    """A campaign of the county, and which of its townships have held something for it (上下联动)."""

    campaign: Campaign
    did: tuple
    missing: tuple


def campaigns(townships, *, year, on):
    """What the county called its townships to in that year, and who has not yet followed (W18)."""
    townships = list(townships)
    ids = {each.pk for each in townships}
    called = Campaign.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=dt.date(year, 1, 1)),
        congress__in={each.parent_id for each in townships},
        kind__in=(Campaign.Kind.MONTH, Campaign.Kind.CAMPAIGN),
        starts_on__lte=min(dt.date(year, 12, 31), on),
    )
    done = defaultdict(set)
    acts = Activity.objects.filter(Q(congress__in=ids) | Q(organ__in=ids), campaign__in=called, state__in=HELD)
    for campaign, organ, congress in acts.values_list("campaign", "organ", "congress"):
        done[campaign].add(organ if organ in ids else congress)
    return [
        Joined(
            each,
            tuple(township for township in townships if township.pk in done[each.pk]),
            tuple(township for township in townships if township.pk not in done[each.pk]),
        )
        for each in called
    ]
