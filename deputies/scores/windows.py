"""The periods over which points are counted: months, quarters, half-years, years, terms (计分周期)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from congress.kit.periods import ONE_DAY, add_months
from congress.organs.models import chinese_number

MONTH, QUARTER, HALF, YEAR, TERM = "month", "quarter", "half", "year", "term"
MONTHS = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}


@dataclass(frozen=True)
class Window:
    """One period, both days included; its code stands in addresses and never changes."""

    code: str
    first: dt.date
    last: dt.date

    @property
    def label(self):
        return label_of(self.code)

    @property
    def days(self):
        return (self.last - self.first).days + 1

    def is_over(self, *, on):
        return self.last < on


def window_at(period, day, *, terms=()):
    """The period of that kind in which a day lies; None where no term is known."""
    if period == TERM:
        term = next((each for each in terms if _holds(each, day)), None)
        return of_term(term, until=day) if term else None
    months = MONTHS[period]
    month = (day.month - 1) // months * months + 1
    return _months(period, dt.date(day.year, month, 1))


def _holds(term, day):
    return term.starts_on <= day and (term.ends_on is None or day < term.ends_on)


def of_term(term, *, until):
    """A term as a period; a running one is counted up to its fifth year."""
    last = term.ends_on - ONE_DAY if term.ends_on else max(add_months(term.starts_on, 60) - ONE_DAY, until)
    return Window(f"T{term.number}", term.starts_on, last)


def _months(period, first):
    months = MONTHS[period]
    number = (first.month - 1) // months + 1
    tail = {MONTH: f"-{first.month:02}", QUARTER: f"-Q{number}", HALF: f"-H{number}", YEAR: ""}[period]
    return Window(f"{first.year}{tail}", first, add_months(first, months) - ONE_DAY)


def label_of(code):
    """A period as it is spoken of: 2026 年第 1 季度, 第五届."""
    if code.startswith("T"):
        return _("第%s届") % chinese_number(int(code[1:]))
    number, _dash, part = code.partition("-")
    if not part:
        words = _("%(y)s 年")
    elif part.startswith("Q"):
        words = _("%(y)s 年第 %(n)s 季度")
    elif part.startswith("H"):
        words = _("%(y)s 年上半年") if part == "H1" else _("%(y)s 年下半年")
    else:
        words = _("%(y)s 年 %(n)s 月")
    return words % {"y": number, "n": part.lstrip("QH0")}


def windows_within(period, first, last, *, terms=()):
    """Every period of that kind that touches these days, the earliest first."""
    found, day = [], first
    while day <= last:
        window = window_at(period, day, terms=terms)
        if window is None:
            break
        found.append(window)
        day = window.last + ONE_DAY
    return found


def year(number):
    return _months(YEAR, dt.date(number, 1, 1))
