"""Arranging receptions: a year of them at once, or one; what goes with the activity that carries it (排接待)."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from itertools import cycle, islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from congress.rulebook.workdays import Workdays
from deputies.activities import actions as activities
from deputies.activities.kinds import Kind
from deputies.activities.models import Invitation
from liaison.receptions.models import Reception
from liaison.stations.models import LiaisonStation, deputies_at
from liaison.stations.openings import OpenDay, open_days


@transaction.atomic
def arrange(station, *, day, starts, ends, mandates, kind=Kind.RECEPTION, place="", village="", leaders="", on, by):
    """Put one reception, or one visit to a village, on the calendar and tell its deputies (排定)."""
    if not mandates:
        raise ValidationError({"mandates": _("请至少安排一名代表。")})
    LiaisonStation.objects.select_for_update().get(pk=station.pk)  # the same form sent twice arranges once
    begins = make_aware(datetime.combine(day, starts))
    same = Reception.objects.filter(station=station, village=village, activity__kind=kind, activity__starts_at=begins)
    if standing := same.exclude(activity__state="cancelled").first():
        return standing
    where = village or place or station.address or str(station)
    titles = {Kind.VISIT: _("走访%(village)s"), Kind.DOUBLE_DAY: _("%(station)s双日接待")}
    words = {"village": village, "station": station}
    activity = activities.plan(
        congress=station.congress,
        organ=station,
        kind=kind,
        title=titles.get(kind, _("%(station)s接待群众")) % words,
        theme=_("听取群众意见"),
        place=where[:100],
        starts_at=begins,
        ends_at=make_aware(datetime.combine(day, ends)),
        on=on,
        by=by,
    )
    reception = Reception.objects.create(activity=activity, station=station, village=village, leaders=leaders)
    activities.invite(activity, mandates, part=Invitation.Part.MEMBER, on=on, by=by)
    activities.announce(activity, on=on, by=by)
    return reception


@transaction.atomic
def arrange_year(station, *, year, day_of_month, months, starts, ends, each_time, by_openings=False, on, by):
    """Arrange a station's year: the same day of each month, moved to the next working day, deputies in turn.

    `by_openings` takes the first day of each month on which the station is open, and its hours. Months that have a
    reception already, days gone by and months without an open day are left out. Returns the new receptions.
    """
    seats = list(deputies_at([station]))
    if not seats:
        raise ValidationError({"station": _("这个站还没有代表，请先在站的资料里安排代表小组或者站长。")})
    LiaisonStation.objects.select_for_update().get(pk=station.pk)
    turn = cycle(seats)
    arranged = set(
        Reception.objects.filter(station=station, activity__starts_at__year=year)
        .exclude(activity__state="cancelled")
        .values_list("activity__starts_at__month", flat=True)
    )
    days = _by_openings(station, year, on) if by_openings else _by_date(station, year, day_of_month, starts, ends)
    made = []
    for month in months:
        deputies = list(islice(turn, min(each_time, len(seats))))
        found = days.get(month)
        if found is None or month in arranged or found.day <= on:
            continue
        made.append(
            arrange(station, day=found.day, starts=found.starts, ends=found.ends, mandates=deputies, on=on, by=by)
        )
    return made


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
