"""The page of one case, the dossier; and the steps that the deputy takes on it (案卷)."""

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from congress.accounts.models import User
from congress.procedure.views import StepView
from deputies.roll.seats import seats_of
from suggestions.docket.actions import result_scheme
from suggestions.docket.checklist import look_over
from suggestions.docket.dossier import Dossier
from suggestions.docket.forms import handling as forms
from suggestions.docket.models import Cosigner, Suggestion
from suggestions.docket.views.keeping import PaperStepMixin
from suggestions.docket.workflow import CASE

LABELS_KEPT = 300  # seconds: the words of the result classes seldom change


class CaseView(DetailView):
    """Whose turn and until when, the asks and their answers, the words, the papers, what happened."""

    template_name = "suggestions/docket/case.html"
    context_object_name = "case"

    def get_queryset(self):
        rows = Suggestion.objects.visible_to(self.request.user)
        return rows.select_related(
            "congress", "session__term", "category", "lead__deputy", "lead__delegation", "proposed_department"
        )

    def get_context_data(self, **kwargs):
        case, today = self.object, timezone.localdate()
        labels = result_labels(case.congress, on=case.replied_on or today) if case.round_number else {}
        dossier = Dossier(case, reader=self.request.user, today=today, labels=labels)
        return super().get_context_data(dossier=dossier, today=today, our_congress=case.congress, **kwargs)


def result_labels(congress, *, on):
    """The result classes in words; kept a while, for the page of a case asks for nothing else of the rulebook."""

    def read():
        return {code: kind["label"] for code, kind in result_scheme(congress, on=on).items()}

    return cache.get_or_set(f"docket.result_labels.{congress.pk}.{on:%Y%m%d}", read, LABELS_KEPT)


class CaseStepView(PaperStepMixin, StepView):
    """One step on a case as a whole."""

    procedure = CASE
    queryset = Suggestion.objects.select_related("congress", "lead__deputy")
    template_name = "suggestions/docket/step.html"
    forms_by_step = {"submit": forms.SubmitForm, "withdraw": forms.WithdrawForm}
    templates_by_step = {"submit": "suggestions/docket/step_submit.html"}
    danger_steps = frozenset({"withdraw"})
    for_the_deputy = frozenset({"submit", "withdraw"})

    def get_template_names(self):
        return [self.templates_by_step.get(self.step.name, self.template_name)]

    @property
    def suggestion(self):
        return self.object

    @property
    def congress(self):
        return self.object.congress

    def behalf(self):
        """The office records for the deputy what he did on paper."""
        if self.step.name not in self.for_the_deputy or self.object.lead_id in seats_of(self.request.user):
            return {}
        people = User.objects.filter(deputy__mandates=self.object.lead_id)
        return {"behalf": people, "behalf_is_needed": people.exists()}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(case=self.object, **kwargs)
        context["is_danger"] = self.step.name in self.danger_steps
        if self.step.name == "submit":
            asks = list(self.object.asks.all())
            context |= {
                "asks": asks,
                "looks": look_over(self.object, [ask.text for ask in asks]),
                "cosigners": list(self.object.cosigners.select_related("mandate__deputy")),
                "waiting": self.object.cosigners.filter(state=Cosigner.State.INVITED).count(),
            }
        return context

    def done_message(self):
        if self.step.name == "submit":
            return _("已提交，%s会审查并告诉您结果。") % self.object.congress.office_name
        return super().done_message()
