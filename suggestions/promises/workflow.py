"""The lawful steps of a promise: reported kept, looked back at, put off with leave, replaced by a new one.

The sentences are read by departments and residents: they name bodies, never the deputy.
"""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from suggestions.promises.models import Promise

S = Promise.State
_CHECKED = Promise.STANDING | {S.KEPT}

PROMISE = Procedure(
    "promise",
    Step("report", _("报告兑现"), Promise.OWED, S.REPORTED, "promises.report", _("%(organ)s报告%(done)s已兑现")),
    Step("ask_extension", _("申请延期"), frozenset({S.OPEN}), S.ASKED, "promises.ask_extension", _("%(organ)s申请从%(was)s延到%(until)s：%(reason)s")),
    Step("grant", _("同意延期"), frozenset({S.ASKED}), S.OPEN, "promises.decide_extension", _("%(office)s同意从%(was)s延到%(until)s%(words)s")),
    Step("refuse", _("不同意延期"), frozenset({S.ASKED}), S.OPEN, "promises.decide_extension", _("%(office)s不同意延期：%(reason)s")),
    Step("look_back", _("回头看"), _CHECKED, S.KEPT, "promises.look_back", _("%(office)s回头看：已兑现。%(words)s")),
    Step("find_partly", _("回头看"), _CHECKED, S.OPEN, "promises.look_back", _("%(office)s回头看：部分兑现，%(by_when)s。%(words)s"), is_button=False),
    Step("find_broken", _("回头看"), _CHECKED, S.OPEN, "promises.look_back", _("%(office)s回头看：没有兑现，%(by_when)s。%(words)s"), is_button=False),
    Step("speak", _("说一句"), _CHECKED, None, "promises.speak", _("代表说：%(said)s%(words)s")),
    Step("succeed", _("移交承接单位"), Promise.STANDING, None, "promises.succeed", _("%(gone)s已撤销，由%(organ)s接着兑现，期限不变"), is_button=False),
    Step("replace", _("替代"), Promise.STANDING, S.REPLACED, "promises.supersede", _("重新办理后，由新的承诺替代：%(what)s，%(until)s前"), is_button=False),
    Step("end", _("终止"), Promise.STANDING, S.ENDED, "promises.supersede", _("建议撤回，承诺随之终止"), is_button=False),
)  # fmt: skip

describe(
    promise_make=_("%(organ)s在答复中承诺，%(until)s前完成"),
    promise_call=_("%(cause)s，请回头看"),
    promise_export=_("%(who)s导出承诺台账，共%(count)s条"),
)
