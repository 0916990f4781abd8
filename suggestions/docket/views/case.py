"""The page of one case, the dossier; and the steps that the deputy takes on it (案卷)."""

from django.db.models import F
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from congress.kit.statements import Statement
from congress.procedure.views import StepView
from deputies.roll.models import Deputy, Mandate
from deputies.roll.seats import Reader
from suggestions.docket.behalf import behalf_in_case
from suggestions.docket.checklist import look_over
from suggestions.docket.dossier import Dossier
from suggestions.docket.forms import handling as forms
from suggestions.docket.models import Cosigner, Suggestion
from suggestions.docket.views.keeping import PaperStepMixin
from suggestions.docket.workflow import CASE


class CaseView(DetailView):
    """Whose turn and until when, the asks and their answers, the words, the papers, what happened."""

    template_name = "suggestions/docket/case.html"
    context_object_name = "case"

    def get_object(self):
        self.told = _case.ask(pk=self.kwargs["pk"], reader=Reader.of(self.request.user))
        if not self.told.told:
            raise Http404
        return self.told.first()

    def get_context_data(self, **kwargs):
        case, today = self.object, timezone.localdate()
        dossier = Dossier.of(case, reader=self.request.user, today=today, cosigners=self.cosigners)
        mark = dossier.mark(self.told)
        return super().get_context_data(dossier=dossier, mark=mark, today=today, our_congress=case.congress, **kwargs)

    def cosigners(self):
        return [_cosigner(row) for row in self.told.rows() if row.signer_pk]


_CASE_FIELDS = (  # of the case all; of others what the page says of them, for a page asks this first and each time
    *(field.name for field in Suggestion._meta.concrete_fields),
    *(f"congress__{name}" for name in ("name", "short_name", "level", "region", "office_name", "office_phone")),
    *("session__number", "session__term__number", "category__name", "lead__state", "lead__deputy__name"),
    *("lead__delegation__name", "proposed_department__name", "proposed_department__short_name", "origin"),
    "campaign__name",
)
_SIGNER_FIELDS = ("pk", "mandate_id", "state", "signed_on")


@Statement
def _case(pk, reader):
    """The case, once for each of its co-signers: one statement of a page less."""
    return (
        Suggestion.objects.visible_to(reader)
        .filter(pk=pk)
        .select_related(
            "congress",
            "session__term",
            "category",
            "lead__deputy",
            "lead__delegation",
            "proposed_department",
            "origin",
            "campaign",
        )
        .only(*_CASE_FIELDS)
        .annotate(
            **{f"signer_{name}": F(f"cosigners__{name}") for name in _SIGNER_FIELDS},
            signer_name=F("cosigners__mandate__deputy__name"),
        )
        .order_by("cosigners__position", "cosigners__id")
    )


def _cosigner(row):
    fields = {name: getattr(row, f"signer_{name}") for name in _SIGNER_FIELDS}
    seat = Mandate(pk=fields.pop("mandate_id"), deputy=Deputy(name=row.signer_name))
    return Cosigner(suggestion_id=row.pk, mandate=seat, **fields)


class CaseStepView(PaperStepMixin, StepView):
    """One step on a case as a whole."""

    procedure = CASE
    queryset = Suggestion.objects.select_related("congress", "lead__deputy")
    template_name = "suggestions/docket/step.html"
    forms_by_step = {"submit": forms.SubmitForm, "withdraw": forms.WithdrawForm}
    templates_by_step = {"submit": "suggestions/docket/step_submit.html"}
    danger_steps = frozenset({"withdraw"})

    def get_template_names(self):
        return [self.templates_by_step.get(self.step.name, self.template_name)]

    @property
    def suggestion(self):
        return self.object

    @property
    def congress(self):
        return self.object.congress

    def behalf(self):
        return behalf_in_case(self.step, self.object, by=self.request.user)

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
