"""What every page of the office shares: the congress it speaks of, and whose act it is."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView

from congress.organs.rules import kept_by


class OfficeMixin:
    """A page of one congress, open to whoever keeps it; to everybody else it does not exist."""

    perm = "organs.keep"

    def dispatch(self, request, *args, **kwargs):
        self.congress = get_object_or_404(kept_by(request.user), code=kwargs["code"])
        if not request.user.has_perm(self.perm, self.congress):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def today(self):
        return timezone.localdate()

    @property
    def act(self):
        """By whom and in which congress, as every verb of the office wants to know."""
        return {"by": self.request.user, "congress": self.congress}

    def address(self, name, *args):
        return reverse(f"office:{name}", args=[self.congress.code, *args])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            congress=self.congress,
            offices=kept_by(self.request.user).order_by("level", "position", "pk"),
            keeps=self.request.user.has_perm("organs.keep", self.congress),
            today=self.today,
            **kwargs,
        )


class OfficeForm(OfficeMixin, FormView):
    """A page with one form that carries out one verb and goes back."""

    template_name = "congress/dashboards/office/form.html"
    title = ""
    button = ""
    done = ""
    danger = False

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"congress": self.congress}

    def carry_out(self, form):
        """Call the verb; a ValidationError is shown on the form."""
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=self.get_title(),
            button=self.button,
            danger=self.danger,
            back=self.get_success_url(),
            **kwargs,
        )

    def get_title(self):
        return self.title

    def form_valid(self, form):
        try:
            self.carry_out(form)
        except ValidationError as refused:
            show(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return HttpResponseRedirect(self.get_success_url())


def show(form, refused):
    """Put a verb's refusal beside the field it speaks of, or above the form."""
    by_field = refused.error_dict if hasattr(refused, "error_dict") else {None: refused.error_list}
    for field, errors in by_field.items():
        form.add_error(field if field in form.fields else None, errors)
