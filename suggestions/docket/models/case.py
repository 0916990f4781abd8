"""The case of a suggestion: what was asked, of whom, who answers and how far it is (案卷)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from congress.kit.bigrams import GramsField
from congress.kit.fingerprints import fingerprint
from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.roll.seats import seats_of

MOTION_PREFIX, BETWEEN_PREFIX = _("议"), _("闭")


class Category(models.Model):
    """The field to which a congress files a suggestion (类别)."""

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="categories", verbose_name=_("人大"))
    name = models.CharField(_("名称"), max_length=40)
    position = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("类别")
        verbose_name_plural = _("类别")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="docket_one_category_name")]

    def __str__(self):
        return self.name


class SuggestionQuerySet(models.QuerySet):
    def visible_to(self, user, *, drafts=True):
        """What this user may see: his congress's cases by role, his own by mandate, his department's by assignment.

        A draft is its deputy's alone, and the clerk's who records it for him. Whoever asks for no drafts says so:
        the recorded ones are an OR that no index answers.
        """
        hats, seats = hats_of(user), seats_of(user)
        ours = Assignment.objects.filter(round__suggestion=OuterRef("pk"), organ__in=hats.departments)
        matching = Assignment.objects.filter(
            round__suggestion=OuterRef("pk"), organ__as_department__committee__in=hats.committees
        )
        seen = Q(pk__in=())
        if hats.watches:
            seen |= Q(congress__in=hats.watches) & ~Q(state=Suggestion.State.DRAFT)
        if hats.clerk_of and drafts:
            seen |= Q(congress__in=hats.clerk_of, recorded_by__isnull=False)
        if seats:
            signed = Cosigner.objects.filter(mandate__in=seats).order_by().values("suggestion")
            own = Suggestion.objects.filter(lead__in=seats).order_by().values("pk")
            seen |= Q(pk__in=own.union(signed))  # no index answers an OR of both
        if hats.departments:
            seen |= Exists(ours)
        if hats.committees:
            seen |= Exists(matching)
        return self.filter(seen)

    def open(self):
        """Cases that somebody still has to act on."""
        return self.filter(state__in=Suggestion.OPEN)

    def overdue(self, *, on):
        """Open cases whose holder's date has passed."""
        return self.open().filter(due_on__lt=on)


class Suggestion(Proceeding):
    """A suggestion, criticism or opinion (代表建议、批评和意见), or a motion (议案), put to a congress."""

    class Kind(models.TextChoices):
        SUGGESTION = "suggestion", _("建议")
        MOTION = "motion", _("议案")

    class Period(models.TextChoices):
        IN_SESSION = "in_session", _("会议期间")
        BETWEEN = "between", _("闭会期间")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("待审查")
        RETURNED = "returned", _("退回修改")
        REGISTERED = "registered", _("待交办")
        IN_HAND = "in_hand", _("办理中")
        REPLIED = "replied", _("待评价")
        CLOSED = "closed", _("已办结")
        REJECTED = "rejected", _("不予受理")
        LETTER = "letter", _("转代表来信")
        WITHDRAWN = "withdrawn", _("已撤回")

    OPEN = frozenset({State.SUBMITTED, State.RETURNED, State.REGISTERED, State.IN_HAND, State.REPLIED})
    ACCEPTED = frozenset({State.REGISTERED, State.IN_HAND, State.REPLIED, State.CLOSED})

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="suggestions", verbose_name=_("人大"))
    session = models.ForeignKey(
        "organs.Session", models.PROTECT, related_name="suggestions", null=True, blank=True, verbose_name=_("届次")
    )
    kind = models.CharField(_("案别"), max_length=20, choices=Kind, default=Kind.SUGGESTION)
    period = models.CharField(_("提出时间"), max_length=20, choices=Period, default=Period.BETWEEN)
    serial = models.PositiveIntegerField(_("序号"), null=True, blank=True, editable=False)
    printed_number = models.CharField(_("编号"), max_length=40, blank=True, default="")
    title = models.CharField(_("标题"), max_length=120)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name=_("类别")
    )
    lead = models.ForeignKey(
        "roll.Mandate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_suggestions",
        verbose_name=_("领衔代表"),
        help_text=_("只有从旧件导入、还没有关联名册的可以没有。"),
    )
    proposer_printed = models.CharField(_("原件提出者"), max_length=300, blank=True, default="", editable=False)
    campaign = models.ForeignKey(
        "activities.Campaign",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # docket_of_drive answers: few cases belong to one
        verbose_name=_("专项行动"),
    )
    situation = models.TextField(_("情况"), blank=True, default="")
    analysis = models.TextField(_("分析"), blank=True, default="")
    proposed_department = models.ForeignKey(
        "organs.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("建议承办单位")
    )
    wishes_publication = models.BooleanField(_("同意公开"), default=True)
    protects_identity = models.BooleanField(_("不向承办单位公开姓名"), default=False)
    attachments = models.ManyToManyField("files.StoredFile", blank=True, related_name="+", verbose_name=_("附件"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代录人")
    )
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    submitted_on = models.DateField(_("提出日期"), null=True, blank=True, editable=False)
    registered_on = models.DateField(_("立案日期"), null=True, blank=True, editable=False)
    assigned_on = models.DateField(_("交办日期"), null=True, blank=True, editable=False)
    replied_on = models.DateField(_("答复日期"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True, editable=False)
    round_number = models.PositiveSmallIntegerField(_("办理轮次"), default=0, editable=False)
    result_class = models.CharField(_("办理类别"), max_length=10, blank=True, default="", editable=False)
    holder = models.ForeignKey(
        "organs.Organ", models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("轮到")
    )
    due_on = models.DateField(_("期限"), null=True, blank=True, editable=False)
    due_rule = models.CharField(_("期限所属"), max_length=40, blank=True, default="", editable=False)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    saved_at = models.DateTimeField(_("保存时间"), auto_now=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("建议")
        verbose_name_plural = _("建议")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["congress", "state", "due_on", "id"], name="docket_by_state_and_date"),
            models.Index(fields=["congress", "session", "kind", "serial"], name="docket_by_number"),
            models.Index(fields=["congress", "-id"], name="docket_newest"),
            models.Index(fields=["lead", "-id"], name="docket_of_lead"),
            models.Index(
                fields=["congress", "due_on", "-id"],
                condition=Q(state__in=["in_hand", "registered", "replied", "returned", "submitted"]),
                name="docket_open_by_date",
            ),
            models.Index(
                fields=["congress", "session", "due_on", "id"],
                condition=Q(state__in=["in_hand", "registered", "replied", "returned", "submitted"]),
                name="docket_open_of_session",
            ),
            models.Index(fields=["congress", "recorded_by"], condition=Q(state="draft"), name="docket_drafts"),
            models.Index(  # what the views ask of each case that words find: read here, no case is
                fields=["id"],
                include=["congress", "state", "due_on", "submitted_on", "period", "recorded_by"],
                name="docket_looked_up",
            ),
            models.Index(fields=["campaign", "congress"], condition=Q(campaign__isnull=False), name="docket_of_drive"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "period", "serial"],
                condition=Q(serial__isnull=False),
                name="docket_one_number_per_series",
            ),
            models.CheckConstraint(
                condition=Q(lead__isnull=False) | Q(state__in=["closed", "rejected", "letter", "withdrawn"]),
                name="docket_open_case_has_its_deputy",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/suggestions/{self.pk}/"

    @property
    def said_number(self):
        return said_number(self.printed_number)

    @property
    def is_motion(self):
        return self.kind == self.Kind.MOTION

    @cached_property
    def current_round(self):
        return self.rounds.filter(number=self.round_number).first()

    def text_hash(self):
        """The fingerprint of what a co-signer signs: title, situation, analysis and asks (电子签名法 Art. 14)."""
        asks = list(self.asks.order_by("number").values_list("text", flat=True))
        content = [self.title, self.situation, self.analysis, asks]
        return fingerprint(content)

    def draft_mark(self):
        """What changes as soon as anything does that the page of the draft shows: the text, its ticks, who is asked."""
        ticks = [self.lead_id, self.kind, self.category_id, self.proposed_department_id]
        ticks += [self.wishes_publication, self.protects_identity, self.campaign_id]
        return fingerprint([self.text_hash(), ticks, sorted(self.cosigners.values_list("mandate_id", flat=True))])


def said_number(printed):
    """A number as an official says it: 第 86 号, 闭1 号; a printed one that says so itself is left alone."""
    if not printed or "第" in printed or "号" in printed:
        return printed
    return str((_("第 %s 号") if printed.isdecimal() else _("%s 号")) % printed)


class NumberSeries(models.Model):
    """The last number given in one series (编号序列): session, kind and period each count for themselves."""

    session = models.ForeignKey("organs.Session", models.PROTECT, related_name="+", verbose_name=_("届次"))
    kind = models.CharField(_("案别"), max_length=20, choices=Suggestion.Kind)
    period = models.CharField(_("提出时间"), max_length=20, choices=Suggestion.Period)
    last = models.PositiveIntegerField(_("末号"), default=0)

    class Meta:
        verbose_name = _("编号序列")
        verbose_name_plural = _("编号序列")
        constraints = [models.UniqueConstraint(fields=["session", "kind", "period"], name="docket_one_series")]

    def __str__(self):
        return f"{self.session_id} {self.kind} {self.period}"


class Ask(models.Model):
    """One numbered thing the suggestion asks for (诉求); it is answered, rated and counted by itself."""

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="asks", verbose_name=_("建议"))
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("诉求"))

    class Meta:
        verbose_name = _("诉求")
        verbose_name_plural = _("诉求")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "number"], name="docket_one_ask_number")]

    def __str__(self):
        return self.text


class Cosigner(models.Model):
    """A deputy asked to second the suggestion, and what he did about it (附议)."""

    class State(models.TextChoices):
        INVITED = "invited", _("待确认")
        CONFIRMED = "confirmed", _("已附议")
        DECLINED = "declined", _("未附议")

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="cosigners", verbose_name=_("建议"))
    mandate = models.ForeignKey("roll.Mandate", models.PROTECT, related_name="cosigned", verbose_name=_("附议代表"))
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.INVITED, editable=False)
    signed_on = models.DateField(_("签名日期"), null=True, blank=True, editable=False)
    signed_at = models.DateTimeField(_("记录时间"), null=True, blank=True, editable=False)
    signed_hash = models.CharField(_("所签文本校验值"), max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("附议")
        verbose_name_plural = _("附议")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["mandate", "state"], name="docket_cosigning_of_deputy")]
        constraints = [models.UniqueConstraint(fields=["suggestion", "mandate"], name="docket_one_cosignature")]

    def __str__(self):
        return f"{self.mandate}"


class Round(models.Model):
    """One handling of the case from assignment to appraisal (办理轮次); dissatisfied opens the next."""

    class Cause(models.TextChoices):
        FIRST = "first", _("首次办理")
        REWORK = "rework", _("重新办理")

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="rounds", verbose_name=_("建议"))
    number = models.PositiveSmallIntegerField(_("轮次"))
    cause = models.CharField(_("缘由"), max_length=20, choices=Cause, default=Cause.FIRST)
    reason = models.TextField(_("理由"), blank=True, default="")
    opened_on = models.DateField(_("开始日期"), null=True)  # not known of every old paper
    replied_on = models.DateField(_("答复日期"), null=True, blank=True)
    reply_due_on = models.DateField(_("答复期限"), null=True, blank=True)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("办理轮次")
        verbose_name_plural = _("办理轮次")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "number"], name="docket_one_round_number")]

    def __str__(self):
        return f"{self.suggestion_id} #{self.number}"

    @property
    def journal_case(self):
        return self.suggestion


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The shares of the cases that this user sees."""
        return self.filter(round__suggestion__in=Suggestion.objects.visible_to(user))

    def unfinished(self):
        """What an organ still answers for: its open shares, and what it gave out to others who are not done."""
        parts = Assignment.objects.filter(parent=OuterRef("pk"), state__in=Assignment.OPEN)
        return self.filter(Q(state__in=Assignment.OPEN) | Q(Exists(parts), state=Assignment.State.DISTRIBUTED))


class Assignment(Proceeding):
    """One department's share in a round (承办): lead, co-handler, separate handler, or the distributor between."""

    class Role(models.TextChoices):
        LEAD = "lead", _("主办")
        CO = "co", _("会办")
        SEPARATE = "separate", _("分办")
        DISTRIBUTOR = "distributor", _("分办单位")

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("待签收")
        TO_DISTRIBUTE = "to_distribute", _("待分办")
        DISTRIBUTED = "distributed", _("已分办")
        IN_HAND = "in_hand", _("办理中")
        HANDED_BACK = "handed_back", _("申请退办")
        RELEASED = "released", _("已退办")
        DRAFTED = "drafted", _("待签发")
        DONE = "done", _("已办复")
        ENDED = "ended", _("已终止")

    OPEN = frozenset({State.ASSIGNED, State.TO_DISTRIBUTE, State.IN_HAND, State.HANDED_BACK, State.DRAFTED})
    ANSWERS = frozenset({Role.LEAD, Role.SEPARATE})

    round = models.ForeignKey(Round, models.PROTECT, related_name="assignments", verbose_name=_("办理轮次"))
    organ = models.ForeignKey(
        "organs.Organ",
        models.PROTECT,
        null=True,
        related_name="assignments",
        verbose_name=_("承办单位"),
        help_text=_("只有从旧件导入、还没有关联单位的可以没有。"),
    )
    organ_printed = models.CharField(_("原件承办单位"), max_length=100, blank=True, default="", editable=False)
    role = models.CharField(_("承办方式"), max_length=20, choices=Role, default=Role.LEAD)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("分办自")
    )
    asks = models.ManyToManyField(Ask, blank=True, related_name="assignments", verbose_name=_("负责的诉求"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办人")
    )
    responsible_leader = models.CharField(_("分管领导"), max_length=60, blank=True, default="")
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.ASSIGNED, editable=False)
    assigned_on = models.DateField(_("交办日期"), null=True)  # not known of every old paper
    accepted_on = models.DateField(_("签收日期"), null=True, blank=True, editable=False)
    done_on = models.DateField(_("办复日期"), null=True, blank=True, editable=False)
    due_on = models.DateField(_("期限"), null=True, blank=True, editable=False)
    hand_back_reason = models.TextField(_("退办理由"), blank=True, default="", editable=False)
    hand_back_to = models.ForeignKey(
        "organs.Organ", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("建议改由")
    )
    opinion = models.TextField(_("会办意见"), blank=True, default="", editable=False)
    is_difficult = models.BooleanField(_("涉及面广、办理难度大"), default=False, editable=False)
    asked_until = models.DateField(_("申请延期到"), null=True, blank=True, editable=False)
    asked_reason = models.TextField(_("延期理由"), blank=True, default="", editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("承办")
        verbose_name_plural = _("承办")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["organ", "state", "due_on"], name="docket_shares_of_organ"),
            models.Index(fields=["parent", "round"], condition=Q(state="handed_back"), name="docket_handed_back"),
            models.Index(
                fields=["parent", "round"], condition=Q(asked_until__isnull=False), name="docket_asked_for_time"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organ"],
                condition=~Q(state__in=["released", "ended"]),
                name="docket_one_open_share_per_organ",
            ),
            models.CheckConstraint(
                condition=Q(organ__isnull=False) | Q(state="done"), name="docket_open_share_has_its_organ"
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.get_role_display()}"

    @property
    def unit(self):
        """The department as it is called; of an old paper that nobody linked yet, as it was printed."""
        return str(self.organ) if self.organ_id else self.organ_printed or str(_("原件未写承办单位"))

    @property
    def full_unit(self):
        """The same in full, as a letter is headed."""
        return self.organ.name if self.organ_id else self.unit

    @property
    def suggestion(self):
        return self.round.suggestion

    @property
    def journal_case(self):
        return self.round.suggestion

    @property
    def answers(self):
        """Whether this share owes the deputy a reply (a co-handler owes the lead an opinion)."""
        return self.role in self.ANSWERS

    def may_ask_for_time(self):
        """Whether a later day for its reply can be asked for: the period of a rework is not prolonged."""
        return self.may_be_called_difficult() and self.asked_until is None

    def has_asked_for_time(self):
        return self.asked_until is not None

    def may_be_called_difficult(self):
        """Whether the longer period is open to it and not given yet."""
        return self.answers and not self.is_difficult and self.round.cause == Round.Cause.FIRST


class SearchText(models.Model):
    """The words of a case as the search finds them (检索词); written by `search.index`."""

    suggestion = models.OneToOneField(
        Suggestion, models.CASCADE, primary_key=True, related_name="search_text", verbose_name=_("建议")
    )
    grams = GramsField(_("检索词"), default="")

    class Meta:
        verbose_name = _("检索词")
        verbose_name_plural = _("检索词")

    def __str__(self):
        return f"{self.suggestion_id}"
