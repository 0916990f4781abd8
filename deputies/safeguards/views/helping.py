"""A deputy asks for help on his phone; the office answers from its list (履职求助)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from congress.deadlines import actions as clocks
from congress.kit.dates import said_short
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.procedure import once
from congress.procedure.telling import history
from congress.procedure.views import StepView, add_errors
from congress.rulebook.book import rules_for
from congress.rulebook.codes import code_of
from congress.rulebook.explanation import in_words
from deputies.roll.models import Deputy, Mandate
from deputies.roll.seats import active_seats_of, seats_of
from deputies.safeguards.actions.helping import RULE, holder_of
from deputies.safeguards.forms import AnswerForm, AskAgainForm, AskForm, PassUpForm, WithdrawForm
from deputies.safeguards.models import Confidant, HelpRequest
from deputies.safeguards.workflow import HELP

S = HelpRequest.State
SHOWN = 50  # of his own on the phone


def tabs_on(day):
    """The views of the office's list, and what each holds on a day."""
    late = Q(state=S.OPEN, due_on__lt=day)
    return {
        "open": (gettext_lazy("待答复"), Q(state=S.OPEN)),
        "late": (gettext_lazy("超期"), late),
        "answered": (gettext_lazy("已答复"), Q(state=S.ANSWERED)),
        "withdrawn": (gettext_lazy("已撤回"), Q(state=S.WITHDRAWN)),
        "all": (gettext_lazy("全部"), Q()),
    }


class HelpList(TemplateView):
    """What deputies asked, and which of them still wait; for the office and the leaders."""

    template_name = "deputies/safeguards/list.html"

    def dispatch(self, request, *args, **kwargs):
        if not hats_of(request.user).watches:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def asked(self):
        """The requests that the address asks for: all that he reads, or his own desk; of one kind."""
        rows = HelpRequest.objects.visible_to(self.request.user)
        if self.request.GET.get("mine"):
            rows = rows.at_hand(self.request.user)
        kind = self.request.GET.get("kind")
        return rows.filter(kind=kind) if kind in HelpRequest.Kind.values else rows

    def get_context_data(self, **kwargs):
        today, asked = timezone.localdate(), self.asked()
        tabs = tabs_on(today)
        tab = self.request.GET.get("view")
        tab = tab if tab in tabs else "open"
        counts = asked.aggregate(
            in_time=Count("pk", filter=Q(answered_on__year=today.year, pk__in=HelpRequest.objects.in_time())),
            this_year=Count("pk", filter=Q(state=S.ANSWERED, answered_on__year=today.year)),
            **{code: Count("pk", filter=which) for code, (_label, which) in tabs.items()},
        )
        rows = asked.filter(tabs[tab][1]).select_related("holder", "mandate__deputy", "mandate__delegation")
        rows = rows.order_by("due_on", "pk") if tab in ("open", "late") else rows.order_by("-asked_on", "-pk")
        page = page_of(rows.defer(*Deputy.personal("mandate__deputy")), self.request.GET.get("page"), count=counts[tab])
        for each in page:
            each.late = each.is_late(on=today)
        return super().get_context_data(
            page_obj=page,
            tabs=[(code, label, counts[code]) for code, (label, _which) in tabs.items()],
            tab=tab,
            counts=counts,
            year=today.year,
            kinds=HelpRequest.Kind.choices,
            kind=self.request.GET.get("kind", ""),
            mine=bool(self.request.GET.get("mine")),
            leads=bool(hats_of(self.request.user).leads),
            is_entrusted=Confidant.objects.of(self.request.user).exists(),
            **kwargs,
        )


class HelpView(TemplateView):
    """One request: what hinders him, whose turn it is until when, and what he was told."""

    template_name = "deputies/safeguards/help.html"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        rows = HelpRequest.objects.visible_to(user).select_related(
            "congress", "holder__parent__as_congress", "mandate__deputy", "mandate__delegation"
        )
        found = get_object_or_404(rows.defer(*Deputy.personal("mandate__deputy")), pk=self.kwargs["pk"])
        return super().get_context_data(
            help=found,
            late=found.is_late(on=today),
            clock=clocks.running(RULE, found),
            steps=HELP.open_steps(found, user),
            history=history(found),
            is_own=found.mandate_id in seats_of(user),
            **kwargs,
        )


class HelpStepView(StepView):
    procedure = HELP
    queryset = HelpRequest.objects.select_related("congress", "holder", "mandate__deputy", "mandate__delegation")
    template_name = "deputies/safeguards/step.html"
    forms_by_step = {
        "answer": AnswerForm,
        "pass_up": PassUpForm,
        "ask_again": AskAgainForm,
        "withdraw": WithdrawForm,
    }


class OfDeputy:
    """A page of whoever holds a seat."""

    def dispatch(self, request, *args, **kwargs):
        if not seats_of(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def seats(self):
        """Those with which he may act, the highest first."""
        rows = Mandate.objects.filter(pk__in=active_seats_of(self.request.user))
        rows = rows.select_related("congress", "deputy", "delegation__township")
        return rows.order_by("congress__level", "-term__starts_on", "pk")


class MineView(OfDeputy, TemplateView):
    """What he asked and what he was told (phone)."""

    template_name = "deputies/safeguards/mine.html"

    def get_context_data(self, **kwargs):
        rows = HelpRequest.objects.filter(mandate__in=seats_of(self.request.user)).select_related("holder")
        rows = list(rows[:SHOWN])
        return super().get_context_data(
            waiting=[each for each in rows if each.state == S.OPEN],
            past=[each for each in rows if each.state != S.OPEN],
            may_act=bool(active_seats_of(self.request.user)),
            **kwargs,
        )


class AskView(OfDeputy, FormView):
    """Ask, in two taps and a sentence; sent twice it is one request."""

    template_name = "deputies/safeguards/ask.html"
    form_class = AskForm

    def dispatch(self, request, *args, **kwargs):
        if not active_seats_of(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"kind": self.request.GET.get("kind", "")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"seats": self.seats}

    def form_valid(self, form):
        try:
            with once.making("help", form.cleaned_data["request_key"], by=self.request.user) as sent:
                if sent.made is None:
                    sent.made = form.carry_out(on=timezone.localdate(), by=self.request.user).pk
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        asked = get_object_or_404(HelpRequest.objects.visible_to(self.request.user), pk=sent.made)
        words = {"organ": asked.holder, "day": said_short(asked.due_on)}
        messages.success(self.request, _("已送到%(organ)s，%(day)s前答复您。") % words)
        return redirect("safeguards:mine")

    def get_context_data(self, **kwargs):
        today, seat = timezone.localdate(), self.seats[0]
        period = in_words(rules_for(seat.congress, on=today).period(RULE), code_of(RULE))
        return super().get_context_data(holder=holder_of(seat, on=today), period=period, **kwargs)
