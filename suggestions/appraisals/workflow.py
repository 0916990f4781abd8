"""The lawful steps of a survey and of the judgement on a dissatisfied rating."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step
from suggestions.appraisals.models import Judgement, Survey

S, J = Survey.State, Judgement.State
_OPEN, _PENDING = frozenset({S.OPEN}), frozenset({J.PENDING})

# No sentence here tells a grade: the timeline is read by the departments too.
SURVEY = Procedure(
    "survey",
    Step("rate", _("评价"), _OPEN, None, "appraisals.rate", _("%(who)s填写了评价")),
    Step("settle", _("结束征询"), _OPEN, S.ANSWERED, "appraisals.settle_survey", _("评价结束"), is_button=False),
    Step("lapse", _("无评价结束"), _OPEN, S.SILENT, "appraisals.settle_survey", _("评价期满，代表没有评价，不计入满意率"), is_button=False),
    Step("add", _("补录评价"), frozenset({S.SILENT}), S.ANSWERED, "appraisals.add_rating", _("补录%(who)s的纸质评价"), is_button=False),
    Step("exclude", _("不计入"), _OPEN, S.EXCLUDED, "appraisals.settle_survey", _("没有可以评价的代表，不计入满意率"), is_button=False),
)  # fmt: skip

JUDGEMENT = Procedure(
    "judgement",
    Step("order", _("重新办理"), _PENDING, J.REWORK, "appraisals.judge", _("%(who)s研判，决定重新办理")),
    Step("uphold", _("维持答复"), _PENDING, J.UPHELD, "appraisals.judge", _("%(who)s研判，维持原答复：%(reason)s")),
    Step("drop", _("评价已改变"), _PENDING, J.MOOT, "appraisals.drop_judgement", _("评价已改变，不再研判"), is_button=False),
    Step("reopen", _("再次研判"), frozenset({J.MOOT}), J.PENDING, "appraisals.drop_judgement", _("评价又改为不满意，重新进入研判"), is_button=False),
)  # fmt: skip
