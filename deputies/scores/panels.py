"""What this room shows on the pages of others: the way from a deputy on the roll to his score."""

from congress.procedure.panels import Panel, panel
from deputies.roll.models import Mandate


@panel("roll.mandate", order=40)
class ScoreDoor(Panel):
    """A door and no figure: the score itself is reckoned only where somebody asks for it."""

    template_name = "deputies/scores/_door.html"

    def context(self, subject, *, reader):
        if subject.state not in Mandate.HELD or not reader.has_perm("scores.view_list", subject):
            return None
        return {"mandate": subject}
