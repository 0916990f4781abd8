"""Scoring rules as data: schemes, their versions and items, and what kind of deputy somebody is (积分规则)."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import Mandate

HALF = Decimal("0.5")


class DeputyKind(models.TextChoices):
    """Kinds of deputy whose norms may differ, for a ranking that is fair (代表类别)."""

    ORDINARY = "ordinary", _("一般代表")
    LEADER = "leader", _("领导干部代表")
    GRASSROOTS = "grassroots", _("基层一线代表")
    MOBILE = "mobile", _("流动代表")


class KindOfDeputy(models.Model):
    """What kind of deputy a mandate is counted as; without a row it is an ordinary one (代表类别)."""

    mandate = models.OneToOneField(
        Mandate, models.PROTECT, primary_key=True, related_name="kind_row", verbose_name=_("代表")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=DeputyKind)

    class Meta:
        verbose_name = _("代表类别")
        verbose_name_plural = _("代表类别")

    def __str__(self):
        return f"{self.mandate} {self.get_kind_display()}"


class SchemeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office and the leaders read those of the congresses they watch; a deputy those of his own."""
        hats = hats_of(user)
        return self.filter(congress__in=hats.watches | hats.deputy_in)


class Scheme(Proceeding):
    """A way of scoring that a congress keeps under one name through all its versions until it is stopped (积分办法)."""

    class State(models.TextChoices):
        IN_USE = "in_use", _("使用中")
        STOPPED = "stopped", _("已停用")

    class Subject(models.TextChoices):
        DEPUTY = "deputy", _("代表")
        GROUP = "group", _("代表小组")

    class Shown(models.TextChoices):
        """Who of the deputies reads the ranking of a published period (亮分范围)."""

        OWN = "own", _("只看本人积分和分布，不排名次")
        BODY = "body", _("本代表团、本小组内互相看得到")
        CONGRESS = "congress", _("本级全体代表互相看得到")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    name = models.CharField(_("名称"), max_length=60)
    subject = models.CharField(_("计分对象"), max_length=10, choices=Subject, default=Subject.DEPUTY)
    shown = models.CharField(_("亮分范围"), max_length=10, choices=Shown, default=Shown.OWN)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.IN_USE, editable=False)
    ends_on = models.DateField(_("计分到"), null=True, blank=True, editable=False)
    why_stopped = models.CharField(_("停用原因"), max_length=200, blank=True, default="", editable=False)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("积分办法")
        verbose_name_plural = _("积分办法")
        ordering = ["subject", "id"]
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="scores_one_scheme_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("scores:scheme", args=[self.pk])

    @property
    def is_stopped(self):
        return self.state == self.State.STOPPED

    def counts_from(self, day):
        """Whether a period that begins on this day is scored by it."""
        return self.ends_on is None or day <= self.ends_on


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A draft is the office's; what was adopted is read by whoever is scored by it."""
        hats = hats_of(user)
        adopted = Q(scheme__congress__in=hats.deputy_in, state=Version.State.ADOPTED)
        return self.filter(Q(scheme__congress__in=hats.watches) | adopted)


class Version(Proceeding):
    """The rules of a scheme from one day on (规则版本): written as a draft, after its adoption never changed again."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        ADOPTED = "adopted", _("已施行")

    class Period(models.TextChoices):
        MONTH = "month", _("按月")
        QUARTER = "quarter", _("按季度")
        HALF = "half", _("按半年")
        YEAR = "year", _("按年")
        TERM = "term", _("按届")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions", verbose_name=_("积分办法"))
    number = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    effective_from = models.DateField(_("施行日期"), null=True, blank=True, editable=False)
    effective_to = models.DateField(_("停止日期"), null=True, blank=True, editable=False)
    period = models.CharField(_("计分周期"), max_length=10, choices=Period, default=Period.YEAR)
    base = models.DecimalField(_("基础分"), max_digits=6, decimal_places=1, default=Decimal(0))
    cap = models.DecimalField(_("总分上限"), max_digits=6, decimal_places=1, null=True, blank=True)
    prorates = models.BooleanField(_("中途任职的，定额按任职天数折算"), default=True)
    bands = models.JSONField(_("分档"), default=list, blank=True)  # [{"name", "at_least" or None, "text"}], best first
    preset = models.CharField(_("样本"), max_length=40, blank=True, default="", editable=False)
    source = models.CharField(_("依据、出处"), max_length=300, blank=True, default="")
    note = models.TextField(_("说明"), blank=True, default="")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("规则版本")
        verbose_name_plural = _("规则版本")
        ordering = ["scheme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scores_one_version_number"),
            models.UniqueConstraint(fields=["scheme"], condition=Q(state="draft"), name="scores_one_draft_per_scheme"),
        ]

    def __str__(self):
        return _("%(scheme)s（第 %(number)s 版）") % {"scheme": self.scheme, "number": self.number}

    def get_absolute_url(self):
        return reverse("scores:version", args=[self.pk])

    @property
    def congress_id(self):
        return self.scheme.congress_id

    @property
    def was_never_in_force(self):
        """Its scheme was stopped before its first day came."""
        return None not in (self.effective_from, self.effective_to) and self.effective_to < self.effective_from

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT


class Item(models.Model):
    """One thing for which a version gives or takes points, counted from verified duty records (计分项目)."""

    class Counts(models.TextChoices):
        """What of the matching records is counted."""

        QUANTITY = "quantity", _("登记的数量之和")
        RECORDS = "records", _("登记的条数")
        EVENTS = "events", _("活动的场次")
        DAYS = "days", _("有登记的天数")
        MEMBERS = "members", _("有登记的人数")

    class Way(models.TextChoices):
        EACH = "each", _("每一单位计一次分")
        NORM = "norm", _("完成定额计一次分")

    COPIED = (
        *("code", "position", "block", "text", "kinds", "outcome", "words", "min_quantity", "below_quantity", "level"),
        *("counts", "unit", "way", "points", "norm", "norms", "norm_per_member", "per_extra", "per_missing"),
        *("full_until", "then_percent", "at_most", "at_least", "highest_of", "is_off", "why_off"),
    )
    LEVELS = tuple(DutyRecord.Level.values)  # from the deputy's own check up to the office's

    version = models.ForeignKey(Version, models.CASCADE, related_name="items", verbose_name=_("规则版本"))
    code = models.CharField(_("编号"), max_length=10)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    block = models.CharField(_("板块"), max_length=30, blank=True, default="")
    text = models.CharField(_("项目"), max_length=200)
    kinds = models.JSONField(_("履职事项"), default=list, blank=True)
    outcome = models.CharField(
        _("履行情况"), max_length=10, choices=DutyRecord.Outcome, default=DutyRecord.Outcome.DONE
    )
    words = models.CharField(_("内容含有"), max_length=30, blank=True, default="")
    min_quantity = models.DecimalField(_("每条数量至少"), max_digits=6, decimal_places=1, null=True, blank=True)
    below_quantity = models.DecimalField(_("每条数量不足"), max_digits=6, decimal_places=1, null=True, blank=True)
    level = models.CharField(_("核实层级至少"), max_length=10, choices=DutyRecord.Level, blank=True, default="")
    counts = models.CharField(_("计数"), max_length=10, choices=Counts, default=Counts.QUANTITY)
    unit = models.CharField(_("单位"), max_length=10, default=_("次"))
    way = models.CharField(_("计分方式"), max_length=10, choices=Way, default=Way.EACH)
    points = models.DecimalField(_("分值"), max_digits=6, decimal_places=1, default=Decimal(0))
    norm = models.DecimalField(_("定额"), max_digits=6, decimal_places=1, null=True, blank=True)
    norms = models.JSONField(_("各类代表的定额"), default=dict, blank=True)
    norm_per_member = models.BooleanField(_("定额按小组人数计"), default=False)
    per_extra = models.DecimalField(_("每超一个加"), max_digits=6, decimal_places=1, null=True, blank=True)
    per_missing = models.DecimalField(_("每缺一个扣"), max_digits=6, decimal_places=1, null=True, blank=True)
    full_until = models.PositiveSmallIntegerField(_("足额计分到第几个"), null=True, blank=True)
    then_percent = models.PositiveSmallIntegerField(_("以后每个按百分之几"), null=True, blank=True)
    at_most = models.DecimalField(_("本项最高"), max_digits=6, decimal_places=1, null=True, blank=True)
    at_least = models.DecimalField(_("本项最低"), max_digits=6, decimal_places=1, null=True, blank=True)
    highest_of = models.CharField(_("取最高组"), max_length=20, blank=True, default="")
    is_off = models.BooleanField(_("停用"), default=False)
    why_off = models.CharField(_("停用原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("计分项目")
        verbose_name_plural = _("计分项目")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="scores_one_item_code")]

    def __str__(self):
        return self.text

    @property
    def kind_labels(self):
        return "、".join(str(Kind(each).label) for each in self.kinds)

    def clean(self):
        """What no rule may say; every refusal stands beside its field."""
        problems = {**self._wrong_numbers(), **self._wrong_pairs()}
        unknown = [each for each in self.kinds if each not in Kind.values]
        if unknown:
            problems["kinds"] = _("没有这种履职事项：%s") % "、".join(unknown)
        elif not self.kinds and (self.points or self.per_extra or self.per_missing) and not self.is_off:
            problems["kinds"] = _("请选履职事项：有分值的项目要从登记里数出来，不能手工给分。")
        if self.is_off and not self.why_off.strip():
            problems["why_off"] = _("停用的项目请写明原因。")
        if problems:
            raise ValidationError(problems)

    def _wrong_numbers(self):
        problems = {}
        for name in ("points", "per_extra", "per_missing", "at_most", "at_least"):
            value = getattr(self, name)
            if value is not None and value % HALF:
                problems[name] = _("分值以 0.5 分为单位。")
        if self.per_missing is not None and self.per_missing > 0:
            problems["per_missing"] = _("缺一个是扣分，请填负数，如 -5。")
        if self.per_extra is not None and self.per_extra < 0:
            problems["per_extra"] = _("超额是加分，不能是负数。")
        if self.norm is not None and self.norm < 0:
            problems["norm"] = _("定额不能是负数。")
        if self.then_percent is not None and self.then_percent > 100:
            problems["then_percent"] = _("请填 0 到 100。")
        return problems

    def _wrong_pairs(self):
        problems, wants_norm = {}, self.way == self.Way.NORM or self.norm_per_member
        if self.norm is None and (wants_norm or self.per_missing is not None or self.per_extra is not None):
            problems["norm"] = _("请填定额：超多少、缺多少都从定额算起。")
        if self.per_extra is not None and self.way != self.Way.NORM:
            problems["per_extra"] = _("“每一单位计一次分”的项目不用再写超额加分。")
        if self.full_until is None and self.then_percent is not None:
            problems["full_until"] = _("请填足额计分到第几个。")
        if self.full_until is not None and self.way == self.Way.NORM:
            problems["full_until"] = _("“完成定额计一次分”的项目没有递减。")
        if None not in (self.at_most, self.at_least) and self.at_least > self.at_most:
            problems["at_least"] = _("最低不能高于最高。")
        if None not in (self.min_quantity, self.below_quantity) and self.min_quantity >= self.below_quantity:
            problems["below_quantity"] = _("要大于“每条数量至少”。")
        return problems

    def norm_for(self, kind):
        """The norm of one kind of deputy: its own, else the common one, else none."""
        own = self.norms.get(kind)
        return self.norm if own in (None, "") else Decimal(str(own))
