"""Periods that were closed: what stood then stands for good, and who objected (结转、异议)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.roll.models import DeputyGroup, Mandate
from deputies.roll.seats import seats_of
from deputies.scores.models.schemes import DeputyKind, Scheme, Version
from deputies.scores.windows import label_of


class WrittenOnce(models.Model):
    """A row of a closed period: it can be added, never changed or taken away."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("a closed period stands still")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("a closed period stands still")


class PeriodCloseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office and the leaders; the deputies, who were told of it."""
        hats = hats_of(user)
        return self.filter(congress__in=hats.watches | hats.deputy_in)


class PeriodClose(Proceeding):
    """One period of a scheme, closed (结转): the standings below it no longer move, whatever the records do."""

    class State(models.TextChoices):
        CLOSED = "closed", _("已结转")
        PUBLISHED = "published", _("已亮分")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="closes", verbose_name=_("积分办法"))
    rules = models.ForeignKey(Version, models.PROTECT, related_name="closes", verbose_name=_("规则版本"))
    code = models.CharField(_("周期"), max_length=10)
    first = models.DateField(_("起"))
    last = models.DateField(_("止"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.CLOSED, editable=False)
    closed_on = models.DateField(_("结转日期"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("结转人"))
    object_until = models.DateField(_("异议截止"))
    published_on = models.DateField(_("亮分日期"), null=True, blank=True, editable=False)

    objects = PeriodCloseQuerySet.as_manager()

    class Meta:
        verbose_name = _("积分结转")
        verbose_name_plural = _("积分结转")
        ordering = ["-first", "-id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="scores_one_close_per_period")]

    def __str__(self):
        return f"{self.scheme} {self.label}"

    @property
    def label(self):
        return label_of(self.code)

    def get_absolute_url(self):
        return f"{reverse('scores:list')}?scheme={self.scheme_id}&period={self.code}"


class StandingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody his own; the office and the leaders all; of a published period as far as its scheme shows it."""
        hats, seats = hats_of(user), seats_of(user)
        reach = Q(close__congress__in=hats.watches) | Q(mandate__in=seats)
        if seats:
            mine = DeputyGroup.objects.filter(members__in=seats)
            published = Q(close__state=PeriodClose.State.PUBLISHED)
            to_all = Q(close__scheme__shown=Scheme.Shown.CONGRESS, close__congress__in=hats.deputy_in)
            beside = Mandate.objects.filter(pk__in=seats, delegation=OuterRef("mandate__delegation"))
            together = Exists(beside) | Exists(mine.filter(members=OuterRef("mandate")))
            to_body = Q(close__scheme__shown=Scheme.Shown.BODY) & together
            reach |= Q(group__in=mine) | published & (to_all | to_body)
        return self.filter(reach)


class Standing(WrittenOnce):
    """Where one deputy or group stood when the period was closed (积分)."""

    close = models.ForeignKey(PeriodClose, models.PROTECT, related_name="standings", verbose_name=_("积分结转"))
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="standings", verbose_name=_("代表")
    )
    group = models.ForeignKey(
        DeputyGroup, models.PROTECT, null=True, blank=True, related_name="standings", verbose_name=_("代表小组")
    )
    kind = models.CharField(_("代表类别"), max_length=12, choices=DeputyKind, blank=True, default="")
    points = models.DecimalField(_("积分"), max_digits=8, decimal_places=2)
    rank = models.PositiveIntegerField(_("名次"))
    band = models.CharField(_("分档"), max_length=20, blank=True, default="")
    days = models.PositiveIntegerField(_("任职天数"))
    called = models.PositiveIntegerField(_("应到次数"))
    came = models.PositiveIntegerField(_("实到次数"))

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("积分")
        verbose_name_plural = _("积分")
        ordering = ["rank", "id"]
        indexes = [models.Index(fields=["mandate", "-id"], name="scores_of_deputy")]
        constraints = [
            models.UniqueConstraint(fields=["close", "mandate"], name="scores_one_standing_per_deputy"),
            models.UniqueConstraint(fields=["close", "group"], name="scores_one_standing_per_group"),
            models.CheckConstraint(
                condition=Q(mandate__isnull=False, group__isnull=True) | Q(mandate__isnull=True, group__isnull=False),
                name="scores_of_a_deputy_or_a_group",
            ),
        ]

    def __str__(self):
        return f"{self.mandate or self.group} {self.points}"


class ScoreLine(WrittenOnce):
    """What one item gave in a closed period, with the records it was counted from (积分明细)."""

    standing = models.ForeignKey(Standing, models.PROTECT, related_name="lines", verbose_name=_("积分"))
    position = models.PositiveSmallIntegerField(_("排序"))
    code = models.CharField(_("编号"), max_length=10)
    text = models.CharField(_("项目"), max_length=200)
    count = models.DecimalField(_("数量"), max_digits=8, decimal_places=1, null=True)
    norm = models.DecimalField(_("定额"), max_digits=8, decimal_places=1, null=True)
    won = models.DecimalField(_("本项得分"), max_digits=8, decimal_places=2)
    points = models.DecimalField(_("计入"), max_digits=8, decimal_places=2)
    records = models.JSONField(_("依据的登记"), default=list)

    class Meta:
        verbose_name = _("积分明细")
        verbose_name_plural = _("积分明细")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["standing", "code"], name="scores_one_line_per_item")]

    def __str__(self):
        return f"{self.code} {self.points}"


class ObjectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The deputy's own; those of the congresses he watches for the office and the leaders."""
        return self.filter(Q(congress__in=hats_of(user).watches) | Q(standing__mandate__in=seats_of(user)))

    def open(self):
        return self.filter(state=Objection.State.RAISED)


class Objection(Proceeding):
    """A deputy does not agree with his score of a closed period (积分异议): the office decides, both are traced.

    A correction is the difference that the corrected records make, reckoned and never typed.
    """

    class State(models.TextChoices):
        RAISED = "raised", _("待处理")
        CORRECTED = "corrected", _("已更正")
        UPHELD = "upheld", _("维持原分")
        WITHDRAWN = "withdrawn", _("已撤回")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    standing = models.ForeignKey(Standing, models.PROTECT, related_name="objections", verbose_name=_("积分"))
    line = models.ForeignKey(
        ScoreLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("对哪一项")
    )
    text = models.TextField(_("异议"))
    raised_on = models.DateField(_("提出日期"))
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RAISED, editable=False)
    finding = models.TextField(_("处理意见"), blank=True, default="", editable=False)
    difference = models.DecimalField(_("更正"), max_digits=8, decimal_places=2, null=True, blank=True, editable=False)
    decided_on = models.DateField(_("处理日期"), null=True, blank=True, editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("积分异议")
        verbose_name_plural = _("积分异议")
        ordering = ["-id"]
        indexes = [models.Index(fields=["congress"], condition=Q(state="raised"), name="scores_objections_open")]
        constraints = [
            models.UniqueConstraint(fields=["standing"], condition=Q(state="raised"), name="scores_one_open_objection")
        ]

    def __str__(self):
        return _("%(who)s对%(close)s积分的异议") % {
            "who": self.standing.mandate,
            "close": self.standing.close.label,
        }

    def get_absolute_url(self):
        return reverse("scores:objection", args=[self.pk])
