"""What this room shows on the pages of others: the requests of a deputy on his page of duties (履职求助)."""

from congress.procedure.panels import Panel, panel
from deputies.safeguards.models import HelpRequest

SHOWN = 3


@panel("duties.mine", order=20)
class HelpOfHim(Panel):
    """What he asked and still waits for, or was answered last, and where he asks; nobody else stands on this page."""

    template_name = "deputies/safeguards/_mine.html"

    def context(self, subject, *, reader):
        rows = HelpRequest.objects.filter(mandate=subject.pk).exclude(state=HelpRequest.State.WITHDRAWN)
        return {"requests": list(rows.select_related("holder")[:SHOWN])}
