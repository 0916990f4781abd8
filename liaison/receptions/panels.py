"""What receptions show on the page of their activity (接待登记)."""

from django.utils import timezone

from congress.procedure.panels import Panel, panel
from liaison.receptions.models import Reception
from liaison.stations.openings import next_openings

DAYS = 4


@panel("stations.detail", order=10)
class OpenDaysPanel(Panel):
    """The days on which the station is open next, and whether somebody is on duty then."""

    template_name = "liaison/receptions/_open_days.html"

    def context(self, subject, *, reader):
        days = next_openings([subject], at=timezone.localtime(), most=DAYS).get(subject.pk)
        if not days:
            return None
        ahead = Reception.objects.announced().filter(
            station=subject, activity__starts_at__date__in=[each.day for each in days]
        )
        arranged = {timezone.localdate(each.activity.starts_at): each for each in ahead.select_related("activity")}
        return {
            "station": subject,
            "days": [(each, arranged.get(each.day)) for each in days],
            "may_arrange": reader.has_perm("stations.change", subject),
        }


@panel("activities.detail", order=30)
class ReceptionPanel(Panel):
    """Where it was held, and the way to put down what residents said."""

    template_name = "liaison/receptions/_panel.html"

    def context(self, subject, *, reader):
        reception = Reception.objects.filter(activity=subject.pk).select_related("station").first()
        if reception is None:
            return None
        return {"reception": reception, "may_record": reader.has_perm("stations.change", reception.station)}
