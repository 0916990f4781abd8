"""What replies promised, what departments say they did, what the office found when it looked back (承诺台账)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.roll.seats import seats_of
from suggestions.docket.models import Cosigner, Suggestion


class PromiseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever may see the suggestion: congress by role, deputies their own, departments what they handle."""
        hats = hats_of(user)
        seen = Q(congress__in=hats.watches)
        if not (seats_of(user) or hats.departments or hats.committees):
            return self.filter(seen)  # an OR would have the office's list read every promise
        others = Suggestion.objects.visible_to(user, drafts=False).order_by().values("pk")
        return self.filter(seen | Q(suggestion__in=others) | Q(organ__in=hats.departments))  # some were handed over

    def at_hand(self, user):
        """Those that a department of the user made, or that were made to a congress whose office he serves."""
        hats = hats_of(user)
        return self.filter(Q(congress__in=hats.clerk_of) | Q(organ__in=hats.departments))

    def made_to(self, seats):
        """Those made to whoever led or signed the suggestion with one of these seats."""
        signed = Cosigner.objects.filter(mandate__in=seats, state=Cosigner.State.CONFIRMED).values("suggestion")
        return self.filter(Q(suggestion__lead__in=seats) | Q(suggestion__in=signed))

    def standing(self):
        """What nobody has found kept yet."""
        return self.filter(state__in=Promise.STANDING)

    def owed(self):
        """What the department still has to do, or to say that it did."""
        return self.filter(state__in=Promise.OWED)

    def overdue(self, *, on):
        return self.filter(Promise.is_past(on))

    def to_look_back(self):
        """Those that wait for the office to look back."""
        return self.filter(Promise.waits_for_look())

    def for_page(self):
        return self.select_related("organ", "congress", "suggestion__congress", "answer__ask", "round")


class Promise(Proceeding):
    """One thing that a reply promised by a date (承诺); it stands in the ledger until it is found kept.

    Three dates: the first one, as the reply said it; the one owed, moved by granted extensions alone, against which
    "in time" is judged; and the one that runs now, which a look-back may set anew. As long as nobody has said a day,
    the rulebook reckons all three, and the calendar may still shift them.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待兑现")
        ASKED = "asked", _("申请延期")
        REPORTED = "reported", _("报告已兑现")
        KEPT = "kept", _("已兑现")
        REPLACED = "replaced", _("已由新答复替代")
        ENDED = "ended", _("随建议终止")

    OWED = frozenset({State.OPEN, State.ASKED})
    STANDING = OWED | {State.REPORTED}

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    suggestion = models.ForeignKey("docket.Suggestion", models.PROTECT, related_name="promises", verbose_name=_("建议"))
    round = models.ForeignKey("docket.Round", models.PROTECT, related_name="+", verbose_name=_("办理轮次"))
    answer = models.OneToOneField(
        "docket.Answer", models.PROTECT, related_name="ledger_row", verbose_name=_("逐条答复")
    )
    organ = models.ForeignKey(
        "organs.Organ",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("承诺单位"),
        help_text=_("只有旧件里还没有关联单位的可以没有。"),
    )
    organ_printed = models.CharField(_("原件承办单位"), max_length=100, blank=True, default="", editable=False)
    what = models.CharField(_("承诺事项"), max_length=300)
    responsible = models.CharField(_("责任人"), max_length=60, blank=True, default="")
    made_on = models.DateField(_("承诺日期"))
    is_dated = models.BooleanField(_("答复写明日期"), default=True)
    first_due_on = models.DateField(_("最初承诺日期"))
    owed_on = models.DateField(_("约定日期"), editable=False)
    due_on = models.DateField(_("现定日期"), editable=False)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.OPEN, editable=False)
    asked_until = models.DateField(_("申请延到"), null=True, blank=True, editable=False)
    asked_reason = models.TextField(_("延期理由"), blank=True, default="", editable=False)
    done_on = models.DateField(_("完成日期"), null=True, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", editable=False, verbose_name=_("替代为")
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("承诺")
        verbose_name_plural = _("承诺")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["congress", "state", "due_on"], name="promises_of_congress"),
            models.Index(fields=["organ", "state", "due_on"], name="promises_of_organ"),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("promises:detail", args=[self.pk])

    @property
    def unit(self):
        """The department as it is called; of an old paper that nobody linked yet, as it was printed."""
        return str(self.organ) if self.organ_id else self.organ_printed or str(_("原件未写承办单位"))

    @classmethod
    def is_past(cls, on):
        """Owed, and its day has gone by; as a Q."""
        return Q(state__in=cls.OWED, due_on__lt=on)

    @staticmethod
    def waits_for_look():
        return Q(Exists(LookBack.objects.pending().filter(promise=OuterRef("pk"))))

    @property
    def was_moved(self):
        return self.due_on != self.first_due_on

    def is_overdue(self, on):
        return self.state in self.OWED and self.due_on < on

    @property
    def is_kept_late(self):
        return self.state == self.State.KEPT and self.done_on > self.owed_on


class Report(models.Model):
    """What the department says it did, and the proof of it (兑现报告)."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="reports", verbose_name=_("承诺"))
    words = models.TextField(_("兑现情况"))
    done_on = models.DateField(_("完成日期"))
    reported_on = models.DateField(_("报告日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("报告人"))
    photos = models.ManyToManyField("files.StoredFile", blank=True, related_name="+", verbose_name=_("照片"))
    papers = models.ManyToManyField("files.StoredFile", blank=True, related_name="+", verbose_name=_("材料"))

    class Meta:
        verbose_name = _("兑现报告")
        verbose_name_plural = _("兑现报告")
        ordering = ["-id"]

    def __str__(self):
        return self.words


class LookBackQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(outcome="")


class LookBack(models.Model):
    """A check whether a promise was kept (回头看): called for by a date, a report or a deputy; found by the office."""

    class Cause(models.TextChoices):
        DUE = "due", _("承诺到期")
        REPORTED = "reported", _("承办单位报告已兑现")
        DEPUTY = "deputy", _("代表反映没有兑现")
        OFFICE = "office", _("不定期回头看")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("已兑现")
        PARTLY = "partly", _("部分兑现")
        BROKEN = "broken", _("没有兑现")

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="look_backs", verbose_name=_("承诺"))
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核对的报告")
    )
    cause = models.CharField(_("缘由"), max_length=10, choices=Cause)
    opened_on = models.DateField(_("提出日期"))
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, blank=True, default="", editable=False)
    words = models.TextField(_("查看情况"), blank=True, default="", editable=False)
    deputy_said = models.CharField(_("代表意见"), max_length=300, blank=True, default="", editable=False)
    new_due_on = models.DateField(_("新定日期"), null=True, blank=True, editable=False)
    checked_on = models.DateField(_("查看日期"), null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("查看人"),
    )
    photos = models.ManyToManyField("files.StoredFile", blank=True, related_name="+", verbose_name=_("照片"))

    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("回头看")
        verbose_name_plural = _("回头看")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(outcome=""), name="promises_one_look_back_at_a_time"
            )
        ]

    def __str__(self):
        return self.get_outcome_display() or self.get_cause_display()


class Word(models.Model):
    """What a deputy says of a promise made to him (代表的话); a later one stands beside the earlier."""

    class Said(models.TextChoices):
        SEEN = "seen", _("已看到兑现")
        NOT_KEPT = "not_kept", _("没有兑现")

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="deputy_words", verbose_name=_("承诺"))
    mandate = models.ForeignKey("roll.Mandate", models.PROTECT, related_name="+", verbose_name=_("代表"))
    said = models.CharField(_("看到的"), max_length=10, choices=Said)
    text = models.CharField(_("补充"), max_length=300, blank=True, default="")
    said_on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("代表的话")
        verbose_name_plural = _("代表的话")
        ordering = ["-id"]

    def __str__(self):
        return self.get_said_display()
