"""What the frame of every page shows: who is signed in, where he may go, what waits for him."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from congress.kit.dates import said_short
from congress.kit.languages import language
from congress.notices.questions import unread_count
from congress.organs.hats import Home, hats_of
from congress.organs.models import Congress
from suggestions.docket.rules import reads_cases

_UNDER = {
    **dict.fromkeys(("office", "rulebook", "deadlines"), "settings"),
    **dict.fromkeys(("duties", "training", "pledges", "debriefings", "scores", "assessments"), "activities"),
    "safeguards": "activities",
    **dict.fromkeys(("receptions", "opinions"), "stations"),
    **dict.fromkeys(("promises", "appraisals"), "docket"),
}
# The rooms beside each other under one entry of the menu; who may not open one does not see it.
_BESIDE = {
    "activities": (
        (_("活动"), "activities:list"),
        (_("履职登记"), "duties:list"),
        (_("学习培训"), "training:list"),
        (_("积分"), "scores:list"),
        (_("承诺与联系"), "pledges:list"),
        (_("乡镇考核"), "dashboards:townships"),
        (_("述职评议"), "debriefings:list"),
        (_("考评"), "assessments:list"),
        (_("履职求助"), "safeguards:list"),
        (_("活动经费"), "safeguards:budgets"),
    ),
    "stations": ((_("站点"), "stations:list"), (_("接待"), "receptions:grid"), (_("民情"), "opinions:list")),
    "docket": (
        (_("建议清单"), "docket:list"),
        (_("集中交办"), "docket:batch"),
        (_("承诺台账"), "promises:list"),
        (_("到期清单"), "docket:due_text"),
        (_("公开审查"), "portal:review"),
        (_("代表风采"), "portal:telling"),
        (_("旧件导入"), "docket:imports"),
    ),
}


@dataclass(frozen=True)
class Door:
    """One entry of the menu; `room` marks it as the current place."""

    label: str
    url: str
    room: str
    icon: str = "circle"


_NOWHERE = Door("", "", "")


def doors_of(user):
    """The main menu by role (screens: Menu)."""
    return _doors(_kinds(hats_of(user)), language())


_WORKING = ("clerk_of", "departments", "committees")
_KINDS = (*_WORKING, "leads", "stations", "deputy_in", "audits", "administers")


def _kinds(hats):
    """Which kinds of hats somebody wears; the menu asks for no more."""
    return frozenset(kind for kind in _KINDS if getattr(hats, kind))


@cache
def _doors(kinds, _language):
    if kinds == {"deputy_in"}:
        return _phone_doors()
    works = not kinds.isdisjoint(_WORKING)
    clerk, leads, stations = ("clerk_of" in kinds, "leads" in kinds, "stations" in kinds)
    doors = []
    if leads:
        doors.append(_door(_("驾驶舱"), "dashboards:cockpit", "cockpit"))
    if leads and not clerk:  # he signs in to the cockpit, and has a desk beside it
        doors.append(_door(_("工作台"), "dashboards:work", "work"))
    elif works or stations:
        doors.append(_door(_("工作台"), "dashboards:desk", "desk"))
    if works or leads:
        doors.append(_door(_("建议议案"), "docket:list", "docket"))
    if (works or leads) and not clerk:  # the office finds the ledger beside its list
        doors.append(_door(_("承诺"), "promises:list", "promises"))
    if clerk or leads:
        doors.append(_door(_("代表名册"), "roll:list", "roll"))
    if clerk or leads or "committees" in kinds or stations:
        doors.append(_door(_("履职活动"), "activities:list", "activities"))
    if clerk or leads or stations:
        doors.append(_door(_("联络站"), "stations:list", "stations"))
    elif "departments" in kinds:
        doors.append(_door(_("代表意见"), "activities:raised_list", "activities"))
        doors.append(_door(_("民情"), "opinions:list", "stations"))
    if clerk:
        doors.append(_door(_("统计"), "dashboards:cockpit", "cockpit"))
    if "deputy_in" in kinds:
        doors.append(_door(_("我的代表页"), "dashboards:deputy", "deputy"))
    if "audits" in kinds:
        doors.append(_door(_("日志"), "dashboards:journal", "journal"))
    if clerk or "administers" in kinds:
        doors.append(_door(_("设置"), "dashboards:settings", "settings"))
    return tuple(doors) or (_door(_("工作台"), "dashboards:desk", "desk"),)


def _phone_doors():
    return (
        _door(_("首页"), "dashboards:desk", "desk", "house"),
        _door(_("建议"), "docket:mine", "docket", "file-text"),
        _door(_("履职"), "duties:mine", "activities", "clipboard-check"),
        _door(_("民情"), "opinions:mine", "stations", "message-square-text"),
        _door(_("我的"), "accounts:profile", "accounts", "user"),
    )


def _door(label, name, room, icon="circle"):
    return Door(str(label), reverse(name), room, icon)


def side_doors_of(user, room):
    """The rooms beside the one that is open: for the office and the leaders all, for a keeper those of his station."""
    hats = hats_of(user)
    if not (hats.clerk_of or hats.leads or (hats.stations and room == "stations")):
        return ()
    if room == "docket" and not hats.clerk_of:
        return ()
    return _side_doors(room, language())


@cache
def _side_doors(room, _language):
    return tuple(_door(label, name, name) for label, name in _BESIDE.get(room, ()))


# The pages of the portal that are the office's work, by the entry under which they stand.
_OF_PORTAL = {
    **dict.fromkeys(("review", "review_kept"), "docket"),
    **dict.fromkeys(("telling", "telling_new", "telling_story", "telling_step"), "docket"),
    **dict.fromkeys(("show", "cards"), "roll"),
}
# Pages that belong to an entry beside their room's first one, by the beginning of their name.
_PART_OF = {
    "dashboards:township": "dashboards:townships",
    "portal:review": "portal:review",
    "portal:telling": "portal:telling",
    "docket:import": "docket:imports",
    "docket:names": "docket:imports",
    "safeguards:budget": "safeguards:budgets",
}


def _side_place(match, room):
    """Which of the rooms beside each other is the current one: the very page, else the first of its room."""
    names = [name for _label, name in _BESIDE.get(room, ())]
    if match is None or match.view_name in names:
        return match and match.view_name
    part_of = next((name for start, name in _PART_OF.items() if match.view_name.startswith(start)), "")
    return part_of or next((name for name in names if name.partition(":")[0] == match.app_name), "")


def shell(request):
    """Context processor; what asks the database does so only when a template asks for it."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    match = getattr(request, "resolver_match", None)
    is_phone_person = signed_in and hats_of(user).only_sits
    doors = doors_of(user) if signed_in else ()
    room = _room(match, doors)
    return {
        "doors": doors,
        "way_back": _back(doors, room, request.path) if is_phone_person else _NOWHERE,
        "room": room,
        "side_doors": side_doors_of(user, room) if signed_in else (),
        "side_place": _side_place(match, room),
        "is_phone_person": is_phone_person,
        "may_find": signed_in and not is_phone_person and reads_cases(user),
        "is_deputy": signed_in and bool(hats_of(user).deputy_in),
        "own_name": user.name if signed_in else "",
        "unread": SimpleLazyObject(lambda: unread_count(user)) if signed_in else 0,
        "our_congress": (signed_in and hats_of(user).home) or SimpleLazyObject(_highest_congress),
        "elder": request.COOKIES.get("elder") == "1",
        "is_dark": signed_in and request.COOKIES.get("dark") == "1",
        "moment": _moment(),
    }


def _moment():
    """6月18日 9:05, under every page."""
    now = timezone.localtime()
    return f"{said_short(now)} {now.hour}:{now.minute:02}"


def _back(doors, room, path):
    """The entry of the bottom bar above a page: a phone has no menu over it. Nowhere on the entries themselves."""
    if any(door.url == path for door in doors):
        return _NOWHERE
    return next((door for door in doors if door.room == room), doors[0])


def _room(match, doors):
    """Which entry of the menu is the current place; a room with a door of its own is its own."""
    if not match or not match.app_names:
        return ""
    room = match.app_names[0]
    if any(door.room == room for door in doors):
        return room
    if room == "portal":
        return _OF_PORTAL.get(match.url_name, "accounts")
    if room == "dashboards":
        return "activities" if match.url_name.startswith("township") else match.url_name
    return _UNDER.get(room) or room


def _highest_congress():
    """In whose name a page speaks to somebody who has no place anywhere; nobody's, before the first was founded."""
    return Congress.objects.order_by("parent", "pk").first() or Home()
