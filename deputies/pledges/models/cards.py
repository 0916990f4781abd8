"""Target cards as data: what is counted, from which records, up to which number (目标卡)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from deputies.duties.kinds import Kind
from deputies.roll.models import read_by


class CardTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever reads the roll of a congress reads which cards it keeps."""
        return self.filter(congress__in=read_by(user) | hats_of(user).deputy_in)

    def in_force(self):
        return self.filter(is_active=True)


class CardTemplate(models.Model):
    """A card that every deputy, or every group, of a congress fills by what it does in a year (目标卡), as 12345."""

    class Audience(models.TextChoices):
        DEPUTY = "deputy", _("每位代表")
        GROUP = "group", _("每个代表小组")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    name = models.CharField(_("名称"), max_length=40)
    audience = models.CharField(_("适用于"), max_length=10, choices=Audience, default=Audience.DEPUTY)
    note = models.CharField(_("说明"), max_length=200, blank=True, default="")
    is_active = models.BooleanField(_("正在使用"), default=True)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)

    objects = CardTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("目标卡")
        verbose_name_plural = _("目标卡")
        ordering = ["audience", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="pledges_one_card_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("pledges:card", args=[self.pk])


class Target(models.Model):
    """One counter of a card (指标): nobody types it, it is counted from duty records or from the group's activities."""

    class Measure(models.TextChoices):
        RECORDS = "records", _("履职记录的条数")
        QUANTITY = "quantity", _("履职记录的数量合计")
        TITLES = "titles", _("不同对象（同名只算一次）")
        ACTIVITIES = "activities", _("小组活动的次数")
        QUARTERS = "quarters", _("有小组活动的季度数")
        THEMED = "themed", _("小组活动都有明确主题")

    OF_ACTIVITIES = (Measure.ACTIVITIES, Measure.QUARTERS, Measure.THEMED)

    template = models.ForeignKey(CardTemplate, models.CASCADE, related_name="targets", verbose_name=_("目标卡"))
    label = models.CharField(_("指标"), max_length=40)
    goal = models.PositiveSmallIntegerField(_("目标数"))
    unit = models.CharField(_("单位"), max_length=6, default="次")
    measure = models.CharField(_("怎样计数"), max_length=12, choices=Measure, default=Measure.RECORDS)
    kinds = models.JSONField(_("计入的履职事项"), default=list, blank=True)
    word = models.CharField(
        _("内容须含"), max_length=20, blank=True, default="", help_text=_("只计内容里有这个词的记录；不限就空着。")
    )
    needs_office = models.BooleanField(_("须经代表工作机构认可"), default=False)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("目标卡指标")
        verbose_name_plural = _("目标卡指标")
        ordering = ["position", "id"]

    def __str__(self):
        return self.label

    @property
    def kind_labels(self):
        return "、".join(str(Kind(each).label) for each in self.kinds)
