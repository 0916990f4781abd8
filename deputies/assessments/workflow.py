"""The lawful steps of an assessment: a method is adopted, a rating given, an assessment closed, a list settled (考评的程序).

None of them touches a mandate: a grade is no ground for anything in law (代表法 Arts. 61-63).
"""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from deputies.assessments.models import Assessment, AwardList, Marking, Method, RatingSheet

M, A, R, K, W = Method.State, Assessment.State, RatingSheet.State, Marking.State, AwardList.State
KEEP = "assessments.keep"

METHOD = Procedure(
    "method",
    Step("adopt", _("施行"), frozenset({M.DRAFT}), M.ADOPTED, KEEP, _("%(name)s第 %(number)s 版施行")),
    Step("retire", _("停用"), frozenset({M.ADOPTED}), M.RETIRED, KEEP, _("%(name)s第 %(number)s 版停用")),
)

ASSESSMENT = Procedure(
    "assessment",
    Step(
        "urge",
        _("催一下"),
        frozenset({A.OPEN}),
        None,
        KEEP,
        _("催还没有评完的，共缺 %(count)s 份评定"),
        is_button=False,
    ),
    Step(
        "close",
        _("结束考评"),
        frozenset({A.OPEN}),
        A.CLOSED,
        KEEP,
        _("结束考评：%(complete)s 名评齐，%(lacking)s 名没有评齐"),
    ),
    Step("cancel", _("取消考评"), frozenset({A.OPEN}), A.CANCELLED, KEEP, _("取消考评：%(reason)s")),
)

SHEET = Procedure(
    "ratingsheet",
    Step("excuse", _("不参加这次考评"), frozenset({R.TAKING}), R.EXCUSED, KEEP, _("不参加这次考评：%(reason)s")),
    Step("include", _("恢复参加"), frozenset({R.EXCUSED}), R.TAKING, KEEP, _("恢复参加这次考评")),
)

MARKING = Procedure(
    "marking",
    Step(
        "give", _("评定"), frozenset({K.WAITING, K.GIVEN}), K.GIVEN, "assessments.give", _("评 %(gives)s（%(stage)s）")
    ),
)

AWARD = Procedure(
    "award",
    Step(
        "settle",
        _("定稿"),
        frozenset({W.DRAFT}),
        W.SETTLED,
        KEEP,
        _("名单定稿，共 %(count)s 名，排名次的 %(ranked)s 名"),
    ),
)

describe(
    method_create=_("起草%(name)s第 %(number)s 版"),
    method_write=_("改写%(name)s第 %(number)s 版草稿"),
    method_drop=_("删除%(name)s第 %(number)s 版草稿"),
    assessment_open=_("布置%(period)s代表考评，共 %(count)s 名"),
    assessment_remind=_("提醒还没有评完的，共缺 %(count)s 份评定"),
    assessment_export=_("导出%(what)s"),
    award_write=_("改写评优名单：%(name)s"),
    award_drop=_("删除评优名单草稿：%(name)s"),
    award_export=_("导出%(what)s"),
)
