"""The kinds of activity, and the duty that taking part in each of them is (活动类型)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deputies.duties import kinds as duties


class Kind(models.TextChoices):
    SESSION = "session", _("人民代表大会会议")
    STANDING_COMMITTEE = "standing_committee", _("常委会会议（代表列席）")
    PRESIDIUM = "presidium", _("主席团会议")
    INSPECTION = "inspection", _("代表视察")
    RESEARCH = "research", _("专题调研")
    LAW_INSPECTION = "law_inspection", _("执法检查")
    WORK_REVIEW = "work_review", _("工作评议")
    INQUIRY = "inquiry", _("专题询问")
    COURT_HEARING = "court_hearing", _("庭审旁听")
    BRIEFING = "briefing", _("政情通报、座谈会")
    GROUP_ACTIVITY = "group_activity", _("代表小组活动")
    TRAINING = "training", _("学习培训")
    EXCHANGE = "exchange", _("经验交流会")
    RECEPTION = "reception", _("接待选民")
    DOUBLE_DAY = "double_day", _("“双日”活动（领导接待日暨代表联系选民日）")
    VISIT = "visit", _("走访选民")
    VOLUNTEERING = "volunteering", _("志愿服务")
    DEBRIEFING = "debriefing", _("述职评议会")
    OTHER = "other", _("其他活动")


DUTY_OF = {kind: duties.Kind(kind.value) for kind in Kind if kind != Kind.DOUBLE_DAY}
DUTY_OF[Kind.DOUBLE_DAY] = duties.Kind.RECEPTION
"""An activity makes the duty of the same name; on the double day deputies receive residents."""

OVERSIGHT = frozenset({Kind.INSPECTION, Kind.RESEARCH, Kind.LAW_INSPECTION, Kind.WORK_REVIEW, Kind.INQUIRY})
"""Oversight: the report is heard, opinions go to the organ, its feedback is due (代表法 Arts. 29-31)."""

STUDIED_BEFORE = frozenset({Kind.INSPECTION, Kind.RESEARCH, Kind.LAW_INSPECTION})
"""Deputies study the policies and statutes before they go (会前学习)."""

OBSERVED = frozenset({Kind.STANDING_COMMITTEE, Kind.COURT_HEARING})
"""Where deputies sit in as observers (列席、旁听)."""

INFORMED = frozenset({Kind.STANDING_COMMITTEE, Kind.COURT_HEARING, Kind.BRIEFING})
"""What keeps deputies informed (知情知政)."""

RECEIVING = frozenset({Kind.RECEPTION, Kind.DOUBLE_DAY, Kind.VISIT})
"""Where residents are heard; going out to them counts like sitting in (进村走巷主动联)."""

SESSION_AGENDA = (
    _("预备会议：选举主席团和秘书长，通过会议议程"),
    _("主席团第一次会议：推选常务主席，决定会议日程和议案截止时间"),
    _("第一次全体会议：听取政府工作报告、人大工作报告和预算报告"),
    _("代表团会议：审议各项报告，酝酿候选人"),
    _("主席团第二次会议：听取审议情况，提出候选人名单和决议草案"),
    _("第二次全体会议：选举，表决各项决议"),
    _("新当选和新任命人员向宪法宣誓"),
)
"""The items of a session in their order, for the agenda that nobody wrote yet (会议议程样本)."""
