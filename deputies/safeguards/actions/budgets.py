"""The verbs of the money for activities: set a budget, record what was spent, strike what was wrong (活动经费)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.files.actions import store
from congress.organs.models import Congress
from congress.procedure import journal
from deputies.safeguards.models import Budget, Spending
from deputies.safeguards.money import yuan

PAPERS = ("pdf", "doc", "docx", "wps", "ofd", "xls", "xlsx", "et", "jpg", "jpeg", "png")


class AboveBudget(ValidationError):
    """More than is left; whoever knows it records it all the same."""


@transaction.atomic
def set_budget(congress, *, year, amount, paper=None, on, by, version=None):
    """Put down the budget of a year, or change it; both stand in the journal, before and after (预算)."""
    Congress.objects.select_for_update().get(pk=congress.pk)  # two at once: the second is told what stands
    budget = Budget.objects.filter(congress=congress, year=year).first()
    if version != (budget and budget.version):
        raise ValidationError(_("这一年的预算刚被别人登记或者改过，请返回重新打开再改。"))
    facts = {"year": year, "amount": yuan(amount), "before": yuan(budget.amount) if budget else ""}
    verb = "budget.change" if budget else "budget.set"
    if budget is None:
        budget = Budget.objects.create(congress=congress, year=year, amount=amount)
    else:
        budget.amount, budget.version = amount, budget.version + 1
    if paper:
        budget.paper = store(paper, congress=congress, by=by, case=budget, kinds=PAPERS)
        facts["paper"] = budget.paper.name
    budget.save()
    journal.record(budget, verb, by=by, on=on, facts=facts)
    return budget


@transaction.atomic
def record(budget, *, spent_on, amount, purpose, activity=None, papers=(), on, by, knows_it_is_above=False):
    """Put down one sum with its vouchers; more than is left only by somebody who knows it (登记支出)."""
    budget = Budget.objects.select_for_update().get(pk=budget.pk)  # two sums at once are added one after the other
    problems = {
        "amount": amount <= 0 and _("金额应大于零。"),
        "purpose": not purpose.strip() and _("请写明用途。"),
        "spent_on": _wrong_day(budget, spent_on, on),
        "activity": activity is not None and _wrong_activity(budget, activity),
    }
    if any(problems.values()):
        raise ValidationError({name: text for name, text in problems.items() if text})
    left = budget.amount - budget.spent_so_far()
    if amount > left and not knows_it_is_above:
        words = {"left": yuan(left), "above": yuan(amount - left)}
        raise AboveBudget(_("预算只剩 %(left)s 元，这一笔超出 %(above)s 元。") % words)
    spending = Spending.objects.create(
        budget=budget, spent_on=spent_on, amount=amount, purpose=purpose.strip(), activity=activity, by=by
    )
    for paper in papers:
        store(paper, congress=budget.congress, by=by, case=spending, kinds=PAPERS)
    facts = {"amount": yuan(amount), "purpose": spending.purpose, "spending": spending.pk, "papers": len(papers)}
    journal.record(spending, "budget.record", by=by, on=on, facts=facts | {"is_above": amount > left})
    return spending


def _wrong_day(budget, spent_on, on):
    if spent_on > on:
        return _("支出日期不能晚于今天。")
    return spent_on.year != budget.year and _("这是%(year)s年的经费，支出日期要在这一年。") % {"year": budget.year}


def _wrong_activity(budget, activity):
    return activity.congress_id != budget.congress_id and _("只能选本级的活动。")


@transaction.atomic
def strike(spending, *, why, on, by):
    """A sum was put down wrongly: it counts no longer, and stays to be read with the reason (作废)."""
    if not why.strip():
        raise ValidationError({"why": _("请写明为什么作废。")})
    mine = Spending.objects.standing().filter(pk=spending.pk)
    if not mine.update(struck_on=on, struck_why=why.strip()):
        raise ValidationError(_("这一笔刚才已经作废。"))
    spending.struck_on, spending.struck_why = on, why.strip()
    facts = {"amount": yuan(spending.amount), "purpose": spending.purpose, "why": spending.struck_why}
    journal.record(spending, "budget.strike", by=by, on=on, facts=facts | {"spending": spending.pk})
    return spending


def note_export(congress, *, count, what, by):
    """A table of this room left the house; the journal of its congress keeps who took it."""
    journal.record(congress, "safeguards.export", by=by, facts={"count": count, "what": what}, congress=congress)
