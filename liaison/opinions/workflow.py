"""The lawful steps of an opinion: heard, routed to its tier, answered, rated (民情的办理程序).

The sentences are read by the resident too: they name bodies, never persons.
"""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from liaison.opinions.models import Opinion, ThemeProposal

S = Opinion.State
_NEW = frozenset({S.RECEIVED, S.UPWARD})

OPINION = Procedure(
    "opinion",
    Step("answer_at_once", _("当场解答"), _NEW, S.ANSWERED, "opinions.handle", _("当场答复")),
    Step("escalate", _("报县级交办"), frozenset({S.RECEIVED}), S.UPWARD, "opinions.escalate", _("报请县人大代表工作机构交办")),
    Step("route", _("交办"), _NEW, S.ROUTED, "opinions.handle", _("交%(organ)s办理")),
    Step("answer", _("答复"), frozenset({S.ROUTED}), S.ANSWERED, "opinions.answer", _("%(organ)s答复")),
    Step("send_back", _("退回"), frozenset({S.ROUTED}), S.RECEIVED, "opinions.answer", _("%(organ)s退回：%(reason)s")),
    Step("guide", _("引导到其他渠道"), _NEW, S.GUIDED, "opinions.handle", _("不属于人大受理范围，引导到%(where)s")),
    Step("raise", _("转为代表建议"), frozenset({S.RECEIVED, S.UPWARD, S.ROUTED, S.ANSWERED, S.CLOSED}), S.RAISED, "opinions.raise", _("转为代表建议")),
    Step("tell", _("登记回访"), frozenset({S.ANSWERED, S.GUIDED, S.RAISED}), S.CLOSED, "opinions.handle", _("回访告知结果，群众表示：%(said)s")),
    Step("tell_back", _("登记回访"), frozenset({S.ANSWERED}), S.RECEIVED, "opinions.handle", _("回访告知结果，群众不满意，重新办理"), is_button=False),
    Step("rate", _("评价"), frozenset({S.ANSWERED, S.GUIDED, S.RAISED, S.CLOSED}), S.CLOSED, "opinions.rate", _("群众作出评价"), is_button=False),
    Step("return", _("不满意，请再办"), frozenset({S.ANSWERED, S.CLOSED}), S.RECEIVED, "opinions.rate", _("群众不满意，退回重新办理"), is_button=False),
    Step("withdraw", _("撤回"), frozenset({S.RECEIVED, S.UPWARD, S.ROUTED}), S.WITHDRAWN, "opinions.rate", _("反映人撤回"), is_button=False),
    Step("reopen", _("重新处理"), frozenset({S.RAISED}), S.RECEIVED, "opinions.reopen", _("代表建议没有进入办理，重新处理"), is_button=False),
    Step("succeed", _("移交承接单位"), frozenset({S.ROUTED}), None, "opinions.succeed", _("%(gone)s已撤销，由%(organ)s接着办理，期限不变"), is_button=False),
    Step("lapse", _("办结"), frozenset({S.ANSWERED, S.GUIDED}), S.CLOSED, "opinions.lapse", _("评价期满，办结"), is_button=False),
)  # fmt: skip

P = ThemeProposal.State

PROPOSAL = Procedure(
    "proposal",
    Step("take", _("采纳"), frozenset({P.PROPOSED}), P.TAKEN, "opinions.settle_proposal", _("采纳为%(group)s活动主题：%(theme)s")),
    Step("return", _("退回"), frozenset({P.PROPOSED}), P.RETURNED, "opinions.settle_proposal", _("退回：%(reason)s")),
    Step("withdraw", _("撤回提议"), frozenset({P.PROPOSED}), P.WITHDRAWN, "opinions.withdraw_proposal", _("撤回提议")),
)  # fmt: skip

describe(
    proposal_propose=_("%(township)s提议为%(group)s活动主题：%(theme)s"),
    opinion_propose=_("%(township)s提议作为%(group)s活动主题"),
    opinion_untheme=_("没有列为%(group)s活动主题：%(reason)s"),
    opinion_receive=_("收到反映"),
    opinion_topic=_("归入热点“%(topic)s”"),
    opinion_drive=_("归入专项行动：%(drive)s"),
    opinion_theme=_("列为代表小组活动主题：%(theme)s"),
    opinion_reveal=_("%(who)s查看反映人联系方式"),
    opinion_forget=_("保留期满，反映人的称呼、电话已删除"),
    opinion_export=_("%(who)s导出民情台账 %(count)s 件"),
)
