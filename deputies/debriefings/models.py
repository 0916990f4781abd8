"""Deputies report to their voters, and the voters judge it (代表述职、测评)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.activities.models import Activity
from deputies.debriefings.wordings import ASPECTS, OVERALL, WORDINGS, choices, grades
from deputies.roll.models import Constituency, DeputyGroup, Mandate
from deputies.roll.seats import seats_of


class DebriefingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever follows its congress or that of a deputy who reports there; the deputies; their township's clerk.

        A county's meeting may hear deputies of a township: the township counts them, so it opens what it counts.
        """
        hats = hats_of(user)
        of_his = Q(mandate__in=seats_of(user)) | Q(mandate__congress__in=hats.watches)
        if hats.clerk_of:
            of_his |= Q(mandate__delegation__township__in=hats.clerk_of)
        theirs = Statement.objects.filter(of_his, debriefing=OuterRef("pk"))
        return self.filter(Q(congress__in=hats.watches) | Exists(theirs))


class Debriefing(Proceeding):
    """A meeting, or a written round, at which deputies report to their voters (述职; 代表法 Art. 58)."""

    class Mode(models.TextChoices):
        ORAL = "oral", _("会议口头述职")
        WRITTEN = "written", _("书面述职")

    class State(models.TextChoices):
        PLANNED = "planned", _("待述职")
        HELD = "held", _("已述职")
        EVALUATED = "evaluated", _("已测评")
        PUBLISHED = "published", _("结果已公布")
        CANCELLED = "cancelled", _("已取消")

    DONE = (State.HELD, State.EVALUATED, State.PUBLISHED)

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    term = models.ForeignKey("organs.Term", models.PROTECT, related_name="+", verbose_name=_("届"))
    title = models.CharField(_("名称"), max_length=100)
    mode = models.CharField(_("述职方式"), max_length=10, choices=Mode, default=Mode.ORAL)
    planned_on = models.DateField(_("计划日期"))
    place = models.CharField(_("地点"), max_length=100, blank=True, default="")
    chair = models.CharField(_("主持人"), max_length=60, blank=True, default="")
    constituency = models.ForeignKey(
        Constituency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("选区、选举单位")
    )
    group = models.ForeignKey(
        DeputyGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代表小组")
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("对应的活动")
    )
    arrangement = models.TextField(
        _("程序和参加人员"), blank=True, default="", help_text=_("谁参加、按什么顺序、怎样测评。")
    )
    wording = models.CharField(_("测评等次"), max_length=12, choices=choices(), default="satisfied")
    by_aspects = models.BooleanField(_("分五个方面测评"), default=False)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.PLANNED, editable=False)
    held_on = models.DateField(_("述职日期"), null=True, blank=True, editable=False)
    published_on = models.DateField(_("公布日期"), null=True, blank=True, editable=False)
    how_published = models.CharField(_("公布方式"), max_length=100, blank=True, default="", editable=False)
    reason = models.CharField(_("取消理由"), max_length=200, blank=True, default="", editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))

    objects = DebriefingQuerySet.as_manager()

    class Meta:
        verbose_name = _("述职")
        verbose_name_plural = _("述职")
        ordering = ["-planned_on", "-id"]
        indexes = [models.Index(fields=["congress", "-planned_on"], name="debriefings_of_congress")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("debriefings:detail", args=[self.pk])

    @property
    def grades(self):
        return grades(self.wording)

    @property
    def aspects(self):
        """What each voter judges: the whole, and where asked the five aspects too."""
        return [(OVERALL, _("总体评价")), *(ASPECTS if self.by_aspects else ())]


class StatementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the debriefings he follows; a deputy reads his own, and the others' once the result is out."""
        hats = hats_of(user)
        reach = Q(debriefing__congress__in=hats.watches) | Q(mandate__congress__in=hats.watches)
        reach |= Q(mandate__in=seats_of(user))
        if hats.clerk_of:
            reach |= Q(mandate__delegation__township__in=hats.clerk_of)
        return self.filter(reach)

    def reporting(self):
        """Those who report there, without whoever was planned, handed in and did not report."""
        return self.filter(is_missed=False)

    def done(self):
        return self.reporting().filter(debriefing__state__in=Debriefing.DONE)

    def kept_of(self, mandate):
        """Reports of this seat that were handed in and not given since, the latest first, for its next debriefing."""
        given = self.filter(mandate=mandate, is_missed=False, debriefing__state__in=Debriefing.DONE)
        later = given.filter(debriefing__planned_on__gte=OuterRef("debriefing__planned_on"))
        missed = self.filter(~Exists(later), mandate=mandate, is_missed=True)
        return missed.order_by("-debriefing__planned_on", "-pk")


class Statement(models.Model):
    """What one deputy reports at one debriefing, and the slips that his voters gave on it (述职报告、测评)."""

    debriefing = models.ForeignKey(Debriefing, models.PROTECT, related_name="statements", verbose_name=_("述职"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="statements", verbose_name=_("述职代表"))
    text = models.TextField(_("述职报告"), blank=True, default="", max_length=20000)
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("报告文件")
    )
    handed_out = models.PositiveIntegerField(_("发出票数"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("收回票数"), null=True, blank=True)
    valid = models.PositiveIntegerField(_("有效票数"), null=True, blank=True)
    told_on = models.DateField(_("告知本人"), null=True, blank=True, editable=False)
    # He handed in and did not report: the text is kept, and counts in no rate.
    is_missed = models.BooleanField(_("没有述职"), default=False, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("述职报告")
        verbose_name_plural = _("述职报告")
        ordering = ["mandate__deputy__strokes", "id"]
        constraints = [
            models.UniqueConstraint(fields=["debriefing", "mandate"], name="debriefings_one_statement"),
            models.CheckConstraint(
                condition=Q(valid__isnull=True) | Q(valid__lte=F("returned"), returned__lte=F("handed_out")),
                name="debriefings_slips_fit",
            ),
        ]

    def __str__(self):
        return _("%(name)s代表述职报告") % {"name": self.mandate}

    def get_absolute_url(self):
        return reverse("debriefings:statement", args=[self.pk])

    @property
    def journal_case(self):
        return self.debriefing

    @property
    def congress_id(self):
        return self.debriefing.congress_id

    @property
    def year(self):
        """The year of which it reports."""
        return (self.debriefing.held_on or self.debriefing.planned_on).year

    @property
    def is_handed_in(self):
        return bool(self.text.strip() or self.file_id)


class Tally(models.Model):
    """How many valid slips gave one grade, on the whole or on one aspect (计票)."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="tallies", verbose_name=_("述职报告"))
    aspect = models.CharField(_("方面"), max_length=12, blank=True, default="", choices=ASPECTS)
    grade = models.CharField(
        _("等次"), max_length=12, choices=dict(pair for words in WORDINGS.values() for pair in words)
    )
    count = models.PositiveIntegerField(_("票数"))

    class Meta:
        verbose_name = _("测评计票")
        verbose_name_plural = _("测评计票")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "aspect", "grade"], name="debriefings_one_count_per_grade")
        ]

    def __str__(self):
        return f"{self.get_grade_display()} {self.count}"
