"""What a deputy sets himself for a year, and whether he kept it (年度履职计划、履职承诺)."""

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.duties.models import DutyRecord
from deputies.roll.models import Mandate
from deputies.roll.seats import seats_of


class DutyPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A deputy's own; the office and the leaders those of their congress, a township's clerk its deputies'."""
        hats = hats_of(user)
        reach = Q(congress__in=hats.watches) | Q(mandate__in=seats_of(user))
        if hats.clerk_of:
            reach |= Q(mandate__delegation__township__in=hats.clerk_of)
        return self.filter(reach)

    def with_figures(self):
        """How many aspects and pledges a plan names, how many of them are kept: one statement for a whole list."""
        standing = ~Q(pledges__state=Pledge.State.DROPPED)
        return self.annotate(
            aspects=Count("pledges__aspect", filter=standing, distinct=True),
            pledged=Count("pledges", filter=standing, distinct=True),
            kept=Count("pledges", filter=Q(pledges__state=Pledge.State.KEPT), distinct=True),
        )


class DutyPlan(models.Model):
    """The duty plan of one deputy for one year (年度履职计划): two or three aspects, each pledge with its date."""

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="duty_plans", verbose_name=_("代表"))
    year = models.PositiveSmallIntegerField(_("年度"))
    filed_on = models.DateField(_("填报日期"))

    objects = DutyPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度履职计划")
        verbose_name_plural = _("年度履职计划")
        ordering = ["-year", "id"]
        indexes = [models.Index(fields=["congress", "year"], name="pledges_plans_of_congress")]
        constraints = [models.UniqueConstraint(fields=["mandate", "year"], name="pledges_one_plan_a_year")]

    def __str__(self):
        return _("%(name)s代表%(year)s年履职计划") % {"name": self.mandate, "year": self.year}

    def get_absolute_url(self):
        return reverse("pledges:plan", args=[self.pk])


class PledgeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(plan__in=DutyPlan.objects.visible_to(user))

    def of_year(self, year, seats):
        """What these deputies promised for a year and did not give up."""
        return self.filter(plan__year=year, plan__mandate__in=seats.values("pk")).exclude(state=Pledge.State.DROPPED)

    def overdue(self, *, on):
        return self.filter(state=Pledge.State.OPEN, due_on__lt=on)


class Pledge(Proceeding):
    """One thing a deputy promised his voters to do by a date (履职承诺); it is kept, open or given up with a reason."""

    class State(models.TextChoices):
        OPEN = "open", _("未兑现")
        KEPT = "kept", _("已兑现")
        DROPPED = "dropped", _("已撤下")

    plan = models.ForeignKey(DutyPlan, models.PROTECT, related_name="pledges", verbose_name=_("履职计划"))
    aspect = models.CharField(_("方面"), max_length=40)
    text = models.CharField(_("承诺事项"), max_length=200)
    due_on = models.DateField(_("完成时限"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN, editable=False)
    kept_on = models.DateField(_("兑现日期"), null=True, blank=True, editable=False)
    evidence = models.CharField(_("兑现情况"), max_length=300, blank=True, default="")
    reason = models.CharField(_("撤下理由"), max_length=200, blank=True, default="", editable=False)
    records = models.ManyToManyField(DutyRecord, blank=True, related_name="+", verbose_name=_("对应的履职记录"))

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("履职承诺")
        verbose_name_plural = _("履职承诺")
        ordering = ["id"]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return self.plan.get_absolute_url()

    @property
    def congress_id(self):
        return self.plan.congress_id

    @property
    def journal_case(self):
        return self.plan
