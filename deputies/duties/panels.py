"""What the record shows on a deputy's page of the roll: this year in figures, and the door to his archive."""

from django.utils import timezone

from congress.procedure.panels import Panel, panel
from deputies.duties.archive import archive_of


@panel("roll.mandate", order=10)
class DutiesOfSeat(Panel):
    """This year's duties, for those who read the archive."""

    template_name = "deputies/duties/_panel.html"

    def context(self, seat, *, reader):
        if not reader.has_perm("duties.view_archive", seat):
            return None
        today = timezone.localdate()
        return {"seat": seat, "archive": archive_of(seat, year=today.year, on=today)}
