"""What this room shows on the pages of others: a deputy's pledges beside his debriefing report and on the roll."""

from django.utils import timezone

from congress.procedure.panels import Panel, panel
from deputies.pledges.models import DutyPlan, Pledge, Tie


@panel("duties.archive", order=60)
@panel("debriefings.statement")
class PledgesOfHim(Panel):
    """Every pledge of the last planned year, done or open, beside his report and in his archive (W09)."""

    template_name = "deputies/pledges/_panel.html"

    def context(self, mandate, *, reader):
        plan = DutyPlan.objects.visible_to(reader).filter(mandate=mandate).order_by("-year").first()
        if plan is None:
            return None
        pledges = list(plan.pledges.exclude(state=Pledge.State.DROPPED))
        kept = sum(each.state == Pledge.State.KEPT for each in pledges)
        return {"plan": plan, "pledges": pledges, "kept": kept, "today": timezone.localdate()}


@panel("roll.mandate", order=60)
class ContactsOfHim(Panel):
    """Who contacts this deputy, for those who may see it."""

    template_name = "deputies/pledges/_ties.html"

    def context(self, mandate, *, reader):
        ties = Tie.objects.visible_to(reader).standing().filter(deputy=mandate)
        ties = list(ties.select_related("member__deputy", "committee"))
        return {"ties": ties} if ties else None
