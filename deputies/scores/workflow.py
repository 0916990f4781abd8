"""The lawful steps around a score: rules are adopted, periods published, objections decided (积分的程序).

None of them touches a mandate: a score is no ground for anything in law (代表法 Arts. 61-63).
"""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from deputies.scores.models import Objection, PeriodClose, Scheme, Version

V, C, S, M = Version.State, PeriodClose.State, Objection.State, Scheme.State
_RAISED = frozenset({S.RAISED})

RULES = Procedure(
    "scoring",
    Step("adopt", _("施行"), frozenset({V.DRAFT}), V.ADOPTED, "scores.keep", _("%(name)s第 %(number)s 版自 %(from)s 起施行")),
)  # fmt: skip

SCHEME = Procedure(
    "scheme",
    Step("stop", _("停用"), frozenset({M.IN_USE}), M.STOPPED, "scores.keep", _("停用%(name)s，计分到%(until)s为止%(running)s：%(why)s")),
)  # fmt: skip

CLOSING = Procedure(
    "closing",
    Step("publish", _("亮分"), frozenset({C.CLOSED}), C.PUBLISHED, "scores.keep", _("公布%(period)s积分，范围：%(shown)s")),
)  # fmt: skip

OBJECTION = Procedure(
    "objection",
    Step("correct", _("更正"), _RAISED, S.CORRECTED, "scores.keep", _("经核实更正 %(difference)s 分：%(finding)s")),
    Step("uphold", _("维持原分"), _RAISED, S.UPHELD, "scores.keep", _("经核实维持原分：%(finding)s")),
    Step("withdraw", _("撤回异议"), _RAISED, S.WITHDRAWN, "scores.withdraw", _("%(who)s撤回异议")),
)  # fmt: skip

describe(
    scheme_create=_("建立积分办法：%(name)s"),
    scheme_change=_("改动积分办法：%(name)s"),
    scheme_draft=_("起草%(name)s第 %(number)s 版"),
    scheme_write=_("改写%(name)s第 %(number)s 版草稿"),
    scheme_item=_("改动%(name)s第 %(number)s 版草稿的项目：%(text)s"),
    scheme_drop=_("删除%(name)s第 %(number)s 版草稿"),
    closing_close=_("结转%(period)s积分，共 %(count)s 份"),
    objection_raise=_("%(who)s对积分提出异议：%(text)s"),
    scores_kinds=_("改动 %(count)s 名代表的类别"),
    scores_export=_("导出积分表"),
)
