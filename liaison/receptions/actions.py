"""Arranging receptions: a year of them at once, or one; what goes with the activity that carries it (排接待)."""

from datetime import datetime, timedelta
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
from liaison.stations.models import deputies_at


@transaction.atomic
def arrange(station, *, day, starts, ends, mandates, kind=Kind.RECEPTION, place="", village="", leaders="", on, by):
    """Put one reception, or one visit to a village, on the calendar and tell its deputies (排定)."""
    if not mandates:
        raise ValidationError({"mandates": _("请至少安排一名代表。")})
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
        starts_at=make_aware(datetime.combine(day, starts)),
        ends_at=make_aware(datetime.combine(day, ends)),
        on=on,
        by=by,
    )
    reception = Reception.objects.create(activity=activity, station=station, village=village, leaders=leaders)
    activities.invite(activity, mandates, part=Invitation.Part.MEMBER, on=on, by=by)
    activities.announce(activity, on=on, by=by)
    return reception


@transaction.atomic
def arrange_year(station, *, year, day_of_month, months, starts, ends, each_time, on, by):
    """Arrange a station's year: the same day of each month, moved to the next working day, deputies in turn.

    Months that have a reception already, and days gone by, are left out. Returns the new receptions.
    """
    seats = list(deputies_at([station]))
    if not seats:
        raise ValidationError({"station": _("这个站还没有代表，请先在站的资料里安排代表小组或者站长。")})
    works = Workdays()
    turn = cycle(seats)
    arranged = set(
        Reception.objects.filter(station=station, activity__starts_at__year=year)
        .exclude(activity__state="cancelled")
        .values_list("activity__starts_at__month", flat=True)
    )
    made = []
    for month in months:
        deputies = list(islice(turn, min(each_time, len(seats))))
        day = _day(year, month, day_of_month)
        while not works(day):
            day += timedelta(days=1)
        if month in arranged or day <= on:
            continue
        made.append(arrange(station, day=day, starts=starts, ends=ends, mandates=deputies, on=on, by=by))
    return made


def _day(year, month, day):
    """That day of the month, or its last."""
    for candidate in range(day, 27, -1):
        try:
            return datetime(year, month, candidate).date()
        except ValueError:
            continue
    return datetime(year, month, min(day, 28)).date()
