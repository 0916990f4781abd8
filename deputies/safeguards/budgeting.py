"""Who has how much left: one line a congress for a year (经费执行情况)."""

from dataclasses import dataclass

from deputies.safeguards.models import Budget
from deputies.safeguards.models.budgets import NOTHING, share
from deputies.safeguards.money import yuan


@dataclass(frozen=True)
class Sums:
    """A budget and what of it is spent, as numbers and as they are read."""

    amount: object
    spent: object

    @property
    def left(self):
        return self.amount - self.spent

    @property
    def is_above(self):
        return self.left < 0

    @property
    def rate(self):
        return share(self.spent, self.amount)

    def said(self):
        return {"amount": yuan(self.amount), "spent": yuan(self.spent), "left": yuan(self.left), "rate": self.rate}


@dataclass(frozen=True)
class Line:
    """One congress in one year; without a budget while none is put down."""

    congress: object
    budget: Budget | None
    sums: Sums | None

    @property
    def said(self):
        return self.sums.said() if self.sums else {}


def lines(congresses, *, year):
    """The congresses in the order given, each with its budget; one statement."""
    rows = Budget.objects.filter(congress__in=[each.pk for each in congresses], year=year).with_spent()
    found = {budget.congress_id: budget for budget in rows}
    return [_line(each, found.get(each.pk)) for each in congresses]


def _line(congress, budget):
    return Line(congress, budget, Sums(budget.amount, budget.spent) if budget else None)


def total(rows):
    """What all of them have together; None where none has a budget."""
    known = [line.sums for line in rows if line.sums]
    if not known:
        return None
    return Sums(sum((each.amount for each in known), NOTHING), sum((each.spent for each in known), NOTHING))
