"""The lawful steps of a debriefing: planned, held, judged by the voters, published (述职的程序)."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from deputies.debriefings.models import Debriefing

S = Debriefing.State
KEEP = "debriefings.keep"

DEBRIEFING = Procedure(
    "debriefing",
    Step("hold", _("登记已述职"), frozenset({S.PLANNED}), S.HELD, KEEP, _("%(count)s 名代表述职")),
    Step("evaluate", _("测评完毕"), frozenset({S.HELD}), S.EVALUATED, KEEP, _("测评计票完毕")),
    Step("correct", _("更正计票"), frozenset({S.EVALUATED}), S.HELD, KEEP, _("退回更正计票：%(why)s")),
    Step("publish", _("公布结果"), frozenset({S.EVALUATED}), S.PUBLISHED, KEEP, _("公布测评结果并告知本人：%(how)s")),
    Step("cancel", _("取消"), frozenset({S.PLANNED}), S.CANCELLED, KEEP, _("取消：%(reason)s")),
)

describe(
    debriefing_arrange=_("安排述职"),
    debriefing_change=_("改动述职安排"),
    debriefing_report=_("%(who)s提交述职报告"),
    debriefing_take_off=_("核实异议后，%(who)s不计入这次述职"),
    debriefing_tally=_("登记%(who)s的测评票"),
    debriefing_export=_("导出%(what)s"),
)
