"""What somebody asks of the list again and again, under a name of his own (我的视图)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """The conditions of the list as they stood in its address; nobody but their owner sees them."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("用户")
    )
    name = models.CharField(_("名称"), max_length=20)
    query = models.CharField(_("条件"), max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = _("我的视图")
        verbose_name_plural = _("我的视图")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="docket_one_view_a_name")]

    def __str__(self):
        return self.name
