"""What stands on each desk beside the work that waits (工作台)."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lunardate import LunarDate

from congress.dashboards.beside import REPEATING, errands_beside, rows_beside, works_of_deputy
from congress.dashboards.waiting import rows_for
from congress.kit.dates import said
from congress.kit.templatetags.ui import cn_date
from congress.organs.hats import hats_of
from congress.procedure.models import Entry
from congress.rulebook.models import CalendarDay
from deputies.roll.seats import active_seats_of, seats_of
from suggestions.appraisals.models import Slip
from suggestions.docket import batches
from suggestions.docket.identity import with_proposer
from suggestions.docket.models import Cosigner, Suggestion
from suggestions.docket.reports import LIGHTS, longest_late, told_late
from suggestions.docket.rules import reads_cases, urged_by
from suggestions.docket.timeline import sentence_of
from suggestions.docket.workflow import CASE
from suggestions.promises.models import Promise

LATE_ROWS, RECENT_ROWS, MINE_ROWS, ERRANDS = 6, 8, 5, 8
"""How many lines a desk shows before it links to the list."""
LATEST, RECENT_READ = 500, 60  # entries among which what is recent is looked for, and how many are read of them


_WRITTEN = frozenset({Suggestion.State.DRAFT, Suggestion.State.RETURNED})  # while it is still being written


def waiting_for(user):
    """The lines of all his hats: who works here and sits as well finds what waits for the deputy among the rest."""
    return [*rows_for(user), *rows_beside(user), *rows_beside(user, works_of_deputy())]


def for_staff(user, *, on):
    """The desk of whoever works for a congress or a department."""
    cases = Suggestion.objects.visible_to(user)
    rows = waiting_for(user)
    late, may_urge = cases.overdue(on=on), ExpressionWrapper(urged_by(user), BooleanField())
    late_count, weeks = _dated(cases, on) if reads_cases(user) else (0, [])
    return {
        "title": _finding(user, rows, on),
        "sub": _calendar_words(on),
        "rows": rows,
        "late": told_late(longest_late(late).annotate(may_urge=may_urge)[:LATE_ROWS]),
        "late_count": late_count,
        "weeks": weeks,
        "batches": batches.standing_of(user, on=on),
        "recent": _recent(user),
    }


def _finding(user, rows, on):
    """The title says the finding, not the name of the page."""
    waiting = sum(row.count for row in rows if row.waiting.code not in REPEATING)
    near = sum(row.earliest is not None and row.earliest <= on + timedelta(days=1) for row in rows)
    words = {"name": user.name, "waiting": waiting, "near": near}
    if near:
        return _("%(name)s，今天有 %(waiting)s 件待办，其中 %(near)s 项有超期或者一两天内到期的") % words
    return _("%(name)s，今天有 %(waiting)s 件待办") % words if waiting else _("%(name)s，今天没有待办") % words


def _calendar_words(on):
    """The day as a desk calendar has it: date, weekday, lunar date, and the rest days that come."""
    words = [f"{said(on)} 星期{_WEEKDAYS[on.weekday()]}", lunar_words(on)]
    rest = next_rest(on)
    if rest:
        name, first, last = rest
        words.append(
            _("%(first)s至%(last)s%(name)s放假") % {"first": cn_date(first), "last": cn_date(last), "name": name}
        )
    return " · ".join(words)


def _dated(cases, on):
    """(How many open cases are late, [how many fall due this week, the next, before the month ends, with their lists]).

    In one statement.
    """
    sunday = on + timedelta(days=6 - on.weekday())
    month_end = (on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    spans = [("本周", on, sunday), ("下周", sunday + timedelta(days=1), sunday + timedelta(days=7))]
    if month_end > sunday + timedelta(days=7):
        spans.append(("月底前", sunday + timedelta(days=8), month_end))
    counted = cases.open().aggregate(
        late=Count("pk", filter=Q(due_on__lt=on)),
        **{f"n{place}": Count("pk", filter=Q(due_on__range=span[1:])) for place, span in enumerate(spans)},
    )
    return counted["late"], [
        (label, counted[f"n{place}"], f"{reverse('docket:list')}?view=open&due_from={first}&due_to={last}")
        for place, (label, first, last) in enumerate(spans)
    ]


def _recent(user):
    """What others did of late to the cases of the congresses this user serves; a table of old papers is no news.

    What was done to many cases at once is one line, or nothing else would be seen beside it.
    """
    watches = hats_of(user).watches
    if not watches:
        return []
    newest = Entry.objects.filter(congress__in=watches, kind=Suggestion._meta.label_lower).select_related("by")
    latest = newest.filter(pk__in=newest.order_by("-id").values("pk")[:LATEST])
    entries = list(latest.exclude(Q(verb=CASE.verb("imported")) | Q(by=user)).order_by("-on", "-id")[:RECENT_READ])
    seen = Suggestion.objects.visible_to(user).filter(pk__in={entry.case_id for entry in entries})
    titles = dict(seen.values_list("pk", "title"))
    told = {}
    for entry in entries:
        if entry.case_id in titles:
            told.setdefault((entry.on, sentence_of(entry)), []).append(entry.case_id)
    return [
        {"on": day, "text": text, "pk": newest, "title": titles[newest], "more": len(others)}
        for (day, text), (newest, *others) in islice(told.items(), RECENT_ROWS)
    ]


@dataclass(frozen=True)
class Errand:
    """One thing that a deputy is asked to do, with the page where he does it."""

    title: str
    what: str
    url: str
    due_on: date | None = None


def errands_of(user):
    """What waits for a deputy, the replies to rate first; each opens the very step."""
    seats = active_seats_of(user)
    slips = Slip.objects.unanswered().filter(mandate__in=seats).order_by("survey__closes_on", "id")
    rate = [
        Errand(title, _("请评价答复"), reverse("appraisals:rate", args=[pk]), closes_on)
        for pk, title, closes_on in slips.values_list("pk", "survey__round__suggestion__title", "survey__closes_on")
    ]
    asked = Cosigner.objects.filter(mandate__in=seats, state=Cosigner.State.INVITED, suggestion__state__in=_WRITTEN)
    cosign = [
        Errand(title, _("%s请您附议") % name, reverse("docket:cosign", args=[pk]))
        for pk, title, name in asked.order_by("suggestion").values_list(
            "suggestion", "suggestion__title", "suggestion__lead__deputy__name"
        )
    ]
    drafts = Suggestion.objects.filter(lead__in=seats, state__in=_WRITTEN).order_by("-saved_at", "id")
    write = [
        Errand(
            title or _("（还没有标题）"),
            _("退回修改，改好再提交") if state == Suggestion.State.RETURNED else _("草稿，接着写"),
            reverse("docket:rewrite", args=[pk]),
            due_on,
        )
        for pk, title, state, due_on in drafts.values_list("pk", "title", "state", "due_on")
    ]
    return rate + cosign + [Errand(*each) for each in errands_beside(user)] + write


LED = {
    "led": (gettext_lazy("领衔建议"), ~Q(state=Suggestion.State.DRAFT)),
    "replied": (gettext_lazy("已有答复"), Q(replied_on__isnull=False)),
}
"""What a deputy's page counts of the cases that he leads, and its list shows: its words, and which."""


def for_deputy(user, *, on):
    """The phone's first page: what the deputy must do, and how his own suggestions stand."""
    own = with_proposer(Suggestion.objects.visible_to(user), user).filter(lead__in=seats_of(user))
    errands = errands_of(user)
    mine = list(own.order_by("-saved_at").select_related("holder")[:MINE_ROWS])
    for case in mine:
        case.light = LIGHTS[case.state]
    counted = own.aggregate(
        mine=Count("pk"),
        **{code: Count("pk", filter=where) for code, (_label, where) in LED.items()},
    )
    return {
        "errands": errands[:ERRANDS],
        "more": errands[ERRANDS:],
        "waiting": len(errands),
        "mine": mine,
        "mine_count": counted["mine"],
        "led": counted["led"],
        "replied": counted["replied"],
        "promised": Promise.objects.made_to(seats_of(user)).standing().count(),
        "today": on,
    }


_WEEKDAYS = "一二三四五六日"
_LUNAR_MONTHS = "正二三四五六七八九十冬腊"
_LUNAR_TENS = ("初", "十", "廿", "三")
_LUNAR_ONES = "十一二三四五六七八九"


def lunar_words(day):
    """农历五月初二, as it stands on a desk calendar."""
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    leap = "闰" if lunar.is_leap_month else ""
    words = {10: "初十", 20: "二十", 30: "三十"}.get(
        lunar.day, f"{_LUNAR_TENS[lunar.day // 10]}{_LUNAR_ONES[lunar.day % 10]}"
    )
    return f"农历{leap}{_LUNAR_MONTHS[lunar.month - 1]}月{words}"


def next_rest(day):
    """(name, first, last) of the next published holiday within two weeks, or None."""
    days = CalendarDay.objects.filter(date__range=(day, day + timedelta(days=14)), is_workday=False).order_by("date")
    found = list(days.values_list("name", "date"))
    if not found:
        return None
    name = found[0][0]
    dates = [date for each, date in found if each == name]
    return name, dates[0], dates[-1]
