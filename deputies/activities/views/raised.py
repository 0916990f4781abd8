"""Opinions raised at activities: what a department was given, and each with its feedback (意见转交与反馈)."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, TemplateView

from congress.kit.dates import said
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.procedure.views import StepView
from deputies.activities.forms.steps import RAISED_FORMS
from deputies.activities.models import Raised
from deputies.activities.timeline import sentences
from deputies.activities.views.detail import RAISED_LIGHTS
from deputies.activities.workflow import RAISED


class RaisedListView(TemplateView):
    """What waits for feedback first; the offices see all, a department its own."""

    template_name = "deputies/activities/raised_list.html"
    views = {
        "forwarded": gettext_lazy("待反馈"),
        "overdue": gettext_lazy("已超期"),
        "noted": gettext_lazy("待转交"),
        "answered": gettext_lazy("已反馈"),
        "all": gettext_lazy("全部"),
    }

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        hats = hats_of(user)
        if not (hats.watches | hats.committees | hats.stations | hats.departments):
            raise Http404
        rows = Raised.objects.visible_to(user).select_related("organ", "activity", "mandate__deputy")
        view = self.request.GET.get("view")
        view = view if view in self.views else "forwarded"
        shown = {code: rows.filter(state=code) for code in Raised.State.values}
        shown |= {"overdue": rows.overdue(on=today), "all": rows}
        page = page_of(shown[view].order_by("due_on", "pk"), self.request.GET.get("page"))
        for each in page:
            each.light = RAISED_LIGHTS[each.state]
        tabs = [{"code": code, "label": label, "count": shown[code].count()} for code, label in self.views.items()]
        return super().get_context_data(
            page_obj=page,
            tabs=tabs,
            view=view,
            names_proposers=not hats.departments,
            **kwargs,
        )


class RaisedView(DetailView):
    """One opinion: what was said, to whom it went, until when, and what came of it."""

    template_name = "deputies/activities/raised.html"
    context_object_name = "raised"

    def get_queryset(self):
        rows = Raised.objects.visible_to(self.request.user)
        return rows.select_related("organ", "activity__organ", "mandate__deputy", "congress")

    def get_context_data(self, **kwargs):
        user = self.request.user
        reads_activity = user.has_perm("activities.view", self.object.activity)
        return super().get_context_data(
            light=RAISED_LIGHTS[self.object.state],
            reads_activity=reads_activity,
            steps=[step for step in RAISED.open_steps(self.object, user) if step.is_button],
            timeline=sentences(self.object, without=() if reads_activity else ("raised.note",)),
            **kwargs,
        )


class RaisedStepView(StepView):
    """Pass it on, or report back."""

    procedure = RAISED
    queryset = Raised.objects.select_related("congress", "activity__congress", "organ", "mandate__deputy")
    forms_by_step = RAISED_FORMS
    template_name = "deputies/activities/raised_step.html"

    def done_message(self):
        if self.step.name == "forward":
            return _("已转交，反馈期限是%s。") % said(self.object.due_on)
        return _("已反馈，代表会收到通知。")
