"""A station's year of receptions before anything is arranged: each month, its day, its deputies (排全年的安排)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress.kit.fingerprints import fingerprint
from congress.rulebook.workdays import Workdays
from liaison.receptions.models import Reception
from liaison.stations.models import deputies_at
from liaison.stations.openings import OpenDay, open_days


@dataclass(frozen=True)
class Planned:
    """One month of the year: when and with whom it is arranged, or why it is left out."""

    month: int
    open: OpenDay | None
    mandates: tuple = ()
    left_out: str = ""


def plan_year(station, *, year, day_of_month, months, starts, ends, each_time, by_openings=False, on):
    """The same day of each month, moved to the next working day, deputies in turn.

    `by_openings` takes the first day of each month on which the station is open, and its hours. Months that have a
    reception already, days gone by and months without such a day are left out, and keep their place in the turn.
    """
    seats = list(deputies_at([station]).select_related("deputy"))
    if not seats:
        raise ValidationError({"station": _("这个站还没有代表，请先在站的资料里安排代表小组或者站长。")})
    turn = cycle(seats)
    arranged = set(
        Reception.objects.filter(station=station, activity__starts_at__year=year)
        .exclude(activity__state="cancelled")
        .values_list("activity__starts_at__month", flat=True)
    )
    days = _by_openings(station, year, on) if by_openings else _by_date(station, year, day_of_month, starts, ends)
    planned = []
    for month in months:
        mandates = tuple(islice(turn, min(each_time, len(seats))))
        found = days.get(month)
        if month in arranged:
            planned.append(Planned(month, None, left_out=_("这个月排过了，不重排")))
        elif found is None:
            planned.append(Planned(month, None, left_out=_("没有能排的日子")))
        elif found.day <= on:
            planned.append(Planned(month, found, left_out=_("日子已经过去")))
        else:
            planned.append(Planned(month, found, mandates))
    return planned


def mark_of(planned):
    """Another mark as soon as another day, hour or deputy is planned."""
    return fingerprint(
        [
            [each.open.day, each.open.starts, each.open.ends, [mandate.pk for mandate in each.mandates]]
            for each in planned
            if each.mandates
        ]
    )


def _by_openings(station, year, on):
    """{month: the first day in it, after today, on which the station is open}."""
    first = max(date(year, 1, 1), on + timedelta(days=1))
    days = open_days([station], first=first, last=date(year, 12, 31)).get(station.pk, ())
    return {each.day.month: each for each in reversed(days)}


def _by_date(station, year, day_of_month, starts, ends):
    """{month: that day of it}; where people rest or the station is closed, the next in the month, or the last before.

    A month without such a day is missing.
    """
    works = Workdays()
    closed = set(station.exceptions.filter(is_open=False, day__year=year).values_list("day", flat=True))
    found = {}
    for month in range(1, 13):
        days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
        meant = min(day_of_month, len(days)) - 1
        fit = (day for day in [*days[meant:], *reversed(days[:meant])] if works(day) and day not in closed)
        if day := next(fit, None):
            found[month] = OpenDay(day, starts, ends)
    return found
