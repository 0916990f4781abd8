"""Closing a period, publishing it, and the objections to it (结转、亮分、异议)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, ListView

from congress.kit.dates import said
from congress.kit.paging import page_of
from congress.procedure.models import Entry
from congress.procedure.views import StepView, add_errors
from congress.procedure.workflow import says
from congress.rulebook.book import deadline
from deputies.scores import actions
from deputies.scores.forms import CloseForm, CorrectForm, PublishForm, UpholdForm, WithdrawForm
from deputies.scores.listing import live_rows
from deputies.scores.models import Objection, PeriodClose
from deputies.scores.views.choosing import Chosen
from deputies.scores.views.detail import standing_score
from deputies.scores.views.listing import bars_of
from deputies.scores.views.schemes import OfScheme
from deputies.scores.workflow import CLOSING, OBJECTION


class CloseView(OfScheme, FormView):
    """What closing would write down, and the button that does it."""

    form_class = CloseForm
    template_name = "deputies/scores/close.html"

    @cached_property
    def chosen(self):
        found = Chosen(self.scheme, self.kwargs["period"], on=timezone.localdate())
        if found.rules is None or found.window.code != self.kwargs["period"]:
            raise Http404
        return found

    @cached_property
    def waiting(self):
        return actions.open_records(self.scheme.congress_id, self.chosen.window).count()

    def dispatch(self, request, *args, **kwargs):
        if self.chosen.close:  # by somebody else, or by a button pressed twice
            return redirect(self.chosen.close)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"waiting": self.waiting}

    def form_valid(self, form):
        try:
            close = actions.close_period(
                self.scheme, self.chosen.window, on=timezone.localdate(), by=self.request.user, **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已结转，代表会收到通知，%s前可以提出异议。") % said(close.object_until))
        return redirect(close)

    def get_context_data(self, **kwargs):
        chosen = self.chosen
        rows = live_rows(chosen.rules, chosen.window, on=chosen.on)
        today = timezone.localdate()
        return super().get_context_data(
            scheme=self.scheme,
            chosen=chosen,
            rows=rows[:10],
            total=len(rows),
            nobody=sum(row.is_scoreless for row in rows),
            bars=bars_of([row.points for row in rows]),
            waiting=self.waiting,
            object_until=deadline(self.scheme.congress, "objection_confirm", start=today).due_on,
            **kwargs,
        )


class CloseStepView(StepView):
    procedure = CLOSING
    queryset = PeriodClose.objects.select_related("scheme")
    forms_by_step = {"publish": PublishForm}
    template_name = "deputies/scores/publish.html"


class ObjectionsView(ListView):
    """The objections of the congresses whose scores the reader reads; what waits stands first."""

    template_name = "deputies/scores/objections.html"

    def get_queryset(self):
        if not self.request.user.has_perm("scores.view_objections"):
            raise Http404
        rows = Objection.objects.visible_to(self.request.user)
        return rows.select_related("standing__mandate__deputy", "standing__close__scheme", "line")

    def get_context_data(self, **kwargs):
        rows = self.get_queryset()
        state = self.request.GET.get("state", "")
        counts = {code: rows.filter(state=code).count() for code in Objection.State.values}
        shown = rows.filter(state=state) if state in counts else rows
        tabs = [("", _("全部"), sum(counts.values()))]
        tabs += [(code, label, counts[code]) for code, label in Objection.State.choices]
        return super().get_context_data(
            page_obj=page_of(shown.order_by("-id"), self.request.GET.get("page")), tabs=tabs, state=state, **kwargs
        )


class ObjectionView(DetailView):
    """One objection: what was said, the score it speaks of, what the records of today make of it, and the steps."""

    template_name = "deputies/scores/objection.html"
    context_object_name = "objection"

    def get_queryset(self):
        rows = Objection.objects.visible_to(self.request.user)
        return rows.select_related("standing__mandate__deputy", "standing__close__scheme__congress", "line")

    def get_context_data(self, **kwargs):
        objection = self.object
        entries = Entry.objects.of(objection).select_related("by")
        return super().get_context_data(
            steps=OBJECTION.open_steps(objection, self.request.user),
            timeline=[{"on": each.on, "says": says(each.verb) % each.facts} for each in entries],
            **standing_score(objection.standing),
            **kwargs,
        )


class ObjectionStepView(StepView):
    procedure = OBJECTION
    queryset = Objection.objects.select_related("standing__mandate__deputy", "standing__close__rules__scheme__congress")
    forms_by_step = {"correct": CorrectForm, "uphold": UpholdForm, "withdraw": WithdrawForm}
