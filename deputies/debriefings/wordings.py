"""The words in which voters judge a debriefing, as data; the last grade of each set is the failing one (测评等次)."""

from django.utils.translation import gettext_lazy as _

WORDINGS = {
    "satisfied": (("satisfied", _("满意")), ("basic", _("基本满意")), ("dissatisfied", _("不满意"))),
    "competent": (("excellent", _("优秀")), ("competent", _("称职")), ("incompetent", _("不称职"))),
    "competent4": (
        ("excellent", _("优秀")),
        ("competent", _("称职")),
        ("basic", _("基本称职")),
        ("incompetent", _("不称职")),
    ),
}
OVERALL = ""
ASPECTS = (
    ("study", _("学习宪法法律")),
    ("session", _("会议审议和提出建议")),
    ("activities", _("参加闭会期间活动")),
    ("contact", _("联系群众、反映民意")),
    ("matters", _("办实事、带头作用")),
)


def grades(wording):
    """[(code, label)] from the best to the failing one."""
    return WORDINGS[wording]


def choices():
    return [(code, "、".join(str(label) for _grade, label in words)) for code, words in WORDINGS.items()]
