"""How deputies rate what was done with their suggestion, sealed until the window closes (测评)."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.roll.seats import seats_of


def _nonce():
    return secrets.token_hex(8)


class Grade(models.TextChoices):
    """Three grades, everywhere the same words (满意度)."""

    SATISFIED = "satisfied", _("满意")
    BASIC = "basic", _("基本满意")
    DISSATISFIED = "dissatisfied", _("不满意")


class SurveyQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Survey.State.OPEN)

    def past_window(self, *, on):
        """Open surveys whose last day has passed."""
        return self.open().filter(closes_on__lt=on)


class Survey(Proceeding):
    """The survey on the replies of one round (征询): who is asked, until when, and how it ended."""

    class State(models.TextChoices):
        OPEN = "open", _("征询中")
        ANSWERED = "answered", _("已评价")
        SILENT = "silent", _("未评价，不计入")
        EXCLUDED = "excluded", _("无人可评，不计入")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    round = models.OneToOneField("docket.Round", models.PROTECT, related_name="survey", verbose_name=_("办理轮次"))
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.OPEN, editable=False)
    opened_on = models.DateField(_("发出日期"))
    closes_on = models.DateField(_("评价截止"))
    closed_on = models.DateField(_("结束日期"), null=True, blank=True, editable=False)
    is_sealed = models.BooleanField(_("评价期内密封"), default=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("征询")
        verbose_name_plural = _("征询")
        indexes = [
            models.Index(fields=["closes_on"], condition=models.Q(state="open"), name="appraisals_open_windows"),
            models.Index(fields=["congress", "state"], name="appraisals_of_congress"),
        ]

    def __str__(self):
        return f"{self.round}"

    @property
    def journal_case(self):
        return self.round.suggestion

    @property
    def suggestion(self):
        return self.round.suggestion

    def is_shown_to(self, user):
        """Whether this user may read its ratings now: the office at once, the departments after the seal."""
        hats = hats_of(user)
        if self.congress_id in hats.oversees:
            return True
        return self.state != self.State.OPEN or not self.is_sealed


class SlipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A deputy's own slips; those of his congress for the office that may record one from paper."""
        return self.filter(models.Q(mandate__in=seats_of(user)) | models.Q(survey__congress__in=hats_of(user).clerk_of))

    def unanswered(self):
        return self.filter(answered_on__isnull=True, survey__state=Survey.State.OPEN)


class Slip(models.Model):
    """One deputy's copy of the survey (征询意见表); only the counting one decides, the others speak beside it."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="slips", verbose_name=_("征询"))
    mandate = models.ForeignKey("roll.Mandate", models.PROTECT, related_name="slips", verbose_name=_("代表"))
    counts = models.BooleanField(_("计入"), default=False)
    nonce = models.CharField(_("链接标识"), max_length=32, default=_nonce, editable=False)
    link_used_at = models.DateTimeField(_("链接使用时间"), null=True, blank=True, editable=False)
    answered_on = models.DateField(_("评价日期"), null=True, blank=True, editable=False)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("征询意见表")
        verbose_name_plural = _("征询意见表")
        ordering = ["-counts", "id"]
        indexes = [models.Index(fields=["mandate", "answered_on"], name="appraisals_slips_of_deputy")]
        constraints = [
            models.UniqueConstraint(fields=["survey", "mandate"], name="appraisals_one_slip_per_deputy"),
            models.UniqueConstraint(
                fields=["survey"], condition=models.Q(counts=True), name="appraisals_one_counting_slip"
            ),
        ]

    def __str__(self):
        return f"{self.mandate}"

    @property
    def journal_case(self):
        return self.survey.round.suggestion

    @property
    def current_rating(self):
        return self.ratings.filter(is_current=True).first()


class Rating(models.Model):
    """What a deputy said (评价): attitude and result apart; a changed mind adds a row, the earlier one stays."""

    class Contacted(models.TextChoices):
        NONE = "none", _("没有联系")
        PHONE = "phone", _("电话联系")
        VISIT = "visit", _("当面沟通")

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="ratings", verbose_name=_("征询意见表"))
    received_on = models.DateField(_("收到答复日期"), null=True, blank=True)
    contacted = models.CharField(_("答复前联系"), max_length=10, choices=Contacted)
    attitude = models.CharField(_("办理态度"), max_length=20, choices=Grade)
    result = models.CharField(_("办理结果"), max_length=20, choices=Grade)
    comment = models.TextField(_("意见"), blank=True, default="")
    missing = models.ManyToManyField(
        "docket.Ask", blank=True, related_name="missed_in", verbose_name=_("没有办好的诉求")
    )
    rated_on = models.DateField(_("评价日期"))
    rated_at = models.DateTimeField(_("记录时间"), auto_now_add=True)
    is_current = models.BooleanField(_("现行"), default=True)

    class Meta:
        verbose_name = _("评价")
        verbose_name_plural = _("评价")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["slip"], condition=models.Q(is_current=True), name="appraisals_one_current_rating"
            )
        ]

    def __str__(self):
        return self.get_result_display()


class AskRating(models.Model):
    """The grade of one ask (逐条评价)."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="asks", verbose_name=_("评价"))
    ask = models.ForeignKey("docket.Ask", models.PROTECT, related_name="ratings", verbose_name=_("诉求"))
    grade = models.CharField(_("满意度"), max_length=20, choices=Grade)

    class Meta:
        verbose_name = _("逐条评价")
        verbose_name_plural = _("逐条评价")
        constraints = [models.UniqueConstraint(fields=["rating", "ask"], name="appraisals_one_grade_per_ask")]

    def __str__(self):
        return self.get_grade_display()


class JudgementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(survey__congress__in=hats_of(user).watches)

    def pending(self):
        return self.filter(state=Judgement.State.PENDING)


class Judgement(Proceeding):
    """The NPC office's decision on a dissatisfied rating (研判): handle again, or let the reply stand."""

    class State(models.TextChoices):
        PENDING = "pending", _("待研判")
        REWORK = "rework", _("重新办理")
        UPHELD = "upheld", _("维持答复")
        MOOT = "moot", _("评价已改变")

    survey = models.OneToOneField(Survey, models.PROTECT, related_name="judgement", verbose_name=_("征询"))
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.PENDING, editable=False)
    opened_on = models.DateField(_("提出日期"))
    reason = models.TextField(_("理由"), blank=True, default="", editable=False)
    decided_on = models.DateField(_("研判日期"), null=True, blank=True, editable=False)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("研判")
        verbose_name_plural = _("研判")

    def __str__(self):
        return f"{self.survey}"

    @property
    def journal_case(self):
        return self.survey.round.suggestion

    @property
    def congress(self):
        return self.survey.congress
