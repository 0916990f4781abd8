"""Duties that deputies put down or do not agree with, and what they still have to confirm and to read (履职)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.dashboards.beside.work import Work
from congress.organs.hats import hats_of
from deputies.duties.models import DutyRecord
from deputies.roll.models import DeputyGroup
from deputies.roll.seats import active_seats_of
from deputies.training.models import Receipt

_API = "api:duty-list"


def _claimed(reader):
    clerk_of = hats_of(reader).clerk_of
    reach = Q(congress__in=clerk_of) | Q(mandate__delegation__township__in=clerk_of)
    return DutyRecord.objects.filter(reach, state=DutyRecord.State.CLAIMED) if clerk_of else None


def _objected(reader):
    clerk_of = hats_of(reader).clerk_of
    return DutyRecord.objects.filter(congress__in=clerk_of, state=DutyRecord.State.OBJECTED) if clerk_of else None


def _own_duties(reader, **where):
    seats = active_seats_of(reader)
    return DutyRecord.objects.filter(mandate__in=seats, **where) if seats else None


def to_confirm(reader):
    return _own_duties(reader, state=DutyRecord.State.REGISTERED)


def _refused(reader):
    return _own_duties(reader, state=DutyRecord.State.REFUSED)


def _of_members(reader):
    """What the members of the groups that a deputy leads have put down."""
    leads = DeputyGroup.objects.filter(leader__in=active_seats_of(reader)).exists()
    return DutyRecord.objects.verifiable_by(reader) if leads else None


def _unread(reader):
    return Receipt.objects.of(reader).unopened() if active_seats_of(reader) else None


CLAIMED = Work(
    "claim",
    _("代表自报的履职待核实"),
    _("核实后计入履职档案"),
    _("去核实"),
    "duties:list?view=claimed&year=any",
    _claimed,
    f"{_API}?show=all",
)
OBJECTED = Work(
    "objection",
    _("履职登记有异议"),
    _("核对后更正或者维持"),
    _("去处理"),
    "duties:list?view=objected&year=any",
    _objected,
    f"{_API}?show=all",
)
TO_CONFIRM = Work(
    "confirm",
    _("请核对履职登记"),
    _("到期没有异议的，按登记核定"),
    _("去核对"),
    "duties:mine",
    to_confirm,
    f"{_API}?show=to_confirm",
    day="confirm_by",
)
REFUSED = Work(
    "refused",
    _("履职登记没有认可"),
    _("补充后重报"),
    _("去补充"),
    "duties:mine",
    _refused,
    _API,
)
OF_MEMBERS = Work(
    "member_claim",
    _("组员登记的履职"),
    _("请您核实"),
    _("去核实"),
    "duties:check",
    _of_members,
)
UNREAD = Work(
    "material",
    _("资料、简报没有读"),
    _("请阅读"),
    _("去看看"),
    "training:mine",
    _unread,
    day="material__read_by_date",
)
