"""Empty words: phrases that promise nothing unless a date, an amount or a person stands beside them (空话提示)."""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

# Collected from replies that were later called empty; a phrase alone is no fault, a phrase without anything else is.
PHRASES = (
    "正在研究", "进一步研究", "适时研究", "积极争取", "努力争取", "适时",
    "逐步推进", "逐步解决", "加大力度", "高度重视", "统筹考虑", "综合考虑",
    "择机", "待条件成熟", "条件成熟时", "尽快解决", "抓紧研究", "研究论证",
    "纳入考虑", "积极协调", "积极向上争取", "认真研究", "予以考虑", "持续推进",
)  # fmt: skip
_EMPTY = re.compile("|".join(sorted(PHRASES, key=len, reverse=True)))
_DATE = re.compile(
    r"\d{4}\s*[年\-/.]|\d{1,2}\s*月(底|份|前|\d|上旬|中旬|下旬)|[一二三四]季度|年底前|[今明]年\s*\d{1,2}\s*月"
)
_AMOUNT = re.compile(
    r"\d+(\.\d+)?\s*(万|亿|元|公里|千米|米|亩|平方|处|户|人|座|套|个|条|台|盏|%|％)|[一二三四五六七八九十百]+(处|公里|户|座|条)"
)
_OWNER = re.compile(r"责任人|负责人|责任单位|牵头|联系人|由.{2,12}(负责|办理|实施)")


def empty_words(text):
    """The phrases of a text that say nothing, when nothing in it can be held to; else none."""
    if _DATE.search(text) or _AMOUNT.search(text) or _OWNER.search(text):
        return []
    return [found.group() for found in _EMPTY.finditer(text)]


def is_hollow(answer):
    """Whether an answer consists of empty words and binds itself in no other field either."""
    return not (answer.promised_on or answer.responsible) and bool(empty_words(answer.text))


def marked(text):
    """The text with its empty phrases underlined."""
    return mark_safe(_EMPTY.sub(lambda found: f"<mark>{found.group()}</mark>", escape(text)))  # noqa: S308  escaped here


def for_the_page():
    """The same rule as data, for the hint that appears while an answer is being written."""
    return {"phrases": list(PHRASES), "held": [_DATE.pattern, _AMOUNT.pattern, _OWNER.pattern]}
