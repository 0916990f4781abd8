"""Lists for awards: their configuration, the list itself, its export (评优名单)."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from congress.procedure.views import StepView, add_errors
from deputies.assessments import actions
from deputies.assessments.awarding import FIGURES, WITHOUT, rows_of, settled_rows, terms_of, weights_of
from deputies.assessments.forms import AwardForm, SettleForm
from deputies.assessments.models import AwardList
from deputies.assessments.reports import award_columns, award_rows
from deputies.assessments.views.choosing import OfAssessments
from deputies.assessments.workflow import AWARD

PER_PAGE = 50
VIEWS = {
    "all": gettext_lazy("全部"),
    "ranked": gettext_lazy("排名次的"),
    "apart": gettext_lazy("不排名次的"),
    "lacking": gettext_lazy("缺项的"),
}


class AwardListList(OfAssessments, TemplateView):
    template_name = "deputies/assessments/awards.html"

    def get_context_data(self, **kwargs):
        rows = AwardList.objects.visible_to(self.request.user).filter(congress=self.congress)
        return super().get_context_data(page_obj=page_of(rows, self.request.GET.get("page")), **kwargs)


class OfAward:
    """A page of one list."""

    @cached_property
    def award(self):
        rows = AwardList.objects.visible_to(self.request.user).select_related("congress")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def rows(self):
        return settled_rows(self.award) if self.award.is_settled else rows_of(self.award)

    def narrowed(self, view):
        award = self.award
        tests = {
            "ranked": lambda row: row.rank is not None,
            "apart": lambda row: row.rank is None,
            "lacking": lambda row: bool(row.lacking(award)),
        }
        return [row for row in self.rows if tests[view](row)] if view in tests else self.rows


class AwardView(OfAward, TemplateView):
    template_name = "deputies/assessments/award.html"

    def get_context_data(self, **kwargs):
        award, user = self.award, self.request.user
        view = self.request.GET.get("view") if self.request.GET.get("view") in VIEWS else "all"
        page = page_of(self.narrowed(view), self.request.GET.get("page"), per_page=PER_PAGE)
        weights = weights_of(award)
        closes = {each.pk: each for each in award.closes.select_related("scheme")}
        for row in page.object_list:
            doors = _doors(row, closes)
            row.figures = [(FIGURES[name], WITHOUT[name], getattr(row, name), doors[name]) for name, _w in weights]
            row.is_last_place = award.places is not None and row.rank == award.places
        return super().get_context_data(
            award=award,
            congress=award.congress,
            page_obj=page,
            view=view,
            tabs=[(code, label, len(self.narrowed(code))) for code, label in VIEWS.items()],
            terms=terms_of(award),
            weights=[(name, FIGURES[name], weight) for name, weight in weights],
            differing=self.differing(),
            may_keep=user.has_perm("assessments.keep", award),
            steps=AWARD.open_steps(award, user),
            **kwargs,
        )

    def differing(self):
        """Of a settled list, how many rows its sources would make different today; None while it is a draft."""
        if not self.award.is_settled:
            return None
        now = {row.mandate.pk: row for row in rows_of(self.award)}
        stood = {row.mandate.pk: row for row in self.rows}
        both = set(now) & set(stood)
        return len(set(now) ^ set(stood)) + sum(not now[pk].same_as(stood[pk]) for pk in both)


def _doors(row, closes):
    """Where each figure comes from: {figure: [(words, url)]}."""
    points = [
        (closes[each["close"]].label, _score_url(row.mandate, closes[each["close"]])) for each in row.sources["points"]
    ]
    held = [
        (f"{each['points']} {each['grade']}", reverse("assessments:sheet", args=[each["sheet"]]))
        for each in row.sources["assessment"]
    ]
    slips = row.sources["voters"]
    words = _("%(best)s / %(valid)s 票") % slips if slips else ""
    voters = [(words, reverse("debriefings:statement", args=[slips["statement"]]))] if slips else []
    return {"points": points, "assessment": held, "voters": voters}


def _score_url(mandate, close):
    return f"{reverse('scores:detail', args=[mandate.pk])}?scheme={close.scheme_id}&period={close.code}"


class AwardWriteView(OfAssessments, FormView):
    """A new list, or a draft written anew."""

    form_class = AwardForm
    template_name = "deputies/assessments/award_form.html"

    @cached_property
    def award(self):
        user = self.request.user
        if "pk" in self.kwargs:
            rows = AwardList.objects.visible_to(user).select_related("congress")
            found = get_object_or_404(rows, pk=self.kwargs["pk"], state=AwardList.State.DRAFT)
        else:
            last = self.today.year - 1
            found = AwardList(
                congress=self.congress, created_by=user, first=dt.date(last, 1, 1), last=dt.date(last, 12, 31),
                as_of=self.today, points_weight=40, assessment_weight=30, voters_weight=30,
            )  # fmt: skip
        if not user.has_perm("assessments.keep", found):
            raise Http404
        return found

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.award}

    def form_valid(self, form):
        try:
            award = form.carry_out(on=self.today, by=self.request.user)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        return redirect(award)

    def get_context_data(self, **kwargs):
        return super().get_context_data(award=self.award, **kwargs)


class AwardStepView(StepView):
    procedure = AWARD
    queryset = AwardList.objects.select_related("congress")
    forms_by_step = {"settle": SettleForm}
    template_name = "deputies/assessments/settle.html"


class AwardDropView(OfAward, View):
    http_method_names = ["post"]

    def post(self, request, pk):
        if not request.user.has_perm("assessments.keep", self.award):
            raise Http404
        try:
            actions.drop_award(self.award, on=timezone.localdate(), by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.award)
        messages.success(request, _("草稿已删除。"))
        return redirect("assessments:awards")


class AwardExportView(OfAward, View):
    """The list as a workbook that says what it rests on; the journal keeps who took it (导出)."""

    http_method_names = ["post"]

    def post(self, request, pk):
        award = self.award
        if not request.user.has_perm("assessments.keep", award):
            raise Http404
        rows = list(award_rows(award, self.narrowed(request.POST.get("view"))))
        note = f"{'；'.join(terms_of(award))}。{note_for(request, len(rows))}"

        def journalled():
            actions.note_export(award, "award.export", count=len(rows), what=award.name, by=request.user)

        return sheet_response(award.name, award_columns(), rows, note, journalled, name=award.name)
