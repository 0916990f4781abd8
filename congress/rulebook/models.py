"""Statutory numbers as data with their articles, and the working-day calendar (规则口径、工作日历)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Whose rule it is: county rules serve every congress above the township too (层级)."""

    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡镇")


class Unit(models.TextChoices):
    """How the value of a rule is read (单位)."""

    WORKDAYS = "workdays", _("工作日")
    DAYS = "days", _("日")
    MONTHS = "months", _("个月")
    CALENDAR_DATE = "calendar_date", _("固定日期")
    COUNT = "count", _("数量")
    FLAG = "flag", _("是否")
    CHOICE = "choice", _("选项")
    LIST = "list", _("清单")
    TEXT = "text", _("文字")


PERIOD_UNITS = frozenset({Unit.WORKDAYS, Unit.DAYS, Unit.MONTHS, Unit.CALENDAR_DATE})


class RuleProfile(models.Model):
    """A body of rules that a congress may choose, by province or kind of place (期限口径)."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    home_level = models.CharField(_("适用层级"), max_length=20, choices=Level, default=Level.COUNTY)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("期限口径")
        verbose_name_plural = _("期限口径")
        ordering = ["position", "code"]

    def __str__(self):
        return self.name


class ProfileVersion(models.Model):
    """The rules of a profile as they stand from a day on (口径版本)."""

    profile = models.ForeignKey(RuleProfile, models.PROTECT, related_name="versions", verbose_name=_("期限口径"))
    effective_from = models.DateField(_("生效日期"))
    note = models.CharField(_("说明"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("口径版本")
        verbose_name_plural = _("口径版本")
        ordering = ["profile", "effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "effective_from"], name="rulebook_one_version_a_day"),
        ]

    def __str__(self):
        return _("%(profile)s（%(from)s起）") % {"profile": self.profile, "from": self.effective_from}


class Rule(models.Model):
    """One value of one version at one level, with the article it rests on (规则)."""

    version = models.ForeignKey(ProfileVersion, models.CASCADE, related_name="rules", verbose_name=_("口径版本"))
    level = models.CharField(_("层级"), max_length=20, choices=Level)
    code = models.SlugField(_("项目"), max_length=40)
    unit = models.CharField(_("单位"), max_length=20, choices=Unit)
    value = models.JSONField(_("数值"))
    article = models.CharField(_("依据"), max_length=200, blank=True, default="")
    is_product_default = models.BooleanField(_("产品默认"), default=False)

    class Meta:
        verbose_name = _("规则")
        verbose_name_plural = _("规则")
        constraints = [
            models.UniqueConstraint(fields=["version", "level", "code"], name="rulebook_one_value_per_code"),
            models.CheckConstraint(
                condition=models.Q(is_product_default=True) | ~models.Q(article=""),
                name="rulebook_article_or_product_default",
            ),
        ]

    def __str__(self):
        return self.code


class CongressProfile(models.Model):
    """Which profile a congress follows from a day on (口径选择)."""

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="profiles", verbose_name=_("人大"))
    profile = models.ForeignKey(RuleProfile, models.PROTECT, related_name="choices", verbose_name=_("期限口径"))
    effective_from = models.DateField(_("生效日期"))
    ground = models.CharField(_("依据"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("口径选择")
        verbose_name_plural = _("口径选择")
        ordering = ["congress", "effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "effective_from"], name="rulebook_one_choice_a_day"),
        ]

    def __str__(self):
        return _("%(profile)s，%(from)s起") % {"profile": self.profile, "from": self.effective_from}


class RuleOverride(models.Model):
    """A congress's own value for one rule from a day on, with its ground (本级口径)."""

    congress = models.ForeignKey(
        "organs.Congress", models.PROTECT, related_name="rule_overrides", verbose_name=_("人大")
    )
    code = models.SlugField(_("项目"), max_length=40)
    unit = models.CharField(_("单位"), max_length=20, choices=Unit)
    value = models.JSONField(_("数值"))
    article = models.CharField(_("依据"), max_length=200, help_text=_("写明本级哪个文件第几条，或哪次会议决定。"))
    effective_from = models.DateField(_("生效日期"))

    class Meta:
        verbose_name = _("本级口径")
        verbose_name_plural = _("本级口径")
        ordering = ["congress", "code", "effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "code", "effective_from"], name="rulebook_one_override_a_day"),
        ]

    def __str__(self):
        return self.code


class CalendarYear(models.Model):
    """Whether the holiday notice of a year has been entered; without it every date in that year is provisional."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    is_published = models.BooleanField(_("放假安排已公布"), default=False)
    source = models.CharField(_("依据"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("年历")
        verbose_name_plural = _("年历")
        ordering = ["year"]

    def __str__(self):
        return str(self.year)


class CalendarDay(models.Model):
    """A day on which the notice differs from the plain week or gives it a name (放假、调休上班)."""

    date = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(_("上班"))
    name = models.CharField(_("名称"), max_length=20)
    source = models.CharField(_("依据"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("放假与调休")
        verbose_name_plural = _("放假与调休")
        ordering = ["date"]

    def __str__(self):
        return f"{self.date} {self.name}"
