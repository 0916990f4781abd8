"""What residents say, who takes it on, what is answered, and what they think of the answer (民情)."""

import secrets
from unicodedata import normalize

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.files.models import StoredFile
from congress.kit.personal import EncryptedField, blind_index, masked_phone
from congress.organs.hats import hats_of
from congress.organs.models import Congress, Department, Organ
from congress.procedure.models import Proceeding
from deputies.activities.models import Activity
from deputies.roll.seats import active_seats_of, seats_of
from liaison.stations.models import LiaisonStation

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read for something else over the phone


def new_code():
    """A query code as a resident notes it: twice four letters and digits. Guessing is throttled."""
    return "-".join("".join(secrets.choice(_LETTERS) for _each in range(4)) for _part in range(2))


def code_index(code):
    """What a query code is looked up by, however wide its letters were typed; the code itself is not kept."""
    return blind_index("".join(letter for letter in normalize("NFKC", code).upper() if letter in _LETTERS))


# What is settled in a town hall: the town's government and its offices.
OF_A_TOWN = Q(type=Department.Type.TOWNSHIP) | Q(congress__level=Congress.Level.TOWNSHIP)


def tier_of(organ):
    """The level at which a body settles things: a station its village's, a town hall and its offices theirs."""
    if organ.kind == Organ.Kind.STATION:
        return Opinion.Tier.VILLAGE
    is_of_a_town = Department.objects.filter(OF_A_TOWN, pk=organ.pk).exists()
    return Opinion.Tier.TOWNSHIP if is_of_a_town else Opinion.Tier.COUNTY


def congresses_of(congress, station):
    """The ids of those in whose drives what is said to this congress, or at this station, may take part."""
    return [congress, *([station.township_id] if station and station.township_id else ())]


class OpinionQuerySet(models.QuerySet):
    def of_no_theme(self):
        """Those that are the theme of no activity, or of one that was cancelled."""
        return self.filter(Q(theme_of=None) | Q(theme_of__state=Activity.State.CANCELLED))

    def visible_to(self, user):
        """By congress, township, station or department; for a deputy what was said to him or noted by him, and all that
        is said at the station that he heads."""
        hats, seats = hats_of(user), seats_of(user)
        reach = Q(congress__in=hats.watches)
        if hats.clerk_of:
            reach |= Q(station__township__in=hats.clerk_of)
        if hats.stations:
            reach |= Q(station__in=hats.stations)
        if seats:
            headed = LiaisonStation.objects.headed_by(user).order_by().values("pk")
            reach |= Q(addressed_to__in=seats) | Q(noted_by__in=seats) | Q(station__in=headed)
        if hats.departments:
            reach |= Q(organ__in=hats.departments)
        return self.filter(reach)

    def open(self):
        return self.filter(state__in=Opinion.OPEN)

    def given(self):
        """What some body has been given, at one of the three levels; what its resident took back is nobody's."""
        return self.exclude(tier="").exclude(state=Opinion.State.WITHDRAWN)

    def with_contact(self):
        """Those of whom it is known who said it, or how to reach him."""
        return self.exclude(name="", phone="")

    def ended_before(self, day):
        """What is settled since long; of what became a suggestion, where that is closed."""
        state = Opinion.State
        own = Q(state__in=[state.CLOSED, state.GUIDED, state.WITHDRAWN], stepped_on__lt=day)
        closed = Q(suggestion__state="closed", suggestion__closed_on__lt=day)
        return self.filter(own | closed & Q(state=state.RAISED, stepped_on__lt=day))

    def overdue(self, *, on):
        return self.open().filter(due_on__lt=on)

    def reported_to(self, congresses):
        """What waits for the office of one of these to hand it to a department: its own, and its townships'."""
        of_a_township = Q(congress__level=Congress.Level.TOWNSHIP, congress__parent__isnull=False)
        own = Q(congress__in=congresses) & ~of_a_township
        below = of_a_township & Q(congress__parent__in=congresses)
        return self.filter(own | below, state=Opinion.State.UPWARD)


class Opinion(Proceeding):
    """One thing a resident said, in his own words (社情民意): heard, routed to the tier that can settle it, answered.

    It keeps its link into the suggestion it became, so that the resident reads reply and promise by his code.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("待处理")
        UPWARD = "upward", _("待县级交办")
        ROUTED = "routed", _("办理中")
        ANSWERED = "answered", _("已答复")
        GUIDED = "guided", _("已引导")
        RAISED = "raised", _("已转为代表建议")
        CLOSED = "closed", _("已办结")
        WITHDRAWN = "withdrawn", _("已撤回")

    OPEN = frozenset({State.RECEIVED, State.UPWARD, State.ROUTED})

    class Channel(models.TextChoices):
        CODE = "code", _("扫码留言")
        RECEPTION = "reception", _("接待")
        VISIT = "visit", _("走访")
        DEPUTY = "deputy", _("代表随手记")
        PHONE = "phone", _("电话、来信")

    class Tier(models.TextChoices):
        """Three levels at which an opinion is settled (三个层面)."""

        VILLAGE = "village", _("村（社区）")
        TOWNSHIP = "township", _("乡镇（街道）")
        COUNTY = "county", _("县级")

    class Outcome(models.TextChoices):
        """What became of it (处理去向): the codes of the reception register."""

        ON_SPOT = "1", _("当场解答")
        VILLAGE = "2", _("交村（社区）办理")
        TOWNSHIP = "3", _("交乡镇（街道）办理")
        COUNTY = "4", _("交县级部门办理")
        SUGGESTION = "5", _("转为代表建议")
        GUIDED = "0", _("引导到信访或者司法渠道")

    class Note(models.TextChoices):
        """The four kinds of the deputy's notebook (四情)."""

        SOCIETY = "society", _("社情")
        POLICY = "policy", _("政情")
        VOICES = "voices", _("舆情")
        PEOPLE = "people", _("民情")

    class Grade(models.TextChoices):
        SATISFIED = "satisfied", _("满意")
        BASIC = "basic", _("基本满意")
        DISSATISFIED = "dissatisfied", _("不满意")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    station = models.ForeignKey(
        "stations.LiaisonStation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name=_("联络站"),
    )
    reception = models.ForeignKey(
        "receptions.Reception", models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name=_("接待")
    )
    addressed_to = models.ForeignKey(
        "roll.Mandate", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("向哪位代表反映")
    )
    noted_by = models.ForeignKey(
        "roll.Mandate", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("记录的代表")
    )
    channel = models.CharField(_("来源"), max_length=10, choices=Channel)
    note = models.CharField(_("四情"), max_length=10, choices=Note, blank=True, default="")
    category = models.ForeignKey(
        "docket.Category", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("类别")
    )
    topic = models.CharField(
        _("热点"), max_length=30, blank=True, default="", help_text=_("如：路灯。同一热点可以合并处理。")
    )
    campaign = models.ForeignKey(
        "activities.Campaign",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # opinions_of_drive answers
        verbose_name=_("专项行动"),
    )
    text = models.TextField(_("原话"))
    place = models.CharField(_("地点（村、社区、路段）"), max_length=100, blank=True, default="")
    name = EncryptedField(_("称呼"), blank=True, default="")
    phone = EncryptedField(_("联系电话"), blank=True, default="")
    comment = models.TextField(_("接待代表的意见"), blank=True, default="")
    consented_at = models.DateTimeField(_("同意告知事项的时间"), null=True, blank=True)
    code_index = models.CharField(max_length=64, unique=True, editable=False)
    heard_on = models.DateField(_("反映日期"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.RECEIVED, editable=False)
    tier = models.CharField(_("办理层级"), max_length=10, choices=Tier, blank=True, default="", editable=False)
    outcome = models.CharField(_("处理去向"), max_length=1, choices=Outcome, blank=True, default="", editable=False)
    organ = models.ForeignKey(
        "organs.Organ",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("办理单位"),
    )
    routed_on = models.DateField(_("交办日期"), null=True, blank=True, editable=False)
    due_on = models.DateField(_("期限"), null=True, blank=True, editable=False)
    answer = models.TextField(_("答复"), blank=True, default="", editable=False)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True, editable=False)
    answers_given = models.PositiveSmallIntegerField(_("答复次数"), default=0, editable=False)
    grade = models.CharField(_("群众评价"), max_length=12, choices=Grade, blank=True, default="", editable=False)
    grade_words = models.CharField(_("评价留言"), max_length=300, blank=True, default="", editable=False)
    graded_on = models.DateField(_("评价日期"), null=True, blank=True, editable=False)
    told_on = models.DateField(_("回访告知日期"), null=True, blank=True, editable=False)
    is_graded_for_him = models.BooleanField(_("评价由回访记录"), default=False, editable=False)
    proofs = models.ManyToManyField(
        "files.StoredFile", blank=True, related_name="+", editable=False, verbose_name=_("办理照片")
    )
    suggestion = models.ForeignKey(
        "docket.Suggestion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        editable=False,
        verbose_name=_("转成的建议"),
    )
    theme_of = models.ForeignKey(
        "activities.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        editable=False,
        verbose_name=_("列为主题的活动"),
    )

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("民情")
        verbose_name_plural = _("民情")
        ordering = ["-heard_on", "-id"]
        indexes = [
            models.Index(fields=["congress", "state", "due_on"], name="opinions_of_congress"),
            models.Index(fields=["congress", "-heard_on", "-id"], name="opinions_by_day"),
            models.Index(fields=["station", "-heard_on"], name="opinions_of_station"),
            models.Index(fields=["organ", "state"], name="opinions_of_organ"),
            models.Index(fields=["congress", "topic"], condition=~Q(topic=""), name="opinions_by_topic"),
            models.Index(
                fields=["campaign", "-heard_on", "-id"],
                condition=Q(campaign__isnull=False),
                name="opinions_of_drive",
            ),
        ]

    def __str__(self):
        return self.text if len(self.text) <= 30 else f"{self.text[:30]}…"

    def get_absolute_url(self):
        return reverse("opinions:detail", args=[self.pk])

    @property
    def called_by(self):
        """To whose drives it may belong, and to those above them: its own congress's, its station's township's."""
        return congresses_of(self.congress_id, self.station)

    @property
    def county_id(self):
        """The congress whose office hands it to the county's departments: for a township the one above it."""
        above = self.congress.parent_id if self.congress.is_township else None
        return above or self.congress_id

    @property
    def awaits_rating(self):
        """Whether the resident may say what he thinks: of an answer, or over what a return visit put down for him."""
        if self.state == Opinion.State.RAISED:
            return self.suggestion is not None and self.suggestion.replied_on is not None
        answered = self.state in {Opinion.State.ANSWERED, Opinion.State.GUIDED}
        return answered or (self.state == Opinion.State.CLOSED and self.is_graded_for_him)

    @property
    def masked_name(self):
        return f"{self.name[:1]}某" if self.name else ""

    @property
    def masked_phone(self):
        return masked_phone(self.phone)


class ThemeProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office and the leaders of its congress, the township that proposes, the leader of the group."""
        hats, seats = hats_of(user), active_seats_of(user)
        reach = Q(congress__in=hats.watches) | Q(township__in=hats.clerk_of)
        if seats:
            reach |= Q(group__leader__in=seats)
        return self.filter(reach)

    def waiting(self):
        return self.filter(state=ThemeProposal.State.PROPOSED)


class ThemeProposal(Proceeding):
    """A township proposes what residents speak of as the theme of a county group's activity (主题提议)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待定")
        TAKEN = "taken", _("已采纳")
        RETURNED = "returned", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    township = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("提议的乡镇"))
    group = models.ForeignKey("roll.DeputyGroup", models.PROTECT, related_name="+", verbose_name=_("代表小组"))
    theme = models.CharField(_("主题"), max_length=200)
    words = models.CharField(_("说明"), max_length=300, blank=True, default="")
    opinions = models.ManyToManyField(Opinion, related_name="proposals", verbose_name=_("群众意见"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提议人")
    )
    proposed_on = models.DateField(_("提议日期"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.PROPOSED, editable=False)
    reason = models.CharField(_("退回理由"), max_length=300, blank=True, default="", editable=False)
    activity = models.OneToOneField(
        "activities.Activity", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("小组活动"),
    )  # fmt: skip

    objects = ThemeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("主题提议")
        verbose_name_plural = _("主题提议")
        ordering = ["-proposed_on", "-id"]
        indexes = [models.Index(fields=["congress", "state"], name="opinions_proposals")]

    def __str__(self):
        return self.theme

    def get_absolute_url(self):
        return reverse("opinions:proposal", args=[self.pk])


def photos_of(opinion):
    """What the resident showed: the photos of his opinion without those of what was done."""
    stored = StoredFile.objects.filter(case_kind=Opinion._meta.label_lower, case_id=opinion.pk)
    return stored.exclude(pk__in=opinion.proofs.values("pk"))
