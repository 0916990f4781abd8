"""The columns of a table of questions, and how each is read (题库表)."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.kit.columns import Cell, Column, Columns, fail, read_text
from deputies.training.models import Question

K = Question.Kind
TRUE_FALSE = ["正确", "错误"]
LETTERS = "ABCDEF"
_KINDS = {
    "单选": K.SINGLE, "单选题": K.SINGLE, "单项选择": K.SINGLE, "单项选择题": K.SINGLE,
    "多选": K.MULTIPLE, "多选题": K.MULTIPLE, "多项选择": K.MULTIPLE, "多项选择题": K.MULTIPLE, "不定项": K.MULTIPLE,
    "判断": K.TRUE_FALSE, "判断题": K.TRUE_FALSE, "是非题": K.TRUE_FALSE,
}  # fmt: skip
_RIGHT, _WRONG = (
    {"正确", "对", "是", "√", "✓", "T", "TRUE", "Y"},
    {"错误", "错", "否", "×", "✗", "X", "F", "FALSE", "N"},
)


def read_kind(raw):
    value = _KINDS.get(re.sub(r"\s", "", raw))
    return Cell(raw, value.value) if value else fail(raw, _("题型应当是单选、多选或者判断。"))


def read_answer(raw):
    """AC, A、C, 对, × → the letters of the right choices; of a true-or-false question A is right, B wrong."""
    value = re.sub(r"[\s,，、;；.]", "", raw).upper()
    if value in _RIGHT:
        return Cell(raw, "A")
    if value in _WRONG:
        return Cell(raw, "B")
    if not value or not set(value) <= set(LETTERS):
        return fail(raw, _("答案应当是选项的字母，如 A、AC；判断题写对或者错。"))
    return Cell(raw, "".join(sorted(set(value))))


def _choice(letter):
    label = f"选项{letter}"
    return Column(letter.lower(), label, (label, letter, f"选项{LETTERS.index(letter) + 1}"), read_text(120))


COLUMNS = (
    Column("kind", gettext_lazy("题型"), ("题型", "类型", "题目类型"), read_kind),
    Column("text", gettext_lazy("题目"), ("题目", "题干", "试题", "题目内容"), read_text(300), is_required=True),
    *(_choice(letter) for letter in LETTERS),
    Column("answer", gettext_lazy("答案"), ("答案", "正确答案", "标准答案"), read_answer),
    Column("explanation", gettext_lazy("解析"), ("解析", "答案解析", "依据", "出处"), read_text(1000)),
    Column("topic", gettext_lazy("主题"), ("主题", "类别", "分类", "知识点"), read_text(40)),
)
QUESTIONS = Columns(COLUMNS, key="text")
