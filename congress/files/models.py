"""Stored papers: what was uploaded, by whom, and to which case it belongs (文件)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFileQuerySet(models.QuerySet):
    def with_bytes(self):
        """Those that were not emptied."""
        return self.exclude(file="")


class StoredFile(models.Model):
    """One uploaded file after its checks (文件); served only through the protected download.

    Emptied it has no `file` any more: what nobody needs is let go (个人信息保护法 Art. 47), that it was here stays.
    """

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小"), help_text=_("字节"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    file = models.FileField(_("文件"), upload_to="%Y/%m/")
    case_kind = models.CharField(_("案件类型"), max_length=60, blank=True, default="")
    case_id = models.BigIntegerField(_("案件"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        indexes = [models.Index(fields=["case_kind", "case_id"], name="files_of_case")]

    def __str__(self):
        return self.name
