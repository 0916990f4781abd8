"""The lawful steps of a pledge and of what a contact brought up; and the sentences of the other acts (程序)."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from deputies.pledges.models import FollowUp, Pledge

P, F = Pledge.State, FollowUp.State
_OPEN = frozenset({P.OPEN})

PLEDGE = Procedure(
    "pledge",
    Step("keep", _("已兑现"), _OPEN, P.KEPT, "pledges.keep_plan", _("已兑现：%(text)s")),
    Step("reopen", _("改回未兑现"), frozenset({P.KEPT}), P.OPEN, "pledges.keep_plan", _("改回未兑现：%(text)s")),
    Step("drop", _("撤下"), _OPEN, P.DROPPED, "pledges.keep_plan", _("撤下承诺“%(text)s”：%(reason)s")),
)

FOLLOW_UP = Procedure(
    "followup",
    Step("settle", _("登记结果"), frozenset({F.OPEN}), F.SETTLED, "pledges.settle_follow_up", _("意见“%(text)s”有了结果：%(result)s")),
    Step("succeed", _("移交承接单位"), frozenset({F.OPEN}), None, "pledges.succeed_follow_up", _("%(gone)s已撤销，意见“%(text)s”由%(organ)s接着办"), is_button=False),
)  # fmt: skip

describe(
    plan_file=_("填报年度履职计划"),
    plan_add=_("增加承诺：%(text)s"),
    paper_send=_("报送%(what)s"),
    card_keep=_("改动目标卡“%(name)s”"),
    contacts_allot=_("调整%(keeper)s的联系分工：现联系 %(count)s 名代表"),
    contacts_mentor=_("%(keeper)s结对帮带%(deputy)s"),
    contacts_release=_("%(keeper)s不再联系%(deputy)s"),
    tie_contact=_("%(who)s联系了%(deputy)s代表"),
    tie_follow=_("把联系中提出的意见%(where)s：%(text)s"),
    township_tie=_("%(member)s自%(since)s起挂钩联系%(township)s"),
    township_untie=_("%(member)s不再挂钩联系%(township)s"),
    pledges_export=_("导出%(what)s"),
)
