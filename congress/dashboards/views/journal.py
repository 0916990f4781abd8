"""The journal for the auditor: who did what when, without the contents of the cases (审计)."""

from django.apps import apps
from django.http import Http404
from django.views.generic import ListView

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.procedure.models import Entry
from congress.procedure.workflow import named


class JournalView(ListView):
    """Every entry of the congresses he audits, newest first; verbs and people, no facts."""

    template_name = "congress/dashboards/journal.html"
    paginate_by = 50

    def get_queryset(self):
        audited = hats_of(self.request.user).audits
        if not audited:
            raise Http404
        congresses = Congress.objects.filter(pk__in=audited) | Congress.objects.filter(parent__in=audited)
        entries = Entry.objects.filter(congress__in=congresses).order_by("-id")
        verb = self.request.GET.get("verb", "").strip()
        entries = entries.filter(verb=verb) if verb else entries
        columns = ("on", "at", "verb", "by__name", "on_behalf_of__name", "kind", "case_id", "seq", "hash")
        return entries.values(*columns)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for entry in context["page_obj"]:
            entry["what"] = named(entry["verb"])
            entry["about"] = apps.get_model(entry["kind"])._meta.verbose_name
        return context
