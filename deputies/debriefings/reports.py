"""Tables of debriefings as workbooks (导出)."""

from django.utils.translation import gettext_lazy as _

from congress.kit.exports import Column
from deputies.debriefings.figures import percent
from deputies.debriefings.wordings import OVERALL

REGISTER = (
    Column(_("述职"), 28),
    Column(_("方式"), 12),
    Column(_("日期"), 12),
    Column(_("代表"), 12),
    Column(_("代表团"), 18),
    Column(_("状态"), 12),
    Column(_("有效票"), 10, is_number=True),
    Column(_("总体评价"), 40),
)
MISSING = (Column(_("姓名"), 12), Column(_("代表团"), 18), Column(_("选区、选举单位"), 22), Column(_("单位及职务"), 36))


def register_rows(statements):
    """One row a deputy and debriefing, with what the voters gave."""
    for each in statements:
        debriefing, seat = each.debriefing, each.mandate
        yield (
            debriefing.title, debriefing.get_mode_display(), debriefing.held_on or debriefing.planned_on,
            seat.deputy.name, f"{seat.delegation or ''}", debriefing.get_state_display(), each.valid, _overall(each),
        )  # fmt: skip


def _overall(statement):
    if statement.valid is None:
        return ""
    counts = {tally.grade: tally.count for tally in statement.tallies.all() if tally.aspect == OVERALL}
    return "　".join(
        f"{words} {counts.get(grade, 0)}（{percent(counts.get(grade, 0), statement.valid)}%）"
        for grade, words in statement.debriefing.grades
    )


def missing_rows(seats):
    for seat in seats:
        place = f"{seat.constituency or ''}"
        yield (seat.deputy.name, f"{seat.delegation or ''}", place, seat.deputy.position_held)
