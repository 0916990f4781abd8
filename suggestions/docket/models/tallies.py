"""Standing tallies (常备计数): what the figures count, kept by the steps themselves instead of being counted anew."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from suggestions.docket.models.case import Category, Suggestion


class Standing(models.Model):
    """What one case adds to the tallies now (计数底账): the difference to the next reading is all that is written."""

    suggestion = models.OneToOneField(
        Suggestion, models.CASCADE, primary_key=True, related_name="standing", verbose_name=_("建议")
    )
    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    session = models.ForeignKey("organs.Session", models.PROTECT, null=True, related_name="+", verbose_name=_("届次"))
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, related_name="+", verbose_name=_("主办单位"))
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", verbose_name=_("类别"))
    marks = models.TextField(_("计入项目"), blank=True, default="")  # codes separated by spaces, some as code@day

    class Meta:
        verbose_name = _("计数底账")
        verbose_name_plural = _("计数底账")
        indexes = [
            # What waits on a desk and what displeased: the views find these few among all without reading their cases.
            models.Index(
                fields=["congress", "suggestion"],
                include=["marks"],
                condition=Q(marks__contains="desk") | Q(marks__contains="displeased"),
                name="docket_few_of_all",
            ),
        ]

    def __str__(self):
        return f"{self.suggestion_id}: {self.marks}"


class Tally(models.Model):
    """How many cases carry one mark (计数), as a line of a ledger: the number is the sum of the lines.

    A step adds lines and changes none, so two steps never wait for each other; `tallies.fold` adds them up.
    """

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    session = models.ForeignKey("organs.Session", models.PROTECT, null=True, related_name="+", verbose_name=_("届次"))
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, related_name="+", verbose_name=_("主办单位"))
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", verbose_name=_("类别"))
    code = models.CharField(_("项目"), max_length=40)
    day = models.DateField(_("到期日"), null=True)
    number = models.IntegerField(_("件数"))

    class Meta:
        verbose_name = _("计数")
        verbose_name_plural = _("计数")
        indexes = [
            models.Index(fields=["congress", "id", "code"], name="docket_trace_of_tallies"),
            models.Index(
                fields=["congress", "code", "day", "number", "id"],
                condition=Q(organ__isnull=True, category__isnull=True),
                name="docket_tallies_of_all",
            ),
        ]

    def __str__(self):
        return f"{self.congress_id} {self.code} {self.number:+d}"
