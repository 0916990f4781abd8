"""Founding, changing and grading stations (建站、改动、检查)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.procedure import journal
from congress.procedure.workflow import describe
from liaison.stations.models import Grading, Hosting, LiaisonStation, Opening, OpeningException
from liaison.stations.openings import hours_of, span
from liaison.stations.standard import grade_of, points_of

describe(
    station_found=gettext_lazy("设立%(name)s"),
    station_change=gettext_lazy("改动%(name)s"),
    station_open=gettext_lazy("%(name)s开放安排改为：%(after)s"),
    station_grade=gettext_lazy("%(name)s标准化检查 %(points)s 分"),
)

_FIELDS = (
    "name", "short_name", "type", "township", "head", "profession", "address", "phone", "area", "is_public",
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


@transaction.atomic
def set_openings(station, *, openings, exceptions, remark, on, by):
    """Say when a station stands open (开放安排): these regular days, and from `on` these exceptions, no others.

    `openings` and `exceptions` are dicts of the fields of one row each. Saying the same again writes nothing.
    """
    station = LiaisonStation.objects.select_for_update().get(pk=station.pk)
    before = _opening_of(station, on)
    regular = {(each["pattern"], each["number"], each["starts"]): each for each in openings}
    days = {each["day"]: each for each in exceptions}
    if len(regular) < len(openings):
        raise ValidationError(_("同一天同一时间写了两次，请去掉一行。"))
    if len(days) < len(exceptions):
        raise ValidationError(_("同一个日期写了两次停开、加开，请去掉一行。"))
    station.openings.all().delete()
    station.exceptions.filter(day__gte=on).delete()
    Opening.objects.bulk_create(Opening(station=station, **each) for each in openings)
    OpeningException.objects.bulk_create(OpeningException(station=station, **each) for each in exceptions)
    station.opening_remark = remark
    station.save(update_fields=["opening_remark"])
    after = _opening_of(station, on)
    if before != after:
        facts = {"name": station.name, "before": _in_words(before), "after": _in_words(after)}
        journal.record(station, "station.open", by=by, on=on, facts=facts)
    return station


def _opening_of(station, on):
    """Everything said of its hours, to be compared."""
    return {
        "regular": [
            (each.pattern, each.number, each.starts, each.ends, each.on_rest) for each in station.openings.all()
        ],
        "hours": hours_of(station.openings.all()),
        "remark": station.opening_remark,
        "exceptions": [
            (each.day, each.is_open, each.starts, each.ends, each.remark)
            for each in station.exceptions.filter(day__gte=on)
        ],
    }


def _in_words(said):
    days = [
        f"{day.isoformat()} {_('加开') + span(starts, ends) if is_open else _('停开')}"
        for day, is_open, starts, ends, _remark in said["exceptions"]
    ]
    return "；".join(part for part in (said["hours"], said["remark"], *days) if part) or _("没有")


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
