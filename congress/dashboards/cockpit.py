"""The leaders' page: eight figures with their formulas, two charts, and what is late (驾驶舱)."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from congress.dashboards import figures, standing
from congress.dashboards.figures import Grade, percent
from congress.kit.statements import Statement, mark_of
from suggestions.docket import tallies
from suggestions.docket.reports import longest_late, told_late

BARS, LATE_ROWS, LATE_SHOWN = 8, 10, 6  # the wall shows them all, the page the first six


@dataclass(frozen=True)
class Shown:
    """One figure on the wall: its value, its formula in words, and the door to its rows."""

    label: str
    value: str
    unit: str
    formula: str
    url: str
    is_bad: bool = False


class Cockpit:
    """Everything the page shows for one congress and one session, or for all of them, made only where it is drawn."""

    def __init__(self, congress, *, session, on):
        self.congress, self.session, self.on = congress, session, on
        self._trace = tallies.trace(congress)
        self._late = _late.ask(congress=congress.pk, session=session.pk if session else None, on=on)

    def mark(self):
        """The mark of all that the page follows from; none while the cases themselves are counted."""
        if self._trace is None:
            return ""
        session = self.session.pk if self.session else None
        open_ended = figures.open_ended(self.congress, self.on)
        return mark_of(self._trace, self._late, open_ended, self.congress.pk, session, self.on)

    @cached_property
    def _read(self):
        return standing.read(self.congress, session=self.session, on=self.on)

    @property
    def counts(self):
        return self._read.counts

    @property
    def solved(self):
        return self._read.solved

    @property
    def departments(self):
        return self._read.departments

    @property
    def categories(self):
        return self._read.categories

    def door(self, **query):
        query["congress"] = self.congress.pk
        if self.session:
            query["session"] = self.session.pk
        return f"{reverse('docket:list')}?{urlencode(query)}"

    @property
    def row_door(self):
        """The list of this congress and session; a row of a table adds whose it is and which of its numbers."""
        return self.door()

    @property
    def late_door(self):
        return self.door(figure="overdue")

    @property
    def late_more(self):
        return max(self.counts["overdue"] - LATE_SHOWN, 0)

    def _count(self, label, code, formula, *, is_bad=False):
        number = self.counts[code]
        return Shown(label, str(number), _("件"), formula, self.door(figure=code), is_bad and number > 0)

    def _rate(self, label, code, base, words):
        count, whole = self.counts[code], self.counts[base]
        formula = words % {"count": count, "base": whole}
        return Shown(label, percent(count, whole, "0.1") or "—", "%" if whole else "", formula, self.door(figure=code))

    def shown(self):
        number = self.counts
        return [
            self._rate(_("答复率"), "replied", "assigned", _("已答复 %(count)s ÷ 交办 %(base)s")),
            self._rate(_("按期答复率"), "on_time", "due", _("按期 %(count)s ÷ 应答复 %(base)s，逾期未答复算逾期")),
            self._count(_("已超期"), "overdue", _("在办 %s 件中，含签收、面商、会办") % number["in_hand"], is_bad=True),
            self._rate(_("面商率"), "contacted", "replied", _("答复前联系过代表 %(count)s ÷ 已答复 %(base)s")),
            self._rate(
                _("结果满意率"),
                f"result_{Grade.SATISFIED}",
                "answered",
                _("满意 %(count)s ÷ 已评价 %(base)s，未评价不计"),
            ),
            self._rate(_("评价回收率"), "answered", "asked", _("已评价 %(count)s ÷ 已征询 %(base)s")),
            self._rate(
                _("态度满意率"), f"attitude_{Grade.SATISFIED}", "answered", _("满意 %(count)s ÷ 已评价 %(base)s")
            ),
            self._solved(),
        ]

    def _solved(self):
        formula = _("已解决 %(count)s ÷ 已答复 %(base)s 条，共 %(cases)s 件") % {
            "count": self.solved.count,
            "base": self.solved.base,
            "cases": self.counts["replied"],
        }
        value = percent(self.solved.count, self.solved.base, "0.1")
        return Shown(self.solved.label, value or "—", "%" if value else "", formula, self.door(figure="replied"))

    @property
    def promise_share(self):
        keeping = self._read.promises
        whole = percent(keeping.all_kept, keeping.due, "0.1")
        said = {"count": keeping.all_kept, "base": keeping.due}
        formula = _("已兑现 %(count)s ÷ 应兑现 %(base)s，历次会议、历届都在内") % said
        return Shown(_("承诺兑现率"), whole or "—", "%" if whole else "", formula, self.ledger("all"))

    def promises(self):
        """How promises are kept, over all sessions and terms: each number opens exactly its rows."""
        keeping = self._read.promises
        said = (
            ("kept", _("按期兑现"), keeping.kept, _("在约定日期以前完成")),
            ("kept_late", _("逾期兑现"), keeping.kept_late, _("过了约定日期才完成")),
            ("ahead", _("未到期"), keeping.ahead, _("含报告兑现、等回头看的")),
            ("overdue", _("超期未兑现"), keeping.overdue, _("兑现以前一直列在这里")),
        )
        return [
            Shown(label, str(number), _("条"), words, self.ledger(view), is_bad=view == "overdue" and number > 0)
            for view, label, number, words in said
        ]

    def ledger(self, view):
        return f"{reverse('promises:list')}?{urlencode({'view': view, 'congress': self.congress.pk})}"

    def department_bars(self):
        return _bars(self.departments[:BARS])

    def category_bars(self):
        return _bars(self.categories)

    @cached_property
    def late(self):
        return told_late(self._late.rows())

    @property
    def late_first(self):
        return self.late[:LATE_SHOWN]


@Statement
def _late(congress, session, on):
    cases = figures.handled(congress, session=session).filter(figures.overdue_where(on))
    return longest_late(cases)[:LATE_ROWS]


_LABELS, _BARS, _STEP = 28, 40, 32  # percent for names, percent for the longest bar, px a row


@dataclass(frozen=True)
class Bar:
    """One bar of a chart; lengths in percent of the drawing, so that it scales without a style."""

    row: object
    width: float
    late_width: float
    y: int

    @property
    def label_x(self):
        return round(_LABELS + self.width, 2)


def _bars(rows):
    scale = _BARS / (max((row.assigned for row in rows), default=0) or 1)
    return tuple(
        Bar(row, round(row.assigned * scale, 2), round(row.overdue * scale, 2), place * _STEP)
        for place, row in enumerate(rows)
    )
