"""What this room shows on the pages of others: when a deputy reported, and what his voters gave (述职情况)."""

from congress.procedure.panels import Panel, panel
from deputies.debriefings.figures import published
from deputies.debriefings.models import Statement


@panel("roll.mandate", order=70)
@panel("duties.archive", order=70)
class ReportsOfHim(Panel):
    """Every published result of this seat, newest first."""

    template_name = "deputies/debriefings/_panel.html"

    def context(self, mandate, *, reader):
        rows = published(Statement.objects.visible_to(reader).filter(mandate=mandate))
        return {"statements": rows} if rows else None
