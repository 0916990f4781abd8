"""Receptions and visits: an activity at which deputies hear residents, and where it was held (接待、走访)."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from deputies.activities.models import Activity
from liaison.stations.models import LiaisonStation


class ReceptionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever may see the activity: the office, the township, the station's keepers, the deputies called to it."""
        return self.filter(Exists(Activity.objects.visible_to(user).filter(pk=OuterRef("activity"))))

    def held(self):
        return self.filter(activity__state__in=[Activity.State.HELD, Activity.State.CLOSED])

    def announced(self):
        """What residents may be told of: ahead or over, never cancelled or still being prepared."""
        return self.filter(activity__state__in=[Activity.State.ANNOUNCED, Activity.State.HELD, Activity.State.CLOSED])


class Reception(models.Model):
    """Deputies on duty for residents at a station, or gone out to them (接待选民、进村走访).

    Calls, replies, check-in and duty records are those of its activity; a visit counts for its station like a
    reception.
    """

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="reception", verbose_name=_("活动"))
    station = models.ForeignKey(LiaisonStation, models.PROTECT, related_name="receptions", verbose_name=_("联络站"))
    village = models.CharField(_("走访的村（社区）"), max_length=60, blank=True, default="")
    leaders = models.CharField(
        _("到场接待的领导干部"), max_length=200, blank=True, default="", help_text=_("领导干部人大代表接待日填写。")
    )

    objects = ReceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("接待、走访")
        verbose_name_plural = _("接待、走访")
        ordering = ["-activity__starts_at"]

    def __str__(self):
        return str(self.activity)

    def get_absolute_url(self):
        """Its page is that of its activity, with the register in it."""
        return self.activity.get_absolute_url()
