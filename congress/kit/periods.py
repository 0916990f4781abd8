"""Calendar arithmetic of periods: plain dates in, plain dates out; who works when is asked of a callable."""

import calendar
import datetime as dt

ONE_DAY = dt.timedelta(days=1)


def add_months(start, months):
    """The corresponding day of the month in which the period ends, or that month's last day where there is none."""
    whole = start.year * 12 + start.month - 1 + months
    year, month = divmod(whole, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def quarter_of(day):
    """1 to 4."""
    return (day.month - 1) // 3 + 1


def quarter_days(year, quarter):
    """(first, last) day of a quarter."""
    first = dt.date(year, 3 * quarter - 2, 1)
    return first, add_months(first, 3) - ONE_DAY


def nth_workday(start, count, works):
    """The count-th working day after start, start itself not counted."""
    day = start
    while count:
        day += ONE_DAY
        count -= works(day)
    return day


def first_workday_from(day, works):
    """That day if people work on it, else the next day on which they do."""
    while not works(day):
        day += ONE_DAY
    return day


def next_anniversary(start, month, day):
    """The first such calendar day after start; 29 February is 28 February in common years."""
    for year in (start.year, start.year + 1):
        candidate = dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
        if candidate > start:
            return candidate
    raise ValueError("unreachable: one of two following years holds the day")


def days_between(first, last):
    """Every day from first to last, both included."""
    return [first + dt.timedelta(days=offset) for offset in range((last - first).days + 1)]
