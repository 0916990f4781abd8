"""The days of the month on which a congress assigns in one go, and what missed them (半月一交办).

A suggestion made between sessions is assigned on the first such day after it came in; one that still waits when that
day has passed missed its batch. A day on which nobody works gives way to the next on which people do.
"""

import calendar
from functools import reduce
from operator import or_

from django.db.models import Count, Q

from congress.kit.periods import add_months, first_workday_from
from congress.kit.remembered import remembered
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.rulebook.book import Book
from suggestions.docket.models import Suggestion

S = Suggestion.State
WAITING = (S.SUBMITTED, S.REGISTERED)
AROUND = range(-2, 3)  # months in which the neighbours of a day lie
KEPT = 300  # seconds: the rulebook seldom changes


class Batches:
    """The days of collective assignment around one day; none where the congress assigns as papers come in."""

    def __init__(self, days):
        self.days = days

    def __bool__(self):
        return bool(self.days)

    def coming(self, day):
        """The next such day, today included; None where there is none."""
        return next((each for each in self.days if each >= day), None)

    def of_paper(self, received_on):
        """The day on which a paper that came in then is to be assigned."""
        return next((each for each in self.days if each > received_on), None)

    def last_passed(self, day):
        """The last such day that is over; what came in before it and still waits has missed it."""
        return next((each for each in reversed(self.days) if each < day), None)


def of_numbers(numbers, *, around, works):
    """The days of these numbers in the months around a day: the 31st is the last day of a shorter month."""
    days = set()
    for offset in AROUND:
        first = add_months(around.replace(day=1), offset)
        last = calendar.monthrange(first.year, first.month)[1]
        days |= {first_workday_from(first.replace(day=min(number, last)), works) for number in numbers}
    return Batches(sorted(days))


@remembered(KEPT)
def of(congress, on):
    """The batches of a congress around a day, as its rulebook has them."""
    book = Book.of(congress)
    numbers = book.on(on).items("batch_days")
    return of_numbers(numbers, around=on, works=book.workdays) if numbers else Batches([])


def of_reader(reader, *, on):
    """[(congress id, its batches)] of the congresses that this reader serves and that assign in batches."""
    found = [(pk, _of_pk(pk, on)) for pk in sorted(hats_of(reader).oversees)]
    return [(pk, batches) for pk, batches in found if batches]


@remembered(KEPT)
def _of_pk(pk, on):
    """The same by id; of a committee, which a leader may serve, none."""
    congress = Congress.objects.filter(pk=pk).first()
    return of(congress, on=on) if congress else Batches([])


def standing_of(reader, *, on):
    """What waits for the next day of collective assignment in each congress whose papers this reader assigns."""
    found = [(pk, _of_pk(pk, on)) for pk in sorted(hats_of(reader).clerk_of)]
    return [_standing(Congress.objects.get(pk=pk), batches, on=on) for pk, batches in found if batches]


def _standing(congress, batches, *, on):
    waiting = Suggestion.objects.filter(waiting_where(), congress=congress)
    numbers = waiting.aggregate(
        unchecked=Count("pk", filter=Q(state=S.SUBMITTED)),
        registered=Count("pk", filter=Q(state=S.REGISTERED)),
        missed=Count("pk", filter=Q(submitted_on__lt=batches.last_passed(on))),
    )
    return {"congress": congress, "day": batches.coming(on), **numbers}


def waiting_where():
    """What is assigned in batches: papers between sessions that came in and are not assigned yet."""
    return Q(state__in=WAITING, period=Suggestion.Period.BETWEEN)


def missed_of_reader(reader, *, on):
    """((congress id, day), …): what came in before that day and still waits has missed its batch there."""
    return tuple((pk, batches.last_passed(on)) for pk, batches in of_reader(reader, on=on))


def missed_where(missed):
    """What has missed its batch, by what `missed_of_reader` found; None where nobody assigns in batches."""
    return _any_of(Q(congress=pk, submitted_on__lt=day) & waiting_where() for pk, day in missed)


def missed_of(congress, *, on):
    """The same for one congress, whoever reads it."""
    found = of(congress, on=on)
    return Q(submitted_on__lt=found.last_passed(on)) & waiting_where() if found else Q(pk__in=())


def missed_lines(missed):
    """The same on the lines of the tallies."""
    return _any_of(Q(congress=pk, code="waits", day__lt=day) for pk, day in missed)


def next_where(missed):
    """What is registered and waits for the coming batch, what missed an earlier one included."""
    between = Suggestion.Period.BETWEEN
    return _any_of(Q(congress=pk, state=S.REGISTERED, period=between) for pk, _day in missed)


def _any_of(wheres):
    return reduce(or_, wheres, Q(pk__in=())) if (wheres := list(wheres)) else None


def has_missed(case, batches, *, on):
    """Whether one waiting paper has missed its batch."""
    if case.state not in WAITING or case.period != Suggestion.Period.BETWEEN or case.submitted_on is None:
        return False
    due = batches.of_paper(case.submitted_on)
    return due is not None and due < on
