"""What activities show on the pages of the rooms below: the campaigns that a deputy took part in (主题活动)."""

from django.db.models import Count

from congress.procedure.panels import Panel, panel
from deputies.activities.models import Attendance


@panel("duties.archive", order=30)
class CampaignsPanel(Panel):
    """Which campaigns he joined, and how often; one statement."""

    template_name = "deputies/activities/_panel_campaigns.html"

    def context(self, subject, *, reader):
        came = Attendance.objects.filter(
            mandate=subject, outcome=Attendance.Outcome.PRESENT, activity__campaign__isnull=False
        )
        names = "activity__campaign", "activity__campaign__name", "activity__campaign__theme"
        joined = came.order_by().values(*names).annotate(times=Count("pk")).order_by("-times", "activity__campaign")
        rows = [
            {"pk": pk, "name": name, "theme": theme, "times": times}
            for pk, name, theme, times in joined.values_list(*names, "times")
        ]
        return {"rows": rows} if rows else None
