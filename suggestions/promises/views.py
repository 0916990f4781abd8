"""The ledger, one promise, and the steps on it (承诺台账)."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.files import actions as files
from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from congress.organs.hats import hats_of, home_congress_of
from congress.organs.models import Congress, Organ
from congress.organs.roles import Role
from congress.procedure.telling import history
from congress.procedure.views import StepView
from deputies.roll.seats import seats_of
from suggestions.docket.forms.handling import people_of
from suggestions.docket.identity import hides_names
from suggestions.docket.models import Suggestion
from suggestions.docket.rules import reads_cases
from suggestions.promises import actions, forms
from suggestions.promises.figures import VIEWS, counts_of
from suggestions.promises.filters import Asked
from suggestions.promises.models import Promise
from suggestions.promises.panels import light_of
from suggestions.promises.reports import LEDGER, ledger_rows
from suggestions.promises.workflow import PROMISE


class Listing:
    """What the ledger and its export have in common: the promises that the address asks for."""

    def dispatch(self, request, *args, **kwargs):
        if not reads_cases(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def ask(self, query):
        self.today = timezone.localdate()
        self.asked = Asked.of(query)
        self.seen = Promise.objects.visible_to(self.request.user)
        self.narrowed = self.asked.narrow(self.seen, reader=self.request.user)

    def rows(self):
        return self.asked.in_view(self.narrowed, on=self.today)


class LedgerView(Listing, TemplateView):
    """Every promise that the reader may see, over years and terms; the earliest day first."""

    template_name = "suggestions/promises/list.html"

    def get_context_data(self, **kwargs):
        self.ask(self.request.GET)
        counts = counts_of(self.narrowed, on=self.today)
        rows = self.rows().select_related("organ", "suggestion")
        page = page_of(rows, self.request.GET.get("page"), count=counts[self.asked.view])
        page.object_list = list(page.object_list)
        for promise in page.object_list:
            promise.light, promise.is_late = light_of(promise, on=self.today), promise.is_overdue(self.today)
        watches = hats_of(self.request.user).watches
        return super().get_context_data(
            page_obj=page,
            tabs=[
                (label, counts[view], self.asked.address(view=view), view == self.asked.view)
                for view, (label, _rows) in VIEWS.items()
            ],
            counts=counts,
            asked=self.asked,
            has_seat=bool(seats_of(self.request.user)),
            has_own=bool(hats_of(self.request.user).clerk_of or hats_of(self.request.user).departments),
            organs=Organ.objects.filter(pk__in=self.seen.order_by().values("organ")),
            congresses=Congress.objects.filter(pk__in=watches) if len(watches) > 1 else (),
            **kwargs,
        )


class LedgerExportView(Listing, View):
    """What the ledger shows as a workbook; the journal keeps who took it (导出)."""

    def post(self, request):
        self.ask(request.POST)
        rows = list(ledger_rows(self.rows()))
        return sheet_response(
            _("承诺事项台账"),
            LEDGER,
            rows,
            note_for(request, len(rows)),
            lambda: actions.note_export(
                home_congress_of(request.user),
                count=len(rows),
                on=self.today,
                by=request.user,
                what=self.asked.address(),
            ),
            name=_("承诺事项台账"),
        )


class PromiseView(TemplateView):
    """One promise: what, by when, what was done, what was found, and what is to be done now."""

    template_name = "suggestions/promises/detail.html"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        promise = Promise.objects.visible_to(user).for_page().filter(pk=self.kwargs["pk"]).first()
        if promise is None:
            raise Http404
        words = list(promise.deputy_words.select_related("mandate__deputy"))
        return super().get_context_data(
            promise=promise,
            light=light_of(promise, on=today),
            is_late=promise.is_overdue(today),
            steps=steps_of(promise, user),
            reports=promise.reports.prefetch_related("photos", "papers"),
            look_backs=promise.look_backs.prefetch_related("photos"),
            words=words,
            reads_case=Suggestion.objects.visible_to(user).filter(pk=promise.suggestion_id).exists(),
            hides_names=hides_names(promise.suggestion, reader=user) if words else False,
            replaced=promise.replaces.all(),
            history=history(promise),
            **kwargs,
        )


_DEPARTMENTS = frozenset({"report", "ask_extension"})


def works_there(promise, user):
    hats = hats_of(user)
    return promise.organ_id in (hats.officer_of | hats.head_of)


def steps_of(promise, user):
    """[(step, its words)] that the reader may take: his own first, those that he records for a department behind."""
    records = not works_there(promise, user)
    offered = [step for step in PROMISE.open_steps(promise, user) if step.is_button]
    offered.sort(key=lambda step: records and step.name in _DEPARTMENTS)
    words = _("代录：%s")
    return [(step, words % step.label if records and step.name in _DEPARTMENTS else step.label) for step in offered]


class PromiseStepView(StepView):
    """One step on a promise."""

    procedure = PROMISE
    queryset = Promise.objects.for_page()
    template_name = "suggestions/promises/step.html"
    forms_by_step = {
        "report": forms.ReportForm,
        "ask_extension": forms.AskExtensionForm,
        "grant": forms.GrantForm,
        "refuse": forms.RefuseForm,
        "look_back": forms.LookBackForm,
        "speak": forms.SpeakForm,
    }

    def behalf(self):
        """The office records what a department did on paper (代录)."""
        promise = self.object
        if self.step.name not in _DEPARTMENTS or works_there(promise, self.request.user) or not promise.organ_id:
            return {}
        people = people_of(self.object.organ_id, Role.CASE_OFFICER, Role.DEPARTMENT_HEAD, on=timezone.localdate())
        return {"behalf": people, "behalf_is_needed": people.exists()}

    def keep_scan(self, upload):
        if upload is None:
            return None
        return files.store(upload, congress=self.object.congress, by=self.request.user, case=self.object)

    def get_context_data(self, **kwargs):
        report = self.object.reports.first() if self.step.name == "look_back" else None
        return super().get_context_data(promise=self.object, report=report, today=timezone.localdate(), **kwargs)
