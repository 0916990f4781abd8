"""A checked row as its page shows it, and the rows that were left out as a workbook (旧件核对页)."""

from django.utils.translation import gettext_lazy

from congress.kit.columns import OK
from congress.procedure import intake
from suggestions.docket.models import ImportRow
from suggestions.docket.oldpapers.columns import LABELS

V, D = ImportRow.Verdict, ImportRow.Decision
BADGES = {V.NEW: "done", V.DUPLICATE: "", V.WARNING: "wait", V.ERROR: "late"}
COLUMNS_SHOWN = (
    ("number", gettext_lazy("编号")),
    ("title", gettext_lazy("标题")),
    ("kind", gettext_lazy("案别")),
    ("session", gettext_lazy("届次")),
    ("proposer", gettext_lazy("提出者")),
    ("unit", gettext_lazy("主办单位")),
    ("co", gettext_lazy("会办单位")),
    ("assigned_on", gettext_lazy("交办日期")),
    ("replied_on", gettext_lazy("答复日期")),
    ("class", gettext_lazy("办理类别")),
    ("rating", gettext_lazy("满意度")),
)
_KEYS = ("number", "title")  # what a phone shows of a row even where nothing is to be said


def shown_row(row, columns):
    """What the page needs of one row."""
    cells = [_cell(name, label, row.cells.get(name)) for name, label in columns]
    told = [cell["message"] for cell in cells if cell["message"]]
    return {
        "row": row,
        "cells": cells,
        "badge": BADGES[row.verdict],
        "messages": [each for each in row.messages if not any(each.endswith(message) for message in told)],
        "can_leave": row.verdict not in {V.ERROR, V.DUPLICATE},
        "is_in": row.decision != D.SKIP,
        "choices": (),
        "case": row.suggestion,
    }


def _cell(name, label, kept):
    kept = kept or {"raw": "", "verdict": OK, "message": ""}
    return {
        "code": name,
        "label": label,
        "is_plain": kept["verdict"] == OK and name not in _KEYS,
        "value": kept["raw"],
        "verdict": kept["verdict"],
        "message": kept["message"],
        "was": "",
    }


def left_out(batch):
    """The rows that were left out of the docket."""
    return intake.left_out(batch, LABELS, wide={"title", "reply", "situation"})
