"""What an activity asks of its organiser, of the leader who passes its theme, and of those it calls (活动)."""

from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.dashboards.beside.work import Work
from congress.organs.hats import hats_of
from deputies.activities.models import Activity, Invitation, Raised
from deputies.roll.seats import active_seats_of


def _raised(reader):
    departments = hats_of(reader).departments
    return Raised.objects.filter(organ__in=departments, state=Raised.State.FORWARDED) if departments else None


def _themes(reader):
    return Activity.objects.filter(guide=reader, state=Activity.State.THEME) if hats_of(reader).leads else None


def _organised(reader):
    hats = hats_of(reader)
    mine = hats.clerk_of | hats.committees | hats.stations
    return Activity.objects.filter(Q(congress__in=hats.clerk_of) | Q(organ__in=mine)) if mine else None


def _leave(reader):
    organised = _organised(reader)
    if organised is None:
        return None
    return organised.filter(
        pk__in=Invitation.objects.filter(state=Invitation.State.LEAVE_ASKED).values("activity"),
        state=Activity.State.ANNOUNCED,
    )


def _to_end(reader):
    organised = _organised(reader)
    if organised is None:
        return None
    return organised.filter(state=Activity.State.ANNOUNCED, ends_at__lt=timezone.now())


def _to_close(reader):
    organised = _organised(reader)
    return None if organised is None else organised.filter(state=Activity.State.HELD)


def calls(reader):
    """Calls that await a deputy's answer; what is over asks for none."""
    seats = active_seats_of(reader)
    asked = Q(state=Invitation.State.ASKED, activity__in=Activity.objects.ahead(at=timezone.now()))
    return Invitation.objects.filter(asked, mandate__in=seats) if seats else None


RAISED = Work(
    "raised",
    _("代表在活动中提的意见"),
    _("研究处理后向代表反馈"),
    _("去反馈"),
    "activities:raised_list",
    _raised,
    day="due_on",
)
THEME = Work(
    "theme",
    _("活动主题待审定"),
    _("小组活动通知前"),
    _("去审定"),
    "activities:list?view=themes",
    _themes,
)
LEAVE = Work(
    "leave",
    _("活动有代表请假"),
    _("准假或者说明不准的理由"),
    _("去批"),
    "activities:list?view=leave&mine=1",
    _leave,
    day=TruncDate("starts_at"),
)
TO_END = Work(
    "to_end",
    _("活动待结束"),
    _("核对到会登记"),
    _("去结束"),
    "activities:list?view=to_end&mine=1",
    _to_end,
)
TO_CLOSE = Work(
    "to_close",
    _("活动待归档"),
    _("补齐纪要和收尾清单"),
    _("去归档"),
    "activities:list?view=to_close&mine=1",
    _to_close,
)
CALL = Work(
    "call",
    _("请回复是否参加活动"),
    _("参加或者请假"),
    _("去回复"),
    "activities:mine",
    calls,
    "api:call-list?show=asked",
    day=TruncDate("activity__starts_at"),
)
