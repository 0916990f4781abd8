"""The yearly work of the townships: the grid, what stands behind a number, papers sent up, and who of the county's
committee looks after each (乡镇工作、挂钩联系)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from congress.kit.dates import asked_day, said
from congress.kit.downloads import note_for, sheet_response
from congress.kit.numbers import row_number
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.procedure.views import add_errors
from deputies.activities.models import Activity
from deputies.pledges import actions, contacting, quotas
from deputies.pledges.contacting import without_secrets
from deputies.pledges.forms import PaperForm, TownshipTieForm
from deputies.pledges.lights import Light
from deputies.pledges.models import TownshipTie
from deputies.pledges.reports import township_table
from deputies.pledges.rules import townships_read_by
from deputies.pledges.views.scope import asked_year

UNTIED = "untied"  # those after which nobody looks


class OfTownships:
    """What the pages of this part ask: the townships that the reader watches, a year, and a day."""

    def dispatch(self, request, *args, **kwargs):
        if not hats_of(request.user).watches and not self.townships:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def townships(self):
        return townships_read_by(self.request.user)

    @cached_property
    def above(self):
        """Whose journal keeps that the table was taken: the reader's own congress, for a member his first township."""
        return Congress.objects.among(hats_of(self.request.user).watches).first() or self.townships.first()

    @cached_property
    def asked(self):
        return self.request.POST if self.request.method == "POST" else self.request.GET

    @cached_property
    def on(self):
        today = timezone.localdate()
        return min(asked_day(self.asked.get("on")) or today, today)

    @cached_property
    def year(self):
        return asked_year(self.asked.get("year"), today=self.on)

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        return super().get_context_data(
            year=self.year, on=self.on, years=range(today.year, today.year - 5, -1), is_today=self.on == today, **kwargs
        )


class TownshipsView(OfTownships, TemplateView):
    """Townships by quotas; every number is a door to what it counts."""

    template_name = "deputies/pledges/townships.html"

    def get_context_data(self, **kwargs):
        rows = quotas.grid(self.townships, year=self.year, on=self.on)
        light = self.request.GET.get("light")
        shown = rows
        if light in (Light.LATE, Light.SOON):
            shown = [row for row in rows if row.having(light)]
        elif light == UNTIED:
            shown = [row for row in rows if row.tie is None]
        return super().get_context_data(
            rows=shown,
            untied=sum(row.tie is None for row in rows),
            campaigns=quotas.campaigns(self.townships, year=self.year, on=self.on),
            total=len(rows),
            light=light if shown is not rows else "",
            in_red=sum(bool(row.having(Light.LATE)) for row in rows),
            in_amber=sum(bool(row.having(Light.SOON)) for row in rows),
            heads=quotas.heads(),
            quotas=quotas.QUOTAS,
            own=[row.township for row in rows if self.request.user.has_perm("pledges.send_paper", row.township)],
            **kwargs,
        )


class TownshipsExportView(OfTownships, View):
    """The grid as a workbook; the journal keeps who took it."""

    http_method_names = ["post"]

    def post(self, request):
        rows = quotas.grid(self.townships, year=self.year, on=self.on)
        columns, lines = township_table(rows)
        title = _("%(year)s年乡镇人大工作完成情况（截至%(on)s）") % {"year": self.year, "on": said(self.on)}
        return sheet_response(
            title, columns, lines, note_for(request, len(lines)), lambda: self.note(title, len(lines)), name=title
        )

    def note(self, title, count):
        actions.note_export(self.above, count=count, what=title, by=self.request.user)


class TownshipQuotaView(OfTownships, FormView):
    """What one number of the grid stands for; of a paper, the file, and the way to send it."""

    template_name = "deputies/pledges/township_quota.html"
    form_class = PaperForm

    @cached_property
    def township(self):
        return get_object_or_404(self.townships, code=self.kwargs["code"])

    @cached_property
    def quota(self):
        found = quotas.BY_CODE.get(self.kwargs["quota"])
        if found is None:
            raise Http404
        return found

    @property
    def may_send(self):
        return bool(self.quota.paper) and self.request.user.has_perm("pledges.send_paper", self.township)

    def post(self, request, *args, **kwargs):
        if not self.may_send:
            raise Http404
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            paper = actions.send_paper(
                self.township,
                kind=self.quota.paper,
                year=self.year,
                upload=form.cleaned_data["file"],
                on=timezone.localdate(),
                by=self.request.user,
            )
        except ValidationError as refused:
            add_errors(form, refused if hasattr(refused, "error_dict") else ValidationError({"file": refused}))
            return self.form_invalid(form)
        messages.success(self.request, _("已报送%s。") % paper)
        return redirect(f"{reverse('pledges:townships')}?year={self.year}")

    def get_context_data(self, **kwargs):
        row = quotas.grid([self.township], year=self.year, on=self.on)[0]
        cell = row.cells[quotas.QUOTAS.index(self.quota)]
        acts = quotas.acts_behind(self.township, self.quota, year=self.year, on=self.on) if self.quota.kinds else []
        sessions = (
            quotas.sessions_behind(self.township, year=self.year, on=self.on)
            if self.quota.rule == "sessions_a_year"
            else []
        )
        opened = Activity.objects.visible_to(self.request.user).filter(pk__in=[act.pk for act in acts])
        return super().get_context_data(
            township=self.township, quota=self.quota, cell=cell, acts=acts, sessions=sessions, may_send=self.may_send,
            opened=set(opened.values_list("pk", flat=True)), **kwargs,
        )  # fmt: skip


class TownshipTieView(OfTownships, FormView):
    """Who looks after one township, and who did before; the county's clerk names another or nobody (挂钩联系)."""

    template_name = "deputies/pledges/township_tie.html"
    form_class = TownshipTieForm

    @cached_property
    def township(self):
        return get_object_or_404(self.townships.select_related("parent"), code=self.kwargs["code"])

    @cached_property
    def may_tie(self):
        return self.request.user.has_perm("pledges.tie_township", self.township)

    @cached_property
    def standing(self):
        ties = TownshipTie.objects.standing().filter(township=self.township)
        return without_secrets(ties, "member__deputy").first()

    def post(self, request, *args, **kwargs):
        if not self.may_tie:
            raise Http404
        if "end" in request.POST:
            return self.end()
        return super().post(request, *args, **kwargs)

    def end(self):
        """What the page showed is ended; who was named meanwhile stays."""
        shown = row_number(self.request.POST["end"])
        if self.standing is not None and self.standing.pk == shown:
            actions.untie_township(self.standing, on=timezone.localdate(), by=self.request.user)
            messages.success(self.request, _("已结束，%s现在没有挂钩联系人。") % self.township.region)
        else:
            messages.info(self.request, _("挂钩联系人已经有变动，请看现在的。"))
        return redirect(self.request.path)

    def get_initial(self):
        return {"since": timezone.localdate()}

    def get_form_kwargs(self):
        counted = TownshipTie.objects.standing().order_by().values_list("member").annotate(n=Count("pk"))
        return super().get_form_kwargs() | {
            "among": contacting.members(self.township.parent_id),
            "townships_of": dict(counted),
        }

    def form_valid(self, form):
        told = form.cleaned_data
        try:
            tie = actions.tie_township(
                self.township, told["member"], since=told["since"], on=timezone.localdate(), by=self.request.user
            )
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已登记：%s。") % tie)
        return redirect(self.request.path)

    def get_context_data(self, **kwargs):
        ties = TownshipTie.objects.filter(township=self.township)
        before = without_secrets(ties.exclude(until=None), "member__deputy")
        return super().get_context_data(
            township=self.township, standing=self.standing, before=before, may_tie=self.may_tie, **kwargs
        )
