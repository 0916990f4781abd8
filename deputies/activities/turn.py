"""Whose turn it is with an activity, what he has to do, and until when (轮到谁)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from deputies.activities import actions
from deputies.activities.models import Activity, Invitation

S = Activity.State


@dataclass(frozen=True)
class Turn:
    """The first line of the page of an activity."""

    who: str
    what: str
    until: datetime | None = None
    is_late: bool = False
    door: str = ""  # to the rows of which it speaks


def turn_of(activity, replies, *, at):
    """The next word on an activity, or None when it was closed or called off; `replies` counts the calls by state."""
    organiser = activity.held_by
    if activity.state == S.REQUESTED:
        return Turn(activity.congress.office_name, _("同意或者不同意举办"), activity.starts_at)
    if activity.state == S.THEME:
        return Turn(activity.guide.name, _("审定主题"), activity.starts_at)
    if activity.state in {S.DRAFT, S.READY}:
        return Turn(organiser, _preparing(activity, sum(replies.values()), at), activity.starts_at)
    if activity.state == S.ANNOUNCED:
        return _announced(activity, organiser, replies, at)
    return _closing(activity, organiser) if activity.state == S.HELD else None


def _preparing(activity, called, at):
    if not called:
        return _("邀请代表")
    if activity.guide_id and activity.state == S.DRAFT:
        return _("把主题送%s审定") % activity.guide.name
    if actions.lacks_study(activity, on=timezone.localdate(at)):
        return _("安排会前学习，发出通知")
    return _("发出通知")


def _announced(activity, organiser, replies, at):
    if at > activity.ends_at:
        is_late = timezone.localdate(at) > timezone.localdate(activity.ends_at)
        return Turn(organiser, _("核对到会登记，结束活动"), activity.ends_at, is_late)
    if at > activity.checkin_closes_at:
        return Turn(organiser, _("登记没有扫码的代表"), activity.ends_at)
    if activity.takes_check_ins(at=at):
        return Turn(_("到会代表"), _("扫码签到"), activity.checkin_closes_at)
    if waiting := replies[Invitation.State.LEAVE_ASKED]:
        return Turn(organiser, _("批复 %s 名代表的请假") % waiting, activity.starts_at, door="?who=leave_asked#people")
    if silent := replies[Invitation.State.ASKED]:
        return Turn(_("%s 名代表") % silent, _("回复是否参加"), activity.starts_at, door="?who=asked#people")
    return Turn(organiser, _("打开签到屏"), activity.checkin_opens_at)


def _closing(activity, organiser):
    if waiting := activity.raised.to_forward().count():
        return Turn(organiser, _("转交 %s 条意见") % waiting, door="#raised")
    return Turn(organiser, _("归档") if activity.minutes else _("写纪要，归档"))
