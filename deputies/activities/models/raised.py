"""What deputies raised at an activity, and what came of it (活动中提出的意见)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.activities.models.activity import Activity
from deputies.roll.models import Mandate


class RaisedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who reads the activity, and the organ to which it was passed on."""
        return self.filter(
            Q(organ__in=hats_of(user).departments) | Q(activity__in=Activity.objects.visible_to(user).values("pk"))
        )

    def to_forward(self):
        return self.filter(state=Raised.State.NOTED)

    def awaiting_feedback(self):
        return self.filter(state=Raised.State.FORWARDED)

    def overdue(self, *, on):
        return self.awaiting_feedback().filter(due_on__lt=on)


class Raised(Proceeding):
    """An opinion that deputies raised at an activity (活动中提出的意见): passed on to an organ, which reports back.

    Deputies do not handle problems themselves (代表法 Arts. 29-31); the feedback's date is the rulebook's.
    """

    class State(models.TextChoices):
        NOTED = "noted", _("待转交")
        FORWARDED = "forwarded", _("待反馈")
        ANSWERED = "answered", _("已反馈")

    OPEN = frozenset({State.NOTED, State.FORWARDED})

    class Kind(models.TextChoices):
        OPINION = "opinion", _("意见建议")
        RECTIFICATION = "rectification", _("整改要求")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="raised", verbose_name=_("活动"))
    kind = models.CharField(_("类型"), max_length=15, choices=Kind, default=Kind.OPINION)
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出的代表")
    )
    text = models.TextField(_("意见"))
    organ = models.ForeignKey(
        "organs.Organ", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("转交单位")
    )
    forwarded_on = models.DateField(_("转交日期"), null=True, blank=True)
    due_on = models.DateField(_("反馈期限"), null=True, blank=True)
    feedback = models.TextField(_("反馈"), blank=True, default="")
    is_solved = models.BooleanField(_("问题已解决"), default=False)
    answered_on = models.DateField(_("反馈日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.NOTED, editable=False)

    objects = RaisedQuerySet.as_manager()

    class Meta:
        verbose_name = _("活动中提出的意见")
        verbose_name_plural = _("活动中提出的意见")
        ordering = ["id"]
        indexes = [models.Index(fields=["organ", "state"], name="activities_raised_of_organ")]

    def __str__(self):
        return self.text[:40]

    def get_absolute_url(self):
        return reverse("activities:raised", args=[self.pk])
