"""Reports in confidence: the deputy's page, that of the two, and the leader's who names them (保密报告)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from congress.files.models import StoredFile
from congress.kit.paging import page_of
from congress.notices import recipients
from congress.organs.hats import hats_of
from congress.organs.rules import led_by
from congress.organs.views import OfCongress
from congress.procedure import once
from congress.procedure.telling import history
from congress.procedure.views import StepView, add_errors
from congress.rulebook.book import rules_for
from deputies.roll.models import Mandate
from deputies.roll.seats import seats_of
from deputies.safeguards import actions
from deputies.safeguards.forms import ConfidantForm, ReportForm, SettleForm, TakeUpForm, WithdrawReportForm
from deputies.safeguards.models import Confidant, ProtectedReport
from deputies.safeguards.workflow import PROTECTION


@method_decorator(never_cache, name="dispatch")
class ReportView(FormView):
    """Report in confidence, after reading who will read it; where nobody is named, whom to go and see (phone)."""

    template_name = "deputies/safeguards/report.html"
    form_class = ReportForm

    def dispatch(self, request, *args, **kwargs):
        if self.mandate is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def mandate(self):
        """The highest of his seats: one who is suspended may need it most."""
        rows = Mandate.objects.filter(pk__in=seats_of(self.request.user), state__in=Mandate.HELD)
        return rows.select_related("congress").order_by("congress__level", "-term__starts_on", "pk").first()

    @cached_property
    def confidants(self):
        rows = Confidant.objects.filter(congress=self.mandate.congress_id).standing(on=timezone.localdate())
        return list(rows.select_related("user"))

    def form_valid(self, form):
        try:
            with once.making("protected", form.cleaned_data["request_key"], by=self.request.user) as sent:
                if sent.made is None:
                    sent.made = form.carry_out(self.mandate, on=timezone.localdate()).pk
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已送出，只有您和受理人员看得到。"))
        return redirect("safeguards:protected_report", sent.made)

    def get_context_data(self, **kwargs):
        mine = ProtectedReport.objects.filter(mandate__deputy__user=self.request.user.pk)
        return super().get_context_data(
            confidants=self.confidants,
            leaders=[] if self.confidants else recipients.leaders(self.mandate.congress_id),
            congress=self.mandate.congress,
            mine=mine.only("sent_on", "state", "kind"),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class ProtectedList(TemplateView):
    """What was reported to the two: numbers, days and states; what it says and who says it, a logged look tells."""

    template_name = "deputies/safeguards/protected.html"

    def get_context_data(self, **kwargs):
        if not Confidant.objects.of(self.request.user).exists():
            raise Http404
        rows = ProtectedReport.objects.entrusted_to(self.request.user).only("sent_on", "state", "stepped_on")
        return super().get_context_data(page_obj=page_of(rows, self.request.GET.get("page")), **kwargs)


@method_decorator(never_cache, name="dispatch")
class ProtectedView(TemplateView):
    """One report; each look of one of the two is put down before it is shown."""

    template_name = "deputies/safeguards/protected_report.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        rows = ProtectedReport.objects.visible_to(user).select_related("congress", "mandate__deputy")
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        is_own = found.mandate.deputy.user_id == user.pk
        if not is_own:
            actions.note_opened(found, on=timezone.localdate(), by=user)
        return super().get_context_data(
            report=found,
            is_own=is_own,
            steps=PROTECTION.open_steps(found, user),
            papers=StoredFile.objects.filter(case_kind=found._meta.label_lower, case_id=found.pk).order_by("pk"),
            history=history(found),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class ProtectedStepView(StepView):
    """A step shows nothing of the report: looking is done on its page, where it is logged."""

    procedure = PROTECTION
    queryset = ProtectedReport.objects.select_related("mandate__deputy")
    forms_by_step = {"take_up": TakeUpForm, "settle": SettleForm, "withdraw": WithdrawReportForm}


class ConfidantsView(OfCongress, FormView):
    """Who receives reports in confidence; a leader names them and reads nothing of what they receive."""

    template_name = "deputies/safeguards/confidants.html"
    form_class = ConfidantForm
    congresses_of = staticmethod(led_by)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"congress": self.congress, "by": self.request.user, "on": self.today}

    def form_valid(self, form):
        user = form.cleaned_data["user"]
        try:
            actions.name_confidant(self.congress, user, on=self.today, by=self.request.user)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已指定%s，本人会收到通知。") % user.name)
        return redirect(self.request.get_full_path())

    def get_context_data(self, **kwargs):
        named = Confidant.objects.filter(congress=self.congress)
        rows = list(named.select_related("user", "named_by"))
        serving = set(named.standing(on=self.today).values_list("pk", flat=True))
        standing = [each for each in rows if each.pk in serving]
        most = rules_for(self.congress, on=self.today).count("confidants_most")
        return super().get_context_data(
            standing=standing,
            past=[each for each in rows if each.pk not in serving],
            most=most,
            may_name=len(standing) < most,
            **kwargs,
        )


class EndConfidantView(View):
    http_method_names = ["post"]

    def post(self, request, pk):
        named = Confidant.objects.filter(congress__in=hats_of(request.user).leads, until__isnull=True)
        confidant = get_object_or_404(named.select_related("user", "congress"), pk=pk)
        actions.end_confidant(confidant, on=timezone.localdate(), by=request.user)
        messages.success(request, _("已解除，%s不再看得到任何报告。") % confidant.user.name)
        return redirect(f"{reverse('safeguards:confidants')}?congress={confidant.congress.code}")
