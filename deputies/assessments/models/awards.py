"""Lists for awards: points, assessment and the voters' evaluation put together by weights (评优名单)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.assessments.models.sheets import Assessment
from deputies.roll.models import Mandate
from deputies.scores.models import PeriodClose


class AwardListQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office and the leaders; what it says of somebody is not shown to the deputies."""
        return self.filter(congress__in=hats_of(user).watches)


class AwardList(Proceeding):
    """One list for awards (评优名单): what it weighs, over which days, seen on which day; settled, it stands still."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SETTLED = "settled", _("已定稿")

    class Missing(models.TextChoices):
        """What becomes of somebody without one of the figures."""

        APART = "apart", _("缺一项的不排名次，列在最后并写明缺什么")
        REWEIGH = "reweigh", _("缺一项的按其余各项的比重折算，并写明缺什么")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    name = models.CharField(_("名称"), max_length=60)
    first = models.DateField(_("从"))
    last = models.DateField(_("到"))
    as_of = models.DateField(_("名单日期"), help_text=_("这一天在任的代表参加；这一天以后的更正、公布都不算进来。"))
    points_weight = models.PositiveSmallIntegerField(_("积分占百分之几"), default=0)
    assessment_weight = models.PositiveSmallIntegerField(_("考评占百分之几"), default=0)
    voters_weight = models.PositiveSmallIntegerField(_("选民测评占百分之几"), default=0)
    closes = models.ManyToManyField(PeriodClose, blank=True, related_name="+", verbose_name=_("用哪些结转的积分"))
    assessments = models.ManyToManyField(Assessment, blank=True, related_name="+", verbose_name=_("用哪些结束的考评"))
    middle_worth = models.PositiveSmallIntegerField(_("一张中间等次的票折合百分之几"), default=60)
    missing = models.CharField(_("缺项怎么办"), max_length=10, choices=Missing, default=Missing.APART)
    places = models.PositiveSmallIntegerField(_("评选名额"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    settled_on = models.DateField(_("定稿日期"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))

    objects = AwardListQuerySet.as_manager()

    class Meta:
        verbose_name = _("评优名单")
        verbose_name_plural = _("评优名单")
        ordering = ["-as_of", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "name"], name="assessments_one_award_list_name"),
            models.CheckConstraint(
                condition=Q(points_weight=100 - models.F("assessment_weight") - models.F("voters_weight")),
                name="assessments_weights_make_a_hundred",
                violation_error_message=_("三项比重相加应等于 100。"),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("assessments:award", args=[self.pk])

    @property
    def is_settled(self):
        return self.state == self.State.SETTLED


class AwardRow(models.Model):
    """Where one deputy stood when the list was settled, each share in per cent of what was to be had (名单上的一行)."""

    award = models.ForeignKey(AwardList, models.PROTECT, related_name="rows", verbose_name=_("评优名单"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="award_rows", verbose_name=_("代表"))
    position = models.PositiveIntegerField(_("排序"))
    rank = models.PositiveIntegerField(_("名次"), null=True)
    total = models.DecimalField(_("综合"), max_digits=6, decimal_places=2, null=True)
    points = models.DecimalField(_("积分折合"), max_digits=6, decimal_places=2, null=True)
    assessment = models.DecimalField(_("考评折合"), max_digits=6, decimal_places=2, null=True)
    voters = models.DecimalField(_("测评折合"), max_digits=6, decimal_places=2, null=True)
    sources = models.JSONField(_("依据"), default=dict)

    class Meta:
        verbose_name = _("评优名单的一行")
        verbose_name_plural = _("评优名单的各行")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["award", "mandate"], name="assessments_one_award_row")]

    def __str__(self):
        return f"{self.mandate} {self.total}"
