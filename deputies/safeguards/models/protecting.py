"""Who obstructs a deputy or takes revenge on him, told to two named people and nobody else (保密报告)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.kit.personal import EncryptedField
from congress.organs.models import Membership
from congress.organs.roles import Role
from congress.procedure.models import Proceeding
from deputies.roll.models import Mandate

# No department, no auditor, no administrator; a deputy is none of the office.
STAFF = (Role.NPC_CLERK, Role.TOWNSHIP_CLERK, Role.COMMITTEE_CLERK, Role.LEADER)


class ConfidantQuerySet(models.QuerySet):
    def standing(self, *, on):
        """Those who are entrusted on that day while they work there; whoever is relieved of it is so at once."""
        there = Q(organ=OuterRef("congress")) | Q(organ__congress=OuterRef("congress"))
        serving = Membership.objects.in_force(on=on).filter(there, user=OuterRef("user"), role__in=STAFF)
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), Exists(serving), named_on__lte=on)

    def of(self, user):
        """The congresses in which this user is entrusted today."""
        return self.standing(on=timezone.localdate()).filter(user=user.pk)


class Confidant(models.Model):
    """One of the few to whom a deputy may report in confidence (受理保密报告的人员); a leader names him."""

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("受理人员"))
    named_on = models.DateField(_("指定日期"))
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("指定人"))
    until = models.DateField(_("解除日期"), null=True, blank=True)

    objects = ConfidantQuerySet.as_manager()

    class Meta:
        verbose_name = _("受理保密报告的人员")
        verbose_name_plural = _("受理保密报告的人员")
        ordering = ["named_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "user"], condition=Q(until__isnull=True), name="safeguards_named_once"
            ),
            models.CheckConstraint(condition=~Q(user=models.F("named_by")), name="safeguards_nobody_names_himself"),
        ]

    def __str__(self):
        return self.user.name

    def get_absolute_url(self):
        return reverse("safeguards:protected")


class ProtectedReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """He who wrote it, and those who are entrusted today. No office, no leader, no auditor, no one above."""
        return self.filter(
            Q(mandate__deputy__user=user.pk) | Q(congress__in=Confidant.objects.of(user).values("congress"))
        )

    def entrusted_to(self, user):
        """Those that he reads because he was named for it, not those that he wrote."""
        return self.filter(congress__in=Confidant.objects.of(user).values("congress"))

    def open(self):
        return self.filter(state__in=ProtectedReport.OPEN)


class ProtectedReport(Proceeding):
    """That somebody obstructs a deputy in his work, or takes revenge for it (阻碍执行职务、打击报复).

    What it says is enciphered; its name says nothing, for letters and the journal repeat it.
    """

    class Kind(models.TextChoices):
        OBSTRUCTED = "obstructed", _("阻碍执行代表职务")
        REVENGE = "revenge", _("打击报复")
        UNAIDED = "unaided", _("有义务协助而拒绝")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        SENT = "sent", _("已送出")
        TAKEN_UP = "taken_up", _("已受理")
        SETTLED = "settled", _("已办结")
        WITHDRAWN = "withdrawn", _("已撤回")

    OPEN = (State.SENT, State.TAKEN_UP)

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name=_("报告的代表"))
    kind = models.CharField(_("情形"), max_length=12, choices=Kind)
    sent_on = models.DateField(_("送出日期"))
    happened_on = models.DateField(_("发生日期"), null=True, blank=True)
    against = EncryptedField(_("涉及的单位和人"))
    text = EncryptedField(_("经过"))
    wish = EncryptedField(_("希望怎样处理"), blank=True, default="")
    result = EncryptedField(_("处理结果"), blank=True, default="", editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.SENT, editable=False)

    objects = ProtectedReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("保密报告")
        verbose_name_plural = _("保密报告")
        ordering = ["-sent_on", "-id"]
        indexes = [models.Index(fields=["congress", "state"], name="safeguards_reports_of_congress")]

    def __str__(self):
        return _("第%s号报告") % self.pk

    def get_absolute_url(self):
        return reverse("safeguards:protected_report", args=[self.pk])
