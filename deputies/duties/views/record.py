"""One row of the record: what it says, where it comes from, what happened to it (一条履职登记)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from congress.files.models import StoredFile
from congress.procedure.telling import history
from congress.procedure.views import StepView
from deputies.duties.forms import CorrectForm, ObjectForm, ResubmitForm, RetractForm, StrikeForm, UpholdForm
from deputies.duties.models import DutyRecord
from deputies.duties.sources import source_name, source_url
from deputies.duties.workflow import DUTY
from deputies.roll.seats import seats_of

PRESSED = frozenset({"confirm", "verify", "refuse"})  # steps that are a button on the page and not a page of their own


class RecordView(DetailView):
    template_name = "deputies/duties/record.html"
    context_object_name = "record"

    def get_queryset(self):
        rows = DutyRecord.objects.visible_to(self.request.user)
        return rows.select_related("mandate__deputy", "mandate__delegation", "congress", "registered_by")

    def get_context_data(self, **kwargs):
        record, user = self.object, self.request.user
        steps = DUTY.open_steps(record, user)
        kind = DutyRecord._meta.label_lower
        return super().get_context_data(
            is_own=record.mandate_id in seats_of(user),
            steps=[step for step in steps if step.is_button and step.name not in PRESSED],
            may={step.name for step in steps},
            source_url=source_url(record, reader=user),
            source_name=source_name(record),
            photos=StoredFile.objects.filter(case_kind=kind, case_id=record.pk).order_by("pk"),
            history=history(record),
            **kwargs,
        )


class RecordStepView(StepView):
    procedure = DUTY
    queryset = DutyRecord.objects.select_related("mandate__deputy", "mandate__delegation", "congress")
    template_name = "deputies/duties/step.html"
    forms_by_step = {
        "object": ObjectForm,
        "correct": CorrectForm,
        "uphold": UpholdForm,
        "strike": StrikeForm,
        "resubmit": ResubmitForm,
        "retract": RetractForm,
    }

    def get_context_data(self, **kwargs):
        return super().get_context_data(record=self.object, is_danger=self.step.name in {"strike", "retract"}, **kwargs)

    def done_message(self):
        if self.step.name == "object":
            return _("异议已送%s核实，核实以前这条不计算。") % self.object.congress.office_name
        return super().done_message()

    def get_success_url(self):
        return reverse("duties:record", args=[self.object.pk])
