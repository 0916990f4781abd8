"""The office's sheet: one event, many deputies (履职登记表)."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView

from congress.organs.rules import clerked_by
from congress.procedure.views import add_errors
from deputies.duties.forms import SheetForm
from deputies.duties.models import DutyRecord, Sheet
from deputies.duties.views.overview import OfOffice


class SheetCreateView(OfOffice, FormView):
    form_class = SheetForm
    template_name = "deputies/duties/sheet_form.html"
    congresses_of = staticmethod(clerked_by)

    def get_initial(self):
        return {"key": uuid.uuid4().hex, "held_on": timezone.localdate()}

    def form_valid(self, form):
        try:
            sheet = form.carry_out(self.congress, on=timezone.localdate(), by=self.request.user)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已登记，并请代表本人核对。"))
        return redirect(sheet)


class SheetView(DetailView):
    """What a sheet put down, and what its deputies said to it."""

    template_name = "deputies/duties/sheet.html"
    context_object_name = "sheet"
    queryset = Sheet.objects.select_related("congress", "created_by")

    def get_object(self, queryset=None):
        sheet = super().get_object(queryset)
        if not self.request.user.has_perm("duties.view_sheet", sheet):
            raise Http404
        return sheet

    def get_context_data(self, **kwargs):
        rows = DutyRecord.objects.filter(source_kind=Sheet._meta.label_lower, source_id=self.object.pk)
        rows = rows.select_related("mandate__deputy", "mandate__delegation").order_by("mandate__deputy__strokes", "pk")
        return super().get_context_data(rows=list(rows), **kwargs)
