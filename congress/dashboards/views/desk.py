"""The desk of each role: what waits, until when (工作台)."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from congress.dashboards import desks, own
from congress.organs.hats import hats_of


class DeskView(View):
    """The first page after signing in; who has nothing but a journal or the system goes there."""

    def get(self, request):
        hats = hats_of(request.user)
        today = timezone.localdate()
        if hats.deputy_in and not hats.clerk_of and not hats.departments:
            return render(request, "congress/dashboards/phone.html", desks.for_deputy(request.user, on=today))
        if hats.leads and not hats.clerk_of:
            return HttpResponseRedirect(reverse("dashboards:cockpit"))
        if hats.audits and not hats.clerk_of:
            return HttpResponseRedirect(reverse("dashboards:journal"))
        context = {
            "today": today,
            "hats": hats,
            "own": own.figures_of(request.user, on=today),
        }
        return render(request, "congress/dashboards/desk.html", context | desks.for_staff(request.user, on=today))
