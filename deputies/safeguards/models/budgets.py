"""What a congress may spend on the work of its deputies in a year, and what it was spent on (代表活动经费)."""

from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from deputies.activities.models import Activity

NOTHING = Decimal("0.00")
LARGEST = {"max_digits": 12, "decimal_places": 2}


def share(part, whole):
    """How much of a budget is spent, as it is written: 24.6; of no budget there is no share."""
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


class BudgetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office and the leaders of the congress, and those of the county above it."""
        return self.filter(congress__in=hats_of(user).watches)

    def with_spent(self):
        """Each with `spent`, what of it counts as spent: what was struck does not."""
        counted = Sum("spendings__amount", filter=Q(spendings__struck_on__isnull=True))
        return self.annotate(spent=Coalesce(counted, NOTHING))


class Budget(models.Model):
    """The money of one congress for its deputies' activities in one year (年度经费预算)."""

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    year = models.PositiveSmallIntegerField(_("年度"))
    amount = models.DecimalField(_("预算金额（元）"), **LARGEST)
    paper = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("预算文件")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("活动经费预算")
        verbose_name_plural = _("活动经费预算")
        ordering = ["-year", "congress"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "year"], name="safeguards_one_budget_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="safeguards_budget_is_no_debt"),
        ]

    def __str__(self):
        return _("%(congress)s%(year)s年代表活动经费") % {"congress": self.congress, "year": self.year}

    def get_absolute_url(self):
        return reverse("safeguards:budget", args=[self.pk])

    def spent_so_far(self):
        return self.spendings.standing().aggregate(sum=Coalesce(Sum("amount"), NOTHING))["sum"]


class SpendingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever reads the budget reads what was spent of it."""
        return self.filter(budget__congress__in=hats_of(user).watches)

    def standing(self):
        """What counts: not struck."""
        return self.filter(struck_on__isnull=True)


class Spending(models.Model):
    """One sum that was spent (支出): written once; a wrong one is struck with a reason, and stays to be read."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="spendings", verbose_name=_("预算"))
    spent_on = models.DateField(_("支出日期"))
    amount = models.DecimalField(_("金额（元）"), **LARGEST)
    purpose = models.CharField(_("用途"), max_length=200)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("用于哪次活动")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    struck_on = models.DateField(_("作废日期"), null=True, blank=True, editable=False)
    struck_why = models.CharField(_("作废理由"), max_length=200, blank=True, default="", editable=False)

    objects = SpendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("经费支出")
        verbose_name_plural = _("经费支出")
        ordering = ["-spent_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="safeguards_spending_is_something"),
            models.CheckConstraint(
                condition=Q(struck_on__isnull=True, struck_why="") | (Q(struck_on__isnull=False) & ~Q(struck_why="")),
                name="safeguards_struck_with_a_reason",
            ),
        ]

    def __str__(self):
        return self.purpose

    @property
    def journal_case(self):
        return self.budget

    @property
    def congress_id(self):
        return self.budget.congress_id
