"""What a deputy asks for because he cannot do his work without it, and who answers until when (履职求助)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.models import Proceeding
from deputies.roll.models import Mandate
from deputies.roll.seats import seats_of


class HelpRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """His own; whoever answers it or follows his congress, and the office and leaders of his township."""
        hats = hats_of(user)
        reach = Q(mandate__in=seats_of(user)) | Q(congress__in=hats.watches) | Q(holder__in=hats.watches)
        if hats.oversees:
            reach |= Q(mandate__delegation__township__in=hats.oversees)
        return self.filter(reach)

    def at_hand(self, user):
        """What stands on his own desk: held by the office he serves; for a leader, all that his congress answers for.

        A leader of the county reads those of its townships too, but their own leaders see to them.
        """
        hats = hats_of(user)
        return self.filter(Q(holder__in=hats.oversees) | Q(congress__in=hats.leads))

    def open(self):
        return self.filter(state=HelpRequest.State.OPEN)

    def overdue(self, *, on):
        """Open ones whose date has passed."""
        return self.open().filter(due_on__lt=on)

    def in_time(self):
        """Answered by the date."""
        return self.filter(state=HelpRequest.State.ANSWERED, answered_on__lte=models.F("due_on"))


class HelpRequest(Proceeding):
    """A difficulty that a deputy meets in his work and puts before his office (履职求助).

    `due_on` copies its clock: by when he is to be answered; it stays when the clock has ended.
    """

    class Kind(models.TextChoices):
        TIME = "time", _("单位不给时间")
        MATERIAL = "material", _("要资料、看文件")
        CONTACT = "contact", _("联系部门")
        MONEY = "money", _("活动经费、补贴")
        PLATFORM = "platform", _("平台使用")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已答复")
        WITHDRAWN = "withdrawn", _("已撤回")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name=_("求助的代表"))
    kind = models.CharField(_("要什么帮助"), max_length=10, choices=Kind)
    text = models.TextField(_("遇到的困难"), max_length=1000)
    again = models.TextField(_("再问的话"), max_length=1000, blank=True, default="", editable=False)
    holder = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("由谁答复"))
    asked_on = models.DateField(_("求助日期"))
    due_on = models.DateField(_("答复期限"), null=True, blank=True, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN, editable=False)
    answer = models.TextField(_("答复"), max_length=2000, blank=True, default="", editable=False)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True, editable=False)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("履职求助")
        verbose_name_plural = _("履职求助")
        ordering = ["-asked_on", "-id"]
        indexes = [
            models.Index(fields=["holder", "due_on"], condition=Q(state="open"), name="safeguards_help_open"),
            models.Index(fields=["congress", "state"], name="safeguards_help_of_congress"),
        ]

    def __str__(self):
        return _("%(who)s代表求助：%(kind)s") % {"who": self.mandate, "kind": self.get_kind_display()}

    def get_absolute_url(self):
        return reverse("safeguards:help", args=[self.pk])

    @property
    def above(self):
        """Who answers where the present office cannot: the county above a township, or nobody."""
        return getattr(self.holder.parent, "as_congress", None) if self.holder.is_township else None

    def is_late(self, *, on):
        """Whether the deputy waits, or waited, longer than he should."""
        until = on if self.state == self.State.OPEN else self.answered_on
        return bool(self.due_on and until and until > self.due_on)
