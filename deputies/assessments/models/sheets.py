"""One assessment of a period, the sheet of each deputy, and what each rater gave him (代表考评、考评表、评定)."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.assessments.models.methods import Method, Stage
from deputies.roll.models import DeputyGroup, Mandate
from deputies.roll.seats import active_seats_of, seats_of
from deputies.scores.windows import label_of


def leads(user, mandate):
    """Whether the user leads a group in which the deputy of the outer row sits."""
    return Exists(DeputyGroup.objects.filter(leader__in=active_seats_of(user), members=OuterRef(mandate)))


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever follows its congress, and whoever may read a sheet of it."""
        theirs = RatingSheet.objects.visible_to(user).filter(assessment=OuterRef("pk"))
        return self.filter(Q(congress__in=hats_of(user).watches) | Exists(theirs))

    def open(self):
        return self.filter(state=Assessment.State.OPEN)


class Assessment(Proceeding):
    """The deputies of a congress assessed for one period (代表考评); once closed it stands still."""

    class State(models.TextChoices):
        OPEN = "open", _("评定中")
        CLOSED = "closed", _("已结束")
        CANCELLED = "cancelled", _("已取消")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    method = models.ForeignKey(Method, models.PROTECT, related_name="assessments", verbose_name=_("考评办法"))
    code = models.CharField(_("周期"), max_length=10)
    first = models.DateField(_("起"))
    last = models.DateField(_("止"))
    due_on = models.DateField(_("评定截止"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN, editable=False)
    opened_on = models.DateField(_("布置日期"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("布置人"))
    closed_on = models.DateField(_("结束日期"), null=True, blank=True, editable=False)
    near_told_on = models.DateField(_("临期提醒"), null=True, blank=True, editable=False)
    past_told_on = models.DateField(_("逾期提醒"), null=True, blank=True, editable=False)
    reason = models.CharField(_("取消理由"), max_length=200, blank=True, default="", editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("代表考评")
        verbose_name_plural = _("代表考评")
        ordering = ["-first", "-id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="open"), name="assessments_running")]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "code"], condition=~Q(state="cancelled"), name="assessments_one_per_period"
            )
        ]

    def __str__(self):
        return _("%(period)s代表考评") % {"period": self.label}

    def get_absolute_url(self):
        return reverse("assessments:detail", args=[self.pk])

    @property
    def label(self):
        return label_of(self.code)

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    def missing(self):
        """The ratings that are missing and whose turn has come."""
        return Marking.objects.open().waiting().ready().filter(sheet__assessment=self)


class RatingSheetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody his own; a group's leader its members, a township's clerk its delegation; the office all."""
        hats = hats_of(user)
        reach = Q(assessment__congress__in=hats.watches) | Q(mandate__in=seats_of(user))
        if hats.clerk_of:
            reach |= Q(mandate__delegation__township__in=hats.clerk_of)
        if active_seats_of(user):
            reach |= leads(user, "mandate")
        return self.filter(reach)

    def taking(self):
        return self.filter(state=RatingSheet.State.TAKING)

    def complete(self):
        """Those whom every rater of the set has rated; nothing less is a result."""
        return self.taking().exclude(Exists(Marking.objects.waiting().filter(sheet=OuterRef("pk"))))

    def lacking(self):
        return self.taking().filter(Exists(Marking.objects.waiting().filter(sheet=OuterRef("pk"))))


class RatingSheet(Proceeding):
    """What one deputy is given in one assessment (考评表); his result is written down when the assessment is closed."""

    class State(models.TextChoices):
        TAKING = "taking", _("参加考评")
        EXCUSED = "excused", _("不参加")

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="sheets", verbose_name=_("代表考评"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="rating_sheets", verbose_name=_("代表"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.TAKING, editable=False)
    reason = models.CharField(_("不参加的原因"), max_length=200, blank=True, default="", editable=False)
    points = models.DecimalField(_("得分"), max_digits=6, decimal_places=2, null=True, blank=True, editable=False)
    grade = models.CharField(_("等次"), max_length=20, blank=True, default="", editable=False)

    objects = RatingSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("考评表")
        verbose_name_plural = _("考评表")
        ordering = ["mandate__deputy__strokes", "id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "mandate"], name="assessments_one_sheet")]

    def __str__(self):
        return _("%(name)s代表%(period)s考评表") % {"name": self.mandate.deputy.name, "period": self.assessment.label}

    def get_absolute_url(self):
        return reverse("assessments:sheet", args=[self.pk])

    @property
    def congress_id(self):
        return self.assessment.congress_id


class MarkingQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Marking.State.WAITING)

    def given(self):
        return self.filter(state=Marking.State.GIVEN)

    def open(self):
        """Those that can still be given, or given anew."""
        return self.filter(sheet__state=RatingSheet.State.TAKING, sheet__assessment__state=Assessment.State.OPEN)

    def due_from(self, user):
        """Those that this very user owes or gave as the rater of their stage; nobody rates himself but as himself."""
        hats, seats, R = hats_of(user), seats_of(user), Stage.Rater
        reach = Q(stage__rater=R.DEPUTY, sheet__mandate__in=active_seats_of(user))
        others = Q(stage__rater__in=(R.OFFICE, R.MEETING), sheet__assessment__congress__in=hats.clerk_of)
        others |= Q(stage__rater=R.TOWNSHIP, sheet__mandate__delegation__township__in=hats.clerk_of)
        if active_seats_of(user):
            others |= Q(leads(user, "sheet__mandate"), stage__rater=R.GROUP)
        return self.filter(reach | (others & ~Q(sheet__mandate__in=seats)))

    def givable_by(self, user):
        """Those and, for the office, what others gave it on paper (代录)."""
        own = self.due_from(user).order_by().values("pk")
        paper = Q(sheet__assessment__congress__in=hats_of(user).clerk_of) & ~Q(sheet__mandate__in=seats_of(user))
        return self.open().filter(Q(pk__in=own) | paper)

    def ready(self):
        """Those whose turn has come: where raters follow each other, nobody before him is missing."""
        earlier = Marking.objects.waiting().filter(sheet=OuterRef("sheet"))
        before = earlier.filter(stage__position__lt=OuterRef("stage__position"))
        return self.exclude(Q(Exists(before), stage__method__in_turn=True))

    def still_last(self):
        """Those on which nobody has built yet: where raters follow each other, nobody after him has rated."""
        later = Marking.objects.given().filter(sheet=OuterRef("sheet"))
        after = later.filter(stage__position__gt=OuterRef("stage__position"))
        return self.exclude(Q(Exists(after), stage__method__in_turn=True))

    def counted(self):
        """How many there are and how many are given."""
        return self.aggregate(total=Count("pk"), given=Count("pk", filter=Q(state=Marking.State.GIVEN)))


class Marking(Proceeding):
    """What one rater gives one deputy (评定): a mark for each dimension, or a grade. It stands empty until he rates."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待评")
        GIVEN = "given", _("已评")

    sheet = models.ForeignKey(RatingSheet, models.PROTECT, related_name="markings", verbose_name=_("考评表"))
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="markings", verbose_name=_("评定环节"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING, editable=False)
    points = models.DecimalField(_("合计"), max_digits=6, decimal_places=1, null=True, blank=True, editable=False)
    grade = models.CharField(_("等次"), max_length=20, blank=True, default="", editable=False)
    remark = models.CharField(_("评语"), max_length=200, blank=True, default="", editable=False)
    given_on = models.DateField(_("评定日期"), null=True, blank=True, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("评定人"), editable=False
    )

    objects = MarkingQuerySet.as_manager()

    class Meta:
        verbose_name = _("评定")
        verbose_name_plural = _("评定")
        ordering = ["stage__position", "id"]
        indexes = [models.Index(fields=["stage"], condition=Q(state="waiting"), name="assessments_waiting")]
        constraints = [models.UniqueConstraint(fields=["sheet", "stage"], name="assessments_one_marking")]

    def __str__(self):
        return f"{self.sheet} {self.stage}"

    def get_absolute_url(self):
        return reverse("assessments:give", args=[self.pk])

    @property
    def journal_case(self):
        return self.sheet

    @property
    def congress_id(self):
        return self.sheet.assessment.congress_id

    @property
    def is_given(self):
        return self.state == self.State.GIVEN


class Mark(models.Model):
    """The mark of one dimension (项目得分)."""

    marking = models.ForeignKey(Marking, models.CASCADE, related_name="marks", verbose_name=_("评定"))
    dimension = models.ForeignKey(
        "assessments.Dimension", models.PROTECT, related_name="marks", verbose_name=_("考评项目")
    )
    points = models.DecimalField(_("得分"), max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = _("项目得分")
        verbose_name_plural = _("项目得分")
        ordering = ["dimension__position", "id"]
        constraints = [models.UniqueConstraint(fields=["marking", "dimension"], name="assessments_one_mark")]

    def __str__(self):
        return f"{self.dimension} {self.points}"
