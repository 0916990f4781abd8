"""The ledger as evidence: a clock rebuilt from its moves is the clock that is stored (台账核对)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from congress.deadlines.models import Clock, ClockMove

BATCH = 1000  # clocks compared at once
_ENDS = {ClockMove.Verb.MEET: Clock.State.MET, ClockMove.Verb.STOP: Clock.State.STOPPED}


@dataclass(frozen=True)
class Standing:
    """What can be known of a clock from its ledger alone."""

    version: int
    state: str
    due_on: date
    ended_on: date | None


def rebuilt(moves):
    """The standing to which these moves, oldest first, lead; None where the line has a gap."""
    standing = None
    for number, move in enumerate(moves, start=1):
        begins = move.verb == ClockMove.Verb.START
        ended = standing is not None and standing.state != Clock.State.RUNNING
        if move.version != number or begins != (number == 1) or ended:
            return None
        state = _ENDS.get(move.verb, Clock.State.RUNNING)
        standing = Standing(number, state, move.due_on, move.on if move.verb in _ENDS else None)
    return standing


def stored(clock):
    return Standing(clock.version, clock.state, clock.due_on, clock.ended_on)


def disagrees(clock):
    return rebuilt(clock.moves.all()) != stored(clock)


def disagreeing(clocks):
    """Those of the clocks whose stored date or state isn't what their ledger says, in two queries."""
    return [clock for clock in clocks.prefetch_related("moves") if disagrees(clock)]


def compared(clocks):
    """All of these clocks with their ledgers, a batch a time: (how many, those that disagree)."""
    after = 0
    while batch := list(clocks.filter(pk__gt=after).order_by("pk").prefetch_related("moves")[:BATCH]):
        after = batch[-1].pk
        yield len(batch), _still_disagreeing([clock.pk for clock in batch if disagrees(clock)])


def _still_disagreeing(pks):
    """Looked at again while nobody moves them: a clock may have moved between the reading of it and of its ledger."""
    if not pks:
        return []
    with transaction.atomic():
        return disagreeing(Clock.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
