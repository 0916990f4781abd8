"""Tables of this room as workbooks (导出)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.kit.exports import Column
from deputies.pledges.quotas import QUOTAS


def township_table(rows):
    """(columns, rows): one line a township with who looks after it, each quota as a count of its goal with its colour
    in words."""
    columns = [
        Column(_("乡镇"), 16), Column(_("挂钩联系人"), 14), *[Column(_heading(quota), 14) for quota in QUOTAS],
        Column(_("欠项"), 8, True),
    ]  # fmt: skip
    return columns, [
        [
            row.township.region, member_name(row.tie), *[_words(cell) for cell in row.cells],
            row.having("late"),
        ]
        for row in rows
    ]  # fmt: skip


def member_name(tie):
    return tie.member.deputy.name if tie else _("没有挂钩联系人")


def _heading(quota):
    return f"{quota.group}{quota.label}" if quota.quarter else f"{quota.label}"


def _words(cell):
    label = cell.light.label
    if cell.quota.paper:
        late = _("（迟报）") if cell.came_late else ""
        return f"{cell.paper.sent_on:%m-%d}{late} {label}" if cell.paper else f"{label}"
    return f"{cell.count}/{cell.goal} {label}"


PLANS = (
    Column(gettext_lazy("姓名"), 12),
    Column(gettext_lazy("代表团"), 18),
    Column(gettext_lazy("填报日期"), 12),
    Column(gettext_lazy("方面数"), 8, is_number=True),
    Column(gettext_lazy("承诺（条）"), 10, is_number=True),
    Column(gettext_lazy("已兑现（条）"), 12, is_number=True),
)


def plan_rows(plans, missing):
    """Those who filed a plan, and after them those who did not."""
    for plan in plans:
        seat = plan.mandate
        yield (seat.deputy.name, f"{seat.delegation or ''}", plan.filed_on, plan.aspects, plan.pledged, plan.kept)
    for seat in missing:
        yield (seat.deputy.name, f"{seat.delegation or ''}", _("未填报"), "", "", "")


def card_table(template, filled):
    """(columns, rows): one line a deputy or group, each counter as count of goal."""
    targets = list(template.targets.all())
    columns = [
        Column(_("名称"), 16),
        *[Column(f"{target.label}（{target.goal}{target.unit}）", 18, is_number=True) for target in targets],
        Column(_("完成"), 10),
    ]
    rows = [
        (
            f"{holder}",
            *[counter.count for counter in card.counters],
            _("是") if card.is_complete else f"{card.percent}%",
        )
        for holder, card in filled
    ]
    return columns, rows


CONTACTS = (
    Column(gettext_lazy("联系人"), 12),
    Column(gettext_lazy("职务"), 14),
    Column(gettext_lazy("联系的代表"), 12),
    Column(gettext_lazy("代表团"), 18),
    Column(gettext_lazy("开始日期"), 12),
    Column(gettext_lazy("最近联系"), 12),
    Column(gettext_lazy("下次期限"), 12),
)


def contact_rows(register):
    """Every tie of the register, member by member."""
    for line in register.lines:
        post = _("主任、副主任") if line.quota.is_leader else _("组成人员")
        for tie in line.ties:
            seat = tie.deputy
            yield (
                line.member.deputy.name, post, seat.deputy.name, f"{seat.delegation or ''}", tie.since,
                tie.last_on or "", tie.due_on or "",
            )  # fmt: skip
        if not line.ties:
            yield (line.member.deputy.name, post, _("未分工"), "", "", "", "")
