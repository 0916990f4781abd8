"""How deputies are assessed, as data: the dimensions with their standard values, who rates, the grades (考评办法)."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding


class MethodQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office and the leaders; whoever rates by it finds it on his page."""
        return self.filter(congress__in=hats_of(user).watches)

    def in_force(self):
        return self.filter(state=Method.State.ADOPTED)


class Method(Proceeding):
    """One version of a way to assess (考评办法): a draft until it is adopted, after that never changed again."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        ADOPTED = "adopted", _("施行中")
        RETIRED = "retired", _("已停用")

    class Period(models.TextChoices):
        HALF = "half", _("每半年一次")
        YEAR = "year", _("每年一次")
        TERM = "term", _("每届一次")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    name = models.CharField(_("名称"), max_length=60)
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    adopted_on = models.DateField(_("施行日期"), null=True, blank=True, editable=False)
    period = models.CharField(_("多久考评一次"), max_length=10, choices=Period, default=Period.YEAR)
    in_turn = models.BooleanField(_("各方依次评定，前一方评完后一方才评"), default=False)
    grades = models.JSONField(_("等次"), default=list, blank=True)  # [{"name", "at_least" or None, "text"}], best first
    preset = models.CharField(_("样本"), max_length=40, blank=True, default="", editable=False)
    source = models.CharField(_("依据、出处"), max_length=300, blank=True, default="")
    note = models.TextField(_("说明"), blank=True, default="")

    objects = MethodQuerySet.as_manager()

    class Meta:
        verbose_name = _("考评办法")
        verbose_name_plural = _("考评办法")
        ordering = ["name", "-number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "name", "number"], name="assessments_one_version_number"),
            models.UniqueConstraint(
                fields=["congress", "name"], condition=Q(state="draft"), name="assessments_one_draft"
            ),
        ]

    def __str__(self):
        return _("%(name)s（第 %(number)s 版）") % {"name": self.name, "number": self.number}

    def get_absolute_url(self):
        return reverse("assessments:method", args=[self.pk])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @cached_property
    def full_marks(self):
        """What somebody has who gets every standard value."""
        return sum((each.standard or 0 for each in self.dimensions.all()), Decimal(0))

    @property
    def grade_names(self):
        return [each["name"] for each in self.grades]


class Dimension(models.Model):
    """One thing that is rated, with the most it can give (考评项目、标准分)."""

    method = models.ForeignKey(Method, models.CASCADE, related_name="dimensions", verbose_name=_("考评办法"))
    position = models.PositiveSmallIntegerField(_("排序"))
    block = models.CharField(_("板块"), max_length=30, blank=True, default="")
    text = models.CharField(_("项目"), max_length=100)
    standard = models.DecimalField(_("标准分"), max_digits=5, decimal_places=1, null=True, blank=True)

    class Meta:
        verbose_name = _("考评项目")
        verbose_name_plural = _("考评项目")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["method", "position"], name="assessments_one_dimension_place")]

    def __str__(self):
        return self.text


class Stage(models.Model):
    """One rater of the set and his place in the order (评定环节)."""

    class Rater(models.TextChoices):
        DEPUTY = "deputy", _("代表本人")
        GROUP = "group", _("代表小组组长")
        TOWNSHIP = "township", _("乡镇街道人大")
        OFFICE = "office", _("代表工作机构")
        MEETING = "meeting", _("主任会议（由代表工作机构录入）")

    class Gives(models.TextChoices):
        POINTS = "points", _("逐项打分")
        GRADE = "grade", _("评定等次")

    method = models.ForeignKey(Method, models.CASCADE, related_name="stages", verbose_name=_("考评办法"))
    position = models.PositiveSmallIntegerField(_("顺序"))
    rater = models.CharField(_("由谁评"), max_length=10, choices=Rater)
    label = models.CharField(_("环节名称"), max_length=20)
    gives = models.CharField(_("评什么"), max_length=10, choices=Gives, default=Gives.POINTS)
    weight = models.PositiveSmallIntegerField(_("占百分之几"), default=0)

    class Meta:
        verbose_name = _("评定环节")
        verbose_name_plural = _("评定环节")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["method", "position"], name="assessments_one_stage_place"),
            models.UniqueConstraint(fields=["method", "rater"], name="assessments_one_stage_per_rater"),
        ]

    def __str__(self):
        return self.label

    @property
    def gives_points(self):
        return self.gives == self.Gives.POINTS
