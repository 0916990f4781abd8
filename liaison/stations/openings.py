"""When a station stands open: its regular days as dates, with rest days and exceptions reckoned in (开放日)."""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from congress.rulebook.workdays import SATURDAY, Workdays
from liaison.stations.models import Opening, OpeningException

WEEKDAYS = "一二三四五六日"
AHEAD = 62  # days in which every regular opening comes round, moved or not
MOVED = 14  # no rest is longer than this
_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class OpenDay:
    """One day on which residents find the door open."""

    day: date
    starts: time
    ends: time
    remark: str = ""


def open_days(stations, *, first, last):
    """{station: its open days from `first` to `last`}, in two statements and the working-day calendar."""
    return _dated(stations, regular_of(stations), first, last)


def regular_of(stations):
    """{station: its regular openings}."""
    regular = defaultdict(list)
    for opening in Opening.objects.filter(station__in=stations):
        regular[opening.station_id].append(opening)
    return regular


def _dated(stations, regular, first, last):
    besides, closed = defaultdict(set), defaultdict(set)
    for each in OpeningException.objects.filter(station__in=stations, day__range=(first, last)):
        if each.is_open:
            besides[each.station_id].add(OpenDay(each.day, each.starts, each.ends, each.remark))
        else:
            closed[each.station_id].add(each.day)
    works, found = Workdays(), {}
    for pk in {*regular, *besides}:
        days = {
            OpenDay(day, opening.starts, opening.ends)
            for opening in regular[pk]
            for day in _days_of(opening, first, last, works)
            if day not in closed[pk]
        }
        found[pk] = sorted(days | besides[pk])
    return found


def _days_of(opening, first, last, works):
    """The days of one regular opening: a rest day is moved, left out or kept as it says."""
    for day in _regular(opening, first - MOVED * _DAY, last):
        if opening.on_rest != Opening.OnRest.OPEN and _is_rest(opening, day, works):
            if opening.on_rest == Opening.OnRest.SKIP:
                continue
            while not works(day):
                day += _DAY
        if first <= day <= last:
            yield day


def _is_rest(opening, day, works):
    """A plain weekend is no rest for what is open every Saturday; a holiday that the notice names is."""
    if opening.pattern == Opening.Pattern.WEEKLY and opening.number > SATURDAY:
        named = works.named(day)
        return named is not None and not named.is_workday
    return not works(day)


def _regular(opening, first, last):
    if opening.pattern == Opening.Pattern.MONTHLY:
        month = first.replace(day=1)
        while month <= last:
            length = monthrange(month.year, month.month)[1]
            yield month.replace(day=min(opening.number, length))
            month += timedelta(days=length)
        return
    for ahead in range((last - first).days + 1):
        day = first + ahead * _DAY
        if opening.pattern == Opening.Pattern.WORKDAYS or day.isoweekday() == opening.number:
            yield day


def tell_openings(stations, *, at):
    """The stations, each told its regular hours and the day on which it is open next (`hours`, `next_open`)."""
    stations = list(stations)
    regular = regular_of(stations)
    ahead = _ahead(stations, regular, at, most=1)
    for station in stations:
        station.hours = hours_of(regular[station.pk])
        station.next_open = next(iter(ahead.get(station.pk, ())), None)
    return stations


def next_openings(stations, *, at, most):
    """{station: the days on which it is open next}; what is over today does not count."""
    return _ahead(stations, regular_of(stations), at, most)


def _ahead(stations, regular, at, most):
    today = at.date()
    found = _dated(stations, regular, today, today + AHEAD * _DAY)
    over = (today, at.time())
    return {pk: [each for each in days if (each.day, each.ends) > over][:most] for pk, days in found.items()}


def closed_ahead(station, *, on):
    """The days to come on which a station is closed against its rule."""
    return station.exceptions.filter(is_open=False, day__range=(on, on + AHEAD * _DAY))


def hours_of(openings):
    """The regular hours in words: 每周三、周五 14:00—17:00；每月15日 9:00—11:00."""
    ordered = sorted(openings, key=lambda each: (each.pattern, each.starts, each.ends, each.number))
    said = []
    for (pattern, starts, ends), group in groupby(ordered, key=lambda each: (each.pattern, each.starts, each.ends)):
        said.append(f"{_days_in_words(pattern, [each.number for each in group])} {span(starts, ends)}")
    return "；".join(said)


def _days_in_words(pattern, numbers):
    if pattern == Opening.Pattern.WEEKLY:
        return _("每周%s") % "、".join(WEEKDAYS[number - 1] for number in numbers)
    if pattern == Opening.Pattern.MONTHLY:
        return _("每月%s日") % "、".join(str(number) for number in numbers)
    return _("工作日")


def span(starts, ends):
    """9:00—11:00."""
    return f"{starts.hour}:{starts:%M}—{ends.hour}:{ends:%M}"


def said_in_full(station):
    """Hours and remark in one line, as papers print them."""
    return "；".join(part for part in (hours_of(station.openings.all()), station.opening_remark) if part)
