"""The lawful steps of a duty record: put to the deputy or claimed by him, and how it is settled (履职登记的程序)."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from deputies.duties.models import DutyRecord

S = DutyRecord.State
_REGISTERED, _CLAIMED, _OBJECTED = frozenset({S.REGISTERED}), frozenset({S.CLAIMED}), frozenset({S.OBJECTED})

DUTY = Procedure(
    "duty",
    Step("confirm", _("核对无误"), _REGISTERED, S.SETTLED, "duties.confirm", _("%(who)s核对无误")),
    Step("lapse", _("期满"), _REGISTERED, S.SETTLED, "duties.lapse", _("核对期满，没有提出异议，按登记核定"), is_button=False),
    Step("object", _("提出异议"), frozenset({S.REGISTERED, S.SETTLED}), S.OBJECTED, "duties.confirm", _("%(who)s提出异议：%(objection)s")),
    Step("correct", _("更正"), _OBJECTED, S.SETTLED, "duties.correct", _("%(who)s经核实更正：%(finding)s%(changes)s")),
    Step("uphold", _("维持登记"), _OBJECTED, S.SETTLED, "duties.correct", _("%(who)s经核实维持原登记：%(finding)s")),
    Step("strike", _("注销"), frozenset({S.REGISTERED, S.OBJECTED, S.SETTLED}), S.STRUCK, "duties.correct", _("%(who)s注销登记：%(finding)s")),
    Step("verify", _("核实"), _CLAIMED, S.SETTLED, "duties.verify", _("%(who)s核实")),
    Step("refuse", _("不予认可"), _CLAIMED, S.REFUSED, "duties.verify", _("%(who)s不予认可：%(finding)s")),
    Step("resubmit", _("补充后重报"), frozenset({S.REFUSED}), S.CLAIMED, "duties.confirm", _("%(who)s补充后重报")),
    Step("retract", _("撤回登记"), frozenset({S.CLAIMED, S.REFUSED}), S.STRUCK, "duties.confirm", _("%(who)s撤回登记")),
)  # fmt: skip

describe(
    duty_claim=_("%(who)s登记本人履职"),
    duty_register=_("登记 %(count)s 名代表的履职"),
    duty_replace=_("%(who)s改登为：%(changes)s"),
    duty_withdraw=_("更正 %(count)s 名代表的履职登记"),
    duty_take_off=_("%(who)s从名单中去掉，登记注销"),
    duty_suspend=_("暂停执行代表职务期间的履职登记已注销"),
    duty_export=_("导出履职登记，共 %(count)s 条"),
    duty_archive=_("%(who)s导出%(name)s的履职档案"),
    duty_certify=_("%(who)s出具%(number)s，致%(addressee)s，%(days)s 天"),
    duty_income=_("%(who)s登记%(name)s%(income)s"),
)
