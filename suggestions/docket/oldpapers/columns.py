"""What the columns of a table of old suggestions mean, and what a value in them may be (旧件表头)."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.kit.columns import CONTROL, Cell, Column, Columns, fail, read_text, warn
from congress.kit.dates import number_of, read_day
from suggestions.docket.models import Suggestion

TITLE_LENGTH = Suggestion._meta.get_field("title").max_length
_BLANK = frozenset({"", "无", "-", "--", "—", "/", "\\", "空", "暂无"})


def plain(raw):
    """The text without control characters, full-width forms as usual ones; what means nothing is empty."""
    text = unicodedata.normalize("NFKC", CONTROL.sub(" ", raw)).strip()
    return "" if text in _BLANK else text


def read_plain(limit):
    """A reader of text that may say that it says nothing."""
    read = read_text(limit)
    return lambda raw: Cell(raw, "") if plain(raw) == "" else read(raw)


def read_title(raw):
    value = CONTROL.sub(" ", raw).strip()
    value = re.sub(r"\s*\n\s*", "", value)
    if not value:
        return fail(raw, _("没有标题，建不了案卷。"))
    if len(value) > TITLE_LENGTH:
        return warn(raw, value, _("超过 %s 个字，标题截短，全文放进正文。") % TITLE_LENGTH)
    return Cell(raw, value)


# ---- numbers


@dataclass(frozen=True)
class Number:
    """A number as it was printed, the place in its series where it can be read, and whether it says 闭会."""

    printed: str = ""
    serial: int | None = None
    is_between: bool = False


_BARE = re.compile(r"第|字|号|闭会?(?:期间)?|建议|议案|议|[#№\s.]")
_WITH_YEAR = re.compile(r"[〔\[(]?(?:19|20)\d{2}[-〕\])年]*(\d{1,5})")


def read_number(raw):
    """124 · 第197号 · 0038 · 第五号 · 闭字1号 · 第023号闭会建议 · 20240147; what can't be read is kept as printed."""
    text = plain(raw)
    if not text:
        return Cell(raw, Number())
    is_between = "闭" in text
    core = _BARE.sub("", text)
    if re.fullmatch(r"\d{1,4}", core):
        return Cell(raw, Number(text, int(core), is_between))
    value = number_of(core) if core and not core.isdigit() else None
    if value:
        return Cell(raw, Number(text, value, is_between))
    if found := _WITH_YEAR.fullmatch(core):
        return warn(raw, Number(text, int(found[1]), is_between), _("编号带年份，读作第 %s 号。") % int(found[1]))
    if len(text) > 40:
        return fail(raw, _("太长，最多 %s 个字。") % 40)
    return Cell(raw, Number(text, None, is_between))


def with_session(number, session):
    """A number whose first digits are term and session, as 173169 of 十七届三次: (the number, its serial)."""
    prefix = f"{session[0]}{session[1]}" if session else ""
    if prefix and number.printed.isdigit() and number.printed.startswith(prefix) and len(number.printed) > len(prefix):
        return Number(number.printed, int(number.printed[len(prefix) :]), number.is_between)
    return None


# ---- session, kind, state


_SESSION = re.compile(
    r"(?:第)?([一二三四五六七八九十\d]{1,3})届([^第\d一二三四五六七八九十]*)(?:第)?([一二三四五六七八九十\d]{1,3})次"
)
_PLACES = re.compile(r"([^本我]*?)(全国|自治区|省|市|县|区|乡|镇|街道)")


@dataclass(frozen=True)
class PrintedSession:
    """A session as it was printed: (term, number) where it can be read, and whose it is said to be."""

    printed: str = ""
    place: tuple | None = None
    is_cppcc: bool = False
    whose: str = ""

    def is_of(self, region):
        """Whether it may be a session of the congress of this region: 市七届五次 is none of a county (县)."""
        marks = _PLACES.findall(self.whose.replace(region, "")) if region else ()
        return all(not name and mark == region[-1] for name, mark in marks)


def read_session(raw):
    """十八届二次 · 第十八届人民代表大会第二次会议 · 18届2次; a year alone says nothing of the session."""
    text = plain(raw)
    found = _SESSION.search(text)
    place = (number_of(found[1]), number_of(found[3])) if found else None
    whose = f"{text[: found.start()]}{found[2]}" if found else ""
    return Cell(raw, PrintedSession(text[:60], place if place and all(place) else None, "政协" in text, whose))


K = Suggestion.Kind
CPPCC = "cppcc"  # an item of the political consultative conference: not ours
_KINDS = (("政协", CPPCC), ("提案", CPPCC), ("议案", K.MOTION), ("建议", K.SUGGESTION), ("意见", K.SUGGESTION))


def read_kind(raw):
    text = plain(raw)
    for word, kind in _KINDS:
        if word in text:
            return Cell(raw, kind)
    return Cell(raw, "") if not text else warn(raw, "", _("认不出案别，照建议导入。"))


S = Suggestion.State
_STATES = (
    ("不予", S.REJECTED), ("不立案", S.REJECTED), ("来信", S.LETTER), ("撤", S.WITHDRAWN), ("办结", S.CLOSED),
    ("已办", S.CLOSED), ("办复", S.CLOSED), ("已答复", S.CLOSED), ("答复完", S.CLOSED), ("完成", S.CLOSED), ("归档", S.CLOSED),
)  # fmt: skip
_UNDONE = ("在办", "办理中", "未", "待", "正在")


def read_state(raw):
    text = plain(raw)
    if not text:
        return Cell(raw, S.CLOSED)
    if any(word in text for word in _UNDONE):
        return fail(raw, _("还没有办完。这里只收办完的旧件，在办的请用“代录”。"))
    for word, state in _STATES:
        if word in text:
            return Cell(raw, state)
    return warn(raw, S.CLOSED, _("认不出办理状态，照已办结导入。"))


# ---- class and category, rating, publicity


_CLASS = re.compile(r"(?:办理)?(?:分类|类别|类)?:?([A-Ea-e])(\d?)[类级]?$")


@dataclass(frozen=True)
class Class:
    """What a column 类别 says: a result class, or the field to which the suggestion belongs."""

    result: str = ""
    field: str = ""


def read_class(raw):
    """B · B类 · (A) · 类 别:B · A1类; anything else is the field, such as 农业农村."""
    text = re.sub(r"[\s()]", "", plain(raw))
    if not text:
        return Cell(raw, Class())
    if found := _CLASS.match(text):
        code = Class(result=found[1].upper())
        if found[2]:
            return warn(raw, code, _("细分到“%(text)s”，归入 %(code)s 类。") % {"text": text, "code": code.result})
        return Cell(raw, code)
    return Cell(raw, Class(field=plain(raw)[:40]))


def read_count(raw):
    text = re.sub(r"[人名位个件]", "", plain(raw))
    if not text:
        return Cell(raw, None)
    value = number_of(text) if text.isdigit() or not re.search(r"\d", text) else None
    return Cell(raw, value) if value and value < 10_000 else warn(raw, None, _("认不出人数，不读。"))


def read_public(raw):
    text = plain(raw)
    return Cell(raw, bool(text) and not re.search(r"不|否", text))


COLUMNS = (
    Column("title", gettext_lazy("标题"), ("标题", "案由", "建议标题", "议案标题", "建议名称", "题目", "事由", "建议内容摘要", "建议题目"), read_title, is_required=True),
    Column("number", gettext_lazy("编号"), ("编号", "建议编号", "案号", "序号编号", "建议号", "议案编号"), read_number),
    Column("kind", gettext_lazy("案别"), ("案别", "种类", "件别", "建议类型", "类型"), read_kind),
    Column("session", gettext_lazy("届次"), ("届次", "届次会议", "会议届次", "会议", "届别"), read_session),
    Column("proposer", gettext_lazy("提出者"), ("领衔代表", "提出人", "提出者", "代表", "代表姓名", "建议人", "提议人", "领衔人", "提建议人", "提出代表", "领衔代表姓名"), read_plain(300)),
    Column("cosigners", gettext_lazy("附议代表"), ("附议代表", "附议人", "联名代表", "附议", "联名人"), read_plain(1000)),
    Column("count", gettext_lazy("提出人数"), ("提出人数", "人数", "联名人数"), read_count),
    Column("unit", gettext_lazy("主办单位"), ("承办单位", "主办单位", "主办", "承办", "办理单位", "责任单位", "牵头单位", "分办单位"), read_plain(200)),
    Column("co", gettext_lazy("会办单位"), ("会办单位", "会办", "协办单位", "协办", "会办协办", "主办/会办", "参办单位"), read_plain(300)),
    Column("submitted_on", gettext_lazy("提出日期"), ("提出日期", "收到日期", "建议日期", "提交日期"), read_day),
    Column("assigned_on", gettext_lazy("交办日期"), ("交办日期", "交办时间", "交办", "分办日期"), read_day),
    Column("replied_on", gettext_lazy("答复日期"), ("答复日期", "答复时间", "办结日期", "办复日期", "回复日期", "办理日期"), read_day),
    Column("document_number", gettext_lazy("答复文号"), ("答复文号", "文号", "发文字号", "复函文号"), read_plain(60)),
    Column("class", gettext_lazy("办理类别"), ("办理类别", "类别", "分类", "办理结果类别", "办理结果分类", "A/B/C"), read_class),
    Column("category", gettext_lazy("内容类别"), ("内容类别", "内容分类", "建议类别", "领域", "业务类别"), read_plain(40)),
    Column("state", gettext_lazy("办理状态"), ("办理状态", "状态", "办理情况状态"), read_state),
    Column("rating", gettext_lazy("满意度"), ("满意度", "评价", "代表评价", "满意程度", "代表意见", "测评结果"), read_plain(60)),
    Column("situation", gettext_lazy("正文"), ("正文", "建议正文", "建议内容", "内容", "主要内容", "建议全文"), read_text(50_000)),
    Column("reply", gettext_lazy("答复全文"), ("答复全文", "答复内容", "答复", "复函全文", "回复内容", "答复正文"), read_text(50_000)),
    Column("result", gettext_lazy("办理结果"), ("办理结果", "结果", "结果归纳", "办理情况", "落实情况"), read_text(5_000)),
    Column("is_public", gettext_lazy("是否公开"), ("是否公开", "公开", "同意公开"), read_public),
    Column("source", gettext_lazy("来源"), ("来源", "网址", "链接", "URL", "url", "来源地址", "地址"), read_plain(500)),
)  # fmt: skip
OLD_PAPERS = Columns(COLUMNS, key="title")
LABELS = {column.field: column.label for column in COLUMNS}
