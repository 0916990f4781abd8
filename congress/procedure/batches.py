"""What every upload of a table has, whatever is in it; a room adds into what it goes (导入)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """One table that was brought in: checked first, written when a clerk confirms it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待核对")
        CHECKED = "checked", _("待确认")
        CONFIRMED = "confirmed", _("正在写入")
        APPLIED = "applied", _("已导入")
        REFUSED = "refused", _("不能导入")
        UNDONE = "undone", _("已撤销")
        DROPPED = "dropped", _("已放弃")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name=_("文件"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("导入人"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认人")
    )
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.WAITING)
    leaves_errors_out = models.BooleanField(_("留下有问题的行不导入"), default=False)
    done = models.PositiveIntegerField(_("已核对行数"), default=0)
    total = models.PositiveIntegerField(_("总行数"), default=0)
    headings = models.JSONField(_("表头"), default=list)
    counts = models.JSONField(_("各类行数"), default=dict)
    problem = models.TextField(_("问题"), blank=True, default="")
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    applied_at = models.DateTimeField(_("写入时间"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self):
        return self.file.name

    @property
    def written_by(self):
        """In whose name it is written: whoever confirmed it; of old ones it is only known who brought them."""
        return self.confirmed_by or self.by

    @property
    def in_work(self):
        """The worker has it: there is nothing to decide until it is done."""
        return self.state in {self.State.WAITING, self.State.CONFIRMED}


class BatchRow(models.Model):
    """One row of such a table; a room adds its `batch`, `cells`, `verdict` and `messages`, and what was written."""

    class Decision(models.TextChoices):
        NONE = "", _("未决定")
        SKIP = "skip", _("不导入")

    sheet = models.CharField(_("工作表"), max_length=60, blank=True, default="")
    number = models.PositiveIntegerField(_("行号"))
    decision = models.CharField(_("决定"), max_length=10, choices=Decision, blank=True, default="")

    class Meta:
        abstract = True
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet", "number"], name="%(app_label)s_one_row_per_line")
        ]

    def __str__(self):
        return f"{self.sheet} {self.number}"

    @property
    def is_left_out(self):
        """It is in error, or the clerk keeps it out."""
        return self.verdict == self.Verdict.ERROR or self.decision == self.Decision.SKIP
