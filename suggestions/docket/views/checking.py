"""The pages on which the NPC office checks what came in, one after the other, and corrects and urges later (审)."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from congress.organs.hats import hats_of
from congress.procedure.views import StepView
from suggestions.docket.actions.checking import next_number
from suggestions.docket.forms import checking as forms
from suggestions.docket.models import Suggestion
from suggestions.docket.search import similar
from suggestions.docket.workflow import CASE

WHOLE = ("congress", "session__term", "category", "lead__deputy", "lead__delegation", "proposed_department")


def waiting_for_check(user):
    """The cases that this clerk has still to check, oldest first."""
    cases = Suggestion.objects.filter(congress__in=hats_of(user).clerk_of, state=Suggestion.State.SUBMITTED)
    return cases.order_by("submitted_on", "id")


def waiting_for_assignment(user):
    cases = Suggestion.objects.filter(congress__in=hats_of(user).clerk_of, state=Suggestion.State.REGISTERED)
    return cases.order_by("due_on", "id")


class QueueMixin:
    """A step taken on one case after the other: when it is done, the next case stands there (下一件)."""

    queue_of = None
    queue_step = ""

    @cached_property
    def queue(self):
        return list(type(self).queue_of(self.request.user).values_list("pk", flat=True)[:500])

    def next_url(self):
        """The next case of the queue: the one behind this one, else the first that is left."""
        rest = [pk for pk in self.queue if pk != self.object.pk]
        if not rest:
            return self.object.get_absolute_url()
        here = self.queue.index(self.object.pk) if self.object.pk in self.queue else 0
        return reverse("docket:step", args=[rest[here % len(rest)], self.queue_step])

    def form_valid(self, form):
        self.queue  # noqa: B018  read before the step takes this case out of it
        return super().form_valid(form)

    def get_success_url(self):
        return self.next_url() if self.request.method == "POST" else self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        place = self.queue.index(self.object.pk) + 1 if self.object.pk in self.queue else 0
        queue = {"place": place, "length": len(self.queue), "next_url": self.next_url() if len(self.queue) > 1 else ""}
        return super().get_context_data(queue=queue, **kwargs) | {"case_url": self.object.get_absolute_url()}


def whole_text(case):
    """What the reader of a paper needs beside the form: the asks, who signed, what was attached."""
    return {
        "case": case,
        "asks": list(case.asks.all()),
        "cosigners": list(case.cosigners.select_related("mandate__deputy", "mandate__delegation")),
        "attachments": list(case.attachments.all()),
    }


class CheckView(QueueMixin, StepView):
    """Check one suggestion: its text on the left, the four decisions on the right."""

    procedure = CASE
    queryset = Suggestion.objects.select_related(*WHOLE)
    template_name = "suggestions/docket/check.html"
    queue_of = staticmethod(waiting_for_check)
    queue_step = "register"
    forms_by_step = {
        "register": forms.RegisterForm,
        "return": forms.ReturnForm,
        "reject": forms.RejectForm,
        "turn_to_letter": forms.LetterForm,
    }

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.step.name == "register":
            kwargs["expected"] = next_number(self.object)
        return kwargs

    def get_context_data(self, **kwargs):
        case = self.object
        alike = similar(case.title, congress=case.congress, user=self.request.user, without=case.pk)
        return super().get_context_data(
            **whole_text(case),
            alike=[row | {"state_label": Suggestion.State(row["state"]).label} for row in alike],
            decisions=[(CASE[name], name == self.step.name) for name in self.forms_by_step],
            is_refusal=self.step.name != "register",
            **kwargs,
        )

    def done_message(self):
        self.object.refresh_from_db()
        if self.step.name == "register":
            return _("已立案，编为%(number)s：%(title)s") % {
                "number": self.object.printed_number,
                "title": self.object.title,
            }
        return _("已%(step)s：%(title)s") % {"step": self.step.label, "title": self.object.title}


class QueueView(View):
    """Open the first case that waits for the check, or for assignment (逐件审查、逐件交办)."""

    queues = {"register": waiting_for_check, "assign": waiting_for_assignment}

    def get(self, request, step):
        if not hats_of(request.user).clerk_of or step not in self.queues:
            raise Http404
        first = self.queues[step](request.user).values_list("pk", flat=True).first()
        if first is None:
            return redirect(f"{reverse('docket:list')}?view=mine")
        return redirect("docket:step", pk=first, step=step)


class OfficeStepView(StepView):
    """What the office does to a case at any time: mend what is wrong, press the departments (更正、催办)."""

    procedure = CASE
    queryset = Suggestion.objects.select_related(*WHOLE)
    template_name = "suggestions/docket/office_step.html"
    forms_by_step = {"correct": forms.CorrectForm, "urge": forms.UrgeForm}

    def get_context_data(self, **kwargs):
        return super().get_context_data(case=self.object, **kwargs)

    def done_message(self):
        return {"correct": _("已更正，前后内容都记在经过里。"), "urge": _("已催办，承办单位马上收到。")}[self.step.name]
