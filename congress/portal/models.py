"""What the public may read: suggestions and replies after a check, and deputies who show who they are (公开)."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
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
