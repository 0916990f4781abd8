"""What receptions show on the page of their activity (接待登记)."""

from congress.procedure.panels import Panel, panel
from liaison.receptions.models import Reception


@panel("activities.detail", order=30)
class ReceptionPanel(Panel):
    """Where it was held, and the way to put down what residents said."""

    template_name = "liaison/receptions/_panel.html"

    def context(self, subject, *, reader):
        reception = Reception.objects.filter(activity=subject.pk).select_related("station").first()
        if reception is None:
            return None
        return {"reception": reception, "may_record": reader.has_perm("stations.change", reception.station)}
