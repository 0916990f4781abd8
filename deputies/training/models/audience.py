"""Whom a training, a paper or a quiz is meant for (培训对象)."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_lazy as _now

from deputies.roll.models import DeputyGroup, Mandate

CHOICES = ("to_deputies", "to_new", "to_township_deputies", "to_staff", "to_keepers")


class Audience(models.Model):
    """Levels of deputies, groups, and the staff of the congress; who is named twice counts once (培训对象)."""

    to_deputies = models.BooleanField(_("本级代表"), default=False)
    to_new = models.BooleanField(_("本级新任代表"), default=False)
    to_township_deputies = models.BooleanField(_("所辖乡镇代表"), default=False)
    to_staff = models.BooleanField(_("人大工作人员"), default=False)
    to_keepers = models.BooleanField(_("联络站联络员"), default=False)
    groups = models.ManyToManyField(DeputyGroup, blank=True, related_name="+", verbose_name=_("代表小组"))

    class Meta:
        abstract = True

    def seats(self):
        """The mandates in force that it reaches, those of its own congress first; one person may hold two of them."""
        members = Mandate.groups.through.objects.filter(deputygroup__in=[each.pk for each in self.groups.all()])
        own, reach = Q(congress=self.congress_id), Q(pk__in=members.values("mandate"))
        if self.to_deputies:
            reach |= own
        if self.to_new:
            reach |= own & Q(is_re_elected=False)
        if self.to_township_deputies:
            reach |= Q(congress__parent=self.congress_id)
        first = models.Case(models.When(own, then=0), default=1)
        return Mandate.objects.active().filter(reach).order_by(first, "deputy__strokes", "pk")

    def audience_words(self):
        """Its audience in words: 本级代表、第一小组."""
        words = [str(self._meta.get_field(name).verbose_name) for name in CHOICES if getattr(self, name)]
        words += [each.name for each in self.groups.all()]
        return "、".join(words) or _now("未定")


def reaches(model, seats):
    """Which rows of a model with an audience reach one of these mandates, as a condition."""
    mine = Mandate.objects.active().filter(pk__in=seats)
    through = model.groups.through
    owner = through._meta.get_field(model._meta.model_name).attname
    grouped = through.objects.filter(**{owner: OuterRef("pk")}, deputygroup__members__in=mine.values("pk"))
    return (
        Q(to_deputies=True, congress__in=mine.values("congress"))
        | Q(to_new=True, congress__in=mine.filter(is_re_elected=False).values("congress"))
        | Q(to_township_deputies=True, congress__in=mine.values("congress__parent"))
        | Exists(grouped)
    )
