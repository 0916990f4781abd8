"""The record of duties: one row for each thing a deputy did or was called to, made by the event itself (履职登记)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.duties.kinds import PAPERS, Kind, unit_of
from deputies.roll.models import DeputyGroup, Mandate
from deputies.roll.seats import active_seats_of, seats_of


def _leads(user, member):
    """Whether the user leads a group in which this member sits."""
    return Exists(DeputyGroup.objects.filter(leader__in=active_seats_of(user), members=OuterRef(member)))


def archives_visible_to(user):
    """The seats whose archive this user reads: the same reach as that of the rows in it (履职档案)."""
    seats, hats = seats_of(user), hats_of(user)
    reach = Q(congress__in=hats.watches) | Q(pk__in=seats)
    if hats.clerk_of:
        reach |= Q(delegation__township__in=hats.clerk_of)
    if active_seats_of(user):
        reach |= _leads(user, "pk")
    return Mandate.objects.filter(reach)


class DutyRecordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A deputy's own rows and those of the group he leads; the office and the leaders read those of their congress,
        a township's clerk those of the county deputies of his township, an organiser those that he registered."""
        seats, hats = seats_of(user), hats_of(user)
        reach = Q(congress__in=hats.watches) | Q(mandate__in=seats)
        if hats.places:
            reach |= Q(registered_by=user.pk)
        if hats.clerk_of:
            reach |= Q(mandate__delegation__township__in=hats.clerk_of)
        if active_seats_of(user):
            reach |= _leads(user, "mandate")
        return self.filter(reach)

    def of_seats_acted_for(self, user):
        """The rows on which this user may act as the deputy whose they are."""
        return self.filter(mandate__in=active_seats_of(user))

    def verifiable_by(self, user):
        """Claims that this user may verify: as the office, the township or the leader of a group; never his own."""
        hats = hats_of(user)
        reach = Q(congress__in=hats.clerk_of)
        if hats.clerk_of:
            reach |= Q(mandate__delegation__township__in=hats.clerk_of)
        if active_seats_of(user):
            reach |= _leads(user, "mandate")
        return self.filter(reach, state=DutyRecord.State.CLAIMED).exclude(mandate__in=seats_of(user))

    def standing(self):
        """Rows that say something of a deputy still: neither refused nor struck."""
        return self.exclude(state__in=(DutyRecord.State.REFUSED, DutyRecord.State.STRUCK))

    def of_days(self):
        """What filled time of a day, as against what was written or received."""
        return self.exclude(kind__in=PAPERS)

    def verified(self):
        """What counts: confirmed, left unopposed past its date, or checked by a group, township or the office."""
        return self.filter(state=DutyRecord.State.SETTLED)

    def performed(self):
        """Done rather than missed."""
        return self.filter(outcome=DutyRecord.Outcome.DONE)

    def between(self, first, last):
        return self.filter(held_on__range=(first, last))

    def past_confirmation(self, *, on):
        """Registered rows whose deputy had his days and said nothing."""
        return self.filter(state=DutyRecord.State.REGISTERED, confirm_by__lt=on)


class DutyRecord(Proceeding):
    """One duty of one deputy (履职登记; 代表法 Art. 58): registered by the organiser and put to the deputy, or claimed
    by the deputy and verified.

    `source` is the event that made it; nobody types such a row, and there is one per deputy, kind and source.
    An absence is a row too: what a deputy was called to is the denominator of his score.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", _("待本人核对")
        OBJECTED = "objected", _("有异议")
        CLAIMED = "claimed", _("待核实")
        SETTLED = "settled", _("已核定")
        REFUSED = "refused", _("未予认可")
        STRUCK = "struck", _("已注销")

    UNSETTLED = (State.REGISTERED, State.CLAIMED, State.OBJECTED)  # what may count yet, and does not

    class Outcome(models.TextChoices):
        DONE = "done", _("已履行")
        LEAVE = "leave", _("请假")
        ABSENT = "absent", _("缺席")

    class Level(models.TextChoices):
        """Who stands behind a settled row; scoring rules may ask for one (核实层级)."""

        ORGANISER = "organiser", _("组织方登记，本人未提异议")
        DEPUTY = "deputy", _("本人核对")
        GROUP = "group", _("小组核实")
        TOWNSHIP = "township", _("乡镇（街道）核实")
        OFFICE = "office", _("代表工作机构核实")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="duties", verbose_name=_("代表"))
    kind = models.CharField(_("履职事项"), max_length=20, choices=Kind)
    title = models.CharField(_("内容"), max_length=200)
    place = models.CharField(_("地点"), max_length=100, blank=True, default="")
    held_on = models.DateField(_("日期"))
    quantity = models.DecimalField(
        _("数量"), max_digits=6, decimal_places=1, default=1, help_text=_("次、件、人或者半天，随履职事项而定。")
    )
    hours = models.DecimalField(_("学时、工时"), max_digits=5, decimal_places=1, null=True, blank=True)
    outcome = models.CharField(_("履行情况"), max_length=10, choices=Outcome, default=Outcome.DONE)
    text = models.TextField(_("情况说明"), blank=True, default="")
    source_kind = models.CharField(_("来源"), max_length=60, blank=True, default="", editable=False)
    source_id = models.BigIntegerField(_("来源编号"), null=True, blank=True, editable=False)
    # The fingerprint of what the source said last, and the key of the form of a claim: pressed twice, one row.
    said = models.CharField(max_length=64, blank=True, default="", editable=False)
    claim_key = models.CharField(max_length=64, blank=True, default="", editable=False)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.REGISTERED, editable=False)
    level = models.CharField(_("核实层级"), max_length=10, choices=Level, blank=True, default="", editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    registered_on = models.DateField(_("登记日期"))
    confirm_by = models.DateField(_("核对截止"), null=True, blank=True, editable=False)
    objection = models.TextField(_("异议"), blank=True, default="", editable=False)
    finding = models.TextField(_("处理意见"), blank=True, default="", editable=False)

    objects = DutyRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("履职登记")
        verbose_name_plural = _("履职登记")
        ordering = ["-held_on", "-id"]
        indexes = [
            models.Index(fields=["mandate", "-held_on"], name="duties_of_deputy"),
            models.Index(fields=["congress", "kind", "held_on"], name="duties_of_congress"),
            models.Index(fields=["source_kind", "source_id"], name="duties_of_source"),
            models.Index(fields=["confirm_by"], condition=Q(state="registered"), name="duties_to_confirm"),
            models.Index(fields=["congress"], condition=Q(state__in=["claimed", "objected"]), name="duties_to_check"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "kind", "source_kind", "source_id"],
                condition=Q(source_id__isnull=False),
                name="duties_one_row_per_source",
            ),
            models.UniqueConstraint(
                fields=["mandate", "claim_key"], condition=~Q(claim_key=""), name="duties_one_row_per_claim"
            ),
        ]

    def __str__(self):
        return f"{self.mandate} {self.get_kind_display()} {self.held_on}"

    def get_absolute_url(self):
        return reverse("duties:record", args=[self.pk])

    @property
    def is_claim(self):
        """Put down by the deputy himself rather than by an event."""
        return bool(self.claim_key)

    @property
    def counts(self):
        """Whether it is counted for the deputy now."""
        return self.state == self.State.SETTLED and self.outcome == self.Outcome.DONE

    @property
    def unit(self):
        return unit_of(self.kind)


class Sheet(models.Model):
    """What the office puts down of several deputies by one sheet, where no activity in the portal did: an award, a
    speech, a meeting elsewhere (履职登记表)."""

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    kind = models.CharField(_("履职事项"), max_length=20, choices=Kind)
    title = models.CharField(_("内容"), max_length=200)
    place = models.CharField(_("地点"), max_length=100, blank=True, default="")
    held_on = models.DateField(_("日期"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    request_key = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("履职登记表")
        verbose_name_plural = _("履职登记表")
        ordering = ["-held_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["congress", "request_key"], name="duties_one_sheet_a_form")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("duties:sheet", args=[self.pk])


class Certificate(models.Model):
    """A certificate of duty for the deputy's employer (履职证明; 代表法 Arts. 40-41): what it said on the day it was
    issued stands still."""

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="certificates", verbose_name=_("代表"))
    year = models.PositiveSmallIntegerField(_("年份"), editable=False)
    serial = models.PositiveIntegerField(_("序号"), editable=False)
    addressee = models.CharField(_("致送单位"), max_length=100)
    first = models.DateField(_("起"))
    last = models.DateField(_("止"))
    lines = models.JSONField(_("履职事项"), default=list, editable=False)
    days = models.PositiveIntegerField(_("履职天数"), editable=False)
    issued_on = models.DateField(_("出具日期"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("出具人"))
    request_key = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("履职证明")
        verbose_name_plural = _("履职证明")
        ordering = ["-issued_on", "-id"]
        indexes = [models.Index(fields=["mandate", "-issued_on"], name="duties_certificates_of_deputy")]
        constraints = [
            models.UniqueConstraint(fields=["congress", "year", "serial"], name="duties_one_certificate_number"),
            models.UniqueConstraint(
                fields=["mandate", "request_key"], condition=~Q(request_key=""), name="duties_one_certificate_a_form"
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("duties:issued", args=[self.pk])

    @property
    def number(self):
        """〔2026〕3号, as it stands on the paper."""
        return _("履职证明〔%(year)s〕%(serial)s号") % {"year": self.year, "serial": self.serial}
