"""Winding a term up: its seats end together with the first session of the next (任期届满)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from congress.organs.models import Term
from congress.procedure.views import add_errors
from deputies.roll import actions
from deputies.roll.forms import TermEndForm
from deputies.roll.rules import kept_by
from deputies.roll.terms import is_followed, outlived
from deputies.roll.views.listing import OfRoll


class TermEndView(OfRoll, FormView):
    """How many seats of which term end on which day; one press ends them all, a second finds nothing left."""

    form_class = TermEndForm
    template_name = "deputies/roll/term_end.html"
    congresses_of = staticmethod(kept_by)

    @cached_property
    def terms(self):
        return Term.objects.filter(congress=self.congress)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"terms": self.terms}

    def form_valid(self, form):
        term, words = form.cleaned_data["term"], form.cleaned_data["announcement"]
        try:
            ended = actions.end_term(term, announcement=words, on=timezone.localdate(), by=self.request.user)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        if ended:
            messages.success(
                self.request, _("%(term)s %(count)s 名代表的资格已终止。") % {"term": term, "count": len(ended)}
            )
        else:
            messages.info(self.request, _("%s没有要终止的代表资格，可能已经办过。") % term)
        return redirect(f"{reverse('roll:list')}?congress={self.congress.code}&term={term.pk}&state=ended")

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        found = outlived(list(self.terms), on=today)
        return super().get_context_data(
            outlived=found[:1],
            more=len(found) - 1,
            is_followed=bool(found) and is_followed(found[0].term, on=today),
            **kwargs,
        )
