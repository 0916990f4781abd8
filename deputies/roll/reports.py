"""The roll as a table, and the rows that an import left out (名册表)."""

from django.utils.translation import gettext_lazy as _

from congress.kit.exports import Column
from congress.procedure import intake
from deputies.roll.columns import COLUMNS

LABELS = {column.field: column.label for column in COLUMNS}
ROLL = (
    Column(_("姓名"), 12),
    Column(_("性别"), 6),
    Column(_("民族"), 10),
    Column(_("党派"), 18),
    Column(_("学历"), 10),
    Column(_("单位及职务"), 36),
    Column(_("专长"), 20),
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
            deputy.expertise,
            f"{seat.delegation or ''}",
            f"{seat.constituency or ''}",
            "、".join(each.name for each in seat.groups.all()),
            seat.certificate_number,
            deputy.masked_phone,
            seat.get_state_display(),
        )


def left_out(batch):
    """The rows that were left out of the roll."""
    return intake.left_out(batch, LABELS, wide={"position_held"})
