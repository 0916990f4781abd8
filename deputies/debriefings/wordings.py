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


_ORDER = _(
    "程序：一、主持人说明述职和测评办法；二、代表逐个述职；三、参加人员提问、代表回答；"
    "四、无记名填写测评票；五、当场计票、宣布结果；六、会后公布，并书面告知代表本人，材料归档。"
)
_DIRECT = _("参加人员：本选区选民代表（各村、社区推荐，一般不少于四十人），选区内单位代表，代表小组成员。")
_INDIRECT = _("参加人员：原选举单位的人大常委会组成人员和代表，有关单位负责人。")


def usual_arrangement(*, is_direct):
    """Who takes part and in which order, as it is usual where voters elect directly, or an electing unit does (M09)."""
    return f"{_DIRECT if is_direct else _INDIRECT}\n{_ORDER}"
