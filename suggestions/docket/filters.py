"""How a list of cases is narrowed: saved views and conditions, all of them kept in the address (筛选).

    /suggestions/?view=overdue&session=3&category=5&category=7&late=overdue&q=堤防&sort=due

A higher room adds its own with `saved_view` and `condition` in its panels.py; a cockpit links to what they name.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from congress.kit.dates import asked_day
from congress.kit.numbers import row_numbers
from congress.kit.words import asked_words
from congress.organs.hats import hats_of
from deputies.roll.seats import Reader, active_seats_of
from suggestions.docket import batches, tallies
from suggestions.docket.identity import known_to
from suggestions.docket.models import Assignment, Cosigner, ImportRow, PrintedName, Round, Suggestion

S = Suggestion.State
SOON = timedelta(days=7)
VIEWS, CONDITIONS = {}, {}


@dataclass(frozen=True)
class Reading:
    """Who reads the list, on which day, and what follows from the day: no condition computes with it."""

    reader: Reader
    today: date
    soon: date
    month: tuple  # its first and last day
    missed: tuple  # batches.missed_of_reader

    @classmethod
    def of(cls, user, today):
        first = today.replace(day=1)
        last = today.replace(day=monthrange(today.year, today.month)[1])
        missed = batches.missed_of_reader(user, on=today)
        return cls(Reader.of(user), today, today + SOON, (first, last), missed)


@dataclass(frozen=True)
class View:
    """A list that people come back to; `where` gives its Q for a reading, or None where it is not offered.

    For who reads whole congresses, `tally` gives the Q on the lines of the tallies that counts the same, and `marked`
    one on cases and what they add to the tallies that finds the same where `where` looks at further rows.
    """

    code: str
    label: str
    where: object
    order: int
    tally: object
    marked: object
    drafts: bool  # whether drafts can stand in it


@dataclass(frozen=True)
class Condition:
    """One way to narrow a list. `where(values, reading)` gives a Q; `options` are fixed, or read under its code."""

    code: str
    label: str
    where: object
    options: tuple = ()
    kind: str = "choice"  # choice, many, dates, or hidden: kept and shown, but not offered
    says: object = None  # words for values that no option names


def saved_view(code, label, *, tally, marked=None, order=50, drafts=False):
    """Register a view: a function of a Reading that gives a Q or None."""

    def register(where):
        VIEWS[code] = View(code, label, where, order, tally, marked or where, drafts)
        return where

    return register


def condition(code, label, **options):
    """Register a condition: a function of (values, Reading) that gives a Q."""

    def register(where):
        CONDITIONS[code] = Condition(code, label, where, **options)
        return where

    return register


# ---- views


@saved_view("all", _("全部"), order=10, drafts=True, tally=lambda reading: Q(code="listed"))
def _all(reading):
    return Q()


def _desk(reading):
    return Q(code="desk", congress__in=hats_of(reading.reader).clerk_of)


def _on_desk(reading):
    return tallies.carries("desk", hats_of(reading.reader).clerk_of)


@saved_view("mine", _("轮到我"), order=20, drafts=True, tally=_desk, marked=_on_desk)
def turn_of(reading):
    """What waits for this reader: his congress's desk, his department's shares, or he himself as a deputy."""
    hats, seats = hats_of(reading.reader), active_seats_of(reading.reader)
    waiting = Q(pk__in=())
    if hats.clerk_of:
        waiting |= Q(congress__in=hats.clerk_of, state__in=[S.SUBMITTED, S.REGISTERED])
        waiting |= Q(congress__in=hats.clerk_of) & Exists(_open_shares(state=Assignment.State.HANDED_BACK))
        waiting |= Q(congress__in=hats.clerk_of) & Exists(_open_shares(asked_until__isnull=False))
    if hats.departments:
        given = _open_shares(organ__in=hats.departments).exclude(state=Assignment.State.HANDED_BACK)
        waiting |= Q(state=S.IN_HAND) & Exists(given)
    if seats:
        waiting |= Q(lead__in=seats, state__in=[S.DRAFT, S.RETURNED, S.REPLIED])
        asked = Cosigner.objects.filter(suggestion=OuterRef("pk"), mandate__in=seats, state=Cosigner.State.INVITED)
        waiting |= Q(state__in=[S.DRAFT, S.RETURNED]) & Exists(asked)
    return waiting


def _open_shares(**where):
    return Assignment.objects.filter(round__suggestion=OuterRef("pk"), state__in=Assignment.OPEN, **where)


@saved_view("open", _("在办"), order=30, tally=lambda reading: Q(code="open"))
def _open(reading):
    return Q(state__in=Suggestion.OPEN)


@saved_view("overdue", _("已超期"), order=40, tally=lambda reading: Q(code="open", day__lt=reading.today))
def _overdue(reading):
    return Q(state__in=Suggestion.OPEN, due_on__lt=reading.today)


@saved_view("missed", _("误了交办批次"), order=45, tally=lambda reading: batches.missed_lines(reading.missed))
def _missed(reading):
    return batches.missed_where(reading.missed)


@saved_view("month", _("本月到期"), order=50, tally=lambda reading: Q(code="open", day__range=reading.month))
def _month(reading):
    return Q(state__in=Suggestion.OPEN, due_on__range=reading.month)


def offered_views(reading):
    """[(view, Q)] of the views this reader has, in order."""
    views = sorted(VIEWS.values(), key=lambda view: view.order)
    return [(view, where) for view in views if (where := view.where(reading)) is not None]


@lru_cache(maxsize=1024)
def offered_codes(reading):
    """Their codes, without making their Qs each time: those that are narrower than all come second."""
    views = offered_views(reading)
    return tuple(view.code for view, _where in views), tuple(view.code for view, where in views if where)


# ---- conditions


@condition("session", _("届次"))
def _session(values, reading):
    return Q(session__in=row_numbers(values))


@condition("state", _("状态"), options=tuple(S.choices), kind="many")
def _state(values, reading):
    return Q(state__in=values)


@condition("category", _("类别"), kind="many")
def _category(values, reading):
    return Q(category__in=row_numbers(values))


@condition("campaign", _("专项行动"))
def _campaign(values, reading):
    return Q(campaign__in=row_numbers(values))


@condition("kind", _("案别"), options=tuple(Suggestion.Kind.choices))
def _kind(values, reading):
    return Q(kind__in=values)


@condition("period", _("提出时间"), options=tuple(Suggestion.Period.choices))
def _period(values, reading):
    return Q(period__in=values)


@condition("department", _("主办单位"))
def _department(values, reading):
    return Exists(shares_in_hand(organ__in=row_numbers(values), role__in=Assignment.ANSWERS))


@condition("co", _("会办单位"))
def _co(values, reading):
    return Exists(shares_in_hand(organ__in=row_numbers(values), role=Assignment.Role.CO))


@condition("delegation", _("代表团"))
def _delegation(values, reading):
    return Q(lead__delegation__in=row_numbers(values)) & known_to(reading.reader)


@condition("lead", _("领衔代表"), kind="hidden", says=lambda values: _("同一位代表"))
def _lead(values, reading):
    return Q(lead__in=row_numbers(values)) & known_to(reading.reader)


@condition("result", _("办理类别"), kind="hidden", says="、".join)
def _result(values, reading):
    return Q(result_class__in=values)


@condition("congress", _("所属人大"))
def _congress(values, reading):
    return Q(congress__in=row_numbers(values))


@condition(
    "late",
    _("时限"),
    options=(
        ("overdue", _("已超期")),
        ("soon", _("七天内到期")),
        ("in_time", _("未超期")),
        ("replied_late", _("超期答复")),
    ),
)
def _late(values, reading):
    here = Round.objects.filter(suggestion=OuterRef("pk"), number=OuterRef("round_number"))
    late_rounds = here.filter(replied_on__gt=F("reply_due_on"))
    wheres = {
        "overdue": Q(state__in=Suggestion.OPEN, due_on__lt=reading.today),
        "soon": Q(state__in=Suggestion.OPEN, due_on__range=(reading.today, reading.soon)),
        "in_time": Q(state__in=Suggestion.OPEN, due_on__gte=reading.today),
        "replied_late": Q(Exists(late_rounds)),
    }
    return _any(wheres[value] for value in values if value in wheres)


def _any(wheres):
    found = Q(pk__in=())
    for where in wheres:
        found |= where
    return found


def _due_words(values):
    first, last = values
    if first and last:
        return _("%(first)s 至 %(last)s") % {"first": first, "last": last}
    return _("%s 起") % first if first else _("至 %s") % last


_BATCHES = {"next": _("等下次集中交办"), "missed": _("误了交办批次")}


@condition(
    "batch", _("集中交办"), kind="hidden", says=lambda values: "、".join(str(_BATCHES.get(v, v)) for v in values)
)
def _batch(values, reading):
    wheres = {
        "next": batches.next_where(reading.missed),
        "missed": batches.missed_where(reading.missed),
    }
    return _any(wheres[value] for value in values if wheres.get(value) is not None)


@condition("import", _("旧件导入"), kind="hidden", says=lambda values: _("同一次导入的"))
def _import(values, reading):
    brought = ImportRow.objects.filter(batch__in=row_numbers(values), suggestion__isnull=False)
    return Q(pk__in=brought.values("suggestion"))


@condition("printed", _("原件上的名称"), kind="hidden", says="、".join)
def _printed(values, reading):
    named = PrintedName.objects.filter(suggestion=OuterRef("pk"), name__in=values)
    return Exists(named) & known_to(reading.reader)


@condition("received", _("提出日期"), kind="dates", says=_due_words)
def _received(values, reading):
    first, last = values
    where = Q(submitted_on__gte=first) if first else Q()
    return where & Q(submitted_on__lte=last) if last else where


@condition("due", _("期限"), kind="dates", says=_due_words)
def _due(values, reading):
    first, last = values
    where = Q(due_on__gte=first) if first else Q()
    return where & Q(due_on__lte=last) if last else where


def shares_in_hand(**where):
    """The shares of the case's present round that were not given back; for use in EXISTS."""
    return Assignment.objects.filter(
        round__suggestion=OuterRef("pk"), round__number=OuterRef("round_number"), **where
    ).exclude(state=Assignment.State.RELEASED)


# ---- one list, as the address asks for it

SORTS = {
    "due": (_("按期限，先到在前"), [F("due_on").asc(nulls_last=True), "-id"]),
    "-due": (_("按期限，后到在前"), [F("due_on").desc(nulls_last=True), "-id"]),
    "newest": (_("按建立时间，新的在前"), ["-id"]),
    "number": (_("按编号"), ["session", "kind", "period", F("serial").asc(nulls_last=True), "id"]),
    "submitted": (_("按提出日期，先提在前"), [F("submitted_on").asc(nulls_last=True), "id"]),
    "replied": (_("按答复日期，新的在前"), [F("replied_on").desc(nulls_last=True), "-id"]),
}
ORDERED = frozenset({"due", "-due", "newest"})  # in which an index has the cases of one congress


@dataclass
class Asked:
    """What the address asks for, read leniently: what it does not know it leaves out."""

    view: str = "all"
    words: str = ""
    sort: str = "due"
    values: dict = field(default_factory=dict)  # condition code → list of values

    @classmethod
    def of(cls, query, *, default_view="all"):
        values = {}
        for code, each in CONDITIONS.items():
            if each.kind == "dates":
                both = [asked_day(query.get(f"{code}_from")), asked_day(query.get(f"{code}_to"))]
                values |= {code: both} if any(both) else {}
            elif given := [value for value in query.getlist(code) if value and "\0" not in value]:
                values[code] = given
        view, sort = query.get("view", default_view), query.get("sort", "due")
        return cls(
            view=view if view in VIEWS else default_view,
            words=asked_words(query.get("q"), most=100),
            sort=sort if sort in SORTS else "due",
            values=values,
        )

    def narrow(self, cases, reading):
        """The conditions applied, without the view and the words."""
        for code, values in self.values.items():
            cases = cases.filter(CONDITIONS[code].where(values, reading))
        return cases

    def order(self):
        return SORTS[self.sort][1]

    def pairs(self, *, without=""):
        """The conditions as (name, value) pairs of an address."""
        pairs = []
        for code, values in self.values.items():
            if code == without:
                continue
            if CONDITIONS[code].kind == "dates":
                pairs += [(f"{code}_{end}", f"{day}") for end, day in zip(("from", "to"), values, strict=True) if day]
            else:
                pairs += [(code, value) for value in values]
        return pairs


def chips(asked, options):
    """[(condition, words)] of the conditions in force."""
    shown = []
    for code, values in asked.values.items():
        each = CONDITIONS[code]
        labels = {str(value): label for value, label in each.options or options.get(code, ())}
        if each.says:
            words = each.says(values)
        else:
            known = [str(labels.get(value, value)) for value in values]
            words = "、".join(known[:3])
            if len(known) > 3:
                words = _("%(first)s等 %(count)s 项") % {"first": words, "count": len(known)}
        shown.append((each, words))
    return shown
