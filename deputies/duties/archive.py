"""The archive of a deputy (履职档案): what the events of a year say of him, by sections; nothing in it is typed."""

from dataclasses import dataclass, field

from congress.rulebook.book import rules_for
from deputies.duties.days import days_of
from deputies.duties.kinds import LED, SECTIONS, Kind
from deputies.duties.models import DutyRecord

Outcome, State = DutyRecord.Outcome, DutyRecord.State
WAITING = frozenset({State.REGISTERED, State.CLAIMED, State.OBJECTED})


@dataclass
class Section:
    """One part of the archive: its rows, and how many of them count, wait, were excused or missed."""

    number: int
    title: str
    rows: list = field(default_factory=list)

    @property
    def done(self):
        return sum(row.counts for row in self.rows)

    @property
    def waiting(self):
        return sum(row.state in WAITING for row in self.rows)

    @property
    def leave(self):
        return sum(row.outcome == Outcome.LEAVE for row in self.rows)

    @property
    def absent(self):
        return sum(row.outcome == Outcome.ABSENT for row in self.rows)


@dataclass
class Archive:
    """One year of one seat, or its whole term (year None)."""

    seat: object
    year: int | None
    sections: list
    rows: list
    needed: int

    @property
    def done(self):
        return sum(section.done for section in self.sections)

    @property
    def waiting(self):
        return sum(section.waiting for section in self.sections)

    @property
    def leave(self):
        return sum(section.leave for section in self.sections)

    @property
    def absent(self):
        return sum(section.absent for section in self.sections)

    @property
    def days(self):
        return days_of(self.rows)

    @property
    def led(self):
        return sum(row.counts and row.kind in LED for row in self.rows)

    @property
    def signed(self):
        return sum(row.counts and row.kind == Kind.COSIGN for row in self.rows)

    @property
    def spoke(self):
        return sum(row.counts and row.kind == Kind.SPEECH for row in self.rows)


def archive_of(seat, *, year, on):
    """What is on record of a seat; a constant number of statements."""
    rows = DutyRecord.objects.filter(mandate=seat).standing()
    if year is not None:
        rows = rows.filter(held_on__year=year)
    rows = list(rows.order_by("held_on", "pk"))
    place = {kind: number for number, (_title, kinds) in enumerate(SECTIONS) for kind in kinds}
    sections = [Section(number, title) for number, (title, _kinds) in enumerate(SECTIONS, start=1)]
    for row in rows:
        sections[place[row.kind]].rows.append(row)
    needed = rules_for(seat.congress, on=on).count("duty_days")
    return Archive(seat, year, sections, rows, needed)


def years_of(seat, *, on):
    """The years of a seat so far, the latest first."""
    last = min(on, seat.ended_on) if seat.ended_on else on
    return list(range(last.year, min(seat.started_on, last).year - 1, -1))
