"""The two doors of this room: the office's overview in four parts, and the deputy's own page (承诺与联系)."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView

from congress.organs.models import Congress
from congress.procedure.panels import panels_for
from deputies.pledges import contacting, counters, quotas
from deputies.pledges.actions import odd_aspects
from deputies.pledges.lights import Light
from deputies.pledges.models import CardTemplate, DutyPlan, Pledge, Tie
from deputies.pledges.views.cards import completed
from deputies.pledges.views.scope import OfFollowed
from deputies.roll.models import DeputyGroup, Mandate
from deputies.roll.seats import active_seats_of, seats_of


class OverviewView(OfFollowed, TemplateView):
    """Plans, cards, contacts, townships: how each stands, and the way to it."""

    template_name = "deputies/pledges/overview.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            plans=self.plans(), cards=self.cards(), contacts=self.contacts(), townships=self.townships(), **kwargs
        )

    def plans(self):
        seats, filed = self.seats(), DutyPlan.objects.filter(year=self.year, mandate=OuterRef("pk"))
        pledges = Pledge.objects.of_year(self.year, seats)
        return {
            "seats": seats.count(),
            "filed": seats.filter(Exists(filed)).count(),
            "pledged": pledges.count(),
            "kept": pledges.filter(state=Pledge.State.KEPT).count(),
            "late": pledges.overdue(on=self.today).count(),
        }

    def cards(self):
        templates = CardTemplate.objects.in_force().filter(congress=self.congress).select_related("congress")
        return [(each, *completed(each, year=self.year)) for each in templates.prefetch_related("targets")]

    def contacts(self):
        register = contacting.coverage(self.congress, on=self.today)
        reached = contacting.reaching_residents(self.congress, year=self.year)
        return {
            "register": register,
            "members": len(register.lines),
            "nobody": contacting.uncontacted(self.congress).count(),
            "overdue": Tie.objects.overdue(on=self.today).filter(congress=self.congress).count(),
            "few": sum(line.total < register.with_residents for line in reached),
            "mentors": contacting.unmentored(self.congress).count(),
        }

    def townships(self):
        own = Congress.objects.filter(parent=self.congress) | Congress.objects.filter(pk=self.congress.pk)
        rows = quotas.grid(
            own.filter(level=Congress.Level.TOWNSHIP).order_by("position", "pk"), year=self.year, on=self.today
        )
        return {
            "total": len(rows),
            "in_red": sum(bool(row.having(Light.LATE)) for row in rows),
            "in_amber": sum(bool(row.having(Light.SOON)) for row in rows),
        }


class MineView(TemplateView):
    """A deputy's own year: his plan, his cards, whom he contacts and who contacts him."""

    template_name = "deputies/pledges/mine.html"

    def dispatch(self, request, *args, **kwargs):
        if not seats_of(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        today, user = timezone.localdate(), self.request.user
        rows = Mandate.objects.filter(pk__in=seats_of(user)).select_related("congress", "deputy")
        seats = list(rows.order_by("congress__level", "-started_on"))
        plan = DutyPlan.objects.filter(mandate__in=seats, year=today.year).select_related("mandate", "congress").first()
        ties = Tie.objects.standing().select_related(
            "member__deputy", "committee", "deputy__deputy", "deputy__delegation"
        )
        return super().get_context_data(
            today=today,
            year=today.year,
            plan=plan,
            pledges=plan.pledges.exclude(state=Pledge.State.DROPPED).order_by("-state", "due_on") if plan else [],
            warning=odd_aspects(plan, on=today) if plan else "",
            may_act=bool(active_seats_of(user)),
            cards=self.cards(seats, today.year),
            kept=ties.filter(member__in=seats).order_by("due_on", "pk"),
            panels=panels_for("pledges.mine", user, reader=user),
            keepers=ties.filter(deputy__in=seats).order_by("kind", "pk"),
            **kwargs,
        )

    def cards(self, seats, year):
        """(holder, name to show, card): the deputy's, and those of the groups that he leads."""
        filled = []
        congresses = {seat.congress_id for seat in seats}
        led = list(DeputyGroup.objects.filter(leader__in=seats))
        templates = CardTemplate.objects.in_force().filter(congress__in=congresses).prefetch_related("targets")
        for template in templates:
            of_groups = template.audience == CardTemplate.Audience.GROUP
            holders = [each for each in (led if of_groups else seats) if each.congress_id == template.congress_id]
            cards = counters.cards(template, holders, year=year) if holders else {}
            filled += [(holder, holder.name if of_groups else "", cards[holder.pk]) for holder in holders]
        return filled
