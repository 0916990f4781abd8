"""When rules or the calendar change: which running clocks that moves, first in rehearsal, then for good (调整期限)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from congress.deadlines.actions import RECKONED, move, take
from congress.deadlines.models import Clock, ClockMove
from congress.organs.models import Congress
from congress.procedure.journal import record
from congress.procedure.reactions import announce
from congress.procedure.workflow import describe
from congress.rulebook.book import Book

describe(
    rulebook_change="改动规则口径：%(what)s",
    calendar_change="改动工作日历：%(what)s",
)


@dataclass(frozen=True)
class Shift:
    """A running clock whose stored date is no longer what the rulebook and the calendar give."""

    clock: Clock
    was_due_on: dt.date
    computed: object

    @property
    def moves(self):
        """Whether the day itself changes, not only what is known about it."""
        return self.was_due_on != self.computed.due_on


def preview_move(congress):
    """The running clocks of a congress that the rules and the calendar, as they now stand, would move."""
    return _shifts(congress, Clock.objects.filter(congress=congress))


@transaction.atomic
def move_all(congress, *, on, by, reason):
    """Bring every running clock of a congress to the date that the rules and the calendar now give (调整期限)."""
    shifts = _shifts(congress, Clock.objects.filter(congress=congress).select_for_update())
    for shift in shifts:
        take(shift.clock, shift.computed)
        if shift.moves:
            move(shift.clock, shift.computed.due_on, ClockMove.Verb.MOVE, on=on, by=by, reason=reason)
        else:
            shift.clock.save(update_fields=RECKONED)
    announce("clocks.moved", shifts)
    return shifts


def _shifts(congress, clocks):
    book, reckoned = Book.of(congress), {}
    shifts = []
    for clock in clocks.running().exclude(measured_by="").order_by("due_on", "id"):
        key = clock.measured_by, clock.started_on
        if key not in reckoned:
            reckoned[key] = book.deadline(key[0], start=key[1])
        computed = reckoned[key]
        if (clock.due_on, clock.provisional) != (computed.due_on, computed.provisional):
            shifts.append(Shift(clock, clock.due_on, computed))
    return shifts


def with_running_clocks():
    """The congresses that a change of the calendar may concern."""
    return Congress.objects.filter(pk__in=Clock.objects.running().values("congress")).order_by("pk")


def rehearse(change, congresses):
    """{congress: shifts} that a change would bring about, without leaving a trace of it."""
    with transaction.atomic():
        change()
        found = {congress: preview_move(congress) for congress in congresses}
        transaction.set_rollback(True)
    return found


@transaction.atomic
def adopt(change, congress, *, what, on, by):
    """Change the rules of one congress and move its clocks, all or nothing."""
    change()
    record(congress, "rulebook.change", by=by, on=on, facts={"what": what})
    return move_all(congress, on=on, by=by, reason=what)


def recalendar(change, year, *, what, on, by):
    """Change the calendar of all, then move the clocks of each congress in a transaction of its own.

    What a broken run leaves behind stands on the page of open moves.
    """
    with transaction.atomic():
        change()
        record(year(), "calendar.change", by=by, on=on, facts={"what": what})
    return {congress: move_all(congress, on=on, by=by, reason=what) for congress in with_running_clocks()}
