"""Bringing a roster in: upload, check row by row, confirm, take back (名册导入)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView, FormView
from kombu.exceptions import OperationalError

from congress.files.actions import store
from congress.kit.paging import page_of
from congress.kit.uploads import SHEETS
from congress.procedure.intake import NotImported, rank
from deputies.roll import actions, importing, tasks
from deputies.roll.forms import UploadForm
from deputies.roll.models import Import, ImportRow
from deputies.roll.reports import left_out
from deputies.roll.rules import kept_by
from deputies.roll.sheetrows import BADGES, COLUMNS_SHOWN, shown_row
from deputies.roll.views.listing import note_for, sheet_response

V, D, S = ImportRow.Verdict, ImportRow.Decision, Import.State
PER_PAGE = 50
WRITTEN = (V.NEW, V.UPDATE, V.WARNING)
SUMS = (V.NEW, V.UPDATE, V.WARNING, V.ERROR, V.DUPLICATE)
TABS = (V.ERROR, V.WARNING, V.UPDATE, V.NEW, V.DUPLICATE)


def imports_of(user):
    """The imports that a user may see: those of the congresses whose roll he keeps."""
    return Import.objects.filter(congress__in=kept_by(user)).select_related("file", "by", "congress", "term")


def hand_over(request, batch):
    """Give an import to the worker after commit; a broker that is away loses nothing, the page can hand over again."""
    try:
        tasks.work_import.delay(batch.pk)
    except OperationalError:
        messages.error(request, _("后台暂时接不上，文件已保存。请稍后在本页点“再试一次”。"))


class ImportsView(FormView):
    """Upload a roster, and what was brought in before."""

    form_class = UploadForm
    template_name = "deputies/roll/imports.html"

    def dispatch(self, request, *args, **kwargs):
        self.congresses = kept_by(request.user)
        if not self.congresses.exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"congresses": self.congresses}

    def form_valid(self, form):
        congress = form.cleaned_data["congress"]
        term = importing.current_term(congress, on=timezone.localdate())
        if term is None:
            form.add_error("congress", _("还没有登记届次，请先在设置里登记本届。"))
            return self.form_invalid(form)
        try:
            with transaction.atomic():
                stored = store(form.cleaned_data["file"], congress=congress, by=self.request.user, kinds=SHEETS)
                batch = importing.upload(stored, congress=congress, term=term, by=self.request.user)
        except ValidationError as refused:
            form.add_error("file", refused)
            return self.form_invalid(form)
        hand_over(self.request, batch)
        return redirect(batch)

    def get_context_data(self, **kwargs):
        page = page_of(imports_of(self.request.user), self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class ImportView(DetailView):
    """One import: its progress, its verdict a row, or its result."""

    template_name = "deputies/roll/import.html"
    context_object_name = "batch"

    def get_queryset(self):
        return imports_of(self.request.user)

    def get_context_data(self, **kwargs):
        batch, counts = self.object, self.object.counts
        tab = self.request.GET.get("tab")
        tabs = self.tabs(counts)
        tab = tab if tab in {each["code"] for each in tabs} else "changes"
        rows = self.rows(tab)
        page = page_of(rows, self.request.GET.get("page"), per_page=PER_PAGE)
        present = {name for heading in batch.headings for name in heading["columns"]}
        columns = [(name, label) for name, label in COLUMNS_SHOWN if name in present]
        return super().get_context_data(
            page_obj=page,
            rows=[shown_row(row, columns) for row in page.object_list],
            columns=[label for _name, label in columns],
            tabs=tabs,
            tab=tab,
            sums=[(code, V(code).label, counts.get(code, 0), BADGES[code]) for code in SUMS],
            errors=counts.get(V.ERROR, 0),
            skipped=counts.get(D.SKIP, 0),
            will_write=sum(counts.get(each, 0) for each in WRITTEN),
            rows_total=sum(counts.values()),
            asking=batch.rows.filter(asks_who=True, decision=D.NONE).count(),
            decides=batch.state == S.CHECKED,
            unread_columns=[text for heading in batch.headings for text in heading["unread"]],
            can_undo=self.can_undo(),
            is_stuck=batch.in_work and (timezone.now() - batch.created_at).total_seconds() > 60,
            percent=batch.done * 100 // batch.total if batch.total else 0,
            **kwargs,
        )

    def rows(self, tab):
        rows = self.object.rows.select_related("mandate__deputy")
        if tab == "changes":
            return rows.exclude(verdict=V.DUPLICATE).order_by(rank(TABS), "id")
        if tab in V.values:
            return rows.filter(verdict=tab)
        return rows

    def tabs(self, counts):
        total = sum(counts.values())
        changed = total - counts.get(V.DUPLICATE, 0)
        named = [("changes", _("有变化"), changed)]
        named += [(each, V(each).label, counts.get(each, 0)) for each in TABS]
        named += [("all", _("全部"), total)]
        return [{"code": code, "label": label, "count": count} for code, label, count in named]

    def can_undo(self):
        batch = self.object
        if batch.state != S.APPLIED:
            return False
        return not Import.objects.filter(
            congress=batch.congress, state=S.APPLIED, applied_at__gt=batch.applied_at
        ).exists()

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if self.object.in_work:
            response["Refresh"] = "2"  # the progress moves without a script
        return response


class ImportActView(View):
    """The clerk's decisions on one import, each by POST."""

    http_method_names = ["post"]

    def post(self, request, pk):
        batch = get_object_or_404(imports_of(request.user), pk=pk)
        act = request.POST.get("act")
        if act not in {"decide", "confirm", "drop", "again", "undo"}:
            raise Http404
        try:
            getattr(self, act)(batch)
        except NotImported as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect(batch)

    def decide(self, batch):
        changed = self.changed(batch)
        if changed:
            importing.decide(batch, changed)
            batch.refresh_from_db()
            hand_over(self.request, batch)
        return changed

    def confirm(self, batch):
        if self.decide(batch):
            messages.info(self.request, _("您的选择有变化，已重新核对。请看一遍再写入。"))
            return
        importing.confirm(batch, leaves_errors_out="leave" in self.request.POST)
        batch.refresh_from_db()
        hand_over(self.request, batch)

    def drop(self, batch):
        importing.drop(batch, by=self.request.user)
        messages.success(self.request, _("已放弃，名册没有改动。"))

    def again(self, batch):
        if batch.in_work:
            hand_over(self.request, batch)

    def undo(self, batch):
        reason = self.request.POST.get("reason", "").strip()[:200]
        importing.roll_back(batch, by=self.request.user, reason=reason)
        messages.success(self.request, _("已撤销，名册回到了导入以前。"))

    def changed(self, batch):
        """{row: decision} where this page says otherwise than before; only rows that it showed count."""
        said = self.request.POST
        shown = [int(pk) for pk in said.getlist("shown") if pk.isdigit()]
        changed = {}
        for row in batch.rows.filter(pk__in=shown):
            if row.asks_who:
                decision = said.get(f"who-{row.pk}", row.decision)
            else:
                decision = D.NONE if f"in-{row.pk}" in said else D.SKIP
            if decision in D.values and decision != row.decision:
                changed[row.pk] = decision
        return changed


class LeftOutView(View):
    """The rows that are or were left out, with the reasons, as a workbook to mend and bring in again."""

    http_method_names = ["post"]

    def post(self, request, pk):
        batch = get_object_or_404(imports_of(request.user), pk=pk)
        columns, rows = left_out(batch)
        return sheet_response(
            _("没有导入的行：%s") % batch.file.name,
            columns,
            rows,
            note_for(request, len(rows)),
            lambda: actions.note_export(batch.congress, count=len(rows), by=request.user, what=f"import {batch.pk}"),
            name=_("没有导入的行"),
        )
