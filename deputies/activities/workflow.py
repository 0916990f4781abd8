"""The lawful steps of an activity, of a call to it, and of an opinion raised there (活动、邀请、意见的程序)."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from deputies.activities.models import Activity, Invitation, Raised

S, C, R = Activity.State, Invitation.State, Raised.State
_PLANNED, _SET = Activity.PLANNED, frozenset({S.DRAFT, S.READY})
_CALLED, _RUNNING = frozenset({S.ANNOUNCED}), frozenset({S.ANNOUNCED, S.HELD})

ACTIVITY = Procedure(
    "activity",
    Step("allow", _("同意举办"), frozenset({S.REQUESTED}), S.DRAFT, "activities.allow", _("%(who)s同意举办，转入筹备")),
    Step("decline", _("不同意举办"), frozenset({S.REQUESTED}), S.CANCELLED, "activities.allow", _("%(who)s不同意举办：%(reason)s")),
    Step("submit_theme", _("主题送审"), frozenset({S.DRAFT}), S.THEME, "activities.organise", _("%(who)s把主题送%(guide)s审定")),
    Step("approve_theme", _("审定主题"), frozenset({S.THEME}), S.READY, "activities.approve_theme", _("%(who)s审定主题")),
    Step("return_theme", _("退回修改主题"), frozenset({S.THEME}), S.DRAFT, "activities.approve_theme", _("%(who)s退回主题：%(reason)s")),
    Step("take_theme_back", _("收回主题"), frozenset({S.THEME}), S.DRAFT, "activities.organise", _("%(who)s收回送审的主题")),
    Step("announce", _("发出通知"), _SET, S.ANNOUNCED, "activities.organise", _("%(who)s通知 %(count)s 名代表")),
    Step("invite", _("邀请代表"), _PLANNED | _RUNNING, None, "activities.organise", _("%(who)s邀请 %(count)s 名代表")),
    Step("release", _("取消邀请"), _PLANNED | _CALLED, None, "activities.organise", _("%(who)s取消对 %(count)s 名代表的邀请"), is_button=False),
    Step("add_guests", _("加其他人员"), _PLANNED | _RUNNING, None, "activities.organise", _("%(who)s加入其他参加人员：%(names)s"), is_button=False),
    Step("add_photos", _("加照片"), _RUNNING | frozenset({S.CLOSED}), None, "activities.organise", _("%(who)s上传 %(count)s 张照片"), is_button=False),
    Step("change", _("修改"), _SET | _CALLED, None, "activities.organise", _("%(who)s修改：%(changes)s"), rewrites=True),
    Step("rethink", _("改主题"), frozenset({S.READY}), S.DRAFT, "activities.organise", _("%(who)s改了主题，须重新审定：%(changes)s"), is_button=False),
    Step("check_in", _("签到"), _CALLED, None, "activities.check_in", _("%(who)s扫码签到"), is_button=False),
    Step("mark", _("登记到会"), _RUNNING, None, "activities.organise", _("%(who)s登记到会：出席 %(present)s 人，请假 %(leave)s 人，缺席 %(absent)s 人")),
    Step("hold", _("结束活动"), _CALLED, S.HELD, "activities.organise", _("%(who)s结束活动：出席 %(present)s 人，请假 %(leave)s 人，缺席 %(absent)s 人")),
    Step("raise", _("记录意见"), _RUNNING, None, "activities.raise", _("%(who)s记录一条意见：%(text)s")),
    Step("write_up", _("写纪要"), frozenset({S.HELD, S.CLOSED}), None, "activities.organise", _("%(who)s写了纪要"), rewrites=True),
    Step("close", _("归档"), frozenset({S.HELD}), S.CLOSED, "activities.organise", _("%(who)s归档")),
    Step("cancel", _("取消活动"), frozenset({S.REQUESTED}) | _PLANNED | _CALLED, S.CANCELLED, "activities.call_off", _("%(who)s取消活动：%(reason)s")),
)  # fmt: skip

INVITATION = Procedure(
    "invitation",
    Step("come", _("参加"), frozenset({C.ASKED, C.LEAVE_ASKED, C.LEAVE_GRANTED, C.LEAVE_REFUSED}), C.COMING, "activities.answer_call", _("%(who)s回复参加")),
    Step("ask_leave", _("请假"), frozenset({C.ASKED, C.COMING, C.LEAVE_REFUSED}), C.LEAVE_ASKED, "activities.answer_call", _("%(who)s请假：%(reason)s")),
    Step("grant_leave", _("准假"), frozenset({C.LEAVE_ASKED}), C.LEAVE_GRANTED, "activities.decide_leave", _("%(who)s准%(deputy)s的假")),
    Step("refuse_leave", _("不准假"), frozenset({C.LEAVE_ASKED}), C.LEAVE_REFUSED, "activities.decide_leave", _("%(who)s不准%(deputy)s的假：%(answer)s")),
)  # fmt: skip

RAISED = Procedure(
    "raised",
    Step("forward", _("转交"), frozenset({R.NOTED, R.FORWARDED}), R.FORWARDED, "activities.forward", _("%(who)s转交%(organ)s")),
    Step("answer", _("反馈"), frozenset({R.FORWARDED}), R.ANSWERED, "activities.answer", _("%(who)s反馈：%(feedback)s")),
    Step("succeed", _("移交承接单位"), frozenset({R.FORWARDED}), None, "activities.succeed", _("%(gone)s已撤销，由%(organ)s接着研究处理，期限不变"), is_button=False),
)  # fmt: skip

describe(
    activity_plan=_("%(who)s筹备活动"),
    activity_request=_("%(who)s申请举办活动"),
    activity_remind=_("发出活动前一天的提醒"),
    activity_export=_("导出活动名册"),
    raised_note=_("%(who)s记录意见"),
    campaign_keep=_("%(who)s登记主题活动"),
    campaign_close=_("%(who)s结束专项行动“%(name)s”"),
    campaign_reopen=_("%(who)s恢复专项行动“%(name)s”"),
)
