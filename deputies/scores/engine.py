"""How counts become points: plain numbers in, lines and their sum out; knows no table (计分).

A score is the base, one line an item, and what the cap over all takes off again; it is always the sum of its lines.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from deputies.scores.models import Item

CENT = Decimal("0.01")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Line:
    """What one item gives: `won` by itself, `points` after only the highest of its set counts."""

    item: object
    count: Decimal
    norm: Decimal | None
    won: Decimal
    points: Decimal

    @property
    def missing(self):
        """How many are still missing to the norm."""
        return max(self.norm - self.count, NOTHING) if self.norm is not None else NOTHING


@dataclass(frozen=True)
class Score:
    """Base, lines, what the cap took off, and their sum."""

    base: Decimal
    lines: tuple
    trimmed: Decimal
    total: Decimal


def demanded(norm, *, days, of_days):
    """A norm for somebody who served only part of the period: its share, rounded down to whole ones."""
    if norm is None or days >= of_days:
        return norm
    return Decimal(int(norm * days // of_days))


def points_of(item, count, norm=None, *, is_over=True):
    """What one item gives for a count, its own bounds included; what is missing costs nothing before the end."""
    count = Decimal(count)
    deducts = is_over and norm is not None and item.per_missing is not None
    if item.way == Item.Way.NORM:
        won = _by_norm(item, count, Decimal(1) if norm is None else norm, deducts)
    else:
        won = item.points * _weighted(item, count)
    if deducts:
        won += item.per_missing * max(norm - count, NOTHING)
    if item.at_most is not None:
        won = min(won, item.at_most)
    if item.at_least is not None:
        won = max(won, item.at_least)
    return won.quantize(CENT, ROUND_HALF_UP) + NOTHING  # never a negative zero


def _by_norm(item, count, norm, deducts):
    """The points for reaching the norm and what is beyond it; below it nothing, or all less what is missing."""
    reached = count >= norm and count > 0
    keeps = deducts and (norm > 0 or count > 0)
    won = item.points if reached or keeps else NOTHING
    return won + (item.per_extra or NOTHING) * max(count - norm, NOTHING)


def _weighted(item, count):
    """The count, of which what lies beyond the first so many weighs less."""
    if item.full_until is None:
        return count
    beyond = max(count - item.full_until, NOTHING)
    return count - beyond + beyond * (item.then_percent or 0) / 100


def score(items, counts, *, norms=None, base=NOTHING, cap=None, is_over=True):
    """The score of one deputy or group. `counts` and `norms` are read by the code of the item."""
    norms = norms or {}
    won = []
    for item in items:
        if not item.is_off:
            count, norm = counts.get(item.code, NOTHING), norms.get(item.code)
            won.append((item, count, norm, points_of(item, count, norm, is_over=is_over)))
    best = _best_of_sets(won)
    lines = tuple(
        Line(item, count, norm, gives, gives if not item.highest_of or best[item.highest_of] == item.code else NOTHING)
        for item, count, norm, gives in won
    )
    whole = base + sum((line.points for line in lines), NOTHING)
    trimmed = min(cap - whole, NOTHING) if cap is not None else NOTHING
    return Score(base, lines, trimmed, whole + trimmed)


def _best_of_sets(won):
    """Of each set the code of the item that gives most; the first one where two give the same."""
    best = {}
    for item, _count, _norm, gives in won:
        if item.highest_of and (item.highest_of not in best or gives > best[item.highest_of][0]):
            best[item.highest_of] = (gives, item.code)
    return {name: code for name, (_gives, code) in best.items()}


def band_of(bands, total):
    """The name of the band in which a total lies; a band without a line is nobody's, one from 0 has no floor."""
    lines = {Decimal(str(each["at_least"])): each["name"] for each in bands if each.get("at_least") not in (None, "")}
    reached = [line for line in lines if total >= line or line == min(lines) <= NOTHING]
    return lines[max(reached)] if reached else ""
