"""Bringing a roster in: upload, check row by row, confirm, take back (名册导入)."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from congress.kit.downloads import note_for, sheet_response
from congress.procedure.views.intake import BatchActView, BatchView, OfIntake, UploadView
from deputies.roll import actions, importing, tasks
from deputies.roll.forms import UploadForm
from deputies.roll.models import ImportRow
from deputies.roll.reports import left_out
from deputies.roll.rules import kept_by
from deputies.roll.sheetrows import BADGES, COLUMNS_SHOWN, shown_row

V, D = ImportRow.Verdict, ImportRow.Decision


class OfRosters(OfIntake):
    """The rosters of the congresses whose roll the reader keeps."""

    intake, task = importing.ROSTERS, tasks.work_import
    kept_by = staticmethod(kept_by)
    urls = ("roll:imports", "roll:import_act", "roll:import_left_out")

    def imports(self):
        return super().imports().select_related("term")


class ImportsView(OfRosters, UploadView):
    """Upload a roster, and what was brought in before."""

    form_class = UploadForm
    template_name = "deputies/roll/imports.html"

    def where(self, form):
        chosen, congress = form.cleaned_data["term"], form.cleaned_data["congress"]
        term = chosen or importing.current_term(congress, on=timezone.localdate())
        if term is None:
            raise ValidationError(_("还没有登记届次，请先在设置里登记本届。"))
        return {"term": term}


class ImportView(OfRosters, BatchView):
    """One roster: its progress, its verdict a row, or its result."""

    template_name = "deputies/roll/import.html"
    tab_order = (V.ERROR, V.WARNING, V.UPDATE, V.NEW, V.DUPLICATE)
    sum_order = (V.NEW, V.UPDATE, V.WARNING, V.ERROR, V.DUPLICATE)
    written = (V.NEW, V.UPDATE, V.WARNING)
    badges = BADGES
    unit = gettext_lazy("人")
    columns_shown = COLUMNS_SHOWN
    shown_row = staticmethod(shown_row)

    def rows(self, tab):
        return super().rows(tab).select_related("mandate__deputy")

    def get_context_data(self, **kwargs):
        asking = self.object.rows.filter(asks_who=True, decision=D.NONE).count()
        return super().get_context_data(asking=asking, **kwargs)


class ImportActView(OfRosters, BatchActView):
    """The clerk's decisions on one roster; of a same-name row he says who it is."""

    def said_of(self, row, said):
        return said.get(f"who-{row.pk}", row.decision) if row.asks_who else super().said_of(row, said)


class LeftOutView(OfRosters, View):
    """The rows that are or were left out, with the reasons, as a workbook to mend and bring in again."""

    http_method_names = ["post"]

    def post(self, request, pk):
        batch = get_object_or_404(self.imports(), pk=pk)
        columns, rows = left_out(batch)
        return sheet_response(
            _("没有导入的行：%s") % batch.file.name,
            columns,
            rows,
            note_for(request, len(rows)),
            lambda: actions.note_export(batch.congress, count=len(rows), by=request.user, what=f"import {batch.pk}"),
            name=_("没有导入的行"),
        )
