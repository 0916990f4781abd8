"""Activities: who is called to what, who came, what was raised there (活动、邀请、签到、意见)."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.activities.kinds import Kind
from deputies.roll.models import DeputyGroup, Mandate
from deputies.roll.seats import seats_of


def _secret():
    return secrets.token_hex(16)


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What his congress or organ holds, what he is invited to, what the group he leads holds."""
        hats, seats = hats_of(user), seats_of(user)
        organs = hats.clerk_of | hats.committees | hats.stations
        reach = Q(congress__in=hats.watches) | Q(organ__in=organs) | Q(guide=user.pk)
        if seats:
            told = Activity.State.ANNOUNCED, Activity.State.HELD, Activity.State.CLOSED, Activity.State.CANCELLED
            invited = Invitation.objects.filter(activity=OuterRef("pk"), mandate__in=seats)
            led = Activity.groups.through.objects.filter(
                activity=OuterRef("pk"), deputygroup__in=DeputyGroup.objects.filter(leader__in=seats)
            )
            reach |= (Q(state__in=told) & Exists(invited)) | Exists(led)
        return self.filter(reach)

    def ahead(self, *, at):
        return self.filter(state=Activity.State.ANNOUNCED, ends_at__gte=at)


class Activity(Proceeding):
    """Something held with deputies (活动): planned, announced, held, written up, closed.

    One of several groups, a committee, a station, a township or the congress itself organises it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("筹备中")
        THEME = "theme", _("主题待审定")
        ANNOUNCED = "announced", _("已通知")
        HELD = "held", _("已举行")
        CLOSED = "closed", _("已归档")
        CANCELLED = "cancelled", _("已取消")

    class Channel(models.TextChoices):
        """How a training reaches its audience (培训方式)."""

        ON_SITE = "on_site", _("集中面授")
        VIDEO = "video", _("视频培训")
        EXTERNAL = "external", _("外出培训")
        EXPERT = "expert", _("专家讲座")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    kind = models.CharField(_("活动类型"), max_length=20, choices=Kind)
    title = models.CharField(_("名称"), max_length=120)
    theme = models.CharField(_("主题"), max_length=200)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", verbose_name=_("组织者"))
    groups = models.ManyToManyField(
        DeputyGroup, blank=True, related_name="activities", verbose_name=_("组织活动的代表小组")
    )
    guide = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("审定主题的领导"),
    )
    term = models.ForeignKey("organs.Term", models.PROTECT, related_name="+", verbose_name=_("届"))
    place = models.CharField(_("地点"), max_length=100)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    hours = models.DecimalField(_("学时"), max_digits=5, decimal_places=1, null=True, blank=True)
    channel = models.CharField(_("培训方式"), max_length=10, choices=Channel, blank=True, default="")
    statute = models.CharField(_("检查的法律法规"), max_length=100, blank=True, default="")
    agenda = models.TextField(_("议程和要求"), blank=True, default="")
    pre_study = models.TextField(_("会前学习材料"), blank=True, default="")
    pre_study_waiver = models.CharField(_("不安排会前学习的理由"), max_length=200, blank=True, default="")
    minutes = models.TextField(_("纪要"), blank=True, default="")
    checklist = models.JSONField(_("收尾清单"), default=dict, blank=True)
    checkin_opens_at = models.DateTimeField(_("签到开始"), null=True, blank=True)
    checkin_closes_at = models.DateTimeField(_("签到结束"), null=True, blank=True)
    checkin_secret = models.CharField(_("签到密钥"), max_length=32, default=_secret, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.DRAFT, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("活动")
        verbose_name_plural = _("活动")
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["congress", "-starts_at"], name="activities_of_congress"),
            models.Index(fields=["congress", "kind", "-starts_at"], name="activities_of_kind"),
            models.Index(fields=["organ", "-starts_at"], name="activities_of_organiser"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="activities_end_after_they_start"
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("activities:detail", args=[self.pk])


class Invitation(Proceeding):
    """A deputy is called to an activity (邀请): he says that he comes, or asks for leave."""

    class State(models.TextChoices):
        ASKED = "asked", _("待回复")
        COMING = "coming", _("参加")
        LEAVE_ASKED = "leave_asked", _("请假待批")
        LEAVE_GRANTED = "leave_granted", _("已准假")
        LEAVE_REFUSED = "leave_refused", _("未准假")

    class Part(models.TextChoices):
        MEMBER = "member", _("参加")
        OBSERVER = "observer", _("列席")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="invitations", verbose_name=_("活动"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="invitations", verbose_name=_("代表"))
    part = models.CharField(_("身份"), max_length=10, choices=Part, default=Part.MEMBER)
    state = models.CharField(_("回复"), max_length=15, choices=State, default=State.ASKED, editable=False)
    reason = models.CharField(_("请假事由"), max_length=200, blank=True, default="")
    answer = models.CharField(_("批复"), max_length=200, blank=True, default="")

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

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="guests", verbose_name=_("活动"))
    name = models.CharField(_("姓名"), max_length=60)
    unit = models.CharField(_("单位及职务"), max_length=100, blank=True, default="")
    is_liaison_officer = models.BooleanField(_("联络员"), default=False)
    is_present = models.BooleanField(_("到会"), default=False)

    class Meta:
        verbose_name = _("其他参加人员")
        verbose_name_plural = _("其他参加人员")
        constraints = [models.UniqueConstraint(fields=["activity", "name", "unit"], name="activities_one_guest")]

    def __str__(self):
        return self.name


class Raised(Proceeding):
    """An opinion that deputies raised at an activity (活动中提出的意见): passed on to an organ, which reports back.

    Deputies do not handle problems themselves (代表法 Arts. 29-31); the feedback's date is the rulebook's.
    """

    class State(models.TextChoices):
        NOTED = "noted", _("已记录")
        FORWARDED = "forwarded", _("已转交")
        ANSWERED = "answered", _("已反馈")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="raised", verbose_name=_("活动"))
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出的代表")
    )
    text = models.TextField(_("意见"))
    organ = models.ForeignKey(
        "organs.Organ", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("转交单位")
    )
    forwarded_on = models.DateField(_("转交日期"), null=True, blank=True)
    due_on = models.DateField(_("反馈期限"), null=True, blank=True)
    feedback = models.TextField(_("反馈"), blank=True, default="")
    answered_on = models.DateField(_("反馈日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.NOTED, editable=False)

    class Meta:
        verbose_name = _("活动中提出的意见")
        verbose_name_plural = _("活动中提出的意见")
        ordering = ["id"]

    def __str__(self):
        return self.text[:40]

    @property
    def congress(self):
        return self.activity.congress

    @property
    def journal_case(self):
        return self.activity
