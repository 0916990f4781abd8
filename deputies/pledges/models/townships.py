"""What a township sends up to the county in a year (乡镇年度计划和总结)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of


class TownshipPaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The county reads those of its townships, a township its own."""
        return self.filter(congress__in=hats_of(user).watches)


class TownshipPaper(models.Model):
    """The yearly plan or summary of a township congress, sent to the county (年度计划、年度总结).

    A later version replaces the file; the day on which it first came stands.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", _("年度工作计划")
        SUMMARY = "summary", _("年度工作总结")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("乡镇人大"))
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("文种"), max_length=10, choices=Kind)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name=_("文件"))
    sent_on = models.DateField(_("报送日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("报送人"))

    objects = TownshipPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("乡镇年度计划、总结")
        verbose_name_plural = _("乡镇年度计划、总结")
        ordering = ["-year", "congress", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "year", "kind"], name="pledges_one_paper_a_year"),
        ]

    def __str__(self):
        return _("%(congress)s%(year)s%(kind)s") % {
            "congress": self.congress,
            "year": self.year,
            "kind": self.get_kind_display(),
        }
