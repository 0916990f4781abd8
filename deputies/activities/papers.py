"""The papers of an activity: the notice and the sign-in sheet (活动通知、签到表)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from congress.kit.dates import said, said_short
from congress.kit.documents import Paper
from deputies.activities.models import Invitation

BLANK_ROWS = 6


def spoken_time(activity):
    """3月12日（星期四）9:00—12:00, as a paper writes it."""
    starts, ends = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    weekday = "一二三四五六日"[starts.weekday()]
    day = _("%(day)s（星期%(weekday)s）") % {"day": said(starts), "weekday": weekday}
    if starts.date() == ends.date():
        return f"{day}{starts.hour}:{starts:%M}—{ends.hour}:{ends:%M}"
    return f"{day}{starts.hour}:{starts:%M}—{said_short(ends)}{ends.hour}:{ends:%M}"


def notice(activity, *, on):
    """What the deputies get on paper."""
    paper = Paper()
    paper.title(_("关于举办“%s”的通知") % activity.title)
    paper.line(_("各位代表："))
    paper.body(_("定于%(time)s举办“%(title)s”，现将有关事项通知如下：") % {
        "time": spoken_time(activity), "title": activity.title,
    })  # fmt: skip
    items = [(_("主题"), activity.theme), (_("时间"), spoken_time(activity)), (_("地点"), activity.place)]
    for label, text in (
        (_("检查的法律法规"), activity.statute),
        (_("会前学习"), activity.pre_study),
        (_("议程和要求"), activity.agenda),
    ):
        if text:
            items.append((label, text))
    for number, (label, text) in enumerate(items):
        paper.heading(f"{'一二三四五六七'[number]}、{label}")
        paper.body(text)
    paper.body(_("请收到通知后在平台上回复是否参加；不能参加的，请说明事由并办理请假。"))
    paper.signed(activity.group_names or activity.organ.name, on)
    return paper.content()


def sign_in_sheet(activity):
    """The list to be signed by hand, for when there is no network; the organiser then puts it down in one save."""
    paper = Paper()
    paper.title(_("签到表"))
    paper.line(activity.title)
    paper.line(_("时间：%(time)s　地点：%(place)s") % {"time": spoken_time(activity), "place": activity.place})
    calls = activity.invitations.exclude(state=Invitation.State.LEAVE_GRANTED)
    rows = [
        [number, call.mandate.deputy.name, call.mandate.delegation or "", ""]
        for number, call in enumerate(calls.select_related("mandate__deputy", "mandate__delegation"), start=1)
    ]
    rows += [[len(rows) + each, "", "", ""] for each in range(1, BLANK_ROWS + 1)]
    paper.table([_("序号"), _("姓名"), _("代表团"), _("签名")], rows, widths=(16, 34, 56, 50))
    guests = list(activity.guests.all())
    if guests:
        paper.heading(_("其他参加人员"))
        lines = [[guest.name, guest.unit, guest.get_kind_display(), ""] for guest in guests]
        paper.table([_("姓名"), _("单位及职务"), _("类别"), _("签名")], lines, widths=(30, 56, 24, 46))
    return paper.content()
