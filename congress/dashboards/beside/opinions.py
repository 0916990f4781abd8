"""What residents said, by whose turn it is, and the themes that townships propose from it (民情)."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.dashboards.beside.work import Work
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from deputies.roll.seats import active_seats_of
from liaison.opinions.models import Opinion, ThemeProposal

_API = "api:opinion-list"


def _received(reader):
    hats = hats_of(reader)
    if not (hats.stations or hats.clerk_of):
        return None
    return Opinion.objects.filter(
        Q(station__in=hats.stations)
        | Q(station__township__in=hats.clerk_of)
        | Q(congress__in=hats.clerk_of, congress__level=Congress.Level.TOWNSHIP)
        | Q(congress__in=hats.clerk_of, station__isnull=True),
        state=Opinion.State.RECEIVED,
    )


def _upward(reader):
    clerk_of = hats_of(reader).clerk_of
    return Opinion.objects.reported_to(clerk_of) if clerk_of else None


def _routed(reader):
    hats = hats_of(reader)
    mine = hats.departments | hats.stations
    return Opinion.objects.filter(organ__in=mine, state=Opinion.State.ROUTED) if mine else None


def _at_my_station(reader):
    """What waits at the stations that a deputy heads: to be taken on, or handed to the station itself."""
    seats = active_seats_of(reader)
    waits = Q(state=Opinion.State.RECEIVED) | Q(state=Opinion.State.ROUTED, organ=F("station"))
    return Opinion.objects.filter(waits, station__head__in=seats) if seats else None


def _proposals(reader):
    clerk_of = hats_of(reader).clerk_of
    return ThemeProposal.objects.waiting().filter(congress__in=clerk_of) if clerk_of else None


def _proposals_to_groups(reader):
    seats = active_seats_of(reader)
    return ThemeProposal.objects.waiting().filter(group__leader__in=seats) if seats else None


RECEIVED = Work(
    "opinion",
    _("群众意见待处理"),
    _("当场答、交办或者引导"),
    _("去处理"),
    "opinions:list?view=received",
    _received,
    _API,
    day="due_on",
)
UPWARD = Work(
    "opinion_upward",
    _("群众意见待县级交办"),
    _("联络站、乡镇人大报上来的"),
    _("去交办"),
    "opinions:list?view=upward",
    _upward,
    _API,
    day="due_on",
)
ROUTED = Work(
    "opinion_routed",
    _("交来的群众意见"),
    _("办好后答复反映人"),
    _("去答复"),
    "opinions:list?view=routed",
    _routed,
    _API,
    day="due_on",
)
AT_MY_STATION = Work(
    "my_station",
    _("我的站：群众意见"),
    _("当场答、交办或者引导"),
    _("去处理"),
    "opinions:mine",
    _at_my_station,
    _API,
    day="due_on",
)
_PROPOSAL = (
    "proposal",
    _("乡镇提议的小组活动主题"),
    _("采纳，或者写明理由退回"),
    _("去看看"),
    "opinions:proposals",
)
PROPOSED = Work(*_PROPOSAL, _proposals)
PROPOSED_TO_GROUPS = Work(*_PROPOSAL, _proposals_to_groups)
