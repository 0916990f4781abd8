"""Who is called, who says that he comes, who was there (邀请、回复、签到)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.procedure.models import Proceeding
from deputies.activities.models.activity import Activity
from deputies.roll.models import Mandate
from deputies.roll.seats import seats_of


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A deputy's own calls, and those to the activities that he may read as organiser or office."""
        own = Q(mandate__in=seats_of(user), activity__announced_on__isnull=False)
        return self.filter(own | Q(activity__in=Activity.objects.organised_by(user)))

    def expected(self):
        """Those whom the organiser counts on: leave was not granted."""
        return self.exclude(state=Invitation.State.LEAVE_GRANTED)


class Invitation(Proceeding):
    """A deputy is called to an activity (邀请): he says that he comes, or asks for leave."""

    class State(models.TextChoices):
        ASKED = "asked", _("待回复")
        COMING = "coming", _("参加")
        LEAVE_ASKED = "leave_asked", _("请假待批")
        LEAVE_GRANTED = "leave_granted", _("已准假")
        LEAVE_REFUSED = "leave_refused", _("未准假")

    OPEN = frozenset({State.ASKED, State.LEAVE_ASKED})

    class Part(models.TextChoices):
        MEMBER = "member", _("参加")
        OBSERVER = "observer", _("列席")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="invitations", verbose_name=_("活动"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="invitations", verbose_name=_("代表"))
    part = models.CharField(_("身份"), max_length=10, choices=Part, default=Part.MEMBER)
    state = models.CharField(_("回复"), max_length=15, choices=State, default=State.ASKED, editable=False)
    reason = models.CharField(_("请假事由"), max_length=200, blank=True, default="")
    answer = models.CharField(_("批复"), max_length=200, blank=True, default="")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("邀请")
        verbose_name_plural = _("邀请")
        ordering = ["mandate__deputy__strokes", "id"]
        indexes = [models.Index(fields=["mandate", "state"], name="activities_calls_of_deputy")]
        constraints = [models.UniqueConstraint(fields=["activity", "mandate"], name="activities_one_call_per_deputy")]

    def __str__(self):
        return f"{self.mandate}"

    @property
    def journal_case(self):
        return self.activity


class Attendance(models.Model):
    """Who was there (签到): the deputy's own scan, or the organiser's list. A training record is such a row."""

    class Outcome(models.TextChoices):
        PRESENT = "present", _("出席")
        LEAVE = "leave", _("请假")
        ABSENT = "absent", _("缺席")

    class Means(models.TextChoices):
        SCAN = "scan", _("扫码")
        LIST = "list", _("名单")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances", verbose_name=_("活动"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="attendances", verbose_name=_("代表"))
    outcome = models.CharField(_("出席情况"), max_length=10, choices=Outcome)
    means = models.CharField(_("签到方式"), max_length=10, choices=Means)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = _("签到")
        verbose_name_plural = _("签到")
        indexes = [models.Index(fields=["mandate", "outcome"], name="activities_attended")]
        constraints = [models.UniqueConstraint(fields=["activity", "mandate"], name="activities_one_attendance")]

    def __str__(self):
        return f"{self.mandate} {self.get_outcome_display()}"


class Guest(models.Model):
    """Somebody at an activity who is no deputy: liaison officer, expert, official (其他参加人员). Earns no points."""

    class Kind(models.TextChoices):
        LEADER = "leader", _("领导")
        LIAISON_OFFICER = "liaison_officer", _("联络员")
        OFFICIAL = "official", _("单位人员")
        EXPERT = "expert", _("专家")
        OTHER = "other", _("其他人员")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="guests", verbose_name=_("活动"))
    kind = models.CharField(_("类别"), max_length=20, choices=Kind, default=Kind.OTHER)
    name = models.CharField(_("姓名"), max_length=60)
    unit = models.CharField(_("单位及职务"), max_length=100, blank=True, default="")
    is_present = models.BooleanField(_("到会"), default=False)

    class Meta:
        verbose_name = _("其他参加人员")
        verbose_name_plural = _("其他参加人员")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity", "name", "unit"], name="activities_one_guest")]

    def __str__(self):
        return self.name
