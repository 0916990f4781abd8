"""Running periods on any case, and the ledger of what moved them (期限)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

ESCALATION = "escalation"  # the stage at which a date goes up to the head and the office


class ClockQuerySet(models.QuerySet):
    def running(self):
        return self.filter(state=Clock.State.RUNNING)

    def overdue(self, *, on):
        """Running clocks whose last day has passed."""
        return self.running().filter(due_on__lt=on)

    def on_case(self, case):
        return self.filter(case_kind=case._meta.label_lower, case_id=case.pk)

    def on_subject(self, subject):
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


class Clock(models.Model):
    """One running period (期限): of which rule, on what part of which case, held by whom, until when."""

    class State(models.TextChoices):
        RUNNING = "running", _("计时中")
        MET = "met", _("已完成")
        STOPPED = "stopped", _("已终止")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    case_kind = models.CharField(_("案件类型"), max_length=60)
    case_id = models.BigIntegerField(_("案件"))
    subject_kind = models.CharField(_("对象类型"), max_length=60)
    subject_id = models.BigIntegerField(_("对象"))
    rule = models.CharField(_("规则"), max_length=40)
    measured_by = models.CharField(
        _("计算所用规则"),
        max_length=40,
        blank=True,
        default="",
        help_text=_("空：到期日由决定直接确定，不随规则或日历变动。"),
    )
    holder = models.ForeignKey(
        "organs.Organ", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任单位")
    )
    started_on = models.DateField(_("起算日"))
    due_on = models.DateField(_("到期日"))
    provisional = models.BooleanField(_("暂定"), default=False)
    profile_version_id = models.BigIntegerField(_("规则版本"), null=True, blank=True)
    article = models.CharField(_("依据"), max_length=200, blank=True, default="")
    steps = models.JSONField(_("计算过程"), default=list)  # as `Deadline.as_json()` gives them
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.RUNNING)
    ended_on = models.DateField(_("完成日期"), null=True, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("期限")
        verbose_name_plural = _("期限")
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state="running"), name="deadlines_due"),
            models.Index(fields=["congress", "due_on"], condition=Q(state="running"), name="deadlines_due_in_congress"),
            models.Index(
                fields=["congress", "rule", "due_on", "id", "version", "started_on"],  # all that the sweep reads
                condition=Q(state="running"),
                name="deadlines_to_remind_of",
            ),
            models.Index(fields=["case_kind", "case_id"], name="deadlines_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "rule"],
                condition=Q(state="running"),
                name="deadlines_one_running_clock",
            )
        ]

    def __str__(self):
        return f"{self.rule} {self.due_on}"

    def was_late(self):
        """Whether it ended after its date; a running clock is asked with `overdue(on=…)` instead."""
        return bool(self.ended_on and self.ended_on > self.due_on)


class ClockMove(models.Model):
    """What started, moved or ended a clock (期限变动); rebuilding from these rows gives the stored date."""

    class Verb(models.TextChoices):
        START = "start", _("起算")
        EXTEND = "extend", _("延期")
        MOVE = "move", _("因规则或日历调整")
        MEET = "meet", _("完成")
        STOP = "stop", _("终止")
        HAND_OVER = "hand_over", _("移交")

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="moves", verbose_name=_("期限"))
    version = models.PositiveIntegerField(_("版本"))
    verb = models.CharField(_("变动"), max_length=20, choices=Verb)
    on = models.DateField(_("日期"))
    due_on = models.DateField(_("到期日"))
    reason = models.CharField(_("理由"), max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("办理人"))
    at = models.DateTimeField(_("记录时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("期限变动")
        verbose_name_plural = _("期限变动")
        ordering = ["clock", "id"]
        constraints = [models.UniqueConstraint(fields=["clock", "version"], name="deadlines_one_move_per_version")]

    def __str__(self):
        return f"{self.verb} {self.due_on}"


class ReminderQuerySet(models.QuerySet):
    def untold(self):
        """Reminders that nobody has passed on yet."""
        return self.filter(told_at__isnull=True)

    def to_tell(self, *, on):
        """Those to be passed on that day; where nobody was there to be told, it is tried once a day."""
        return self.untold().filter(Q(nobody_on__isnull=True) | Q(nobody_on__lt=on))

    def with_overtaken(self):
        """Each with `overtaken`: whether a later stage of the same date is spoken of as well."""
        later = Reminder.objects.filter(clock=OuterRef("clock"), clock_version=OuterRef("clock_version"))
        return self.annotate(overtaken=Exists(later.filter(pk__gt=OuterRef("pk")).exclude(stage=ESCALATION)))


class Reminder(models.Model):
    """That a running date is to be spoken of (提醒): at most once for a clock, its version and a stage.

    To whom is found when it is told (`readers_of`), for people come and go.
    """

    # A million may be written on one day, out of the rows of their clocks: checking each against its clock would take
    # longer than writing it. The constraint begins with the clock, so an index of its own would be of no use.
    clock = models.ForeignKey(
        Clock, models.CASCADE, related_name="reminders", verbose_name=_("期限"), db_index=False, db_constraint=False
    )
    clock_version = models.PositiveIntegerField(_("期限版本"))
    stage = models.CharField(_("阶段"), max_length=20)
    on = models.DateField(_("日期"))
    told_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    nobody_on = models.DateField(_("无人可发的日期"), null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("提醒")
        verbose_name_plural = _("提醒")
        indexes = [models.Index(fields=["id"], condition=Q(told_at__isnull=True), name="deadlines_untold_reminders")]
        constraints = [
            models.UniqueConstraint(fields=["clock", "clock_version", "stage"], name="deadlines_one_reminder_per_stage")
        ]

    def __str__(self):
        return f"{self.clock_id} {self.stage}"

    @property
    def is_escalation(self):
        return self.stage == ESCALATION
