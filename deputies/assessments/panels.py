"""What this room shows on the pages of others: a deputy's results, in his archive and on the roll (考评)."""

from congress.procedure.panels import Panel, panel
from deputies.assessments.models import Assessment, RatingSheet


@panel("roll.mandate", order=72)
@panel("duties.archive", order=72)
class AssessmentsOfHim(Panel):
    """Every assessment of this seat that the reader may read, the newest first; without a result it says so."""

    template_name = "deputies/assessments/_panel.html"

    def context(self, mandate, *, reader):
        rows = RatingSheet.objects.visible_to(reader).filter(mandate=mandate)
        rows = rows.exclude(assessment__state=Assessment.State.CANCELLED)
        sheets = list(rows.select_related("assessment__method").order_by("-assessment__first", "-pk"))
        return {"sheets": sheets} if sheets else None
