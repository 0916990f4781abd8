"""The money for deputies' activities: who has how much left, what it was spent on (活动经费)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.numbers import asked_year
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.organs.rules import watched_by
from congress.procedure import once
from congress.procedure.telling import history
from congress.procedure.views import add_errors
from deputies.safeguards import actions
from deputies.safeguards.budgeting import Sums, lines, total
from deputies.safeguards.forms import BudgetForm, SpendingForm, StrikeForm
from deputies.safeguards.models import Budget, Spending
from deputies.safeguards.money import yuan
from deputies.safeguards.reports import BUDGETS, SPENDINGS, budget_rows, spending_rows
from deputies.safeguards.vouchers import with_papers

SHOWN = {
    "standing": (gettext_lazy("计入的"), Q(struck_on__isnull=True)),
    "struck": (gettext_lazy("已作废"), Q(struck_on__isnull=False)),
    "all": (gettext_lazy("全部"), Q()),
}
YEARS = 5


class OfYear:
    """The congresses whose money the reader follows, in the year that is asked for."""

    def dispatch(self, request, *args, **kwargs):
        if not hats_of(request.user).watches:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def year(self):
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        return asked_year(asked.get("year"), default=timezone.localdate().year)

    @cached_property
    def lines(self):
        return lines(watched_by(self.request.user), year=self.year)


class BudgetsView(OfYear, TemplateView):
    """One row a congress: budget, spent, left; a township finds its own row alone."""

    template_name = "deputies/safeguards/budgets.html"

    def get_context_data(self, **kwargs):
        this_year, whole = timezone.localdate().year, total(self.lines)
        return super().get_context_data(
            lines=self.lines,
            whole=whole and whole.said(),
            known=sum(bool(line.budget) for line in self.lines),
            own=hats_of(self.request.user).clerk_of,
            year=self.year,
            years=range(this_year + 1, this_year - YEARS, -1),
            **kwargs,
        )


class BudgetsExportView(OfYear, View):
    """The same as a workbook; the journal keeps who took it."""

    http_method_names = ["post"]

    def post(self, request):
        rows = list(budget_rows(self.lines, total(self.lines)))
        above, title = self.lines[0].congress, _("%s年代表活动经费执行情况") % self.year

        def note():
            actions.note_export(above, count=len(rows), what=title, by=request.user)

        return sheet_response(title, BUDGETS, rows, note_for(request, len(rows)), note, name=title)


class OfBudget:
    """A page of one budget that the reader may see; one for its office alone says so."""

    perm = "safeguards.view_budget"

    @cached_property
    def budget(self):
        rows = Budget.objects.visible_to(self.request.user).with_spent().select_related("congress", "paper")
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        if not self.request.user.has_perm(self.perm, found):
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        sums = Sums(self.budget.amount, self.budget.spent)
        return super().get_context_data(budget=self.budget, sums=sums, said=sums.said(), **kwargs)


class BudgetView(OfBudget, TemplateView):
    """What a budget was spent on, sum by sum with its vouchers; what was struck stands apart."""

    template_name = "deputies/safeguards/budget.html"

    def get_context_data(self, **kwargs):
        spendings = self.budget.spendings.all()
        show = self.request.GET.get("show")
        show = show if show in SHOWN else "standing"
        counts = spendings.aggregate(**{code: Count("pk", filter=which) for code, (_label, which) in SHOWN.items()})
        rows = spendings.filter(SHOWN[show][1]).select_related("activity", "by")
        page = page_of(rows, self.request.GET.get("page"), count=counts[show])
        return super().get_context_data(
            page_obj=page,
            rows=with_papers(page.object_list),
            show=show,
            tabs=[(code, label, counts[code]) for code, (label, _which) in SHOWN.items()],
            may_keep=self.request.user.has_perm("safeguards.keep_budget", self.budget),
            history=history(self.budget),
            **kwargs,
        )


class BudgetExportView(OfBudget, View):
    """What was spent of one budget, with what was struck."""

    http_method_names = ["post"]

    def post(self, request, pk):
        spendings = self.budget.spendings.select_related("activity", "by").order_by("spent_on", "pk")
        rows, title = list(spending_rows(with_papers(spendings))), _("%s支出明细") % self.budget

        def note():
            actions.note_export(self.budget.congress, count=len(rows), what=title, by=request.user)

        return sheet_response(title, SPENDINGS, rows, note_for(request, len(rows)), note, name=title)


class SetBudgetView(FormView):
    """Put down the budget of a year, or change it."""

    template_name = "deputies/safeguards/budget_form.html"
    form_class = BudgetForm

    @cached_property
    def congress(self):
        found = get_object_or_404(watched_by(self.request.user), code=self.kwargs["code"])
        if not self.request.user.has_perm("safeguards.keep_budget", found):
            raise Http404
        return found

    @cached_property
    def year(self):
        year = self.kwargs["year"]
        if not 2000 <= year <= timezone.localdate().year + 1:
            raise Http404
        return year

    @cached_property
    def budget(self):
        return Budget.objects.filter(congress=self.congress, year=self.year).select_related("paper").first()

    def get_initial(self):
        return {"amount": self.budget.amount, "version": self.budget.version} if self.budget else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(congress=self.congress, year=self.year, budget=self.budget, **kwargs)

    def form_valid(self, form):
        try:
            budget = actions.set_budget(
                self.congress, year=self.year, on=timezone.localdate(), by=self.request.user, **form.cleaned_data
            )
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("%(year)s年预算 %(amount)s 元，已登记。") % _told(budget))
        return redirect(budget)


def _told(budget):
    return {"year": budget.year, "amount": yuan(budget.amount)}


class RecordView(OfBudget, FormView):
    """Record one sum; above the budget it warns and asks again."""

    template_name = "deputies/safeguards/record.html"
    form_class = SpendingForm
    perm = "safeguards.keep_budget"

    def dispatch(self, request, *args, **kwargs):
        self.budget  # noqa: B018  who may not record finds no page
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        today = timezone.localdate()
        asked = {"spent_on": today} if today.year == self.budget.year else {}
        return asked | {"activity": self.request.GET.get("activity")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"budget": self.budget}

    def form_valid(self, form):
        try:
            with once.making("spending", form.cleaned_data["request_key"], by=self.request.user) as sent:
                if sent.made is None:
                    sent.made = form.carry_out(self.budget, on=timezone.localdate(), by=self.request.user).pk
        except actions.AboveBudget as above:
            return self.render_to_response(self.get_context_data(form=form, above=above.messages[0]), status=422)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        spending = self.budget.spendings.get(pk=sent.made)
        words = {"amount": yuan(spending.amount), "purpose": spending.purpose}
        messages.success(self.request, _("已登记 %(amount)s 元：%(purpose)s") % words)
        return redirect(spending.activity or self.budget)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**({"above": ""} | kwargs))


class StrikeView(FormView):
    """Strike a wrong sum; it stays to be read."""

    template_name = "deputies/safeguards/strike.html"
    form_class = StrikeForm

    @cached_property
    def spending(self):
        rows = Spending.objects.visible_to(self.request.user).standing()
        found = get_object_or_404(rows.select_related("budget__congress", "activity"), pk=self.kwargs["pk"])
        if not self.request.user.has_perm("safeguards.keep_budget", found):
            raise Http404
        return found

    def form_valid(self, form):
        try:
            actions.strike(self.spending, why=form.cleaned_data["why"], on=timezone.localdate(), by=self.request.user)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已作废，不再计算；“已作废”里看得到。"))
        return redirect(self.spending.budget)

    def get_context_data(self, **kwargs):
        spending = self.spending
        return super().get_context_data(spending=spending, budget=spending.budget, said=yuan(spending.amount), **kwargs)
