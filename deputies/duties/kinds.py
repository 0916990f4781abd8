"""The kinds of duty that an archive tells apart (履职事项)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a deputy did. Scoring rules, target cards and the sections of the archive are made of these."""

    SESSION = "session", _("出席人代会")
    STANDING_COMMITTEE = "standing_committee", _("列席常委会会议")
    PRESIDIUM = "presidium", _("主席团会议")
    SPEECH = "speech", _("审议发言")
    INSPECTION = "inspection", _("视察")
    RESEARCH = "research", _("专题调研")
    LAW_INSPECTION = "law_inspection", _("执法检查")
    WORK_REVIEW = "work_review", _("工作评议")
    INQUIRY = "inquiry", _("专题询问")
    COURT_HEARING = "court_hearing", _("庭审旁听")
    BRIEFING = "briefing", _("政情通报、座谈")
    GROUP_ACTIVITY = "group_activity", _("代表小组活动")
    TRAINING = "training", _("学习培训")
    EXCHANGE = "exchange", _("经验交流")
    MOTION = "motion", _("提出议案")
    SUGGESTION = "suggestion", _("领衔提出建议")
    COSIGN = "cosign", _("附议建议")
    REPORT = "report", _("调研报告")
    RECEPTION = "reception", _("接待群众")
    VISIT = "visit", _("走访群众")
    OPINION = "opinion", _("反映社情民意")
    PATROL = "patrol", _("河道、道路巡查")
    GRID = "grid", _("网格服务")
    ASSISTANCE = "assistance", _("帮扶")
    VOLUNTEERING = "volunteering", _("志愿服务")
    PRACTICAL_MATTER = "practical_matter", _("为群众办实事")
    PUBLICITY = "publicity", _("宣传信息")
    DEBRIEFING = "debriefing", _("述职")
    CONTEST = "contest", _("知识竞赛")
    AWARD = "award", _("表彰奖励")
    OTHER = "other", _("其他履职")


SELF_ENTERED = (
    Kind.VISIT, Kind.ASSISTANCE, Kind.PATROL, Kind.GRID, Kind.VOLUNTEERING, Kind.PRACTICAL_MATTER, Kind.PUBLICITY,
    Kind.REPORT, Kind.OTHER,
)  # fmt: skip
"""What a deputy may put down by himself; everything else is registered by whoever organised it."""

FROM_PAPERS = (Kind.MOTION, Kind.SUGGESTION, Kind.COSIGN)
"""What comes of a registered paper and is put down by nobody."""

SECTIONS = (
    (_("会议"), (Kind.SESSION, Kind.STANDING_COMMITTEE, Kind.PRESIDIUM, Kind.SPEECH, Kind.BRIEFING)),
    (_("议案和建议"), (Kind.MOTION, Kind.SUGGESTION, Kind.COSIGN, Kind.REPORT)),
    (
        _("视察调研和监督"),
        (Kind.INSPECTION, Kind.RESEARCH, Kind.LAW_INSPECTION, Kind.WORK_REVIEW, Kind.INQUIRY, Kind.COURT_HEARING),
    ),
    (_("小组活动"), (Kind.GROUP_ACTIVITY, Kind.EXCHANGE)),
    (_("学习培训"), (Kind.TRAINING, Kind.CONTEST)),
    (
        _("联系群众"),
        (
            *(Kind.RECEPTION, Kind.VISIT, Kind.OPINION, Kind.PATROL, Kind.GRID),
            *(Kind.ASSISTANCE, Kind.VOLUNTEERING, Kind.PRACTICAL_MATTER),
        ),
    ),
    (_("述职"), (Kind.DEBRIEFING,)),
    (_("宣传和表彰"), (Kind.PUBLICITY, Kind.AWARD, Kind.OTHER)),
)
"""The parts of the archive, in the order in which it is printed; each kind stands in exactly one."""

SECTION_OF = {kind: number for number, (_title, kinds) in enumerate(SECTIONS, start=1) for kind in kinds}
"""The number of the part in which a kind stands, as addresses carry it."""

PAPERS = frozenset({Kind.MOTION, Kind.SUGGESTION, Kind.COSIGN, Kind.REPORT, Kind.OPINION, Kind.PUBLICITY, Kind.AWARD})
"""What is written or received rather than attended: it fills no day of duty and stands in no certificate."""

LED = frozenset({Kind.MOTION, Kind.SUGGESTION})
"""What a deputy put forward himself; a signature under another's paper is counted apart (A22)."""

UNITS = {
    **dict.fromkeys((Kind.MOTION, Kind.SUGGESTION, Kind.COSIGN, Kind.REPORT, Kind.PRACTICAL_MATTER), _("件")),
    **dict.fromkeys((Kind.OPINION, Kind.PUBLICITY), _("条")),
    Kind.SESSION: _("半天"),
}
"""What the quantity of a kind counts; of the others times."""


def unit_of(kind):
    return UNITS.get(kind, _("次"))
