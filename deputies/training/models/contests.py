"""Contests: who knows most, who wrote best; results by person and by team (竞赛、评比)."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.roll.models import Mandate
from deputies.training.models.quizzes import Quiz


class ContestQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(congress__in=hats_of(user).watches)


class Contest(Proceeding):
    """A contest (竞赛): a written stage that selects the finalists and a live one; or papers that are judged."""

    class State(models.TextChoices):
        WRITTEN = "written", _("笔试阶段")
        LIVE = "live", _("现场竞赛阶段")
        SETTLED = "settled", _("已公布成绩")
        DROPPED = "dropped", _("已撤销")

    class Kind(models.TextChoices):
        KNOWLEDGE = "knowledge", _("知识竞赛")
        PAPERS = "papers", _("论文、调研报告评比")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.KNOWLEDGE)
    title = models.CharField(_("名称"), max_length=100)
    quiz = models.OneToOneField(
        Quiz, models.PROTECT, null=True, blank=True, related_name="contest", verbose_name=_("笔试")
    )
    finalists = models.PositiveSmallIntegerField(_("入围现场人数"), default=10)
    team_minimum = models.PositiveSmallIntegerField(_("团体计分最少参赛人数"), default=1)
    held_on = models.DateField(_("现场竞赛（评比）日期"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WRITTEN, editable=False)

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = _("竞赛")
        verbose_name_plural = _("竞赛")
        ordering = ["-id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("training:contest", args=[self.pk])

    @property
    def stage(self):
        """Where it stands, in words; papers have no live stage."""
        if self.kind == self.Kind.PAPERS and self.state == self.State.LIVE:
            return _("评审中")
        return self.get_state_display()


class Entrant(models.Model):
    """One deputy in a contest (参赛者): his written result, his live one where he reached the final, his place."""

    class Award(models.TextChoices):
        NONE = "", _("无")
        FIRST = "first", _("一等奖")
        SECOND = "second", _("二等奖")
        THIRD = "third", _("三等奖")
        MERIT = "merit", _("优秀奖")

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="entrants", verbose_name=_("竞赛"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name=_("代表"))
    work = models.CharField(_("作品题目"), max_length=120, blank=True, default="")
    team = models.CharField(_("代表队"), max_length=60, blank=True, default="")
    written = models.DecimalField(_("笔试成绩"), max_digits=5, decimal_places=1, null=True, blank=True)
    seconds = models.PositiveIntegerField(_("笔试用时（秒）"), null=True, blank=True)
    is_finalist = models.BooleanField(_("入围"), default=False)
    live = models.DecimalField(_("现场成绩"), max_digits=5, decimal_places=1, null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("名次"), null=True, blank=True)
    award = models.CharField(_("奖项"), max_length=8, choices=Award, blank=True, default="")

    class Meta:
        verbose_name = _("参赛者")
        verbose_name_plural = _("参赛者")
        ordering = [models.F("place").asc(nulls_last=True), "-is_finalist", "-written", "seconds", "id"]
        constraints = [models.UniqueConstraint(fields=["contest", "mandate"], name="training_one_entry_a_deputy")]

    def __str__(self):
        return f"{self.mandate}"
