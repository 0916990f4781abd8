"""Which dates are spoken of today: sets in the database, one row per clock, version and stage (提醒)."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from django.db import transaction
from django.db.models import Case, CharField, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value, When

from congress.deadlines.models import ESCALATION, Clock, Reminder
from congress.kit.statements import Statement
from congress.organs.models import Congress
from congress.rulebook.book import Book
from congress.rulebook.codes import UnknownRule

_PART = 5000  # clocks of one transaction: few enough that nobody waits for their rows


def remind(*, on):
    """Write down which dates are to be spoken of on that day, what stands already left alone; returns how many are new.

    Only the stage that a clock is in today counts, so days without a run are made good by one reminder each.
    """
    new = 0
    congresses = list(Congress.objects.filter(Exists(Clock.objects.running().filter(congress=OuterRef("pk")))))
    books, by_stages = Book.of_many(congresses), cache(_by_stages)  # most have the same book and the same rules at work
    for congress in congresses:
        periods = tuple(sorted(_rules_at_work(congress=congress.pk)))
        for stages, spoken_of in by_stages(books[congress.pk], periods, on).items():
            for part in _parts(congress, spoken_of, near=on + timedelta(days=max(stages.before, default=0))):
                with transaction.atomic():
                    new += _write(_staged, part, on, spans=_spans(stages, on))
                    new += _write(_late, part, on, until=on - timedelta(days=stages.escalate_after))
    return new


def _write(statement, part, on, **days):
    return statement.insert_into(Reminder, "clock", "clock_version", "stage", "on", part=part, on=on, **days)


@Statement
def _rules_at_work(congress):
    return Clock.objects.running().filter(congress=congress).order_by().values_list("rule", flat=True).distinct()


def _by_stages(book, periods, on):
    """{stages: the periods that are spoken of at them}, as a rulebook has them that day."""
    rules = book.on(on)
    found = defaultdict(tuple)
    for period in periods:
        try:
            found[rules.reminders(period)] += (period,)
        except UnknownRule:  # a profile that reminds of nothing
            continue
    return found


@dataclass(frozen=True)
class _Part:
    """Running clocks of one congress that may be spoken of on a day, from one id to another."""

    congress: int
    periods: tuple
    near: date
    first: int = 0
    last: int = 0

    def clocks(self):
        here = Clock.objects.running().filter(congress=self.congress, rule__in=self.periods, due_on__lte=self.near)
        return here.order_by("pk")


def _parts(congress, periods, *, near):
    whole = _Part(congress.pk, periods, near)
    pks = _pks(part=whole)
    for start in range(0, len(pks), _PART):
        yield replace(whole, first=pks[start], last=pks[min(start + _PART, len(pks)) - 1])


@Statement
def _pks(part):
    return part.clocks().values_list("pk", flat=True)


def _spans(stages, on):
    """[(a stage, the first day on which a clock in it may be due, the last)]: the nearest stage that it has reached."""
    spans, floor = [], 0
    for before in sorted(stages.before):
        spans.append((f"before:{before}", on + timedelta(days=floor), on + timedelta(days=before)))
        floor = before + 1
    return (*spans, *((f"after:{after}", None, on - timedelta(days=after)) for after in sorted(stages.after)[::-1]))


@Statement
def _staged(part, on, spans):
    """The clocks of a part, each with its stage; nobody is reminded by one that lies before the period began."""
    whens = []
    for stage, first, last in spans:
        reached = Q(due_on__lte=last)
        if first:
            began = F("started_on") + timedelta(days=int(stage.partition(":")[2]))
            reached &= Q(due_on__gte=first, due_on__gt=ExpressionWrapper(began, output_field=DateField()))
        whens.append(When(reached, then=Value(stage)))
    staged = Case(*whens, default=None, output_field=CharField(null=True)) if whens else Value(None, CharField())
    clocks = part.clocks().filter(pk__range=(part.first, part.last)).annotate(stage=staged, on=Value(on))
    return clocks.filter(stage__isnull=False).values_list("pk", "version", "stage", "on")


@Statement
def _late(part, on, until):
    """Those that go up to the head of the unit and to the office of the congress."""
    clocks = part.clocks().filter(pk__range=(part.first, part.last), due_on__lte=until)
    stage = Value(ESCALATION, output_field=CharField())
    return clocks.annotate(stage=stage, on=Value(on)).values_list("pk", "version", "stage", "on")
