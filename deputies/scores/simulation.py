"""A new version of the rules tried on a year that is over, before anybody is bound by it (试算)."""

from dataclasses import dataclass
from decimal import Decimal

from deputies.scores.ranking import ranks, spearman
from deputies.scores.tally import Tally
from deputies.scores.windows import windows_within, year

SHOWN = 20


@dataclass(frozen=True)
class Change:
    """One deputy or group under both rules."""

    subject: object
    kind: str
    points_before: Decimal
    points_after: Decimal
    rank_before: int
    rank_after: int

    @property
    def moved(self):
        """Places won (+) or lost (-)."""
        return self.rank_before - self.rank_after

    @property
    def gained(self):
        return self.points_after - self.points_before


@dataclass(frozen=True)
class Simulation:
    """Both rankings side by side: how alike they are, who moves most, and what happens to each kind of deputy."""

    changes: list
    correlation: float | None
    kinds: list

    @property
    def largest(self):
        """The twenty whose place, and then whose points, change most."""
        return self._by_size(self.changes)[:SHOWN]

    @property
    def moved(self):
        """All whose place changes, the largest change first."""
        return self._by_size(each for each in self.changes if each.moved)

    @staticmethod
    def _by_size(changes):
        return sorted(changes, key=lambda each: (-abs(each.moved), -abs(each.gained), each.rank_before))


@dataclass(frozen=True)
class Placed:
    """One deputy or group under rules that stand alone."""

    subject: object
    kind: str
    points: Decimal
    rank: int


@dataclass(frozen=True)
class Trial:
    """First rules tried before there are others to compare them with: how the points would lie."""

    placed: list
    kinds: list

    @property
    def first(self):
        return sorted(self.placed, key=lambda each: each.rank)[:SHOWN]


def simulate(before, after, number, *, terms=()):
    """Both versions laid on the same year; a version with shorter periods is added up over the year."""
    old, new = _year_of(before, number, terms), _year_of(after, number, terms)
    both = [pk for pk in old if pk in new]
    points_before = [old[pk][1] for pk in both]
    points_after = [new[pk][1] for pk in both]
    changes = [
        Change(old[pk][0].subject, old[pk][0].kind, p, q, r, s)
        for pk, p, q, r, s in zip(
            both, points_before, points_after, ranks(points_before), ranks(points_after), strict=True
        )
    ]
    return Simulation(
        changes, spearman(points_before, points_after), _by_kind(changes, "points_before", "points_after")
    )


def try_alone(version, number, *, terms=()):
    """One version laid on a year, where there is no other to set beside it."""
    found = _year_of(version, number, terms).values()
    places = ranks([points for _row, points in found])
    placed = [Placed(row.subject, row.kind, points, rank) for (row, points), rank in zip(found, places, strict=True)]
    return Trial(placed, _by_kind(placed, "points"))


def _year_of(version, number, terms):
    """{subject id: (row, points of the year)}"""
    whole, items = year(number), list(version.items.all())
    sums = {}
    windows = windows_within(version.period, whole.first, whole.last, terms=terms) or [whole]
    for window in [whole] if version.period in ("year", "term") else windows:
        for row in Tally(version, window, items=items).scored():
            _row, points = sums.get(row.subject.pk, (row, Decimal(0)))
            sums[row.subject.pk] = (row, points + row.points)
    return sums


def _by_kind(rows, *measures):
    """[(kind, how many, means)]: whether a rule favours one kind of deputy."""
    found = []
    for kind in dict.fromkeys(each.kind for each in rows if each.kind):
        mine = [each for each in rows if each.kind == kind]
        means = [sum((getattr(each, name) for each in mine), Decimal(0)) / len(mine) for name in measures]
        found.append((kind, len(mine), means))
    return found
