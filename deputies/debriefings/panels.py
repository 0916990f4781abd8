"""What this room shows on the pages of others: when a deputy reported, and what his voters gave (述职情况)."""

from congress.procedure.panels import Panel, panel
from deputies.debriefings.figures import result_of
from deputies.debriefings.models import Debriefing, Statement


@panel("roll.mandate", order=70)
@panel("duties.archive", order=70)
class ReportsOfHim(Panel):
    """Every published result of this seat, newest first."""

    template_name = "deputies/debriefings/_panel.html"

    def context(self, mandate, *, reader):
        rows = (
            Statement.objects.visible_to(reader)
            .reporting()
            .filter(mandate=mandate, debriefing__state=Debriefing.State.PUBLISHED)
        )
        rows = list(rows.select_related("debriefing").prefetch_related("tallies").order_by("-debriefing__held_on"))
        for each in rows:
            each.overall = result_of(each, fails_above=100).lines[0]
        return {"statements": rows} if rows else None
