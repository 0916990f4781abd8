"""Tables of this room as workbooks (导出)."""

from django.utils.translation import gettext as _

from congress.kit.exports import Column
from deputies.pledges.quotas import QUOTAS


def township_table(rows):
    """(columns, rows): one line a township, each quota as a count of its goal with its colour in words."""
    columns = [Column(_("乡镇"), 16), *[Column(_heading(quota), 14) for quota in QUOTAS], Column(_("欠项"), 8, True)]
    lines = [
        [row.township.region, *[_words(cell) for cell in row.cells], sum(cell.light == "late" for cell in row.cells)]
        for row in rows
    ]
    return columns, lines


def _heading(quota):
    return f"{quota.group}{quota.label}" if quota.quarter else f"{quota.label}"


def _words(cell):
    label = cell.light.label
    if cell.quota.paper:
        late = _("（迟报）") if cell.came_late else ""
        return f"{cell.paper.sent_on:%m-%d}{late} {label}" if cell.paper else f"{label}"
    return f"{cell.count}/{cell.goal} {label}"
