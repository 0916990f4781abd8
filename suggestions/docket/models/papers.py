"""Old papers that are brought in: the upload, its rows, what was printed, and names that nobody linked yet (旧件)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.procedure.batches import Batch, BatchRow
from suggestions.docket.models.case import Assignment, Suggestion


class Import(Batch):
    """One table of old suggestions that was brought in (旧件导入)."""

    session = models.ForeignKey("organs.Session", models.PROTECT, related_name="+", verbose_name=_("届次"))

    class Meta(Batch.Meta):
        verbose_name = _("旧件导入")
        verbose_name_plural = _("旧件导入")

    def get_absolute_url(self):
        return reverse("docket:import", args=[self.pk])


class ImportRow(BatchRow):
    """One row of the table: its cells with their verdicts, what the clerk decided, and the case it became."""

    class Verdict(models.TextChoices):
        NEW = "new", _("新增")
        DUPLICATE = "duplicate", _("没有变化")
        WARNING = "warning", _("警告")
        ERROR = "error", _("错误")

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows", verbose_name=_("导入"))
    cells = models.JSONField(_("各格"), default=dict)
    verdict = models.CharField(_("结论"), max_length=20, choices=Verdict)
    messages = models.JSONField(_("说明"), default=list)
    suggestion = models.ForeignKey(
        Suggestion, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("建议")
    )

    class Meta(BatchRow.Meta):
        verbose_name = _("导入行")
        verbose_name_plural = _("导入行")


class Origin(models.Model):
    """What an old paper printed and the case has no place for (原件); the key says that it was brought in."""

    suggestion = models.OneToOneField(
        Suggestion, models.CASCADE, primary_key=True, related_name="origin", verbose_name=_("建议")
    )
    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    key = models.CharField(_("标识"), max_length=64, editable=False)
    file_name = models.CharField(_("文件"), max_length=200)
    sheet = models.CharField(_("工作表"), max_length=60, blank=True, default="")
    number = models.PositiveIntegerField(_("行号"))
    session_printed = models.CharField(_("原件届次"), max_length=60, blank=True, default="")
    proposer_count = models.PositiveSmallIntegerField(_("提出人数"), null=True, blank=True)
    rating_printed = models.CharField(_("原件评价"), max_length=60, blank=True, default="")
    source = models.CharField(_("来源"), max_length=500, blank=True, default="")
    remarks = models.JSONField(_("照原样保留的"), default=list)

    class Meta:
        verbose_name = _("原件")
        verbose_name_plural = _("原件")
        constraints = [models.UniqueConstraint(fields=["congress", "key"], name="docket_brought_in_once")]

    def __str__(self):
        return f"{self.file_name} {self.number}"

    @property
    def is_address(self):
        """Whether the source is an address that can be opened."""
        return self.source.startswith(("http://", "https://"))


class PrintedName(models.Model):
    """A name on an old paper that the roll or the list of departments did not know (原件名称)."""

    class Place(models.TextChoices):
        LEAD = "lead", _("领衔代表")
        COSIGNER = "cosigner", _("附议代表")
        UNIT = "unit", _("承办单位")

    class State(models.TextChoices):
        OPEN = "open", _("未关联")
        LINKED = "linked", _("已关联")
        LEFT = "left", _("照原样保留")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="printed_names", verbose_name=_("建议"))
    share = models.ForeignKey(
        Assignment, models.CASCADE, null=True, blank=True, related_name="printed_names", verbose_name=_("承办")
    )
    place = models.CharField(_("位置"), max_length=20, choices=Place)
    name = models.CharField(_("原件写法"), max_length=100)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.OPEN)
    linked_to = models.CharField(_("关联到"), max_length=120, blank=True, default="")
    mandate = models.ForeignKey(
        "roll.Mandate", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("关联的代表资格")
    )

    class Meta:
        verbose_name = _("原件名称")
        verbose_name_plural = _("原件名称")
        ordering = ["suggestion", "position", "id"]
        indexes = [models.Index(fields=["congress", "state", "name"], name="docket_names_to_link")]

    def __str__(self):
        return self.name
