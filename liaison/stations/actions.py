"""Founding, changing and grading stations (建站、改动、检查)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from congress.procedure import journal
from congress.procedure.workflow import describe
from liaison.stations.models import Grading, Hosting, LiaisonStation
from liaison.stations.standard import grade_of, points_of

describe(
    station_found=_("设立%(name)s"),
    station_change=_("改动%(name)s"),
    station_grade=_("%(name)s标准化检查 %(points)s 分"),
)

_FIELDS = (
    "name", "short_name", "type", "township", "head", "profession", "address", "phone", "opening", "area", "is_public",
)  # fmt: skip


def _shown(station):
    return {name: str(getattr(station, name) or "") for name in _FIELDS} | {
        "groups": "、".join(station.hostings.values_list("group__name", flat=True)) if station.pk else ""
    }


@transaction.atomic
def found(congress, *, groups=(), on, by, **fields):
    """Set up a station; its head is the leader of the first group at home there, unless another is named."""
    last = LiaisonStation.objects.filter(congress=congress).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    station = LiaisonStation(congress=congress, parent=congress, position=position, valid_from=on, **fields)
    if station.head is None and groups:
        station.head = groups[0].leader
    _save(station)
    _host(station, groups)
    journal.record(station, "station.found", by=by, on=on, facts={"name": station.name})
    return station


@transaction.atomic
def change(station, *, groups=None, on, by, **fields):
    """Change what is said of a station; the journal keeps before and after, former heads among it."""
    before = _shown(station)
    for name, value in fields.items():
        setattr(station, name, value)
    _save(station)
    if groups is not None:
        _host(station, groups)
    after = _shown(station)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        journal.record(station, "station.change", by=by, on=on, facts={"name": station.name, "changed": changed})
    return station


def _save(station):
    try:
        with transaction.atomic():
            station.save()
    except IntegrityError:
        raise ValidationError({"name": _("已经有同名的机构或者联络站。")}) from None


def _host(station, groups):
    """These groups are at home here; a group that was elsewhere moves."""
    station.hostings.exclude(group__in=groups).delete()
    for group in groups:
        Hosting.objects.update_or_create(group=group, defaults={"station": station})


@transaction.atomic
def grade(station, *, ticked, remarks="", on, by):
    """Put down one look by the standard checklist; looking twice a day replaces the first."""
    points = points_of(ticked)
    found, _created = Grading.objects.update_or_create(
        station=station,
        on=on,
        defaults={
            "ticked": sorted(ticked), "points": points, "grade": grade_of(points).code, "remarks": remarks, "by": by,
        },
    )  # fmt: skip
    journal.record(station, "station.grade", by=by, on=on, facts={"name": station.name, "points": points})
    return found
