"""One line of work in another room, and how many of each wait for a reader (旁室待办的行)."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from congress.accounts.models import User
from congress.kit.paging import CountAndFirst, CountUpTo


@dataclass(frozen=True)
class Work:
    """One kind of work in another room: its words, the list behind it, and whose it is (reader → rows or None).

    `api` is the same list for programs, where there is one; `day` is the field, or the expression, of the date until
    which each is to be done, where such work has one.
    """

    code: str
    label: str
    why: str
    go: str
    page: str
    rows: object
    api: str = ""
    day: object = None


@dataclass(frozen=True)
class Row:
    """One line of the desk, of the same shape as those of the docket."""

    waiting: Work
    count: int
    earliest: date | None = None

    @property
    def url(self):
        return _address(self.waiting.page)

    @property
    def api_url(self):
        return _address(self.waiting.api) if self.waiting.api else None


def _address(named):
    """The address of a list that is written as its name and its conditions: opinions:list?view=received."""
    name, _mark, query = named.partition("?")
    return reverse(name) + (f"?{query}" if query else "")


def rows_of(reader, works):
    """The lines with something in them, each with the earliest of its dates, in one statement."""
    mine = [(work, rows) for work in works if (rows := work.rows(reader)) is not None]
    if not mine:
        return []
    asked = {f"n{place}": _counted(work, rows) for place, (work, rows) in enumerate(mine)}
    found = User.objects.filter(pk=reader.pk).annotate(**asked).values(*asked).get()
    lines = [(work, *_read(work, found[f"n{place}"])) for place, (work, _rows) in enumerate(mine)]
    return [Row(work, count, earliest) for work, count, earliest in lines if count]


def _counted(work, rows):
    return CountAndFirst(rows, work.day) if work.day else CountUpTo(rows)


def _read(work, told):
    """(how many, the earliest date if such work has one)."""
    return CountAndFirst.read(told) if work.day else (told, None)
