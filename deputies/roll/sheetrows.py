"""A checked row as the page shows it: each cell with its verdict, old value above new, personal values masked."""

from django.utils.translation import gettext_lazy as _

from congress.kit.personal import masked_id, masked_phone
from deputies.roll.columns import OK
from deputies.roll.models import Deputy, ImportRow

COLUMNS_SHOWN = (
    ("name", _("姓名")),
    ("sex", _("性别")),
    ("people", _("民族")),
    ("born", _("出生年月")),
    ("delegation", _("代表团")),
    ("constituency", _("选区")),
    ("started_on", _("当选日期")),
    ("phone", _("手机号")),
    ("id_number", _("身份证号")),
    ("position_held", _("单位及职务")),
)
BADGES = {
    ImportRow.Verdict.NEW: "done",
    ImportRow.Verdict.UPDATE: "run",
    ImportRow.Verdict.DUPLICATE: "",
    ImportRow.Verdict.WARNING: "wait",
    ImportRow.Verdict.ERROR: "late",
}
KEYS = ("name", "delegation")  # what a phone shows of a row even where nothing is to be said
_MASKS = {"phone": masked_phone, "id_number": masked_id}
_SEXES = dict(Deputy.Sex.choices)


def shown_row(row, columns):
    """What the page needs of one row."""
    cells = [_cell(name, label, row.cells.get(name)) for name, label in columns]
    told = [cell["message"] for cell in cells if cell["message"]]
    return {
        "row": row,
        "cells": cells,
        "badge": BADGES[row.verdict],
        "messages": [each for each in row.messages if not any(message in each for message in told)],
        "can_leave": row.verdict not in {ImportRow.Verdict.ERROR, ImportRow.Verdict.DUPLICATE} and not row.asks_who,
        "is_in": row.decision != ImportRow.Decision.SKIP,
        "choices": [(value, label) for value, label in ImportRow.Decision.choices if value or not row.decision],
        "standing": row.mandate,
    }


def _cell(name, label, kept):
    kept = kept or {"raw": "", "value": "", "verdict": OK, "message": ""}
    value = kept["raw"] if kept["verdict"] != OK else kept["value"]
    return {
        "code": name,
        "label": label,
        "url": "",
        "is_plain": kept["verdict"] == OK and not kept.get("was") and name not in KEYS,
        "value": _said(name, value, kept["verdict"]),
        "verdict": kept["verdict"],
        "message": kept["message"],
        "was": _said(name, kept.get("was", ""), OK),
    }


def _said(name, value, verdict):
    """A wrong personal value is shown as it stands, for it is to be mended; a right one is masked."""
    mask = _MASKS.get(name)
    if mask and verdict == OK:
        return mask(value)
    return f"{_SEXES.get(value, value)}"
