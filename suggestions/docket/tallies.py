"""Keeping the tallies (计数): every step writes, in its own transaction, by how much it changed them.

What is counted of a case are its marks: `assigned`, or `running@2026-06-18` where the day decides later whether it
counts (overdue changes at midnight without a step). A room adds its own with `marks`. The sum of the lines equals the
live query after any sequence of steps; tests/congress/dashboards/test_standing.py holds them together.
"""

from collections import Counter, defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Concat

from congress.kit.aggregates import Listed
from congress.kit.statements import Statement
from congress.organs.models import Congress, Department
from congress.procedure.reactions import after
from suggestions.docket.models import Answer, Assignment, Category, Contact, Round, Standing, Suggestion, Tally

S = Suggestion.State
WHOLE = "_whole"  # stands for a congress whose tallies are complete
LASTING = "lasting:"  # begins the codes of what outlives its session: the figures of every session count them
LINES_KEPT = 500  # lines of steps that a congress gathers before they are added up
_BATCH = 1000

_later = ContextVar("later", default=None)  # congresses to be counted when a run of many steps is over
PLACE = ("congress_id", "session_id", "organ", "category_id")
_markers = []


@dataclass(frozen=True)
class Marker:
    """What a room counts: which annotations it needs of a case, and the marks that follow from them."""

    function: object
    annotations: dict


def marks(**annotations):
    """Register `function(case) → marks`; `case` is a dict of the case's own fields and of these annotations.

    An annotation is a function without arguments that gives an expression on Suggestion.
    """

    def register(function):
        _markers.append(Marker(function, annotations))
        return function

    return register


def on_day(code, day):
    return f"{code}@{day:%Y-%m-%d}" if day else code


# ---- what the docket itself counts


def leading_share(field):
    """The department that answers in the present round, as an expression on Suggestion."""
    shares = Assignment.objects.filter(
        round__suggestion=OuterRef("pk"), round__number=OuterRef("round_number"), role__in=Assignment.ANSWERS
    ).exclude(state__in=[Assignment.State.RELEASED, Assignment.State.ENDED])
    return Subquery(shares.values(field)[:1])


def reply_due_on():
    due = Round.objects.filter(suggestion=OuterRef("pk"), number=OuterRef("round_number"))
    return Subquery(due.values("reply_due_on"))


def was_contacted():
    return Exists(
        Contact.objects.filter(
            assignment__round__suggestion=OuterRef("pk"), assignment__round__number=OuterRef("round_number")
        )
    )


def waits_for_a_decision():
    """A department asks to be relieved, or for a later day."""
    asked = Q(state=Assignment.State.HANDED_BACK) | Q(asked_until__isnull=False)
    return Exists(Assignment.objects.filter(asked, round__suggestion=OuterRef("pk")))


def is_handled(case):
    """Handed to departments and not withdrawn: the base of the figures; motions have their own."""
    return bool(case["kind"] == Suggestion.Kind.SUGGESTION and case["assigned_on"] and case["state"] != S.WITHDRAWN)


@marks(to_decide=waits_for_a_decision, came_in_on=lambda: F("submitted_on"), came_in=lambda: F("period"))
def _of_the_views(case):
    """The views of the list for whoever reads all cases of a congress; drafts are counted where they are read."""
    if case["state"] == S.DRAFT:
        return
    yield "listed"
    if case["state"] in Suggestion.OPEN:
        yield on_day("open", case["due_on"])
    if case["state"] in (S.SUBMITTED, S.REGISTERED) or case["to_decide"]:
        yield "desk"
    if case["state"] in (S.SUBMITTED, S.REGISTERED) and case["came_in"] == Suggestion.Period.BETWEEN:
        yield on_day("waits", case["came_in_on"])  # for its batch


@marks(owed_on=reply_due_on, contacted=was_contacted)
def _of_the_handling(case):
    if not is_handled(case):
        return
    yield "assigned"
    if case["state"] == S.IN_HAND:
        yield "in_hand"
        yield on_day("running", case["due_on"])
    if case["round_number"] > 1:
        yield "rework"
    if case["replied_on"] is None:
        if case["owed_on"]:
            yield on_day("owed", case["owed_on"])
        return
    yield "replied"
    if case["owed_on"]:
        yield "on_time" if case["replied_on"] <= case["owed_on"] else "late"
    if case["contacted"]:
        yield "contacted"


# ---- writing


def _read(cases):
    """[(pk, place, marks)] of these cases, in two statements."""
    annotations = {name: build() for marker in _markers for name, build in marker.annotations.items()}
    fields = ("pk", "kind", "state", "due_on", "assigned_on", "replied_on", "round_number", *PLACE)
    rows = list(cases.order_by().annotate(organ=leading_share("organ"), **annotations).values(*fields, *annotations))
    answered = _answers(row["pk"] for row in rows) if len(rows) < _BATCH else _answers_of(cases)
    told = []
    for row in rows:
        found = [mark for marker in _markers for mark in marker.function(row)]
        if is_handled(row):
            found += answered.get(row["pk"], ())
        told.append((row["pk"], tuple(row[name] for name in PLACE), " ".join(found)))
    return told


def _answers(pks):
    return _answers_of(Suggestion.objects.filter(pk__in=list(pks)))


def _answers_of(cases):
    """{case: a mark for each ask that was answered in its present round}, by class of the answer."""
    rows = Answer.objects.filter(
        reply__sent_on__isnull=False,
        reply__assignment__round__suggestion__in=cases.order_by().values("pk"),
        reply__assignment__round__number=F("reply__assignment__round__suggestion__round_number"),
    ).order_by()
    answered = {}
    for case, code in rows.values_list("reply__assignment__round__suggestion", "result_class"):
        answered.setdefault(case, []).append(f"answer:{code}")
    return answered


def _counted(place, marked):
    """The lines that one case adds: each mark for the whole, for its department and for its category."""
    congress, session, organ, category = place
    axes = [(None, None)]
    axes += [(organ, None)] if organ else []
    axes += [(None, category)] if category else []
    lines = Counter()
    for mark in marked.split():
        code, _at, day = mark.partition("@")
        for axis in axes:
            lines[(congress, session, *axis, code, date.fromisoformat(day) if day else None)] += 1
    return lines


def _write(lines):
    Tally.objects.bulk_create(
        [
            Tally(congress_id=c, session_id=s, organ_id=o, category_id=k, code=code, day=day, number=number)
            for (c, s, o, k, code, day), number in lines.items()
            if number
        ],
        batch_size=_BATCH,
    )


def _standing(pk, place, marked):
    congress, session, organ, category = place
    return Standing(
        suggestion_id=pk, congress_id=congress, session_id=session, organ_id=organ, category_id=category, marks=marked
    )


@contextmanager
def counting_later():
    """Many steps at once, as when a county is built: the congresses they concern are counted once, at the end."""
    concerned = {}
    token = _later.set(concerned)
    try:
        yield
    finally:
        _later.reset(token)
    for congress in concerned.values():
        recount(congress)


@transaction.atomic
def retell(pks, *, congress):
    """Some cases of a congress have changed: write by how much the tallies did.

    The rows of the cases are locked before they are read again, so that of two steps the second sees the first.
    """
    if _later.get() is not None:
        _later.get()[congress.pk] = congress
        return
    if not _is_complete(congress):
        recount(congress, once=True)
        return
    before = {row.pk: row for row in Standing.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    lines, fresh = Counter(), []
    for pk, place, marked in _read(Suggestion.objects.filter(pk__in=pks)):
        row = before.get(pk)
        if row is not None:
            stood = (row.congress_id, row.session_id, row.organ_id, row.category_id)
            if (stood, row.marks) == (place, marked):
                continue
            lines.subtract(_counted(stood, row.marks))
        lines.update(_counted(place, marked))
        fresh.append(_standing(pk, place, marked))
    Standing.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["suggestion"],
        update_fields=["congress", "session", "organ", "category", "marks"],
    )
    _write(lines)


def _is_complete(congress):
    return Tally.objects.filter(congress=congress, code=WHOLE).exists()


@transaction.atomic
def recount(congress, *, once=False):
    """Count the cases of a congress anew from their rows, whatever stood before (重新计数); `once`, if nobody did."""
    Congress.objects.select_for_update(no_key=True).get(pk=congress.pk)
    if once and _is_complete(congress):
        return
    Standing.objects.filter(congress=congress).delete()
    Tally.objects.filter(congress=congress).delete()
    lines = Counter({(congress.pk, None, None, None, WHOLE, None): 1})
    told = _read(Suggestion.objects.filter(congress=congress))
    for _pk, place, marked in told:
        lines.update(_counted(place, marked))
    Standing.objects.bulk_create([_standing(*each) for each in told], batch_size=_BATCH)
    _write(lines)


@transaction.atomic
def fold(congress):
    """Add up the lines that the steps of a congress have left; the sums stay what they were."""
    rows = list(Tally.objects.select_for_update().filter(congress=congress))
    lines = Counter()
    for row in rows:
        key = (row.congress_id, row.session_id, row.organ_id, row.category_id, row.code, row.day)
        lines[key] += row.number
    Tally.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _write(lines)


def tidy(congresses):
    """Complete the tallies of congresses that have none yet, and fold those that many steps have lengthened."""
    whole = set(Tally.objects.filter(code=WHOLE).values_list("congress", flat=True))
    done = 0
    for congress in congresses:
        if congress.pk not in whole:
            recount(congress)
            done += 1
    cells = ("congress", "session", "organ", "category", "code", "day")
    spread = Tally.objects.values(*cells).annotate(lines=Count("pk")).filter(lines__gt=1)
    spare = Counter()
    for cell in spread:
        spare[cell["congress"]] += cell["lines"] - 1
    for congress in congresses:
        if spare[congress.pk] > LINES_KEPT:
            fold(congress)
            done += 1
    return done


def follow(procedure):
    """After every step of this procedure, and whatever the rooms above did about it, the tallies follow."""
    for name in procedure.steps:
        after(procedure.verb(name), last=True)(_after_step)


def _after_step(taken):
    case = getattr(taken.case, "journal_case", taken.case)
    retell([case.pk], congress=case.congress)


# ---- reading


def carries(code, congresses):
    """That a mark without a day counts a case of these congresses now, if their tallies are complete; a Q on cases.

    The code must not be part of another one. Standing has an index of the few that the views of the list look for.
    """
    return Q(pk__in=Standing.objects.filter(congress__in=congresses, marks__contains=code).values("suggestion"))


def of_views(congresses, wheres):
    """The lines of all cases of these congresses in one row: by name the sum of the lines that each Q means."""
    sums = {name: Sum("number", filter=where, default=0) for name, where in wheres.items()}
    return _of_all(congresses).values(_all=Value(1)).annotate(**sums).values(*sums)


def trace_of_views(congresses):
    """One row that changes whenever these sums do: `whole`, how many congresses are complete, and which lines stand.

    Lines are only added, or all folded into newer ones, so their number, the oldest and the newest of them tell one
    state from every other.
    """
    return _of_all(congresses).values(_all=Value(1)).annotate(**_which_lines())


def _which_lines():
    whole = Count("code", filter=Q(code=WHOLE))
    return {"whole": whole, "lines": Count("code"), "oldest": Min("pk"), "newest": Max("pk")}


def _of_all(congresses):
    return Tally.objects.filter(congress__in=congresses, organ__isnull=True, category__isnull=True).order_by()


@Statement
def _lines(congress, session, on):
    here = Q(session=session) | Q(code=WHOLE) | Q(code__startswith=LASTING) if session else Q()
    return (
        Tally.objects.filter(here, congress=congress)
        .values_list("organ", "organ__short_name", "category", "category__name", "code")
        .annotate(total=Sum("number"), past=Sum("number", filter=Q(day__lt=on), default=0))
        .order_by()
    )


class Sums:
    """The tallies of one congress, of one session or of all, as they stand on one day."""

    def __init__(self):
        self.whole, self.departments, self.categories = Cell(), {}, {}


class Cell(defaultdict):
    """How many by code, 0 where there are none; `past` counts those whose day has gone by."""

    def __init__(self, name=""):
        super().__init__(int)
        self.name, self.past = name, defaultdict(int)


@Statement
def _trace(congress):
    """No row where there is no line."""

    def names(model, name):
        named = model.objects.filter(congress=congress).order_by().values("congress")
        return Subquery(named.annotate(told=Listed(Concat("pk", Value(":"), name))).values("told"))

    return (
        Tally.objects.filter(congress=congress)
        .order_by()
        .values("congress")
        .annotate(**_which_lines(), organs=names(Department, "short_name"), categories=names(Category, "name"))
        .values_list("whole", "lines", "oldest", "newest", "organs", "categories")
    )


def trace(congress):
    """What changes whenever the Sums of a congress do, its days aside; None while the congress is incomplete."""
    told = _trace(congress=congress.pk)
    return told[0] if told and told[0][0] else None


def of_congress(congress, *, session=None, on):
    """The Sums, in one statement; None while the congress is incomplete."""
    sums, complete = Sums(), False
    lines = _lines(congress=congress.pk, session=session.pk if session else None, on=on)
    for organ, organ_name, category, category_name, code, total, past in lines:
        if organ:
            cell = sums.departments.setdefault(organ, Cell(organ_name))
        elif category:
            cell = sums.categories.setdefault(category, Cell(category_name))
        else:
            cell = sums.whole
        cell[code], cell.past[code] = total, past
        complete |= code == WHOLE
    return sums if complete else None
