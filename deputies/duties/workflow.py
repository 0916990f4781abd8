"""The lawful steps of a duty record: put to the deputy or claimed by him, and how it is settled (履职登记的程序)."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from deputies.duties.models import DutyRecord

S = DutyRecord.State
_REGISTERED, _CLAIMED, _OBJECTED = frozenset({S.REGISTERED}), frozenset({S.CLAIMED}), frozenset({S.OBJECTED})

DUTY = Procedure(
    "duty",
    Step("confirm", _("核对无误"), _REGISTERED, S.SETTLED, "duties.confirm", _("%(who)s核对无误")),
    Step("lapse", _("期满"), _REGISTERED, S.SETTLED, "duties.lapse", _("核对期满，没有提出异议"), is_button=False),
    Step("object", _("提出异议"), frozenset({S.REGISTERED, S.SETTLED}), S.OBJECTED, "duties.confirm", _("%(who)s提出异议：%(objection)s")),
    Step("correct", _("更正"), _OBJECTED, S.SETTLED, "duties.correct", _("经核实更正：%(finding)s")),
    Step("uphold", _("维持登记"), _OBJECTED, S.SETTLED, "duties.correct", _("经核实维持原登记：%(finding)s")),
    Step("strike", _("注销"), frozenset({S.REGISTERED, S.OBJECTED, S.SETTLED}), S.STRUCK, "duties.correct", _("注销登记：%(finding)s")),
    Step("verify", _("核实"), _CLAIMED, S.SETTLED, "duties.verify", _("%(who)s核实")),
    Step("refuse", _("不予认可"), _CLAIMED, S.REFUSED, "duties.verify", _("%(who)s不予认可：%(finding)s")),
    Step("resubmit", _("补充后重报"), frozenset({S.REFUSED}), S.CLAIMED, "duties.confirm", _("%(who)s补充后重报")),
)  # fmt: skip

describe(
    duty_claim=_("%(who)s登记本人履职"),
    duty_register=_("登记 %(count)s 名代表的履职"),
    duty_withdraw=_("更正 %(count)s 名代表的履职登记"),
    duty_export=_("导出履职档案"),
)
