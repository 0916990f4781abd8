"""The record as tables: the list, one archive, the ledger of subsidies (履职台账)."""

from django.utils.translation import gettext_lazy as _

from congress.kit.exports import Column

RECORDS = (
    Column(_("代表"), 12),
    Column(_("代表团"), 18),
    Column(_("履职事项"), 16),
    Column(_("内容"), 40),
    Column(_("日期"), 12),
    Column(_("地点"), 20),
    Column(_("数量"), 8, is_number=True),
    Column(_("单位"), 6),
    Column(_("学时、工时"), 10, is_number=True),
    Column(_("履行情况"), 10),
    Column(_("状态"), 12),
    Column(_("核实层级"), 20),
    Column(_("来源"), 12),
)


def record_rows(records):
    for record in records:
        yield (
            record.mandate.deputy.name,
            f"{record.mandate.delegation or ''}",
            record.get_kind_display(),
            record.title,
            record.held_on,
            record.place,
            float(record.quantity),
            f"{record.unit}",
            float(record.hours) if record.hours is not None else None,
            record.get_outcome_display(),
            record.get_state_display(),
            record.get_level_display(),
            record.source_name,
        )


ARCHIVE = (
    Column(_("部分"), 16),
    Column(_("履职事项"), 16),
    Column(_("内容"), 44),
    Column(_("日期"), 12),
    Column(_("地点"), 20),
    Column(_("数量"), 8, is_number=True),
    Column(_("单位"), 6),
    Column(_("履行情况"), 10),
    Column(_("状态"), 12),
)


def archive_rows(archive):
    for section in archive.sections:
        for record in section.rows:
            yield (
                f"{section.title}",
                record.get_kind_display(),
                record.title,
                record.held_on,
                record.place,
                float(record.quantity),
                f"{record.unit}",
                record.get_outcome_display(),
                record.get_state_display(),
            )


SUBSIDY = (
    Column(_("序号"), 6, is_number=True),
    Column(_("姓名"), 12),
    Column(_("代表团"), 20),
    Column(_("代表证号"), 14),
    Column(_("单位及职务"), 36),
    Column(_("固定工资收入"), 14),
    Column(_("履职天数"), 10, is_number=True),
    Column(_("签字"), 14),
)
INCOME_WORDS = {True: _("有"), False: _("无"), None: _("未定")}


def subsidy_rows(seats):
    for number, seat in enumerate(seats, start=1):
        yield (
            number,
            seat.deputy.name,
            f"{seat.delegation or ''}",
            seat.certificate_number,
            seat.deputy.position_held,
            INCOME_WORDS[seat.deputy.has_fixed_income],
            seat.duty_days,
            "",
        )
