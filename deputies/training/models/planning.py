"""The year's plan of training, and which activities were its sessions (年度培训计划、场次)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.activities.models import Activity
from deputies.roll.models import DeputyGroup, Mandate
from deputies.training.kinds import Kind
from deputies.training.models.audience import Audience


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The plans of the congresses whose work he reads."""
        return self.filter(congress__in=hats_of(user).watches)


class TrainingPlan(Proceeding):
    """What a congress means to teach in one year (年度培训计划): drawn up, then adopted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("拟订中")
        ADOPTED = "adopted", _("已印发")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    year = models.PositiveSmallIntegerField(_("年度"))
    adopted_on = models.DateField(_("印发日期"), null=True, blank=True, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度培训计划")
        verbose_name_plural = _("年度培训计划")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["congress", "year"], name="training_one_plan_a_year")]

    def __str__(self):
        return f"{self.year}年度代表培训计划"

    def get_absolute_url(self):
        return f"{reverse('training:list')}?congress={self.congress.code}&year={self.year}"


class LineQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(plan__congress__in=hats_of(user).watches)


class PlanLine(Audience):
    """One line of the plan (计划项目): theme, kind, channel, audience, month, hours, and how many sessions."""

    plan = models.ForeignKey(TrainingPlan, models.CASCADE, related_name="lines", verbose_name=_("年度培训计划"))
    theme = models.CharField(_("培训内容"), max_length=120)
    kind = models.CharField(_("培训类型"), max_length=12, choices=Kind)
    channel = models.CharField(_("培训方式"), max_length=10, choices=Activity.Channel, default=Activity.Channel.ON_SITE)
    month = models.PositiveSmallIntegerField(_("计划月份"))
    hours = models.DecimalField(_("每场学时"), max_digits=5, decimal_places=1, default=4)
    sessions = models.PositiveSmallIntegerField(_("计划场次"), default=1)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("培训计划项目")
        verbose_name_plural = _("培训计划项目")
        ordering = ["month", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="training_month_of_the_year"),
            models.CheckConstraint(condition=Q(sessions__gte=1), name="training_at_least_one_session"),
        ]

    def __str__(self):
        return self.theme

    @property
    def journal_case(self):
        return self.plan

    @property
    def congress(self):
        return self.plan.congress

    @property
    def congress_id(self):
        return self.plan.congress_id


class Lesson(models.Model):
    """One activity seen as a training session (培训场次): of which kind, and of which line of the plan.

    It counts nobody: who took part is the attendance list of the activity. `study_hours` are those of a study held as
    a part of something else, such as the hour before a meeting; a training's own hours stand on the activity.
    """

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="lesson", verbose_name=_("活动"))
    line = models.ForeignKey(
        PlanLine, models.SET_NULL, null=True, blank=True, related_name="lessons", verbose_name=_("计划项目")
    )
    kind = models.CharField(_("培训类型"), max_length=12, choices=Kind)
    study_hours = models.DecimalField(_("会前学习学时"), max_digits=5, decimal_places=1, null=True, blank=True)

    class Meta:
        verbose_name = _("培训场次")
        verbose_name_plural = _("培训场次")

    def __str__(self):
        return f"{self.activity}"

    @property
    def congress(self):
        return self.activity.congress

    @property
    def journal_case(self):
        return self.activity


class OnboardingCall(models.Model):
    """That a new deputy was reminded of his training on taking office (岗前培训提醒): once a stage."""

    class Stage(models.TextChoices):
        NEAR = "near", _("将到期")
        PAST = "past", _("已到期")

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="+", verbose_name=_("代表"))
    stage = models.CharField(_("阶段"), max_length=6, choices=Stage)
    on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("岗前培训提醒")
        verbose_name_plural = _("岗前培训提醒")
        constraints = [models.UniqueConstraint(fields=["mandate", "stage"], name="training_one_call_a_stage")]

    def __str__(self):
        return f"{self.mandate_id} {self.stage}"


class NominationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(group__congress__in=hats_of(user).watches)


class Nomination(models.Model):
    """That a group is put forward as an advanced one of a year (先进代表小组推荐); learning is a part of the judgement.

    A group that learned nothing in the year is put forward only with a reason, which stays readable beside its name.
    """

    group = models.ForeignKey(DeputyGroup, models.CASCADE, related_name="nominations", verbose_name=_("代表小组"))
    year = models.PositiveSmallIntegerField(_("年度"))
    trainings = models.PositiveIntegerField(_("推荐时的培训人次"))
    reason = models.CharField(_("没有培训仍推荐的理由"), max_length=200, blank=True, default="")
    on = models.DateField(_("推荐日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("推荐人"))

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("先进代表小组推荐")
        verbose_name_plural = _("先进代表小组推荐")
        constraints = [models.UniqueConstraint(fields=["group", "year"], name="training_one_nomination_a_year")]

    def __str__(self):
        return f"{self.group} {self.year}"
