"""The pages of bringing a table in, written once for all rooms: upload, check row by row, confirm (导入)."""

from celery.exceptions import OperationalError
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import DetailView, FormView

from congress.files.actions import store
from congress.kit.numbers import row_numbers
from congress.kit.paging import page_of
from congress.kit.uploads import SHEETS
from congress.procedure.intake import APPLIED, CHECKED, ERROR, SKIP, NotImported, rank

PER_PAGE = 50
STUCK_AFTER = 60  # seconds in which a worker would have begun


class OfIntake:
    """What a room says of its import: the engine, the worker's task, and the congresses whose tables a user brings."""

    intake = None
    task = None
    urls = ()  # names of the pages: the uploads, the acts on one, the rows it left out

    @staticmethod
    def kept_by(user):
        raise NotImplementedError

    def imports(self):
        """The imports that this user may see."""
        rows = self.intake.batches.objects.filter(congress__in=self.kept_by(self.request.user))
        return rows.select_related("file", "by", "confirmed_by", "congress")

    def hand_over(self, batch):
        """Give it to the worker after commit; a broker that is away loses nothing, the page can hand over again."""
        try:
            self.task.delay(batch.pk)
        except OperationalError:
            messages.error(self.request, _("后台暂时接不上，文件已保存。请稍后在本页点“再试一次”。"))


class UploadView(OfIntake, FormView):
    """Upload a table, and what was brought in before."""

    @cached_property
    def congresses(self):
        return self.kept_by(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if not self.congresses.exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"congresses": self.congresses}

    def where(self, form):
        """Into what it goes, besides the congress; ValidationError where that is not known."""
        return {}

    def form_valid(self, form):
        congress = form.cleaned_data["congress"]
        try:
            where = self.where(form)
        except ValidationError as refused:
            form.add_error("congress", refused)
            return self.form_invalid(form)
        try:
            with transaction.atomic():
                stored = store(form.cleaned_data["file"], congress=congress, by=self.request.user, kinds=SHEETS)
                batch = self.intake.upload(stored, congress=congress, by=self.request.user, **where)
        except ValidationError as refused:
            form.add_error("file", refused)
            return self.form_invalid(form)
        self.hand_over(batch)
        return redirect(batch)

    def get_context_data(self, **kwargs):
        return super().get_context_data(page_obj=page_of(self.imports(), self.request.GET.get("page")), **kwargs)


class BatchView(OfIntake, DetailView):
    """One import: its progress, its verdict a row, or its result."""

    context_object_name = "batch"
    tab_order = (ERROR, "warning", "new", "duplicate")
    sum_order = ("new", "warning", ERROR, "duplicate")
    written = ("new", "warning")
    badges = {}
    unit = gettext_lazy("件")
    columns_shown = ()

    def get_queryset(self):
        return self.imports()

    def shown_row(self, row, columns):
        """What the page needs of one row."""
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        batch, counts = self.object, self.object.counts
        tabs, tab = self.tabs(counts), self.request.GET.get("tab")
        tab = tab if tab in {each["code"] for each in tabs} else "changes"
        page = page_of(self.rows(tab), self.request.GET.get("page"), per_page=PER_PAGE)
        present = {name for heading in batch.headings for name in heading["columns"]}
        columns = [(name, label) for name, label in self.columns_shown if name in present]
        waited = (timezone.now() - batch.created_at).total_seconds()
        return super().get_context_data(
            page_obj=page,
            rows=[self.shown_row(row, columns) for row in page.object_list],
            columns=[label for _name, label in columns],
            tabs=tabs,
            tab=tab,
            sums=[(code, self.label(code), counts.get(code, 0), self.badges[code]) for code in self.sum_order],
            errors=counts.get(ERROR, 0),
            skipped=counts.get(SKIP, 0),
            will_write=sum(counts.get(each, 0) for each in self.written),
            rows_total=sum(counts.values()),
            decides=batch.state == CHECKED,
            unread_columns=[text for heading in batch.headings for text in heading["unread"]],
            can_undo=self.can_undo(),
            is_stuck=batch.in_work and waited > STUCK_AFTER,
            unit=self.unit,
            imports_url=reverse(self.urls[0]),
            act_url=reverse(self.urls[1], args=[batch.pk]),
            left_out_url=reverse(self.urls[2], args=[batch.pk]),
            percent=batch.done * 100 // batch.total if batch.total else 0,
            **kwargs,
        )

    def label(self, verdict):
        return self.intake.rows.Verdict(verdict).label

    def rows(self, tab):
        rows = self.object.rows.all()
        if tab == "changes":
            return rows.exclude(verdict="duplicate").order_by(rank(self.tab_order), "id")
        if tab in self.tab_order:
            return rows.filter(verdict=tab)
        return rows

    def tabs(self, counts):
        total = sum(counts.values())
        named = [("changes", _("有变化"), total - counts.get("duplicate", 0))]
        named += [(each, self.label(each), counts.get(each, 0)) for each in self.tab_order]
        named += [("all", _("全部"), total)]
        return [{"code": code, "label": label, "count": count} for code, label, count in named]

    def can_undo(self):
        """Whether it is the last one written."""
        batch = self.object
        if batch.state != APPLIED:
            return False
        later = self.intake.batches.objects.filter(congress=batch.congress, state=APPLIED)
        return not later.filter(applied_at__gt=batch.applied_at).exists()

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if self.object.in_work:
            response["Refresh"] = "2"  # the progress moves without a script
        return response


class BatchActView(OfIntake, View):
    """The clerk's decisions on one import, each by POST."""

    http_method_names = ["post"]
    acts = frozenset({"decide", "confirm", "drop", "again", "undo"})

    def post(self, request, pk):
        batch = get_object_or_404(self.imports(), pk=pk)
        act = request.POST.get("act")
        if act not in self.acts:
            raise Http404
        try:
            getattr(self, act)(batch)
        except NotImported as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect(batch)

    def decide(self, batch):
        changed = self.changed(batch)
        if changed:
            self.intake.decide(batch, changed, by=self.request.user)
            batch.refresh_from_db()
            self.hand_over(batch)
        return changed

    def confirm(self, batch):
        if self.decide(batch):
            messages.info(self.request, _("您的选择有变化，已重新核对。请看一遍再写入。"))
            return
        self.intake.confirm(batch, leaves_errors_out="leave" in self.request.POST, by=self.request.user)
        batch.refresh_from_db()
        self.hand_over(batch)

    def drop(self, batch):
        self.intake.drop(batch, by=self.request.user)
        messages.success(self.request, _("已放弃，没有任何改动。"))

    def again(self, batch):
        if batch.in_work:
            self.hand_over(batch)

    def undo(self, batch):
        reason = self.request.POST.get("reason", "").strip()[:200]
        self.intake.roll_back(batch, by=self.request.user, reason=reason)
        messages.success(self.request, _("已撤销，回到了导入以前。"))

    def changed(self, batch):
        """{row: decision} where this page says otherwise than before; only rows that it showed count."""
        said, decisions = self.request.POST, self.intake.rows.Decision.values
        shown = row_numbers(said.getlist("shown"))
        changed = {}
        for row in batch.rows.filter(pk__in=shown):
            decision = self.said_of(row, said)
            if decision in decisions and decision != row.decision:
                changed[row.pk] = decision
        return changed

    def said_of(self, row, said):
        """What the page says of one row: in, or out."""
        return "" if f"in-{row.pk}" in said else SKIP
