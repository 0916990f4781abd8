"""Which member of the county's committee looks after a township, and what it sends up in a year (乡镇工作)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from deputies.roll.models import Mandate
from deputies.roll.seats import seats_of


class TownshipTieQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The county reads those of its townships, a township its own, a member his."""
        return self.filter(Q(township__in=hats_of(user).watches) | Q(member__in=seats_of(user)))

    def standing(self):
        return self.filter(until__isnull=True)

    def of(self, user):
        """The townships that he looks after now."""
        return self.standing().filter(member__in=seats_of(user))


class TownshipTie(models.Model):
    """That a member of the county's standing committee looks after a township, from when until when (挂钩联系).

    A township has one at a time, a member as many townships as he is given; what is over stays to be read.
    """

    township = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("乡镇人大"))
    member = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name=_("挂钩联系人"))
    since = models.DateField(_("开始日期"))
    until = models.DateField(_("结束日期"), null=True, blank=True)

    objects = TownshipTieQuerySet.as_manager()

    class Meta:
        verbose_name = _("挂钩联系")
        verbose_name_plural = _("挂钩联系")
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["member"], condition=Q(until=None), name="pledges_townships_of_member")]
        constraints = [
            models.UniqueConstraint(
                fields=["township"], condition=Q(until__isnull=True), name="pledges_one_member_for_a_township"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="pledges_township_tie_ends_after_start",
            ),
        ]

    def __str__(self):
        return _("%(member)s挂钩联系%(township)s") % {"member": self.member, "township": self.township.region}


class TownshipPaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The county reads those of its townships, a township its own, the member those that he looks after."""
        looked_after = TownshipTie.objects.of(user).order_by().values("township")
        return self.filter(Q(congress__in=hats_of(user).watches) | Q(congress__in=looked_after))


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
