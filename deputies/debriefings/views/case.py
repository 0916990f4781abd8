"""One debriefing and its reports: plan, steps, hand in, count, read (述职)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, TemplateView, View

from congress.kit.downloads import document
from congress.kit.numbers import row_numbers
from congress.organs.models import Congress
from congress.procedure.models import Entry
from congress.procedure.panels import panels_for
from congress.procedure.views import StepView, add_errors
from congress.procedure.workflow import says
from congress.rulebook.book import rules_for
from deputies.debriefings import actions
from deputies.debriefings.figures import result_of
from deputies.debriefings.forms import (
    ArrangeForm,
    CancelForm,
    CorrectForm,
    EvaluateForm,
    HoldForm,
    PublishForm,
    ReportForm,
    TallyForm,
)
from deputies.debriefings.models import Debriefing, Statement
from deputies.debriefings.papers import evaluation_slip
from deputies.debriefings.wordings import usual_arrangement
from deputies.debriefings.workflow import DEBRIEFING
from deputies.roll.importing import current_term
from deputies.roll.models import Deputy, Mandate
from deputies.roll.seats import seats_of

S = Debriefing.State
OF_ONE = ("debriefing.report", "debriefing.tally")  # told on the page of that report, not on the whole's


class DebriefingView(DetailView):
    """Who reports, what the voters gave, what is to be done next."""

    template_name = "deputies/debriefings/detail.html"
    context_object_name = "debriefing"

    def get_queryset(self):
        rows = Debriefing.objects.visible_to(self.request.user)
        return rows.select_related("congress", "term", "constituency", "group", "activity")

    def get_context_data(self, **kwargs):
        debriefing, user = self.object, self.request.user
        may_keep = user.has_perm("debriefings.keep", debriefing)
        reads_all = may_keep or debriefing.state == S.PUBLISHED
        fails_above = rules_for(debriefing.congress, on=timezone.localdate()).count("debriefing_fails_above")
        statements = list(
            debriefing.statements.select_related("mandate__deputy", "mandate__delegation", "file").prefetch_related(
                "tallies"
            )
        )
        own = seats_of(user)
        visible = set(Statement.objects.visible_to(user).filter(debriefing=debriefing).values_list("pk", flat=True))
        for each in statements:
            each.debriefing = debriefing
            shown = reads_all or (each.pk in visible and each.mandate_id not in own)
            each.result = result_of(each, fails_above=fails_above) if shown else None
            each.is_open = each.pk in visible
            each.is_mine = each.mandate_id in own
        is_counted = all(each.valid is not None for each in statements if not each.is_missed)
        entries = Entry.objects.of(debriefing).exclude(verb__in=OF_ONE).select_related("by").order_by("-seq")
        return super().get_context_data(
            statements=statements,
            may_keep=may_keep,
            steps=[step for step in DEBRIEFING.open_steps(debriefing, user) if is_counted or step.name != "evaluate"],
            counts_open=may_keep and debriefing.state == S.HELD,
            slip_is_wanted=may_keep and debriefing.state in (S.PLANNED, S.HELD),
            shows_slips=debriefing.state in Debriefing.DONE,
            stages=[(state, state.label) for state in (S.PLANNED, S.HELD, S.EVALUATED, S.PUBLISHED)],
            failed=may_keep and any(each.result and each.result.has_failed for each in statements),
            timeline=[{"on": each.on, "by": each.by.name, "says": says(each.verb) % each.facts} for each in entries]
            if may_keep
            else [],
            **kwargs,
        )


class ArrangeView(FormView):
    """Plan a debriefing, or change the plan."""

    template_name = "deputies/debriefings/arrange.html"
    form_class = ArrangeForm

    @cached_property
    def debriefing(self):
        if "pk" in self.kwargs:
            rows = Debriefing.objects.visible_to(self.request.user).select_related("congress")
            if self.request.method != "POST":  # a page that was open when it was held is told so
                rows = rows.filter(state=S.PLANNED)
            found = get_object_or_404(rows, pk=self.kwargs["pk"])
        else:
            congress = get_object_or_404(Congress, code=self.kwargs["code"])
            today = timezone.localdate()
            term = current_term(congress, on=today)
            if term is None:
                raise Http404
            wording = rules_for(congress, on=today).choice("debriefing_wording")
            usual = usual_arrangement(is_direct=congress.level in (Congress.Level.COUNTY, Congress.Level.TOWNSHIP))
            found = Debriefing(
                congress=congress, term=term, wording=wording, arrangement=usual, created_by=self.request.user
            )
        if not self.request.user.has_perm("debriefings.keep", found):
            raise Http404
        return found

    def among(self):
        """Deputies of the congress, and those of its townships, who may report together (A04)."""
        congress, today = self.debriefing.congress, timezone.localdate()
        below = Congress.objects.filter(parent=congress, level=Congress.Level.TOWNSHIP).values("pk")
        rows = Mandate.objects.active().filter(term__starts_on__lte=today)
        rows = rows.filter(congress=congress) | rows.filter(congress__in=below)
        ever = Statement.objects.done().filter(mandate=OuterRef("pk"))
        return (
            rows.annotate(has_reported=Exists(ever))
            .select_related("deputy", "delegation", "congress")
            .defer(*Deputy.personal())
            .order_by("congress__level", "congress__position", "delegation__position", "deputy__strokes", "pk")
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.debriefing, "among": self.among()}

    def form_valid(self, form):
        try:
            debriefing = actions.arrange(
                form.save(commit=False),
                form.cleaned_data["deputies"],
                on=timezone.localdate(),
                by=self.request.user,
                version=form.cleaned_data.get("version"),
            )
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已安排，述职代表会收到通知。"))
        return redirect(debriefing)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        if form.is_bound:
            chosen = set(row_numbers(form.data.getlist("deputies")))
        elif self.debriefing.pk:
            chosen = set(self.debriefing.statements.values_list("mandate", flat=True))
        else:
            chosen = set()
        groups = {}
        for seat in form.fields["deputies"].queryset:
            own = seat.congress_id == self.debriefing.congress_id
            name = f"{seat.delegation or _('未编团')}" if own else f"{seat.congress}"
            groups.setdefault(name, []).append((seat, seat.pk in chosen))
        named = [(name, rows, sum(ticked for _seat, ticked in rows)) for name, rows in groups.items()]
        return context | {"debriefing": self.debriefing, "groups": named}


class SlipView(View):
    """The slip for the voters, to be printed (测评票)."""

    def get(self, request, pk):
        rows = Debriefing.objects.visible_to(request.user).select_related("congress")
        debriefing = get_object_or_404(rows, pk=pk)
        if not request.user.has_perm("debriefings.keep", debriefing):
            raise Http404
        content = evaluation_slip(debriefing, debriefing.statements.reporting().select_related("mandate__deputy"))
        return document(content, _("测评票_%s") % debriefing.title)


class DebriefingStepView(StepView):
    procedure = DEBRIEFING
    queryset = Debriefing.objects
    forms_by_step = {
        "hold": HoldForm, "evaluate": EvaluateForm, "correct": CorrectForm, "publish": PublishForm,
        "cancel": CancelForm,
    }  # fmt: skip


class OfStatement:
    """A page of one report."""

    @cached_property
    def statement(self):
        rows = Statement.objects.visible_to(self.request.user)
        return get_object_or_404(
            rows.select_related("debriefing__congress", "mandate__deputy", "file").prefetch_related("tallies"),
            pk=self.kwargs["pk"],
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(statement=self.statement, debriefing=self.statement.debriefing, **kwargs)


class StatementView(OfStatement, TemplateView):
    """One report, what the voters gave it, and what other rooms know of this deputy."""

    template_name = "deputies/debriefings/statement.html"

    def get_context_data(self, **kwargs):
        statement, user = self.statement, self.request.user
        debriefing = statement.debriefing
        fails_above = rules_for(debriefing.congress, on=timezone.localdate()).count("debriefing_fails_above")
        is_told = debriefing.state == S.PUBLISHED or user.has_perm("debriefings.keep", debriefing)
        is_closed = debriefing.state in (S.PUBLISHED, S.CANCELLED) or statement.is_missed
        return super().get_context_data(
            result=result_of(statement, fails_above=fails_above) if is_told else None,
            may_keep=user.has_perm("debriefings.keep", debriefing),
            may_hand_in=not is_closed and user.has_perm("debriefings.hand_in", statement),
            panels=panels_for("debriefings.statement", statement, reader=user),
            **kwargs,
        )


class ReportView(OfStatement, FormView):
    """Hand the report in, on the phone or for a deputy on paper."""

    template_name = "deputies/debriefings/report.html"
    form_class = ReportForm

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("debriefings.hand_in", self.statement):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def kept(self):
        """What he handed in for a debriefing at which he did not report, while he has written nothing for this one."""
        if self.statement.is_handed_in:
            return None
        rows = Statement.objects.kept_of(self.statement.mandate_id).select_related("debriefing", "file")
        return rows.first()

    def get_initial(self):
        return {"text": self.kept.text if self.kept else self.statement.text}

    def get_context_data(self, **kwargs):
        return super().get_context_data(kept=self.kept, **kwargs)

    def form_valid(self, form):
        try:
            actions.hand_in(
                self.statement,
                text=form.cleaned_data["text"],
                upload=form.cleaned_data["upload"],
                on=timezone.localdate(),
                by=self.request.user,
            )
        except ValidationError as refused:
            add_errors(form, refused if hasattr(refused, "error_dict") else ValidationError({"upload": refused}))
            return self.form_invalid(form)
        messages.success(self.request, _("述职报告已提交。"))
        return redirect(self.statement)


class TallyView(OfStatement, FormView):
    """Put the slips on one deputy down."""

    template_name = "deputies/debriefings/tally.html"
    form_class = TallyForm

    def dispatch(self, request, *args, **kwargs):
        debriefing = self.statement.debriefing
        if not request.user.has_perm("debriefings.keep", debriefing) or debriefing.state != S.HELD:
            raise Http404
        if self.statement.is_missed:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"statement": self.statement}

    def form_valid(self, form):
        try:
            actions.tally(self.statement, on=timezone.localdate(), by=self.request.user, **form.counted())
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已登记%s代表的测评票。") % self.statement.mandate)
        return redirect(self.statement.debriefing)


class MineView(TemplateView):
    """A deputy's own debriefings: what is ahead, what he handed in, what the voters gave."""

    template_name = "deputies/debriefings/mine.html"

    def dispatch(self, request, *args, **kwargs):
        if not seats_of(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        rows = Statement.objects.filter(mandate__in=seats_of(self.request.user))
        rows = rows.select_related("debriefing", "mandate__deputy", "file").prefetch_related("tallies")
        rows = list(rows.exclude(debriefing__state=S.CANCELLED).order_by("-debriefing__planned_on", "-pk"))
        for each in rows:
            if each.debriefing.state == S.PUBLISHED and not each.is_missed:
                each.lines = result_of(each, fails_above=100).lines
        ahead = [each for each in rows if each.debriefing.state == S.PLANNED]
        past = [each for each in rows if each.debriefing.state != S.PLANNED]
        given = sum(not each.is_missed and each.debriefing.state in Debriefing.DONE for each in past)
        return super().get_context_data(ahead=ahead, past=past, given=given, **kwargs)
