"""A checked row as its page shows it, and the rows that were left out as a workbook (旧件核对页)."""

from collections import Counter

from django.utils.translation import gettext_lazy

from congress.kit.columns import OK, WARNING
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
    address = row.suggestion.get_absolute_url() if row.suggestion else ""
    cells = [_cell(name, label, row.cells.get(name)) for name, label in columns]
    for cell in cells:
        cell["url"] = address if cell["code"] == "title" else ""
    told = [cell["message"] for cell in cells if cell["message"]]
    return {
        "row": row,
        "cells": cells,
        "badge": BADGES[row.verdict],
        "messages": [each for each in row.messages if not _is_told(each, told)],
        "can_leave": row.verdict not in {V.ERROR, V.DUPLICATE},
        "is_in": row.decision != D.SKIP,
        "choices": (),
    }


def _is_told(message, cells):
    """Whether what is said of the row stands beneath one of its cells already."""
    said = message.rpartition("”：")[2]
    return any(said in cell for cell in cells)


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


def sessions_unknown(batch):
    """[(a session as it was printed, how many rows)] of what is not registered or could not be read, most first."""
    told = batch.rows.exclude(verdict=V.ERROR).filter(cells__session__verdict=WARNING)
    return Counter(told.values_list("cells__session__raw", flat=True)).most_common()


def left_out(batch):
    """The rows that were left out of the docket."""
    return intake.left_out(batch, LABELS, wide={"title", "reply", "situation"})
