"""How the list of duties is narrowed; everything stands in the address (筛选)."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from congress.kit.dates import asked_day
from congress.kit.numbers import asked_number
from congress.kit.words import asked_words
from deputies.duties.kinds import SECTIONS, Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import Mandate

S = DutyRecord.State
VIEWS = {
    "claimed": (_("待核实"), Q(state=S.CLAIMED)),
    "objected": (_("有异议"), Q(state=S.OBJECTED)),
    "registered": (_("待核对"), Q(state=S.REGISTERED)),
    "settled": (_("已核定"), Q(state=S.SETTLED)),
    "all": (_("全部"), Q()),
    "gone": (_("未认可、已注销"), Q(state__in=(S.REFUSED, S.STRUCK))),
    "unsettled": (_("未核定"), Q(state__in=DutyRecord.UNSETTLED)),
}
TABS = ("claimed", "objected", "registered", "settled", "all", "gone")


@dataclass(frozen=True)
class Asked:
    """What an address asks of the record; what makes no sense is as if it had not been asked."""

    view: str
    year: str
    words: str = ""
    kind: str = ""
    section: str = ""
    outcome: str = ""
    group: str = ""
    township: str = ""
    congress: str = ""
    seat: str = ""
    sitting: str = ""
    timed: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    pairs: list = field(default_factory=list)

    @classmethod
    def of(cls, query, *, on):
        year = query.get("year", f"{on.year}")
        values = {
            "view": query.get("view") if query.get("view") in VIEWS else "claimed",
            "year": year if year == "any" else _year(year) or f"{on.year}",
            "words": asked_words(query.get("q")),
            "kind": query.get("kind") if query.get("kind") in Kind.values else "",
            "section": asked_number(query.get("section")),
            "outcome": query.get("outcome") if query.get("outcome") in DutyRecord.Outcome.values else "",
            "group": asked_number(query.get("group")),
            "township": asked_number(query.get("township")),
            "congress": asked_number(query.get("congress")),
            "seat": asked_number(query.get("seat")),
            "sitting": "1" if query.get("sitting") == "1" else "",
            "timed": "1" if query.get("timed") == "1" else "",
        }
        first, last = asked_day(query.get("first")), asked_day(query.get("last"))
        if first and last:
            values |= {"first": first, "last": last}
        pairs = [("q" if name == "words" else name, f"{value}") for name, value in values.items() if value]
        return cls(**values, pairs=pairs)

    @property
    def is_narrowed(self):
        """By anything but the view and the year, which always say something."""
        return len(self.pairs) > 2

    @property
    def folded(self):
        """How many conditions are set that a phone folds away; the year always says something."""
        return sum(map(bool, (self.kind, self.first, self.group, self.township, self.outcome)))

    def narrow(self, rows):
        """The rows that meet every condition but the view."""
        if self.first:  # a period stands instead of the year
            rows = rows.between(self.first, self.last)
        elif self.year != "any":
            year = int(self.year)
            rows = rows.filter(held_on__range=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
        if self.words:
            rows = rows.filter(Q(title__icontains=self.words) | Q(mandate__deputy__name__icontains=self.words))
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.section and 1 <= int(self.section) <= len(SECTIONS):
            rows = rows.filter(kind__in=SECTIONS[int(self.section) - 1][1])
        if self.outcome:
            rows = rows.filter(outcome=self.outcome)
        if self.group:
            rows = rows.filter(mandate__groups=self.group)
        if self.township:
            rows = rows.filter(Q(mandate__delegation__township=self.township) | Q(congress=self.township))
        if self.congress:
            rows = rows.filter(congress=self.congress)
        if self.seat:
            rows = rows.filter(mandate=self.seat)
        if self.sitting:  # as the figures of a group count its members
            rows = rows.filter(mandate__state=Mandate.State.ACTIVE)
        if self.timed:  # as days of duty are counted
            rows = rows.of_days()
        return rows

    def in_view(self, rows):
        return rows.filter(VIEWS[self.view][1])


def counts_of(rows):
    """How many of these rows stand in each view: one statement."""
    return rows.order_by().aggregate(**{view: Count("pk", filter=where) for view, (_label, where) in VIEWS.items()})


def _year(text):
    return text if text and text.isascii() and text.isdigit() and len(text) == 4 and "1949" < text < "2200" else ""
