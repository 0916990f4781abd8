"""What this room shows on the pages of others: help on a deputy's page of duties, the money of an activity."""

from congress.organs.hats import hats_of
from congress.procedure.panels import Panel, panel
from deputies.safeguards.models import Budget, HelpRequest, Spending
from deputies.safeguards.money import yuan
from deputies.safeguards.vouchers import with_papers

SHOWN = 3


@panel("duties.mine", order=20)
class HelpOfHim(Panel):
    """What he asked and still waits for, or was answered last, and where he asks; nobody else stands on this page."""

    template_name = "deputies/safeguards/_mine.html"

    def context(self, subject, *, reader):
        rows = HelpRequest.objects.filter(mandate=subject.pk).exclude(state=HelpRequest.State.WITHDRAWN)
        return {"requests": list(rows.select_related("holder")[:SHOWN])}


@panel("activities.detail", order=60)
class MoneyOfIt(Panel):
    """What was spent on an activity, for whoever reads the budget; and where its office records it."""

    template_name = "deputies/safeguards/_activity.html"

    def context(self, subject, *, reader):
        if not hats_of(reader).watches:
            return None
        spent = Spending.objects.visible_to(reader).standing().filter(activity=subject.pk)
        rows = with_papers(spent.select_related("by").order_by("spent_on", "pk"))
        budget = self.budget(subject, reader)
        if not rows and budget is None:
            return None
        total = yuan(sum(each.amount for each in rows)) if rows else ""
        return {"activity": subject, "rows": rows, "total": total, "budget": budget}

    def budget(self, subject, reader):
        """The one from which this reader may record."""
        if subject.congress_id not in hats_of(reader).clerk_of:
            return None
        return Budget.objects.filter(congress=subject.congress_id, year=subject.held_on.year).first()
