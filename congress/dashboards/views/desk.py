"""The desk of each role: what waits, until when (工作台)."""

from django.http import Http404, HttpResponseRedirect
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
        if hats.only_sits:
            return _deputy_page(request, on=timezone.localdate())
        if hats.leads and not hats.clerk_of:
            return HttpResponseRedirect(reverse("dashboards:cockpit"))
        if hats.audits and not hats.clerk_of:
            return HttpResponseRedirect(reverse("dashboards:journal"))
        return _desk(request, on=timezone.localdate())


class WorkView(View):
    """The desk of a leader, who signs in to the cockpit: themes to pass, and what waits for him in his other hats."""

    def get(self, request):
        if not hats_of(request.user).leads:
            raise Http404
        return _desk(request, on=timezone.localdate())


class DeputyView(View):
    """The page of a deputy who also works here: what waits for him as a deputy, and his own papers (我的代表页)."""

    def get(self, request):
        if not hats_of(request.user).deputy_in:
            raise Http404
        return _deputy_page(request, on=timezone.localdate())


def _desk(request, *, on):
    context = {"today": on, "hats": hats_of(request.user), "own": own.figures_of(request.user, on=on)}
    return render(request, "congress/dashboards/desk.html", context | desks.for_staff(request.user, on=on))


def _deputy_page(request, *, on):
    return render(request, "congress/dashboards/phone.html", desks.for_deputy(request.user, on=on))
