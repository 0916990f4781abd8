"""Putting a group forward as an advanced one (先进代表小组推荐)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from congress.procedure.views import add_errors
from deputies.roll.models import DeputyGroup
from deputies.training.actions import nominating
from deputies.training.forms.planning import NominationForm
from deputies.training.models import Nomination
from deputies.training.rules import kept_by


class NominateView(FormView):
    """What a group learned in the year, and whether it is put forward."""

    form_class = NominationForm
    template_name = "deputies/training/nominate.html"

    @cached_property
    def group(self):
        rows = DeputyGroup.objects.filter(congress__in=kept_by(self.request.user)).select_related("congress")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def year(self):
        if not 2000 <= self.kwargs["year"] <= 2100:
            raise Http404
        return self.kwargs["year"]

    def post(self, request, *args, **kwargs):
        if "withdraw" not in request.POST:
            return super().post(request, *args, **kwargs)
        if nominating.withdraw(self.group, year=self.year, on=timezone.localdate(), by=request.user):
            messages.success(request, _("已撤回推荐。"))
        return redirect(self.back())

    def form_valid(self, form):
        said = {"year": self.year, "reason": form.cleaned_data["reason"]}
        try:
            nominating.nominate(self.group, on=timezone.localdate(), by=self.request.user, **said)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已推荐%s。") % self.group.name)
        return redirect(self.back())

    def back(self):
        query = f"congress={self.group.congress.code}&first={self.year}-01-01&last={self.year}-12-31"
        return f"{reverse('training:figures')}?{query}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            group=self.group,
            year=self.year,
            trainings=nominating.trainings_of(self.group, self.year),
            nomination=Nomination.objects.filter(group=self.group, year=self.year).first(),
            back=self.back(),
            **kwargs,
        )
