"""What the pages of the roll share: whose roll is read, and whether this reader keeps it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.procedure.views import add_errors
from deputies.roll.models import read_by


class RollMixin:
    """A page of the roll of one congress; the address may name another one that the reader sees."""

    for_keepers = False

    def dispatch(self, request, *args, **kwargs):
        if self.congress is None or (self.for_keepers and not self.keeps):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def congresses(self):
        """Those whose roll is read, or kept; the reader's own stands first."""
        user = self.request.user
        allowed = hats_of(user).clerk_of if self.for_keepers else read_by(user)
        return sorted(Congress.objects.filter(pk__in=allowed), key=self._nearness)

    def _nearness(self, congress):
        hats = hats_of(self.request.user)
        return (congress.pk not in hats.congresses, congress.pk not in hats.clerk_of, congress.position, congress.pk)

    @cached_property
    def congress(self):
        asked = self.request.GET.get("congress") or self.request.POST.get("congress")
        named = [each for each in self.congresses if each.code == asked]
        return next(iter(named or ([] if asked else self.congresses)), None)

    @cached_property
    def keeps(self):
        return self.congress is not None and self.request.user.has_perm("roll.keep", self.congress)

    @cached_property
    def today(self):
        return timezone.localdate()

    def get_context_data(self, **kwargs):
        own = {"congress": self.congress, "congresses": self.congresses, "keeps": self.keeps, "today": self.today}
        return super().get_context_data(**own | kwargs)


class RollForm(RollMixin, FormView):
    """A page with one form that carries out one verb and goes back."""

    template_name = "deputies/roll/form.html"
    for_keepers = True
    title = ""
    button = ""
    done = ""

    def carry_out(self, form):
        """Call the verb; a ValidationError is shown on the form."""
        raise NotImplementedError

    def get_title(self):
        return self.title

    def get_context_data(self, **kwargs):
        own = {"title": self.get_title(), "button": self.button, "back": self.get_success_url()}
        return super().get_context_data(**own | kwargs)

    def form_valid(self, form):
        try:
            self.carry_out(form)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return HttpResponseRedirect(self.get_success_url())
