"""The yearly plans: the office's list, one plan, writing one, the steps of a pledge (履职计划)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView, FormView, TemplateView

from congress.kit.downloads import note_for, sheet_response
from congress.kit.numbers import row_number
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.procedure.models import Entry
from congress.procedure.views import StepView
from congress.procedure.workflow import StepNotOpen, says
from congress.rulebook.book import rules_for
from deputies.pledges import actions
from deputies.pledges.contacting import without_secrets
from deputies.pledges.forms import DropForm, KeepForm, PledgeFormSet, ReopenForm
from deputies.pledges.models import DutyPlan, Pledge
from deputies.pledges.reports import PLANS, plan_rows
from deputies.pledges.views.scope import OfFollowed, asked_year
from deputies.pledges.workflow import PLEDGE
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of

TABS = ("all", "odd", "missing", "pledged", "kept", "late")
OF_PLEDGES = ("pledged", "kept", "late")  # tabs whose rows are pledges, not plans


class Plans(OfFollowed):
    """What the list and its export have in common."""

    @cached_property
    def parts(self):
        """{tab: rows}"""
        rules = rules_for(self.congress, on=self.today)
        seats = self.seats()
        plans = DutyPlan.objects.filter(congress=self.congress, year=self.year, mandate__in=seats.values("pk"))
        plans = plans.with_figures().select_related("mandate__deputy", "mandate__delegation")
        plans = plans.order_by("mandate__deputy__strokes", "pk")
        late = Pledge.objects.overdue(on=self.today).filter(plan=OuterRef("pk"))
        filed = DutyPlan.objects.filter(year=self.year, mandate=OuterRef("pk"))
        odd = Q(aspects__lt=rules.count("plan_aspects_least")) | Q(aspects__gt=rules.count("plan_aspects_most"))
        pledges = Pledge.objects.of_year(self.year, seats).order_by("due_on", "pk")
        pledges = without_secrets(pledges.select_related("plan__mandate__delegation"), "plan__mandate__deputy")
        return {
            "all": plans.annotate(is_late=Exists(late)),
            "odd": plans.filter(odd).annotate(is_late=Exists(late)),
            "missing": seats.filter(~Exists(filed)),
            "pledged": pledges,
            "kept": pledges.filter(state=Pledge.State.KEPT),
            "late": pledges.overdue(on=self.today),
        }

    @cached_property
    def tab(self):
        asked = self.request.GET.get("tab") or self.request.POST.get("tab")
        return asked if asked in TABS else "all"


class PlansView(Plans, TemplateView):
    """Who planned his year, who did not, whose pledges are late."""

    template_name = "deputies/pledges/plans.html"

    def get_context_data(self, **kwargs):
        labels = {
            "all": _("已填报"), "odd": _("方面数不合"), "missing": _("还没有填报"),
            "pledged": _("承诺"), "kept": _("已兑现"), "late": _("逾期未兑现"),
        }  # fmt: skip
        rules = rules_for(self.congress, on=self.today)
        return super().get_context_data(
            tabs=[(code, labels[code], self.parts[code].count()) for code in TABS],
            tab=self.tab,
            is_of_pledges=self.tab in OF_PLEDGES,
            page_obj=page_of(self.parts[self.tab], self.request.GET.get("page")),
            least=rules.count("plan_aspects_least"),
            most=rules.count("plan_aspects_most"),
            **kwargs,
        )


class PlansExportView(Plans, View):
    http_method_names = ["post"]

    def post(self, request):
        rows = list(plan_rows(self.parts["all"], self.parts["missing"]))
        title = _("%(congress)s%(year)s年代表履职计划") % {"congress": self.congress, "year": self.year}
        return sheet_response(
            title, PLANS, rows, note_for(request, len(rows)), lambda: self.note(title, len(rows)), name=title
        )

    def note(self, title, count):
        actions.note_export(self.congress, count=count, what=title, by=self.request.user)


class PlanView(DetailView):
    """One plan: pledges done and open, and what happened to them."""

    template_name = "deputies/pledges/plan.html"
    context_object_name = "plan"

    def get_queryset(self):
        rows = DutyPlan.objects.visible_to(self.request.user)
        return rows.select_related("mandate__deputy", "mandate__delegation", "congress")

    def get_context_data(self, **kwargs):
        plan, user = self.object, self.request.user
        pledges = list(plan.pledges.prefetch_related("records"))
        for pledge in pledges:
            pledge.plan = plan
            pledge.steps = PLEDGE.open_steps(pledge, user)
        entries = Entry.objects.of(plan).select_related("by").order_by("-seq")
        return super().get_context_data(
            pledges=pledges,
            kept=sum(each.state == Pledge.State.KEPT for each in pledges),
            standing=sum(each.state != Pledge.State.DROPPED for each in pledges),
            warning=actions.odd_aspects(plan, on=timezone.localdate()),
            may_add=user.has_perm("pledges.keep_plan", plan),
            today=timezone.localdate(),
            timeline=[{"on": each.on, "by": each.by.name, "says": says(each.verb) % each.facts} for each in entries],
            **kwargs,
        )


class WriteView(FormView):
    """A deputy writes the plan of a year, or adds to it; three pledges at a time are enough."""

    template_name = "deputies/pledges/write.html"
    form_class = PledgeFormSet

    @cached_property
    def mandate(self):
        """His own seat; the office may write for a deputy whose seat the address names."""
        named = row_number(self.request.GET.get("for") or self.request.POST.get("for"))
        rows = Mandate.objects.active().select_related("deputy", "congress")
        if named is not None:
            seat = rows.visible_to(self.request.user).filter(pk=named).first()
            if seat is None or not self.request.user.has_perm("roll.keep", seat):
                raise Http404
            return seat
        seat = rows.filter(pk__in=active_seats_of(self.request.user)).order_by("congress__level", "pk").first()
        if seat is None:
            raise Http404
        return seat

    @cached_property
    def year(self):
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        return asked_year(asked.get("year"), today=timezone.localdate())

    def dispatch(self, request, *args, **kwargs):
        """The office, which names nobody, is led to the list of those for whom it may write."""
        if "for" not in self.asked and not active_seats_of(request.user) and hats_of(request.user).clerk_of:
            return redirect(f"{reverse('pledges:plans')}?tab=missing")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        pledges = [row.promised() for row in form if row.promised()]
        try:
            plan = actions.file_plan(
                self.mandate, year=self.year, pledges=pledges, on=timezone.localdate(), by=self.request.user
            )
        except ValidationError as refused:
            self.refusal = refused.messages
            return self.form_invalid(form)
        warning = actions.odd_aspects(plan, on=timezone.localdate())
        if warning:
            messages.warning(self.request, warning)
        else:
            messages.success(self.request, _("已填报。"))
        return redirect(plan)

    refusal = ()

    def get_context_data(self, **kwargs):
        plan = DutyPlan.objects.filter(mandate=self.mandate, year=self.year).first()
        return super().get_context_data(
            mandate=self.mandate,
            year=self.year,
            plan=plan,
            refusal=self.refusal,
            for_other="for" in self.asked,
            **kwargs,
        )

    @property
    def asked(self):
        return self.request.POST if self.request.method == "POST" else self.request.GET


class PledgeStepView(StepView):
    procedure = PLEDGE
    queryset = Pledge.objects
    forms_by_step = {"keep": KeepForm, "reopen": ReopenForm, "drop": DropForm}


class KeptView(View):
    """One tap on the phone: the pledge is kept, today."""

    http_method_names = ["post"]

    def post(self, request, pk):
        pledge = Pledge.objects.visible_to(request.user).select_related("plan").filter(pk=pk).first()
        if pledge is None or not request.user.has_perm("pledges.keep_plan", pledge):
            raise Http404
        try:
            actions.keep(pledge, on=timezone.localdate(), by=request.user)
        except StepNotOpen:
            messages.info(request, _("这一条已经登记过了。"))
        else:
            messages.success(request, _("已登记兑现：%s") % pledge.text)
        return redirect("pledges:mine")
