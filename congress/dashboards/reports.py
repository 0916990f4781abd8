"""Tables over all rooms as workbooks (导出)."""

from django.utils.translation import gettext as _

from congress.dashboards.scorecard import ITEMS
from congress.kit.exports import Column


def township_table(rows):
    """(columns, rows): one line a township with who looks after it, each item as a count of its goal with its colour in
    words, and how many of the judged items are met."""
    columns = [
        Column(_("乡镇"), 14), Column(_("挂钩联系人"), 14),
        *[Column(f"{item.label}（{item.unit}）", 14) for item in ITEMS],
        Column(_("完成项"), 8, True), Column(_("评定项"), 8, True), Column(_("欠项"), 8, True),
    ]  # fmt: skip
    return columns, [
        [
            row.township.region, row.tie.member.deputy.name if row.tie else _("没有挂钩联系人"),
            *[f"{mark.number} {mark.words}".strip() for mark in row.marks], row.met, row.judged, row.late,
        ]
        for row in rows
    ]  # fmt: skip
