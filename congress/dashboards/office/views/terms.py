"""Terms and sessions (届、次会议)."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from congress.dashboards.office import actions
from congress.dashboards.office.forms import SessionForm, TermForm
from congress.dashboards.office.views.base import OfficeForm, OfficeMixin
from congress.organs.models import Session, Term


class TermList(OfficeMixin, TemplateView):
    """All terms with their sessions, newest first."""

    template_name = "congress/dashboards/office/terms.html"

    def get_context_data(self, **kwargs):
        # A session's name speaks of its term: both are at hand without asking again per row.
        sessions = Prefetch("sessions", Session.objects.select_related("term"))
        terms = Term.objects.filter(congress=self.congress).prefetch_related(sessions)
        return super().get_context_data(terms=terms, **kwargs)


class _TermForm(OfficeForm):
    button = _("保存")
    done = _("已保存。")

    def get_success_url(self):
        return self.address("terms")

    def carry_out(self, form):
        actions.save(form.instance, noun=form.noun, **self.act)


class TermCreate(_TermForm):
    form_class = TermForm
    title = _("新增一届")


class TermChange(_TermForm):
    form_class = TermForm
    title = _("修改届次")

    def get_form_kwargs(self):
        term = get_object_or_404(Term, pk=self.kwargs["pk"], congress=self.congress)
        return super().get_form_kwargs() | {"instance": term}


class SessionCreate(_TermForm):
    form_class = SessionForm
    title = _("新增一次会议")

    def get_initial(self):
        return {"term": Term.objects.filter(congress=self.congress).first()}


class SessionChange(_TermForm):
    form_class = SessionForm
    title = _("修改会议")

    def get_form_kwargs(self):
        session = get_object_or_404(Session, pk=self.kwargs["pk"], congress=self.congress)
        return super().get_form_kwargs() | {"instance": session}
