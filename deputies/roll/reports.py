"""The roll as a table, and the rows that an import left out (名册表)."""

from django.utils.translation import gettext as _

from congress.kit.exports import Column
from deputies.roll.columns import COLUMNS
from deputies.roll.models import ImportRow

LABELS = {column.field: column.label for column in COLUMNS}
ROLL = (
    Column(_("姓名"), 12),
    Column(_("性别"), 6),
    Column(_("民族"), 10),
    Column(_("党派"), 18),
    Column(_("学历"), 10),
    Column(_("单位及职务"), 36),
    Column(_("代表团"), 18),
    Column(_("选区、选举单位"), 20),
    Column(_("代表小组"), 20),
    Column(_("代表证号"), 14),
    Column(_("手机号"), 16),
    Column(_("状态"), 12),
)


def roll_rows(seats):
    """One row a seat; the phone stays masked, a list that leaves the house needs no more."""
    for seat in seats:
        deputy = seat.deputy
        yield (
            deputy.name,
            deputy.get_sex_display(),
            deputy.people,
            deputy.party,
            deputy.education,
            deputy.position_held,
            f"{seat.delegation or ''}",
            f"{seat.constituency or ''}",
            "、".join(each.name for each in seat.groups.all()),
            seat.certificate_number,
            deputy.masked_phone,
            seat.get_state_display(),
        )


def left_out(batch):
    """(columns, rows) left out of the roll, as they stood in the file, with the reason; fit to import again."""
    fields = list(dict.fromkeys(name for heading in batch.headings for name in heading["columns"]))
    columns = [
        *[Column(LABELS[name], 30 if name == "position_held" else 14) for name in fields],
        Column(_("原行号"), 8, is_number=True),
        Column(_("原因"), 60),
    ]
    rows = [
        [*[row.cells.get(name, {}).get("raw", "") for name in fields], row.number, _reason(row)]
        for row in batch.rows.all()
        if row.is_left_out
    ]
    return columns, rows


def _reason(row):
    skipped = _("按您的选择没有导入。") if row.decision == ImportRow.Decision.SKIP else ""
    return " ".join([*row.messages, skipped]).strip()
