"""The page of a step, written once for all rooms: one address per step (办理步骤)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from congress.procedure.taking import carry_out
from congress.procedure.workflow import StepNotOpen


class StepView(FormView):
    """Take one step on one object: shows what the step needs, carries it out, returns to the case.

    A room names its `procedure`, its `queryset`, and a form per step; what a reader may not see or take is 404.
    """

    procedure = None
    queryset = None
    forms_by_step = {}
    template_name = "congress/procedure/step.html"
    taken_template_name = "congress/procedure/taken.html"

    @cached_property
    def step(self):
        name = self.kwargs["step"]
        if name not in self.forms_by_step:
            raise Http404(name)
        return self.procedure[name]

    @cached_property
    def object(self):
        rows = self.queryset.all().visible_to(self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None or not self.request.user.has_perm(self.step.perm, found):
            raise Http404
        return found

    def get(self, request, *args, **kwargs):
        if not self.step.is_open(self.object):
            return self.already_taken()
        return super().get(request, *args, **kwargs)

    def get_form_class(self):
        return self.forms_by_step[self.step.name]

    def get_form_kwargs(self):
        own = {"case": self.object, "by": self.request.user, "today": timezone.localdate()}
        return super().get_form_kwargs() | own | self.behalf()

    def behalf(self):
        """For whom the reader may record this step; a room that knows says so."""
        return {}

    def form_valid(self, form):
        try:
            is_new = carry_out(form, self.object, by=self.request.user, keep_scan=self.keep_scan)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        except StepNotOpen:
            return self.already_taken()
        if is_new:
            messages.success(self.request, self.done_message())
        return redirect(self.get_success_url())

    def keep_scan(self, upload):
        """Store the scanned paper; a room without papers has no such field."""
        return

    def already_taken(self):
        """Somebody was faster: say so, and show where the case stands now."""
        fresh = type(self.object)._base_manager.get(pk=self.object.pk)
        context = {"object": fresh, "step": self.step, "case_url": self.get_success_url()}
        return render(self.request, self.taken_template_name, context, status=409)

    def done_message(self):
        return _("已%(step)s。") % {"step": self.step.label}

    def get_success_url(self):
        return getattr(self.object, "journal_case", self.object).get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(step=self.step, object=self.object, case_url=self.get_success_url(), **kwargs)


def add_errors(form, error):
    """Put an action's refusal beside the fields it speaks of; the rest stands above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
