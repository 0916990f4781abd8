"""Contests: the written stage, the finalists, the live results, both rankings (竞赛、评比)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from congress.procedure.telling import history
from congress.procedure.views import add_errors
from deputies.training import ranking, reports
from deputies.training.actions import contests
from deputies.training.forms.common import plain
from deputies.training.forms.contests import ContestForm, ResultsForm, WorkForm
from deputies.training.models import Contest
from deputies.training.views.common import Keeping, Staff, Stepping, export_noted
from deputies.training.workflow import CONTEST


class ContestsView(Staff, TemplateView):
    """The contests of a congress."""

    template_name = "deputies/training/contests.html"
    door = "contests"

    def get_context_data(self, **kwargs):
        rows = Contest.objects.filter(congress=self.congress).select_related("quiz").order_by("-id")
        return super().get_context_data(page_obj=page_of(rows, self.request.GET.get("page")), **kwargs)


class OfContest(Staff):
    """One contest of a congress whose training the reader reads of."""

    door = "contests"

    @cached_property
    def contest(self):
        rows = Contest.objects.visible_to(self.request.user).select_related("congress", "quiz")
        return rows.filter(pk=self.kwargs["pk"]).first()

    @cached_property
    def congress(self):
        """That of the thing itself; what somebody sees who does not read of its congress has no page here."""
        if self.contest is None or self.contest.congress not in self.congresses:
            raise Http404
        return self.contest.congress

    def entrants(self):
        return self.contest.entrants.select_related("mandate__deputy", "mandate__delegation")


class ContestView(OfContest, TemplateView):
    """One contest: its stage, the entrants by rank, the teams by average."""

    template_name = "deputies/training/contest.html"

    def get_context_data(self, **kwargs):
        contest, entrants = self.contest, list(self.entrants())
        teams = ranking.teams([contests.result_of(each) for each in entrants], minimum=contest.team_minimum)
        return super().get_context_data(
            contest=contest,
            is_papers=contest.kind == Contest.Kind.PAPERS,
            steps=[step for step in CONTEST.open_steps(contest, self.request.user) if self.offers(step)],
            page_obj=page_of(entrants, self.request.GET.get("page")),
            finalists=sum(each.is_finalist for each in entrants),
            entered=len(entrants),
            teams=teams,
            work_form=WorkForm(congress=contest.congress) if self.takes_works() else None,
            history=history(contest),
            **kwargs,
        )

    def takes_works(self):
        contest = self.contest
        return (
            contest.kind == Contest.Kind.PAPERS
            and contest.state == Contest.State.LIVE
            and self.request.user.has_perm("training.keep", contest)
        )

    def offers(self, step):
        quiz = self.contest.quiz
        return step.name != "select" or (quiz is not None and quiz.state == quiz.State.CLOSED)


class WorkView(FormView):
    """Put down one paper of a paper contest."""

    form_class = WorkForm
    template_name = "deputies/training/work.html"

    @cached_property
    def contest(self):
        found = get_object_or_404(Contest.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        if not self.request.user.has_perm("training.keep", found) or found.kind != Contest.Kind.PAPERS:
            raise Http404
        return found

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"congress": self.contest.congress}

    def form_valid(self, form):
        try:
            contests.add_work(self.contest, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已登记作品。"))
        return redirect(self.contest)

    def get_context_data(self, **kwargs):
        return super().get_context_data(contest=self.contest, **kwargs)


class ContestExportView(OfContest, View):
    """The ranking as a workbook."""

    def post(self, request, pk, **kwargs):
        rows = [reports.place_row(each) for each in self.entrants()]
        title = _("“%s”成绩") % self.contest.title
        note = export_noted(request, self.congress, title, len(rows))
        return sheet_response(title, reports.PLACES, rows, note_for(request, len(rows)), note, name=_("竞赛成绩"))


class ContestFormView(Keeping):
    """Write a contest."""

    form_class = ContestForm
    model = Contest
    door = "contests"

    def keep(self, form):
        contest = form.instance
        if contest.pk is None:
            contest.created_by = self.request.user
        return contests.keep_contest(contest, **self.doing())


class ContestStepView(Stepping):
    """Name the finalists, enter results, announce the places, give it up."""

    procedure = CONTEST
    queryset = Contest.objects.select_related("congress", "quiz")
    forms_by_step = {
        "select": plain(contests.select),
        "enter": ResultsForm,
        "settle": plain(contests.settle),
        "drop": plain(contests.drop),
    }
    notes = {
        "select": gettext_lazy(
            "按每人最好的一次笔试成绩取前几名：先比得分，再比用时；和最后一名得分、用时都相同的一并入围。"
        ),
        "settle": gettext_lazy("公布后名次不能再改：参赛和获奖自动记入代表履职档案，参赛代表收到通知。"),
    }

    def get_template_names(self):
        return ["deputies/training/results.html" if self.step.name == "enter" else self.template_name]
