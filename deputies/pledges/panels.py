"""What this room shows on the pages of others: a deputy's pledges beside his debriefing report and on the roll."""

from django.db.models import Q
from django.utils import timezone

from congress.procedure.panels import Panel, panel
from deputies.pledges.contacting import without_secrets
from deputies.pledges.models import DutyPlan, Pledge, Tie


@panel("duties.archive", order=60)
class PledgesOfHim(Panel):
    """Every pledge of the last planned year, done or open, in his archive."""

    template_name = "deputies/pledges/_panel.html"

    def plans(self, mandate):
        return DutyPlan.objects.filter(mandate=mandate)

    def context(self, subject, *, reader):
        plan = self.plans(subject).visible_to(reader).order_by("-year").first()
        if plan is None:
            return None
        pledges = list(plan.pledges.exclude(state=Pledge.State.DROPPED))
        kept = sum(each.state == Pledge.State.KEPT for each in pledges)
        return {"plan": plan, "pledges": pledges, "kept": kept, "today": timezone.localdate()}


@panel("debriefings.statement")
class PledgesBesideHisReport(PledgesOfHim):
    """The same beside a report to the voters: what he had planned by the year of that report, not later (W09)."""

    def plans(self, statement):
        return DutyPlan.objects.filter(mandate=statement.mandate_id, year__lte=statement.year)


@panel("roll.mandate", order=60)
class ContactsOfHim(Panel):
    """Who contacts this deputy, and whom he contacts or helps along, for those who may see it."""

    template_name = "deputies/pledges/_ties.html"

    def context(self, mandate, *, reader):
        of_him = Q(deputy=mandate) | Q(member=mandate)
        ties = Tie.objects.visible_to(reader).standing().filter(of_him).select_related("committee", "congress")
        ties = without_secrets(ties, "member__deputy", "deputy__deputy").order_by("kind", "deputy__deputy__strokes")
        keepers = [tie for tie in ties if tie.deputy_id == mandate.pk]
        kept = [tie for tie in ties if tie.member_id == mandate.pk]
        return {"ties": keepers, "kept": kept} if keepers or kept else None
