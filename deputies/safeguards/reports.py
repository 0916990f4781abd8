"""Tables of this room as workbooks: the budgets of a year, what was spent of one (导出)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.kit.exports import Column

BUDGETS = (
    Column(gettext_lazy("人大"), 24),
    Column(gettext_lazy("预算（元）"), 16, is_number=True),
    Column(gettext_lazy("已用（元）"), 16, is_number=True),
    Column(gettext_lazy("剩余（元）"), 16, is_number=True),
    Column(gettext_lazy("执行率（%）"), 12, is_number=True),
)
SPENDINGS = (
    Column(gettext_lazy("支出日期"), 12),
    Column(gettext_lazy("用途"), 40),
    Column(gettext_lazy("活动"), 30),
    Column(gettext_lazy("金额（元）"), 14, is_number=True),
    Column(gettext_lazy("凭证（份）"), 10, is_number=True),
    Column(gettext_lazy("登记人"), 12),
    Column(gettext_lazy("作废日期"), 12),
    Column(gettext_lazy("作废理由"), 30),
)


def budget_rows(lines, whole):
    """One row a congress and, of several, the sum of all."""
    for line in lines:
        yield (f"{line.congress}", *(_sums(line.sums) if line.sums else (None,) * 4))
    if whole and len(lines) > 1:
        yield (_("合计"), *_sums(whole))


def _sums(sums):
    return tuple(float(each) if each is not None else None for each in (sums.amount, sums.spent, sums.left, sums.rate))


def spending_rows(spendings):
    """What was spent, with what was struck and why."""
    for each in spendings:
        yield (
            each.spent_on, each.purpose, f"{each.activity or ''}", float(each.amount), len(each.papers), each.by.name,
            each.struck_on, each.struck_why,
        )  # fmt: skip
