"""The journal for the auditor: who did what when, without the contents of the cases (审计)."""

from django.apps import apps
from django.http import Http404, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.exports import Column
from congress.kit.words import asked_words
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.organs.rules import audited_by
from congress.procedure import journal
from congress.procedure.models import Entry
from congress.procedure.workflow import named

_COLUMNS = ("on", "at", "verb", "by__name", "on_behalf_of__name", "kind", "case_id", "seq", "hash")
_HEADINGS = (
    Column(_("日期")), Column(_("记录时间"), 20), Column(_("办理人")), Column(_("代何人录入")), Column(_("事项"), 24),
    Column(_("对象"), 20), Column(_("序号"), 8), Column(_("校验值"), 66),
)  # fmt: skip


class Audited:
    """The entries of the congresses that this reader audits, newest first; verbs and people, no facts."""

    @cached_property
    def audited(self):
        if not hats_of(self.request.user).audits:
            raise Http404
        return audited_by(self.request.user)

    def entries(self, asked):
        entries = Entry.objects.filter(congress__in=self.audited).order_by("-id")
        verb = asked_words(asked.get("verb"))
        return (entries.filter(verb=verb) if verb else entries).values(*_COLUMNS)


def _about(entry):
    return apps.get_model(entry["kind"])._meta.verbose_name


class JournalView(Audited, ListView):
    """The journal, page by page."""

    template_name = "congress/dashboards/journal.html"
    paginate_by = 50

    def get_queryset(self):
        return self.entries(self.request.GET)

    def get_context_data(self, **kwargs):
        verb = asked_words(self.request.GET.get("verb"))
        context = super().get_context_data(verb=verb, **kwargs)
        for entry in context["page_obj"]:
            entry["what"] = named(entry["verb"])
            entry["about"] = _about(entry)
        context["verb_said"] = next((entry["what"] for entry in context["page_obj"]), verb)
        return context


class JournalExportView(Audited, View):
    """The journal as a workbook; that it was taken stands in it too (导出)."""

    def get(self, request):
        self.audited  # noqa: B018  who audits nothing finds no page, whatever the method
        return HttpResponseNotAllowed(["POST"])

    def post(self, request):
        rows = [
            (
                entry["on"], f"{timezone.localtime(entry['at']):%Y-%m-%d %H:%M:%S}", entry["by__name"],
                entry["on_behalf_of__name"] or "", str(named(entry["verb"])),
                f"{_about(entry)} {entry['case_id']}", entry["seq"], entry["hash"],
            )
            for entry in self.entries(request.POST).iterator(chunk_size=2000)
        ]  # fmt: skip
        title, note = gettext("日志"), note_for(request, len(rows))
        return sheet_response(title, _HEADINGS, rows, note, lambda: self.journal(len(rows)), name=title)

    def journal(self, count):
        for congress in Congress.objects.filter(pk__in=hats_of(self.request.user).audits):
            journal.record(congress, "journal.export", by=self.request.user, facts={"count": count})
