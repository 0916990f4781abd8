"""The lawful steps of a request for help and of a protected report; what else the journal says (履职保障的程序)."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from deputies.safeguards.models import HelpRequest, ProtectedReport

H, R = HelpRequest.State, ProtectedReport.State
_OPEN = frozenset({H.OPEN})
ASK, ANSWER, PASS_UP = "safeguards.ask_help", "safeguards.answer_help", "safeguards.pass_help_up"


def _has_one_above(request):
    return request.above is not None


HELP = Procedure(
    "help",
    Step("answer", _("答复"), _OPEN, H.ANSWERED, ANSWER, _("%(organ)s答复：%(answer)s")),
    Step("pass_up", _("转县级答复"), _OPEN, H.OPEN, PASS_UP, _("由%(organ)s转%(to)s答复：%(why)s"), when=_has_one_above),
    Step("ask_again", _("还没解决，再问"), frozenset({H.ANSWERED}), H.OPEN, ASK, _("%(deputy)s代表再问：%(text)s")),
    Step("withdraw", _("不用了，撤回"), _OPEN, H.WITHDRAWN, ASK, _("%(deputy)s代表撤回求助")),
)  # fmt: skip

# No sentence says who or what: the journal is read by others than the two.
PROTECTION = Procedure(
    "protection",
    Step("take_up", _("受理"), frozenset({R.SENT}), R.TAKEN_UP, "safeguards.handle_report", _("已受理")),
    Step("settle", _("登记处理结果"), frozenset({R.TAKEN_UP}), R.SETTLED, "safeguards.handle_report", _("已办结")),
    Step("withdraw", _("撤回"), frozenset(ProtectedReport.OPEN), R.WITHDRAWN, "safeguards.withdraw_report", _("已撤回")),
)  # fmt: skip

describe(
    help_ask=_("%(deputy)s代表求助（%(kind)s），请%(organ)s答复"),
    budget_set=_("登记%(year)s年预算 %(amount)s 元"),
    budget_change=_("%(year)s年预算由 %(before)s 元改为 %(amount)s 元"),
    budget_record=_("登记支出 %(amount)s 元：%(purpose)s"),
    budget_strike=_("作废支出 %(amount)s 元（%(purpose)s）：%(why)s"),
    safeguards_export=_("导出%(what)s"),
    confidant_name=_("指定%(name)s受理保密报告"),
    confidant_end=_("解除%(name)s受理保密报告的指定"),
    protection_report=_("收到一份保密报告"),
    protection_open=_("%(who)s查看保密报告"),
    protection_remind=_("提醒受理保密报告"),
)
