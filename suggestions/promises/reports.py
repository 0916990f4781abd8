"""The ledger as a sheet (承诺事项台账, domain F13)."""

from django.utils.translation import gettext_lazy as _

from congress.kit.exports import Column

LEDGER = (
    Column(_("编号"), 12),
    Column(_("建议标题"), 40),
    Column(_("届次"), 18),
    Column(_("承诺单位"), 16),
    Column(_("承诺事项"), 40),
    Column(_("责任人"), 12),
    Column(_("承诺日期"), 12),
    Column(_("最初承诺完成日期"), 14),
    Column(_("现定完成日期"), 14),
    Column(_("状态"), 14),
    Column(_("完成日期"), 12),
    Column(_("最近一次兑现情况"), 40),
    Column(_("最近一次回头看"), 40),
)


def ledger_rows(promises):
    """Rows for LEDGER; who made the suggestion is not among them, departments export it too."""
    rows = promises.select_related("organ", "suggestion__session__term", "suggestion__session__congress")
    for each in rows.prefetch_related("reports", "look_backs").iterator(chunk_size=500):
        case = each.suggestion
        report = next(iter(each.reports.all()), None)
        checked = next((row for row in each.look_backs.all() if row.outcome), None)
        yield [
            case.printed_number,
            case.title,
            str(case.session or ""),
            each.unit,
            each.what,
            each.responsible,
            each.made_on,
            each.first_due_on,
            each.due_on,
            each.get_state_display(),
            each.done_on,
            report.words if report else "",
            f"{checked.get_outcome_display()}：{checked.words}" if checked else "",
        ]
