"""Quizzes: questions drawn from the bank, answered on the phone (测验)."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.roll.models import Mandate
from deputies.roll.seats import seats_of
from deputies.training.models.audience import Audience, reaches

GRACE = timedelta(minutes=10)
"""Whoever began in time may still hand in so long after the end."""


class QuizQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(congress__in=hats_of(user).watches)

    def published(self):
        return self.filter(state=Quiz.State.OPEN)

    def for_deputy(self, user):
        """Published quizzes whose audience he belongs to, and those that he has taken."""
        seats = seats_of(user)
        if not seats:
            return self.none()
        taken = Attempt.objects.filter(quiz=models.OuterRef("pk"), mandate__in=seats)
        shown = Q(state=Quiz.State.OPEN) & reaches(Quiz, seats)
        return self.exclude(state__in=(Quiz.State.DRAFT, Quiz.State.DROPPED)).filter(shown | models.Exists(taken))


class Quiz(Audience, Proceeding):
    """A quiz (测验): so many questions drawn for each who takes it, a pass mark, tries, from when to when."""

    class State(models.TextChoices):
        DRAFT = "draft", _("未发布")
        OPEN = "open", _("已发布")
        CLOSED = "closed", _("已结束")
        DROPPED = "dropped", _("已撤销")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    title = models.CharField(_("名称"), max_length=100)
    note = models.CharField(_("说明"), max_length=300, blank=True, default="")
    topic = models.CharField(_("出题主题"), max_length=40, blank=True, default="")
    draws = models.PositiveSmallIntegerField(_("每人抽题"), default=10)
    pass_mark = models.PositiveSmallIntegerField(_("及格分"), default=60)
    tries = models.PositiveSmallIntegerField(_("可答次数"), default=3)
    opens_at = models.DateTimeField(_("开始时间"))
    closes_at = models.DateTimeField(_("截止时间"))
    hides_answers = models.BooleanField(_("截止前不公布答案"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, editable=False)

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name = _("测验")
        verbose_name_plural = _("测验")
        ordering = ["-opens_at", "-id"]
        indexes = [models.Index(fields=["congress", "state", "closes_at"], name="training_quizzes_open")]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="training_quiz_ends_later"),
            models.CheckConstraint(
                condition=Q(draws__gte=1, tries__gte=1, pass_mark__lte=100), name="training_quiz_can_be_taken"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("training:quiz", args=[self.pk])

    def is_open(self, at):
        """Whether it may be begun at that instant."""
        return self.state == self.State.OPEN and self.opens_at <= at <= self.closes_at

    def takes_papers(self, at):
        """Whether a paper that was begun may still be handed in."""
        return self.state == self.State.OPEN and at <= self.closes_at + GRACE

    def shows_answers(self, at):
        """Whether right answers and explanations may be read."""
        return not self.hides_answers or self.state == self.State.CLOSED or at > self.closes_at + GRACE


class AttemptQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(mandate__in=seats_of(user))

    def visible_to(self, user):
        """A deputy's own, and those of the quizzes whose congress he works in or leads."""
        return self.filter(Q(mandate__in=seats_of(user)) | Q(quiz__congress__in=hats_of(user).watches))

    def handed_in(self):
        return self.filter(handed_in_at__isnull=False)


class Attempt(models.Model):
    """One try of one deputy (答卷). Keeps its questions as they were asked, for the bank may change."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="attempts", verbose_name=_("测验"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name=_("代表"))
    number = models.PositiveSmallIntegerField(_("第几次"))
    paper = models.JSONField(_("试卷"), default=list)
    answers = models.JSONField(_("作答"), default=list)
    started_at = models.DateTimeField(_("开始作答"))
    handed_in_at = models.DateTimeField(_("交卷时间"), null=True, blank=True)
    correct = models.PositiveSmallIntegerField(_("答对题数"), null=True, blank=True)
    points = models.DecimalField(_("得分"), max_digits=4, decimal_places=1, null=True, blank=True)
    seconds = models.PositiveIntegerField(_("用时（秒）"), null=True, blank=True)
    is_passed = models.BooleanField(_("及格"), default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("答卷")
        verbose_name_plural = _("答卷")
        ordering = ["mandate", "number"]
        indexes = [models.Index(fields=["mandate", "-started_at"], name="training_papers_taken")]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "mandate", "number"], name="training_one_paper_a_try"),
            models.UniqueConstraint(
                fields=["quiz", "mandate"],
                condition=Q(handed_in_at__isnull=True),
                name="training_one_open_paper",
            ),
        ]

    def __str__(self):
        return f"{self.quiz_id} {self.mandate_id} #{self.number}"

    def get_absolute_url(self):
        return reverse("training:paper", args=[self.pk])
