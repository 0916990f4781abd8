"""What the public may read: suggestions and replies after a check, deputies who show who they are, their stories."""

import secrets

from django.core.validators import URLValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.kit.fingerprints import fingerprint
from congress.organs.hats import hats_of
from congress.portal.masking import masked
from congress.procedure.models import Proceeding
from deputies.roll.models import Mandate
from suggestions.docket.identity import proposer_for_departments


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(suggestion__congress__in=hats_of(user).clerk_of)

    def published(self):
        return self.filter(state=Publication.State.PUBLISHED)

    def readable(self):
        """Those of which everybody reads something: of a reply that is handled anew, the earlier rounds."""
        return self.filter(models.Q(state=Publication.State.PUBLISHED) | models.Q(through_round__gt=0))


class Publication(Proceeding):
    """The check before a suggestion, or its reply, is shown to everybody (双公开): each is decided by itself."""

    class Part(models.TextChoices):
        TEXT = "text", _("建议原文")
        REPLY = "reply", _("答复")
        KEPT = "kept", _("承诺兑现情况")

    class State(models.TextChoices):
        PENDING = "pending", _("待审查")
        PUBLISHED = "published", _("已公开")
        WITHHELD = "withheld", _("不予公开")

    suggestion = models.ForeignKey(
        "docket.Suggestion", models.PROTECT, related_name="publications", verbose_name=_("建议")
    )
    part = models.CharField(_("公开内容"), max_length=10, choices=Part)
    look_back = models.OneToOneField(
        "promises.LookBack",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publication",
        verbose_name=_("回头看"),
        help_text=_("只用于承诺兑现情况：每一次回头看的文字和照片各自审查。"),
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PENDING, editable=False)
    reason = models.CharField(_("不予公开的理由"), max_length=200, blank=True, default="")
    decided_on = models.DateField(_("审查日期"), null=True, blank=True, editable=False)
    through_round = models.PositiveSmallIntegerField(
        _("答复公开到第几轮"), default=0, editable=False, help_text=_("重新办理以后的答复另行审查。")
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开审查")
        verbose_name_plural = _("公开审查")
        indexes = [models.Index(fields=["part", "state", "-decided_on"], name="portal_published")]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "part"],
                condition=models.Q(look_back__isnull=True),
                name="portal_one_check_per_part",
            ),
            models.CheckConstraint(
                condition=models.Q(part="kept", look_back__isnull=False)
                | (~models.Q(part="kept") & models.Q(look_back__isnull=True)),
                name="portal_look_back_of_what_was_kept",
            ),
        ]

    def __str__(self):
        return f"{self.suggestion} {self.get_part_display()}"

    @property
    def was_withheld_before(self):
        """Whether it waits for the check of a new round while the replies of the earlier ones are withheld."""
        return self.state == self.State.PENDING and self.stepped_on is not None and not self.through_round

    @property
    def proposer(self):
        """Who put it, as everybody may read it: a protected name stays hidden here as it does from departments."""
        return proposer_for_departments(self.suggestion)

    @property
    def journal_case(self):
        return self.suggestion

    @property
    def congress(self):
        return self.suggestion.congress

    @property
    def congress_id(self):
        return self.suggestion.congress_id


def _slug():
    return secrets.token_urlsafe(6)


class ProfileQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_shown=True, mandate__state="active")


class Profile(models.Model):
    """A deputy who shows who he is (代表亮身份): a page, a code on a card, and messages from residents.

    Name, post and constituency of every deputy are public by law (代表法 Art. 58); the page and the code are his offer.
    """

    mandate = models.OneToOneField("roll.Mandate", models.PROTECT, related_name="profile", verbose_name=_("代表"))
    is_shown = models.BooleanField(_("亮身份"), default=False)
    shown_since = models.DateField(_("亮身份日期"), null=True, blank=True)
    introduction = models.CharField(_("一句话介绍"), max_length=200, blank=True, default="")
    slug = models.SlugField(_("代表码"), max_length=16, unique=True, default=_slug, editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("代表公开页")
        verbose_name_plural = _("代表公开页")

    def __str__(self):
        return f"{self.mandate}"

    @property
    def congress(self):
        return self.mandate.congress

    @property
    def congress_id(self):
        return self.mandate.congress_id


ONLY_WEB = URLValidator(schemes=("http", "https"), message=_("请填 http:// 或者 https:// 开头的网址。"))


class StoryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of his congress for its office; of himself for a deputy, once he was asked."""
        about_him = Q(mandate__deputy__user=user.pk) & ~Q(state=Story.State.DRAFT)
        return self.filter(Q(congress__in=hats_of(user).clerk_of) | about_him)

    def awaiting(self, user):
        """Those that he is asked to read and to agree to."""
        return self.filter(mandate__deputy__user=user.pk, state=Story.State.ASKED)

    def readable(self):
        """What everybody may read: of deputies in office, whose public page is `seat`, also from an earlier term."""
        seats = Mandate.objects.active().filter(deputy=OuterRef("mandate__deputy"), congress=OuterRef("congress"))
        found = self.filter(state=Story.State.PUBLISHED).annotate(seat=Subquery(seats.values("pk")[:1]))
        return found.filter(seat__isnull=False)


class Story(Proceeding):
    """What is told of a deputy, or a report of the media on him (代表风采): public only as he has agreed to it himself.

    His consent is to exactly these words and pictures: `agreed_hash` is their fingerprint at that moment, and what is
    changed afterwards is put before him anew (个人信息保护法 Arts. 13, 14, 15).
    """

    class Kind(models.TextChoices):
        STORY = "story", _("代表故事")
        MEDIA = "media", _("媒体报道")

    class State(models.TextChoices):
        DRAFT = "draft", _("起草")
        ASKED = "asked", _("等代表同意")
        AGREED = "agreed", _("代表已同意")
        PUBLISHED = "published", _("已公开")
        WITHDRAWN = "withdrawn", _("已撤下")

    CONSENTED = (State.AGREED, State.PUBLISHED)
    CONTENT = ("kind", "title", "text", "outlet", "url", "told_on")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    mandate = models.ForeignKey("roll.Mandate", models.PROTECT, related_name="stories", verbose_name=_("代表"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.STORY)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"), max_length=5000, blank=True, default="")
    outlet = models.CharField(_("媒体、栏目"), max_length=100, blank=True, default="")
    url = models.URLField(_("网址"), max_length=500, blank=True, default="", validators=[ONLY_WEB])
    told_on = models.DateField(_("刊播日期"))
    photos = models.ManyToManyField("files.StoredFile", blank=True, related_name="+", verbose_name=_("照片"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    reason = models.CharField(_("退回、撤下的理由"), max_length=200, blank=True, default="", editable=False)
    agreed_on = models.DateField(_("同意日期"), null=True, blank=True, editable=False)
    agreed_hash = models.CharField(_("同意内容的校验值"), max_length=64, blank=True, default="", editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("代表风采")
        verbose_name_plural = _("代表风采")
        ordering = ["-told_on", "-id"]
        indexes = [models.Index(fields=["congress", "state", "-told_on"], name="portal_stories_of_congress")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "published")) | ~Q(agreed_hash=""),
                name="portal_no_story_without_consent",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("portal:telling_story", args=[self.pk])

    @property
    def fingerprint(self):
        """Of all that everybody would see: whom it is about, the words, the link, the pictures."""
        pictures = sorted(photo.sha256 for photo in self.photos.all())
        return fingerprint([self.mandate_id, *(getattr(self, name) for name in self.CONTENT), pictures])

    @property
    def is_agreed(self):
        """Whether he has agreed to it as it stands now."""
        return self.state in self.CONSENTED and self.agreed_hash == self.fingerprint

    @property
    def shown_title(self):
        return masked(self.title)

    @property
    def shown_text(self):
        return masked(self.text)

    @property
    def was_declined(self):
        return self.state == self.State.DRAFT and bool(self.reason)
