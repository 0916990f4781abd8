"""The table of scores as a workbook (积分表)."""

from django.utils.translation import gettext as _

from congress.kit.exports import Column


def score_columns(items, *, is_of_groups):
    """Rank, name, denominators, and one column an item."""
    who = (
        [Column(_("代表小组"), 20)]
        if is_of_groups
        else [Column(_("姓名"), 12), Column(_("代表团"), 18), Column(_("类别"), 14)]
    )
    return [
        Column(_("名次"), 6, is_number=True),
        *who,
        Column(_("积分"), 9, is_number=True),
        Column(_("分档"), 8),
        Column(_("应到"), 6, is_number=True),
        Column(_("实到"), 6, is_number=True),
        Column(_("任职天数"), 9, is_number=True),
        *[Column(text, 14, is_number=True) for _code, text in items],
    ]


def score_rows(rows, items, *, is_of_groups):
    """One row a deputy or group; `rows` as the list shows them, each with its points by item."""
    for row in rows:
        who = (row.name,) if is_of_groups else (row.name, row.body, row.kind_label)
        yield (
            row.rank,
            *who,
            float(row.points),
            row.band,
            row.called,
            row.came,
            row.days,
            *[float(row.by_item[code]) if code in row.by_item else None for code, _text in items],
        )
