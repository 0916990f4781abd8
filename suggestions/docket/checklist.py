"""What makes a suggestion fit to be handled, looked over before it is submitted (质量自查; 一事一议)."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

ENOUGH_SITUATION, ENOUGH_ASK, MANY_ASKS = 40, 8, 5
_TWO_MATTERS = re.compile(r"[、，；]|以及|暨")
_ABOUT = re.compile(r"^关于.+的(建议|议案)$")


@dataclass(frozen=True)
class Look:
    """One thing looked over: whether it stands, and what to do where it does not; nothing here blocks."""

    stands: bool
    text: str
    advice: str = ""


def look_over(suggestion, asks):
    """The points of quality, each with advice; `asks` are the texts."""
    short = [number for number, text in enumerate(asks, start=1) if len(text) < ENOUGH_ASK]
    return [
        Look(
            bool(_ABOUT.match(suggestion.title.strip())),
            _("标题写成“关于……的建议”"),
            _("一看标题就知道要办什么，如“关于解决某某路积水问题的建议”。"),
        ),
        Look(
            not _TWO_MATTERS.search(suggestion.title) and len(asks) <= MANY_ASKS,
            _("一事一议"),
            _("标题或诉求里像有不止一件事；不同的事请分开提，才好交给不同单位办。"),
        ),
        Look(
            len(suggestion.situation.strip()) >= ENOUGH_SITUATION,
            _("情况写清了哪里、什么事、影响谁"),
            _("补上地点、时间、数量和受影响的群众，承办单位才好核实。"),
        ),
        Look(
            bool(suggestion.analysis.strip()),
            _("分析了原因"),
            _("写一句为什么会这样、以前办过没有。"),
        ),
        Look(
            bool(asks) and not short,
            _("每条诉求都具体"),
            _("第 %s 条太短，写明在哪里、做到什么程度。") % "、".join(map(str, short)) if short else _("至少写一条。"),
        ),
    ]
