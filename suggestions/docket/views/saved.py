"""One's own views of the list: fetched only when somebody opens them, so the list itself asks nothing for them."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from congress.organs.hats import hats_of
from congress.procedure.views import add_errors
from suggestions.docket import actions
from suggestions.docket.models import SavedView

_NOT_KEPT = {"page", "cols", "csrfmiddlewaretoken", "name"}


class SavedViewForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=20)


class Own:
    """For whoever reads the list as his work."""

    def dispatch(self, request, *args, **kwargs):
        hats = hats_of(request.user)
        if not (hats.watches or hats.departments or hats.committees or hats.deputy_in):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class SavedViewsView(Own, FormView):
    """What is saved, and a line to save the conditions that stand now."""

    form_class = SavedViewForm

    def get_template_names(self):
        part = self.request.headers.get("HX-Request") and self.request.method == "GET"
        return ["suggestions/docket/_saved.html" if part else "suggestions/docket/saved.html"]

    @property
    def pairs(self):
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        return [(name, value) for name, values in asked.lists() for value in values if name not in _NOT_KEPT]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            saved=SavedView.objects.filter(owner=self.request.user), pairs=self.pairs, **kwargs
        )

    def form_valid(self, form):
        try:
            view = actions.save_view(name=form.cleaned_data["name"], query=urlencode(self.pairs), by=self.request.user)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已存为“%s”。") % view)
        return redirect(f"{reverse('docket:list')}?{view.query}")


class SavedViewDropView(Own, View):
    """Take one out."""

    http_method_names = ["post"]

    def post(self, request, pk):
        get_object_or_404(SavedView, pk=pk, owner=request.user).delete()
        return redirect("docket:saved")
