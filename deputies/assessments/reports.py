"""The tables of assessments and lists as workbooks (导出)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.kit.exports import Column

WHO = (Column(gettext_lazy("姓名"), 12), Column(gettext_lazy("代表团"), 18))
MISSING = (Column(gettext_lazy("环节"), 16), Column(gettext_lazy("由谁评"), 26), Column(gettext_lazy("组长"), 14), *WHO)


def sheet_columns(stages):
    return [
        *WHO,
        *[Column(each.label, 14, is_number=each.gives_points) for each in stages],
        Column(_("得分"), 10, is_number=True),
        Column(_("等次"), 10),
        Column(_("状态"), 16),
    ]


def sheet_rows(rows, stages):
    """One row a deputy; `rows` as the page shows them."""
    for row in rows:
        cells = {each.stage_id: each for each in row.shown}
        given = [_given(cells.get(stage.pk)) for stage in stages]
        points = None if row.result.points is None else float(row.result.points)
        yield (
            row.mandate.deputy.name,
            f"{row.mandate.delegation or ''}",
            *given,
            points,
            row.result.grade,
            _state(row),
        )


def _given(marking):
    if marking is None or not marking.is_given:
        return None
    return marking.grade or float(marking.points)


def _state(row):
    if row.state != row.State.TAKING:
        return _("不参加：%s") % row.reason
    return _("评齐") if row.result.is_complete else _("没有评齐")


def missing_rows(owed):
    for stage, parties in owed:
        for party in parties:
            for marking in party.markings:
                mandate = marking.sheet.mandate
                yield (stage.label, party.who, party.contact, mandate.deputy.name, f"{mandate.delegation or ''}")


def award_columns():
    return [
        Column(_("名次"), 8, is_number=True),
        *WHO,
        Column(_("综合"), 10, is_number=True),
        Column(_("积分折合"), 11, is_number=True),
        Column(_("考评折合"), 11, is_number=True),
        Column(_("测评折合"), 11, is_number=True),
        Column(_("有效票"), 9, is_number=True),
        Column(_("说明"), 40),
    ]


def award_rows(award, rows):
    for row in rows:
        slips = (row.sources.get("voters") or {}).get("valid")
        numbers = (row.total, row.points, row.assessment, row.voters)
        lacks = "、".join(row.lacking(award))
        note = _("%s，不排名次") % lacks if lacks and row.rank is None else lacks
        yield (
            row.rank,
            row.mandate.deputy.name,
            f"{row.mandate.delegation or ''}",
            *[None if each is None else float(each) for each in numbers],
            slips,
            note,
        )
