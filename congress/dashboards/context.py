"""What the frame of every page shows: who is signed in, where he may go, what waits for him."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from congress.notices.questions import unread_count
from congress.organs.hats import hats_of
from congress.organs.models import Congress

_UNDER = {
    **dict.fromkeys(("office", "rulebook", "deadlines"), "settings"),
    **dict.fromkeys(("duties", "training", "pledges", "debriefings", "scores"), "activities"),
    **dict.fromkeys(("receptions", "opinions"), "stations"),
}
# The rooms beside each other under one entry of the menu; who may not open one does not see it.
_BESIDE = {
    "activities": (
        (_("活动"), "activities:list"),
        (_("履职登记"), "duties:list"),
        (_("学习培训"), "training:list"),
        (_("积分"), "scores:list"),
        (_("承诺与联系"), "pledges:list"),
        (_("述职评议"), "debriefings:list"),
    ),
    "stations": ((_("站点"), "stations:list"), (_("接待"), "receptions:grid"), (_("民情"), "opinions:list")),
    "docket": (
        (_("建议清单"), "docket:list"),
        (_("集中交办"), "docket:batch"),
        (_("到期清单"), "docket:due_text"),
        (_("公开审查"), "portal:review"),
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


def doors_of(user):
    """The main menu by role (screens: Menu)."""
    hats = hats_of(user)
    doors = []
    works = hats.clerk_of or hats.departments or hats.committees
    if hats.deputy_in and not works:
        return _phone_doors()
    if hats.leads:
        doors.append(Door(_("驾驶舱"), reverse("dashboards:cockpit"), "cockpit"))
    if works or hats.leads or hats.stations:
        doors.append(Door(_("工作台"), reverse("dashboards:desk"), "desk"))
    if works or hats.leads:
        doors.append(Door(_("建议议案"), reverse("docket:list"), "docket"))
    if hats.clerk_of or hats.leads:
        doors.append(Door(_("代表名册"), reverse("roll:list"), "roll"))
    if hats.clerk_of or hats.leads or hats.committees or hats.stations:
        doors.append(Door(_("履职活动"), reverse("activities:list"), "activities"))
    if hats.clerk_of or hats.leads or hats.stations:
        doors.append(Door(_("联络站"), reverse("stations:list"), "stations"))
    elif hats.departments:
        doors.append(Door(_("代表意见"), reverse("activities:raised_list"), "activities"))
        doors.append(Door(_("民情"), reverse("opinions:list"), "stations"))
    if hats.clerk_of:
        doors.append(Door(_("统计"), reverse("dashboards:cockpit"), "cockpit"))
    if hats.audits:
        doors.append(Door(_("日志"), reverse("dashboards:journal"), "journal"))
    if hats.clerk_of or hats.administers:
        doors.append(Door(_("设置"), reverse("dashboards:settings"), "settings"))
    return doors or [Door(_("工作台"), reverse("dashboards:desk"), "desk")]


def _phone_doors():
    return [
        Door(_("首页"), reverse("dashboards:desk"), "desk", "house"),
        Door(_("建议"), reverse("docket:mine"), "docket", "file-text"),
        Door(_("履职"), reverse("duties:mine"), "activities", "clipboard-check"),
        Door(_("民情"), reverse("opinions:mine"), "stations", "message-square-text"),
        Door(_("我的"), reverse("accounts:profile"), "accounts", "user"),
    ]


def side_doors_of(user, room):
    """The rooms beside the one that is open: for the office and the leaders all, for a keeper those of his station."""
    hats = hats_of(user)
    if not (hats.clerk_of or hats.leads or (hats.stations and room == "stations")):
        return []
    if room == "docket" and not hats.clerk_of:
        return []
    return [Door(label, reverse(name), name) for label, name in _BESIDE.get(room, ())]


def _side_place(match, room):
    """Which of the rooms beside each other is the current one: the very page, else the first of its room."""
    names = [name for _label, name in _BESIDE.get(room, ())]
    if match is None or match.view_name in names:
        return match and match.view_name
    return next((name for name in names if name.partition(":")[0] == match.app_name), "")


def shell(request):
    """Context processor; everything in it is read only when a template asks."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    match = getattr(request, "resolver_match", None)
    return {
        "doors": SimpleLazyObject(lambda: doors_of(user)) if signed_in else [],
        "room": _room(match),
        "side_doors": SimpleLazyObject(lambda: side_doors_of(user, _room(match))) if signed_in else [],
        "side_place": _side_place(match, _room(match)),
        "is_phone_person": signed_in and _is_phone_person(user),
        "unread": SimpleLazyObject(lambda: unread_count(user)) if signed_in else 0,
        "our_congress": SimpleLazyObject(lambda: our_congress(user)),
        "elder": request.COOKIES.get("elder") == "1",
    }


def _room(match):
    """Which entry of the menu is the current place."""
    if not match or not match.app_names:
        return ""
    room = match.app_names[0]
    if room == "portal":
        return "docket" if match.url_name == "review" else "accounts"
    return _UNDER.get(room) or (match.url_name if room == "dashboards" else room)


def _is_phone_person(user):
    hats = hats_of(user)
    return bool(hats.deputy_in) and not (hats.clerk_of or hats.departments or hats.committees or hats.leads)


def our_congress(user):
    """The congress in whose name the page speaks: that of the first membership, else the highest there is."""
    for membership in hats_of(user).memberships:
        organ = membership.organ  # read with the hats
        return organ.congress or getattr(organ, "as_congress", None)
    return Congress.objects.order_by("parent", "pk").first()
