"""The ledger as evidence: a clock rebuilt from its moves is the clock that is stored (台账核对)."""

from dataclasses import dataclass
from datetime import date

from congress.deadlines.models import Clock, ClockMove

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


def disagreeing(clocks):
    """Those of the clocks whose stored date or state isn't what their ledger says, in two queries."""
    return [clock for clock in clocks.prefetch_related("moves") if rebuilt(clock.moves.all()) != stored(clock)]
