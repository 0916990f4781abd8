"""Delegations, groups and constituencies of a congress (代表团、小组、选区)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from congress.organs.models import Congress
from deputies.roll import actions
from deputies.roll.forms import BODIES
from deputies.roll.models import Mandate
from deputies.roll.rules import kept_by
from deputies.roll.views.listing import OfRoll


class BodiesView(OfRoll, TemplateView):
    """All bodies of one congress with the number of their members in force."""

    template_name = "deputies/roll/bodies.html"
    congresses_of = staticmethod(kept_by)

    def get_context_data(self, **kwargs):
        kinds = [self.kind(code) for code in BODIES]
        has_townships = Congress.objects.filter(parent=self.congress).exists()
        return super().get_context_data(kinds=kinds, has_townships=has_townships, **kwargs)

    def kind(self, code):
        model, _form, members = BODIES[code]
        active = Count(members, filter=Q(**{f"{members}__state": Mandate.State.ACTIVE}))
        rows = model.objects.filter(congress=self.congress).annotate(seats=active)
        if code == "groups":
            rows = rows.select_related("leader__deputy", "guide")
        if code != "constituencies":
            rows = rows.select_related("township")
        return {"code": code, "label": model._meta.verbose_name, "rows": list(rows)}


class BodyView(OfRoll, FormView):
    """Write one body, or remove an empty one."""

    template_name = "deputies/roll/body_form.html"
    congresses_of = staticmethod(kept_by)

    def dispatch(self, request, *args, **kwargs):
        if kwargs["kind"] not in BODIES:
            raise Http404
        self.model, self.form_class, _members = BODIES[kwargs["kind"]]
        return super().dispatch(request, *args, **kwargs)

    def body(self):
        pk = self.kwargs.get("pk")
        if pk is None:
            return self.model(congress=self.congress)
        return get_object_or_404(self.model, pk=pk, congress=self.congress)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.body()}

    def post(self, request, *args, **kwargs):
        if "remove" not in request.POST or "pk" not in kwargs:
            return super().post(request, *args, **kwargs)
        body = self.body()
        try:
            actions.remove_body(body, by=request.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(request.path)
        messages.success(request, _("已删除。"))
        return redirect(self.get_success_url())

    def form_valid(self, form):
        body = form.save(commit=False)
        actions.keep_body(body, by=self.request.user)
        messages.success(self.request, _("已保存“%s”。") % body.name)
        return redirect(self.get_success_url())

    def get_success_url(self):
        return reverse("roll:bodies", args=[self.congress.code])

    def get_context_data(self, **kwargs):
        label = self.model._meta.verbose_name
        title = _("修改%s") % label if "pk" in self.kwargs else _("新建%s") % label
        return super().get_context_data(title=title, back=self.get_success_url(), **kwargs)
