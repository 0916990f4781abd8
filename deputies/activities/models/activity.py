"""What is held with deputies, and what several activities belong to (活动、主题活动)."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.organs.models import Organ
from congress.procedure.models import Proceeding
from deputies.activities.heading import organs_headed
from deputies.activities.kinds import OVERSIGHT, Kind
from deputies.roll.models import DeputyGroup
from deputies.roll.seats import active_seats_of, seats_of


def _secret():
    return secrets.token_hex(16)


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the congresses whose activities he reads, or in which he sits or serves."""
        hats = hats_of(user)
        own = Q(congress__in=hats.watches | hats.congresses)
        return self.filter(own | Q(kind=Campaign.Kind.DRIVE, congress__in=above(hats.congresses)))

    def calling(self, congresses):
        """The drives to which what is put to these congresses may belong: their own, and those right above them."""
        return self.filter(Q(congress__in=congresses) | Q(congress__in=above(congresses)), kind=Campaign.Kind.DRIVE)

    def begun(self, *, on):
        """Begun on that day, and not closed yet: the office may still put something to them after their last day."""
        return self.filter(starts_on__lte=on, closed_on__isnull=True)

    def running(self, *, on):
        return self.begun(on=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def above(congresses):
    """The ids of the congresses right above these."""
    return Organ.objects.filter(pk__in=congresses, parent__isnull=False).order_by().values("parent")


class Campaign(models.Model):
    """What several activities belong to: an activity month with its theme, a topic followed over years, a project
    that is inspected again and again, a brand that a township builds up (主题活动、专题、重点工程、人大品牌).

    A drive (专项行动) is one to which deputies of several levels put suggestions, and residents what they say.
    """

    class Kind(models.TextChoices):
        MONTH = "month", _("代表活动月")
        CAMPAIGN = "campaign", _("主题活动")
        TOPIC = "topic", _("持续监督专题")
        PROJECT = "project", _("重点工作、重点工程")
        BRAND = "brand", _("人大品牌")
        DRIVE = "drive", _("专项行动")

    class Stage(models.TextChoices):
        """How far a brand has come; nothing else has a stage (品牌阶段)."""

        GROWING = "growing", _("培育中")
        NAMED = "named", _("已命名")
        STOPPED = "stopped", _("已停止")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    kind = models.CharField(_("类型"), max_length=10, choices=Kind, default=Kind.CAMPAIGN)
    stage = models.CharField(
        _("品牌阶段"),
        max_length=10,
        choices=Stage,
        blank=True,
        default="",
        help_text=_("人大品牌才选，其他类型不用选。"),
    )
    name = models.CharField(_("名称"), max_length=80)
    theme = models.CharField(_("主题"), max_length=200)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True, help_text=_("持续几年的专题可以不填。"))
    outcome = models.TextField(_("成效"), blank=True, default="", help_text=_("如：督促关闭污染企业 40 家。"))
    hears_residents = models.BooleanField(
        _("期间的群众意见自动归入"),
        default=False,
        help_text=_("专项行动才选。群众扫码反映的、代表随手记的自动归入；接待登记的由登记人选。"),
    )
    is_published = models.BooleanField(
        _("对外公开"),
        default=False,
        help_text=_("专项行动才选。公开页写起止、主题、成效和件数，不列是哪一件、谁提的。"),
    )
    closed_on = models.DateField(_("结束登记日期"), null=True, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("主题活动")
        verbose_name_plural = _("主题活动")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "name"], name="activities_one_campaign_name"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="activities_campaign_ends_after_start",
            ),
            models.CheckConstraint(
                condition=(Q(kind="brand") & ~Q(stage="")) | (~Q(kind="brand") & Q(stage="")),
                name="activities_only_brands_have_a_stage",
            ),
            models.CheckConstraint(
                condition=Q(kind="drive") | Q(hears_residents=False, is_published=False, closed_on__isnull=True),
                name="activities_only_drives_gather",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("activities:campaign", args=[self.pk])

    @property
    def is_drive(self):
        return self.kind == self.Kind.DRIVE

    def is_running(self, *, on):
        """Whether a deputy may still put something to it."""
        is_over = self.closed_on is not None or (self.ends_on is not None and self.ends_on < on)
        return self.is_drive and self.starts_on <= on and not is_over


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What his congress or organ holds or asked for, what he was told of, what the group he leads holds."""
        hats, seats = hats_of(user), seats_of(user)
        organs = hats.clerk_of | hats.committees | hats.stations | hats.departments
        reach = Q(congress__in=hats.watches) | Q(organ__in=organs) | Q(guide=user.pk)
        if seats:
            invited = self.model.invitations.rel.related_model.objects.filter(
                activity=OuterRef("pk"), mandate__in=seats
            )
            reach |= (Q(announced_on__isnull=False) & Exists(invited)) | Exists(self._led_by(seats))
        return self.filter(self._headed_too(reach, user))

    def organised_by(self, user):
        """What he may run: his congress's, his committee's or station's, and that of the group he leads."""
        hats, seats = hats_of(user), active_seats_of(user)
        organs = hats.clerk_of | hats.committees | hats.stations
        reach = Q(congress__in=hats.clerk_of) | Q(organ__in=organs)
        if seats:
            reach |= Exists(self._led_by(seats))
        return self.filter(self._headed_too(reach, user))

    def _headed_too(self, reach, user):
        """With what the organ that he heads as a deputy holds."""
        for organs in organs_headed(active_seats_of(user)):
            reach |= Q(organ__in=organs)
        return reach

    def _led_by(self, seats):
        led = DeputyGroup.objects.filter(leader__in=seats)
        return self.model.groups.through.objects.filter(activity=OuterRef("pk"), deputygroup__in=led)

    def ahead(self, *, at):
        """Announced and not over yet."""
        return self.filter(state=Activity.State.ANNOUNCED, ends_at__gte=at)

    def took_place(self):
        return self.filter(state__in=[Activity.State.HELD, Activity.State.CLOSED])

    def called(self):
        """To which deputies were called, and which was not called off."""
        return self.filter(announced_on__isnull=False).exclude(state=Activity.State.CANCELLED)


class Activity(Proceeding):
    """Something held with deputies (活动): planned, announced, held, written up, closed.

    One of several groups, a committee, a station, a township or the congress itself organises it.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("待代表工作机构审批")
        DRAFT = "draft", _("筹备中")
        THEME = "theme", _("主题待审定")
        READY = "ready", _("主题已审定")
        ANNOUNCED = "announced", _("已通知")
        HELD = "held", _("已举行")
        CLOSED = "closed", _("已归档")
        CANCELLED = "cancelled", _("已取消")

    PLANNED = frozenset({State.DRAFT, State.THEME, State.READY})
    OPEN = frozenset({State.REQUESTED, State.DRAFT, State.THEME, State.READY, State.ANNOUNCED, State.HELD})

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
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="activities", verbose_name=_("所属主题活动")
    )
    term = models.ForeignKey("organs.Term", models.PROTECT, related_name="+", verbose_name=_("届"))
    session = models.ForeignKey(
        "organs.Session", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("次会议")
    )
    place = models.CharField(_("地点"), max_length=100)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    hours = models.DecimalField(_("学时"), max_digits=5, decimal_places=1, null=True, blank=True)
    channel = models.CharField(_("培训方式"), max_length=10, choices=Channel, blank=True, default="")
    visited = models.ForeignKey(
        "organs.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("被检查、评议的单位"),
    )
    statute = models.CharField(_("检查的法律法规"), max_length=100, blank=True, default="")
    agenda = models.TextField(_("议程和要求"), blank=True, default="")
    pre_study = models.TextField(_("会前学习材料"), blank=True, default="")
    pre_study_waiver = models.CharField(_("不安排会前学习的理由"), max_length=200, blank=True, default="")
    minutes = models.TextField(_("纪要"), blank=True, default="")
    checklist = models.JSONField(_("收尾清单"), default=dict, blank=True)
    checkin_opens_at = models.DateTimeField(_("签到开始"), null=True, blank=True)
    checkin_closes_at = models.DateTimeField(_("签到结束"), null=True, blank=True)
    checkin_secret = models.CharField(_("签到密钥"), max_length=32, default=_secret, editable=False)
    announced_on = models.DateField(_("通知日期"), null=True, blank=True, editable=False)
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

    @property
    def held_on(self):
        """The day in the archive: the local one on which it begins."""
        return timezone.localdate(self.starts_at)

    @property
    def group_names(self):
        """The groups that hold it, in words; nothing where no group does."""
        return "、".join(group.name for group in self.groups.all())

    @property
    def held_by(self):
        """Who holds it, in words: its groups, else its organ (组织者)."""
        return self.group_names or f"{self.organ}"

    @property
    def is_oversight(self):
        return self.kind in OVERSIGHT

    def takes_check_ins(self, *, at):
        """Whether the code on the organiser's screen opens at this moment (签到时段)."""
        if self.state != self.State.ANNOUNCED or self.checkin_opens_at is None:
            return False
        return self.checkin_opens_at <= at <= self.checkin_closes_at
