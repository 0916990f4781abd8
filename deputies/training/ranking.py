"""Selecting and ranking: plain results in, places out (入围、名次).

Written stage: more points first, then less time. Whoever equals the last selected in both is selected too.
Live stage: finalists with a live result first, by it, then by the written one, then by the time of writing; after them
the finalists who did not come, then everybody else by the written result. Who is equal in all shares the place, and
the next place is left out (1, 2, 2, 4).
Teams: the average of the written points of all members who took part, unrounded; then more participants; then an
equal place. A team with fewer participants than the rule asks is listed without a place.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Result:
    """What one contestant reached."""

    key: object
    team: str = ""
    written: Decimal | None = None
    seconds: int = 0
    live: Decimal | None = None
    is_finalist: bool = False


@dataclass(frozen=True)
class Team:
    """A team in the ranking; `place` is None where too few took part."""

    name: str
    members: int
    average: Decimal
    place: int | None


def select(results, count):
    """The finalists, best first: the first `count`, and whoever equals the last of them."""
    ordered = sorted(results, key=_written_order)
    if count <= 0 or not ordered:
        return []
    if count >= len(ordered):
        return ordered
    last = _written_order(ordered[count - 1])
    return [each for each in ordered if _written_order(each) <= last]


def _written_order(result):
    return (-(result.written or Decimal(0)), result.seconds)


def _final_order(result):
    came = result.is_finalist and result.live is not None
    group = 0 if came else 1 if result.is_finalist else 2
    return (group, -(result.live or Decimal(0)) if came else Decimal(0), *_written_order(result))


def rank(results):
    """[(place, result)] in the order of the final ranking."""
    return _places(sorted(results, key=_final_order), _final_order)


def _places(ordered, order):
    placed, place, before = [], 0, None
    for number, each in enumerate(ordered, start=1):
        if order(each) != before:
            place, before = number, order(each)
        placed.append((place, each))
    return placed


def teams(results, *, minimum=1):
    """The ranking of the teams, best first; teams with too few participants come last, without a place."""
    members = defaultdict(list)
    for each in results:
        if each.team and each.written is not None:
            members[each.team].append(Fraction(each.written))
    averages = {name: sum(points) / len(points) for name, points in members.items()}

    def order(name):
        return (-averages[name], -len(members[name]))

    counted = sorted((name for name in members if len(members[name]) >= minimum), key=lambda name: (*order(name), name))
    short = sorted(name for name in members if len(members[name]) < minimum)
    placed = [(place, name) for place, name in _places(counted, order)] + [(None, name) for name in short]
    return [Team(name, len(members[name]), _shown(averages[name]), place) for place, name in placed]


def _shown(average):
    """Two decimals, as it is printed; the ranking compares the unrounded one."""
    return (Decimal(average.numerator) / Decimal(average.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
