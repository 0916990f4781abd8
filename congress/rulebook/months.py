"""A calendar as a page shows it: months of weeks of days, each with its word and its mark (月历)."""

import calendar
import datetime as dt
from dataclasses import dataclass

_MONDAY_FIRST = calendar.Calendar(firstweekday=0)


@dataclass(frozen=True)
class Cell:
    """One square: empty outside its month."""

    day: dt.date | None
    css: str = "out"
    word: str = ""


@dataclass(frozen=True)
class Month:
    year: int
    month: int
    weeks: tuple


def months_between(first, last, *, works, marks=None, near=None):
    """The months from first to last; `marks` gives a day its (css, word), days outside `near` stand back."""
    found, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        weeks = tuple(
            tuple(_cell(day, month, works, marks or {}, near) for day in week)
            for week in _MONDAY_FIRST.monthdatescalendar(year, month)
        )
        found.append(Month(year, month, weeks))
        year, month = year + month // 12, month % 12 + 1
    return found


def _cell(day, month, works, marks, near):
    if day.month != month:
        return Cell(None)
    named, is_workday = works.named(day), works(day)
    css = [] if is_workday else ["off"]
    word = "" if not named else "班" if is_workday else named.name[:2]
    if near and not near[0] <= day <= near[1]:
        css.append("far")
    if day in marks:
        mark, said = marks[day]
        css.append(mark)
        word = said
    return Cell(day, " ".join(css), word)
