"""Arranging receptions: a year of them at once, or one; what goes with the activity that carries it (排接待)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from deputies.activities import actions as activities
from deputies.activities.kinds import Kind
from deputies.activities.models import Invitation
from liaison.receptions.models import Reception
from liaison.receptions.planning import mark_of, plan_year
from liaison.stations.models import LiaisonStation


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


class PlanChanged(Exception):
    """What would be arranged is no longer what was shown."""


@transaction.atomic
def arrange_year(station, *, shown=None, on, by, **asked):
    """Arrange a station's year as `plan_year` plans it and tell the deputies. Returns the new receptions.

    `shown` is the mark of the plan that was seen and confirmed; where it has changed since, nothing is arranged.
    """
    LiaisonStation.objects.select_for_update().get(pk=station.pk)
    planned = plan_year(station, **asked, on=on)
    if shown is not None and shown != mark_of(planned):
        raise PlanChanged
    return [
        arrange(
            station,
            day=each.open.day,
            starts=each.open.starts,
            ends=each.open.ends,
            mandates=list(each.mandates),
            on=on,
            by=by,
        )
        for each in planned
        if each.mandates
    ]
