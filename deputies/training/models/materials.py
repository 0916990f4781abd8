"""Papers that are sent to deputies to read, and who has opened them: to learn from, or to know what goes on
(学习资料、工作简报)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.roll.models import Mandate
from deputies.roll.seats import seats_of
from deputies.training.models.audience import Audience


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The library of the congresses whose work he reads."""
        return self.filter(congress__in=hats_of(user).watches)

    def study(self):
        return self.filter(kind=Material.Kind.STUDY)

    def briefings(self):
        return self.filter(kind=Material.Kind.BRIEFING)


class Material(Audience, Proceeding):
    """A paper to be read (学习资料、工作简报): words, files, or both; sent to its audience, whose opening is noted."""

    class Kind(models.TextChoices):
        STUDY = "study", _("学习资料")
        BRIEFING = "briefing", _("工作简报")

    class State(models.TextChoices):
        DRAFT = "draft", _("未推送")
        PUSHED = "pushed", _("已推送")
        WITHDRAWN = "withdrawn", _("已撤回")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    kind = models.CharField(_("类型"), max_length=10, choices=Kind, default=Kind.STUDY, editable=False)
    title = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("正文"), blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    pushed_on = models.DateField(_("推送日期"), null=True, blank=True, editable=False)
    read_by_date = models.DateField(_("阅读期限"), null=True, blank=True, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, editable=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("学习资料")
        verbose_name_plural = _("学习资料")
        ordering = ["-id"]
        indexes = [models.Index(fields=["congress", "kind", "-id"], name="training_papers_by_kind")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("training:material", args=[self.pk])

    @property
    def is_briefing(self):
        return self.kind == self.Kind.BRIEFING


class ReceiptQuerySet(models.QuerySet):
    def of(self, user):
        """What lies with this reader, as a deputy or as one of the staff; what was withdrawn does not."""
        mine = Q(mandate__in=seats_of(user)) | Q(reader=user.pk)
        return self.filter(mine, material__state=Material.State.PUSHED)

    def unopened(self):
        return self.filter(opened_at__isnull=True)

    def overdue(self, *, on):
        """Not opened in the days that the rulebook leaves for it."""
        return self.unopened().filter(material__read_by_date__lt=on)


class Receipt(models.Model):
    """One reader's copy (阅读回执): to whom it was sent, how often, and when he first opened it."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="receipts", verbose_name=_("学习资料"))
    mandate = models.ForeignKey(Mandate, models.CASCADE, null=True, related_name="+", verbose_name=_("代表"))
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("读者")
    )
    sent_on = models.DateField(_("推送日期"))
    times = models.PositiveSmallIntegerField(_("推送次数"), default=1)
    opened_at = models.DateTimeField(_("首次打开"), null=True, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("阅读回执")
        verbose_name_plural = _("阅读回执")
        ordering = ["opened_at", "id"]
        indexes = [
            models.Index(fields=["mandate", "opened_at"], name="training_papers_of_deputy"),
            models.Index(fields=["reader", "opened_at"], name="training_papers_of_reader"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["material", "mandate"], name="training_one_copy_a_deputy"),
            models.UniqueConstraint(fields=["material", "reader"], name="training_one_copy_a_reader"),
            models.CheckConstraint(
                condition=Q(mandate__isnull=False) | Q(reader__isnull=False), name="training_copy_has_a_reader"
            ),
        ]

    def __str__(self):
        return f"{self.material_id} {self.mandate_id or self.reader_id}"
