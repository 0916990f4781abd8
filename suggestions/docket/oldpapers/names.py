"""Taking printed names apart: who proposed an old paper, and which departments handled it (原件名称)."""

import re
import unicodedata
from dataclasses import dataclass

from congress.kit.dates import number_of

_BETWEEN = re.compile(r"[、，,;；/\n]+")
_COUNT = r"等?\s*([\d一二三四五六七八九十两]{1,3})\s*[位名个人](?:人大)?(?:代表)?"
_TAIL = re.compile(rf"(?:{_COUNT}|等(?:人大)?(?:代表|人)?|(?:人大)?代表)?(?:联名)?$")
_BODY = re.compile(r"(代表团|代表小组|活动小组|小组|委员会|专委会|工委|主席团)$")
_CPPCC = re.compile(r"政协|界别|委员$|委员[、，,;；]|委员等")
_OURS = re.compile(r"[我本][局委办单位县市区厅院]")


@dataclass(frozen=True)
class Proposers:
    """Who proposed: names in order, how many in all where it is said, of which delegation, or a body and no person."""

    names: tuple = ()
    count: int | None = None
    delegation: str = ""
    is_body: bool = False


def is_cppcc(text):
    """Whether this reads like a member or a sector of the political consultative conference (政协委员)."""
    return bool(_CPPCC.search(text))


def proposers(text):
    """苏红茜、杨思清等12位代表 → two names of twelve; 海曙代表团李凌 → a name with its delegation."""
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return Proposers()
    delegation = ""
    if "代表团" in text:
        delegation, _team, text = text.partition("代表团")
        delegation = f"{delegation}代表团"
        if not text.strip():
            return Proposers(delegation=delegation, is_body=True)
    if _BODY.search(text):
        return Proposers(is_body=True)
    tail = _TAIL.search(text)
    head = text[: tail.start()] if tail else text
    count = number_of(tail[1]) if tail and tail[1] else None
    names = split_people(head)
    is_said = "等" in text[len(head) :]
    return Proposers(tuple(names), count or (None if is_said else len(names) or None), delegation)


def split_people(text):
    """The names of a line; a space inside a two-character name is none between names."""
    text = text.strip()
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) > 1:
        return [re.sub(r"\s+", "", part) for part in parts]
    names, waiting = [], ""
    for part in text.split():
        if len(part) == 1:
            waiting += part
            if len(waiting) < 2:
                continue
            part, waiting = waiting, ""
        names.append(waiting + part)
        waiting = ""
    return [*names, waiting] if waiting else names


def departments(text):
    """The departments of a line as they were printed, without the 等 that says there are more."""
    text = unicodedata.normalize("NFKC", text)
    parts = [re.sub(r"等(?:单位|部门|\d+家单位)?$", "", part.strip()).strip() for part in _BETWEEN.split(text)]
    return list(dict.fromkeys(part for part in parts if part))


def is_vague(name):
    """我局, 本单位: whose it was could only be seen from the letter head."""
    return bool(_OURS.fullmatch(name)) or name in {"我单位", "本单位"}


class Units:
    """The departments of a congress by every way in which their names are printed."""

    def __init__(self, departments, *, region):
        self.region = region
        self._by_name, self._by_bare = {}, {}
        for each in departments:  # standing ones last: they win
            for name in filter(None, (each.short_name, each.name, self._short(each.name))):
                self._by_name[name] = each
                self._by_bare[self._bare(name)] = each

    def _short(self, name):
        return name.removeprefix(self.region) if self.region else name

    def _bare(self, name):
        """县交通运输局 as papers of the county print it: 交通运输局."""
        return name.removeprefix(self.region[-1]) if self.region and len(name) > 3 else name

    def find(self, printed):
        """The department that is meant, or None."""
        bare = re.sub(r"\s+", "", printed)
        tried = [bare, self._short(bare), self._short(bare).lstrip("()")]
        if bare[:1] in "县市区乡镇":
            tried.append(bare[1:])
        found = next((self._by_name[name] for name in tried if name in self._by_name), None)
        return found or self._by_bare.get(self._short(bare))
