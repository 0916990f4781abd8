"""What the roll says of a deputy, for himself; what he knows he says himself (我的代表资料)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from deputies.roll import actions
from deputies.roll.forms import ExpertiseForm
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of


class OwnView(FormView):
    """One person, whatever the number of his seats: what is wrong the office mends, his expertise he writes himself."""

    form_class = ExpertiseForm
    template_name = "deputies/roll/own.html"

    def dispatch(self, request, *args, **kwargs):
        rows = Mandate.objects.filter(pk__in=active_seats_of(request.user))
        rows = rows.select_related("deputy", "congress", "delegation", "constituency").prefetch_related("groups")
        self.seats = list(rows.order_by("congress__level", "pk"))
        if not self.seats:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"expertise": self.seats[0].deputy.expertise}

    def get_context_data(self, **kwargs):
        return super().get_context_data(deputy=self.seats[0].deputy, seats=self.seats, **kwargs)

    def form_valid(self, form):
        actions.say_expertise(self.seats[0], expertise=form.cleaned_data["expertise"], by=self.request.user)
        messages.success(self.request, _("已保存。"))
        return redirect("roll:own")
