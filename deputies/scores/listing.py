"""The rows of the score table, whether reckoned now or closed, and how they are narrowed and sorted (积分表)."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from congress.kit.numbers import asked_number
from congress.kit.words import asked_words
from deputies.roll.models import Deputy
from deputies.scores.boards import board, window_of_close
from deputies.scores.models import DeputyKind, Objection

HALF = Decimal("0.5")  # the smallest step of points: what lies below the next bar
SORTS = {
    "rank": (_("按积分"), lambda row: (row.rank, row.strokes)),
    "scaled": (_("按折算分"), lambda row: (-row.scaled, row.strokes)),
    "rate": (_("按到会率"), lambda row: (row.rate is None, -(row.rate or 0), row.strokes)),
    "name": (_("按姓氏笔画"), lambda row: row.strokes),
}


@dataclass
class Row:
    """One deputy or group in the table, with the denominators of its points."""

    subject: object
    rank: int
    points: Decimal
    band: str
    kind: str
    days: int
    of_days: int
    called: int
    came: int
    base: Decimal
    by_item: dict = field(default_factory=dict)
    now: Decimal | None = None
    corrected: Decimal = Decimal(0)
    standing: object = None

    @property
    def name(self):
        deputy = getattr(self.subject, "deputy", None)
        return deputy.name if deputy else self.subject.name

    @property
    def strokes(self):
        deputy = getattr(self.subject, "deputy", None)
        return (deputy.strokes if deputy else f"{self.subject.position:06}", self.subject.pk)

    @property
    def body(self):
        return f"{getattr(self.subject, 'delegation', None) or ''}"

    @property
    def kind_label(self):
        return DeputyKind(self.kind).label if self.kind else ""

    @property
    def rate(self):
        """How much of what he was called to he came to, in per cent."""
        return round(self.came * 100 / self.called) if self.called else None

    @property
    def is_scoreless(self):
        """Whether he has what everybody begins with, and nothing else."""
        return self.points == self.base

    @property
    def is_partial(self):
        """Whether he could act only part of the period."""
        return self.of_days and self.days < self.of_days

    @property
    def scaled(self):
        """What his points would be at the same pace over the whole period; the base is not stretched."""
        if not self.is_partial or not self.days:
            return self.points
        return self.base + (self.points - self.base) * self.of_days / self.days

    @property
    def difference(self):
        """By how much the records of today differ from what was closed, apart from corrections made."""
        return self.now - self.points - self.corrected if self.now is not None else Decimal(0)


def live_rows(version, window, *, on):
    """The table as the records are now."""
    of_days = window.days if version.scheme.subject == "deputy" else 0
    return [
        Row(
            subject=each.subject,
            rank=each.rank,
            points=each.points,
            band=each.band,
            kind=each.kind,
            days=each.days,
            of_days=of_days,
            called=each.called,
            came=each.came,
            base=each.score.base,
            by_item={line.item.code: line.points for line in each.score.lines},
        )
        for each in board(version, window, on=on)
    ]


def closed_rows(close, *, with_items=False):
    """The table as it was closed, each row with what the records of today would make of it."""
    is_of_deputies = close.scheme.subject == "deputy"
    standings = close.standings.select_related(
        *(("mandate__deputy", "mandate__delegation") if is_of_deputies else ("group",))
    ).prefetch_related("objections")
    if is_of_deputies:
        standings = standings.defer(*Deputy.personal("mandate__deputy")).prefetch_related("mandate__groups")
    if with_items:
        standings = standings.prefetch_related("lines")
    window = window_of_close(close)
    now = {each.subject.pk: each.points for each in board(close.rules, window)}
    return [_closed(each, window if is_of_deputies else None, now, close, with_items) for each in standings]


def _closed(standing, window, now, close, with_items):
    subject = standing.mandate or standing.group
    return Row(
        subject=subject,
        rank=standing.rank,
        points=standing.points,
        band=standing.band,
        kind=standing.kind,
        days=standing.days,
        of_days=window.days if window else 0,
        called=standing.called,
        came=standing.came,
        base=close.rules.base,
        by_item={line.code: line.points for line in standing.lines.all()} if with_items else {},
        now=now.get(subject.pk),
        corrected=corrected_of(standing),
        standing=standing,
    )


def corrected_of(standing):
    """What objections that were found right added to a closed score."""
    found = [each for each in standing.objections.all() if each.state == Objection.State.CORRECTED]
    return sum((each.difference for each in found), Decimal(0))


@dataclass(frozen=True)
class Asked:
    """What an address asks of the table; what makes no sense is as if it had not been asked."""

    words: str = ""
    delegation: str = ""
    group: str = ""
    kind: str = ""
    low: int | None = None
    high: int | None = None
    changed: bool = False
    scoreless: bool = False
    sort: str = "rank"

    @classmethod
    def of(cls, query):
        return cls(
            words=asked_words(query.get("q")),
            delegation=asked_number(query.get("delegation")),
            group=asked_number(query.get("group")),
            kind=query.get("kind") if query.get("kind") in DeputyKind.values else "",
            low=_points(query.get("low")),
            high=_points(query.get("high")),
            changed=bool(query.get("changed")),
            scoreless=bool(query.get("scoreless")),
            sort=query.get("sort") if query.get("sort") in SORTS else "rank",
        )

    @property
    def is_narrowed(self):
        named = self.words or self.delegation or self.group or self.kind
        return bool(named or self.is_of_a_bar or self.changed or self.scoreless)

    @property
    def folded(self):
        """How many conditions are set that a phone folds away."""
        return sum(map(bool, (self.delegation, self.group, self.kind)))

    @property
    def is_of_a_bar(self):
        """Only those whose points lie within one bar of the distribution, its upper end excluded."""
        return None not in (self.low, self.high)

    @property
    def until(self):
        return self.high - HALF

    def pairs(self):
        named = {"q": self.words, "delegation": self.delegation, "group": self.group, "kind": self.kind}
        named |= {"sort": self.sort, "changed": "1" if self.changed else "", "scoreless": "1" if self.scoreless else ""}
        bar = [("low", self.low), ("high", self.high)] if self.is_of_a_bar else []
        return [(name, value) for name, value in named.items() if value] + bar

    def narrow(self, rows):
        """The rows that meet every condition, sorted; ranks stay those of the whole."""
        found = [row for row in rows if self._meets(row)]
        return sorted(found, key=SORTS[self.sort][1])

    def _meets(self, row):
        subject = row.subject
        if self.words and self.words not in row.name:
            return False
        if self.kind and row.kind != self.kind:
            return False
        if self.changed and not row.difference:
            return False
        if self.scoreless and not row.is_scoreless:
            return False
        if self.is_of_a_bar and not self.low <= row.points < self.high:
            return False
        if self.delegation and f"{getattr(subject, 'delegation_id', '')}" != self.delegation:
            return False
        return not self.group or any(f"{each.pk}" == self.group for each in subject.groups.all())


def _points(text):
    """Whole points from an address, below zero too."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text) else None
