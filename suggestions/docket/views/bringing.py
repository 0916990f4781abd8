"""The pages of old suggestions: bringing a table in, and linking the names that nobody knew (旧件)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from congress.procedure.views.intake import BatchActView, BatchView, OfIntake, UploadView
from suggestions.docket import tasks
from suggestions.docket.actions.listing import note_export
from suggestions.docket.forms import bringing as forms
from suggestions.docket.models import PrintedName
from suggestions.docket.oldpapers import linking, shown
from suggestions.docket.oldpapers.bringing import OLD_PAPERS
from suggestions.docket.oldpapers.shown import BADGES, COLUMNS_SHOWN, left_out, shown_row
from suggestions.docket.rules import brought_by

State = PrintedName.State


class OfOldPapers(OfIntake):
    """The tables of the congresses whose clerk the reader is."""

    intake, task = OLD_PAPERS, tasks.work_import
    kept_by = staticmethod(brought_by)
    urls = ("docket:imports", "docket:import_act", "docket:import_left_out")

    def imports(self):
        return super().imports().select_related("session__term")


class ImportsView(OfOldPapers, UploadView):
    """Upload a table of old suggestions, and what was brought in before."""

    form_class = forms.UploadForm
    template_name = "suggestions/docket/imports.html"

    def where(self, form):
        return {"session": form.cleaned_data["session"]}

    def get_context_data(self, **kwargs):
        waiting = PrintedName.objects.filter(congress__in=self.congresses, state=State.OPEN)
        names = waiting.order_by().values("name").distinct().count()
        return super().get_context_data(names_waiting=names, **kwargs)


class ImportView(OfOldPapers, BatchView):
    """One table: its progress, its verdict a row, or its result."""

    template_name = "suggestions/docket/import.html"
    badges = BADGES
    columns_shown = COLUMNS_SHOWN
    shown_row = staticmethod(shown_row)

    def rows(self, tab):
        return super().rows(tab).select_related("suggestion")

    def get_context_data(self, **kwargs):
        waiting = PrintedName.objects.filter(congress=self.object.congress, state=State.OPEN)
        names = waiting.order_by().values("name").distinct().count() if self.object.state == "applied" else 0
        sessions = shown.sessions_unknown(self.object) if self.object.state == "checked" else []
        return super().get_context_data(asking=0, names_waiting=names, sessions_unknown=sessions, **kwargs)


class ImportActView(OfOldPapers, BatchActView):
    """The clerk's decisions on one table."""


class ImportLeftOutView(OfOldPapers, View):
    """The rows that are or were left out, with the reasons, as a workbook to mend and bring in again."""

    http_method_names = ["post"]

    def post(self, request, pk):
        batch = get_object_or_404(self.imports(), pk=pk)
        columns, rows = left_out(batch)
        return sheet_response(
            _("没有导入的旧件：%s") % batch.file.name,
            columns,
            rows,
            note_for(request, len(rows)),
            lambda: note_export(batch.congress, count=len(rows), by=request.user, address=f"import={batch.pk}"),
            name=_("没有导入的旧件"),
        )


class NamesView(TemplateView):
    """Names on old papers that nobody knew: each is linked once, for all papers that print it (待关联的名称)."""

    template_name = "suggestions/docket/names.html"

    def dispatch(self, request, *args, **kwargs):
        self.congresses = list(brought_by(request.user))
        if not self.congresses:
            raise Http404
        wanted = request.GET.get("congress", "")
        self.congress = next((each for each in self.congresses if each.code == wanted), self.congresses[0])
        self.units = request.GET.get("of") == "units"
        self.handled = "handled" in request.GET
        return super().dispatch(request, *args, **kwargs)

    def rows(self, *, units, handled=False):
        return linking.waiting(self.congress, units=units, handled=handled)

    def post(self, request):
        if request.POST.get("act") == "leave_all":
            return self.leave_all(request.POST.getlist("name"))
        form = forms.NameForm(request.POST, congress=self.congress, units=self.units)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        cleaned, said = form.cleaned_data, {"on": timezone.localdate(), "by": request.user}
        try:
            if cleaned["act"] == "leave":
                count = linking.leave(self.congress, cleaned["name"], units=self.units, **said)
                told = _("“%(name)s”照原样保留，共 %(count)s 件。")
            elif self.units:
                count = linking.link_unit(self.congress, cleaned["name"], organ=cleaned["meant"], **said)
                told = _("“%(name)s”已关联，共 %(count)s 件。")
            else:
                count = linking.link_person(self.congress, cleaned["name"], seat=cleaned["meant"], **said)
                told = _("“%(name)s”已关联，共 %(count)s 件。")
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, told % {"name": cleaned["name"], "count": count})
        return redirect(self.address())

    def leave_all(self, names):
        """Those that are ticked stay as they were printed."""
        said = {"units": self.units, "on": timezone.localdate(), "by": self.request.user}
        try:
            linking.leave_all(self.congress, names, **said)
        except ValidationError as refused:
            messages.error(self.request, " ".join(refused.messages))
        else:
            count = len(set(names))
            told = _("%s 个名称照原样保留。") % count if count else _("请先勾选名称。")
            messages.add_message(self.request, messages.SUCCESS if count else messages.WARNING, told)
        return redirect(self.address())

    def address(self, *, units=None, handled=None):
        units = self.units if units is None else units
        handled = self.handled if handled is None else handled
        of = "units" if units else "people"
        return f"{reverse('docket:names')}?congress={self.congress.code}&of={of}{'&handled=1' if handled else ''}"

    def tabs(self):
        """What waits of people and of departments, and what was handled, each with how many."""
        named = (
            (_("代表"), False, False),
            (_("承办单位"), True, False),
            (_("已处理的代表"), False, True),
            (_("已处理的单位"), True, True),
        )
        return [
            (
                label,
                self.rows(units=units, handled=handled).count(),
                self.address(units=units, handled=handled),
                (units, handled) == (self.units, self.handled),
            )
            for label, units, handled in named
        ]

    def get_context_data(self, form=None, **kwargs):
        page = page_of(self.rows(units=self.units, handled=self.handled), self.request.GET.get("page"))
        known = forms.units_by_name(self.congress) if self.units else forms.everybody(self.congress)
        wrong = form.data.get("name") if form else ""
        return super().get_context_data(
            page_obj=page,
            rows=[row | {"form": form if row["name"] == wrong else None} for row in page.object_list],
            units=self.units,
            congress=self.congress,
            known=sorted({f"{name}" for name in known}),
            handled=self.handled,
            tabs=self.tabs(),
            **kwargs,
        )
