"""Quizzes as the office sees them: drawn up, published, with who took them and how (测验)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from congress.procedure.telling import history
from deputies.roll.models import Deputy, Mandate
from deputies.training import reports
from deputies.training.actions import quizzes
from deputies.training.forms.common import plain
from deputies.training.forms.quizzes import QuizForm
from deputies.training.models import Attempt, Quiz
from deputies.training.people import seats_reached
from deputies.training.views.common import Keeping, Staff, Stepping, export_noted
from deputies.training.workflow import QUIZ

VIEWS = {
    "all": gettext_lazy("全部"),
    "passed": gettext_lazy("及格"),
    "failed": gettext_lazy("不及格"),
    "missing": gettext_lazy("没有交卷"),
}


@dataclass
class Result:
    """What one deputy reached in a quiz: his best paper, and how often he tried."""

    seat: Mandate
    tries: int = 0
    best: Attempt | None = None

    @property
    def standing(self):
        return "missing" if self.best is None else "passed" if self.best.is_passed else "failed"


def results_of(quiz):
    """Everybody of the audience and whoever took part: best first, then those who handed in nothing."""
    asked = (
        {seat for seat, _account in seats_reached(quiz)}
        if quiz.state in (Quiz.State.OPEN, Quiz.State.CLOSED)
        else set()
    )
    attempts = list(quiz.attempts.order_by("-points", "seconds", "number").defer("paper", "answers"))
    wanted = asked | {each.mandate_id for each in attempts}
    seats = Mandate.objects.filter(pk__in=wanted).select_related("deputy", "delegation")
    found = {seat.pk: Result(seat) for seat in seats.defer(*Deputy.personal())}
    for attempt in attempts:
        result = found[attempt.mandate_id]
        result.tries += 1
        if attempt.handed_in_at and result.best is None:
            result.best = attempt
    return sorted(found.values(), key=_order)


def _order(result):
    best = result.best
    return (best is None, -best.points if best else 0, best.seconds if best else 0, result.seat.deputy.strokes)


class QuizzesView(Staff, TemplateView):
    """The quizzes of a congress."""

    template_name = "deputies/training/quizzes.html"
    door = "quizzes"

    def get_context_data(self, **kwargs):
        took = Count("attempts__mandate", filter=Q(attempts__handed_in_at__isnull=False), distinct=True)
        passed = Count("attempts__mandate", filter=Q(attempts__is_passed=True), distinct=True)
        rows = Quiz.objects.filter(congress=self.congress).annotate(took=took, passed=passed).select_related("contest")
        return super().get_context_data(
            page_obj=page_of(rows.order_by("-opens_at", "-id"), self.request.GET.get("page")),
            now=timezone.now(),
            **kwargs,
        )


class OfQuiz(Staff):
    """One quiz of a congress whose training the reader reads of."""

    door = "quizzes"

    @cached_property
    def quiz(self):
        rows = Quiz.objects.visible_to(self.request.user).select_related("congress").prefetch_related("groups")
        return rows.filter(pk=self.kwargs["pk"]).first()

    @cached_property
    def congress(self):
        """That of the thing itself; what somebody sees who does not read of its congress has no page here."""
        if self.quiz is None or self.quiz.congress not in self.congresses:
            raise Http404
        return self.quiz.congress


class QuizView(OfQuiz, TemplateView):
    """One quiz: how it stands, who took it with what result, which questions went wrong."""

    template_name = "deputies/training/quiz.html"

    def get_context_data(self, **kwargs):
        quiz, results = self.quiz, results_of(self.quiz)
        counts = {code: sum(each.standing == code for each in results) for code in VIEWS} | {"all": len(results)}
        asked = self.request.GET.get("view")
        view = asked if asked in VIEWS else "all"
        shown = [each for each in results if view in ("all", each.standing)]
        took = counts["passed"] + counts["failed"]
        return super().get_context_data(
            quiz=quiz,
            contest=getattr(quiz, "contest", None),
            steps=QUIZ.open_steps(quiz, self.request.user),
            available=quizzes.bank_of(quiz).count(),
            tabs=[(code, label, counts[code]) for code, label in VIEWS.items()],
            view=view,
            counts=counts,
            took=took,
            rate=f"{counts['passed'] * 100 / took:.1f}" if took else "",
            page_obj=page_of(shown, self.request.GET.get("page")),
            history=history(quiz),
            **kwargs,
        )


class QuizExportView(OfQuiz, View):
    """The results as a workbook."""

    def post(self, request, pk, **kwargs):
        rows = [reports.result_row(each) for each in results_of(self.quiz)]
        title = _("“%s”成绩") % self.quiz.title
        note = export_noted(request, self.congress, title, len(rows))
        return sheet_response(title, reports.RESULTS, rows, note_for(request, len(rows)), note, name=_("测验成绩"))


class QuizFormView(Keeping):
    """Write a quiz."""

    form_class = QuizForm
    model = Quiz
    door = "quizzes"

    def get_initial(self):
        """A new one opens tomorrow morning for a fortnight."""
        if "pk" in self.kwargs:
            return {}
        morning = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return {"opens_at": morning, "closes_at": morning + timedelta(days=14, hours=9)}

    def keep(self, form):
        quiz = form.instance
        if quiz.pk is None:
            quiz.created_by = self.request.user
        return quizzes.keep_quiz(quiz, groups=form.cleaned_data["groups"], **self.doing())


class QuizStepView(Stepping):
    """Publish a quiz, end it, give it up."""

    procedure = QUIZ
    queryset = Quiz.objects.select_related("congress")
    forms_by_step = {"open": plain(quizzes.publish), "close": plain(quizzes.close), "drop": plain(quizzes.drop)}
    notes = {
        "open": gettext_lazy("发布后通知测验对象，题数、及格分和时间不能再改。"),
        "close": gettext_lazy("提前结束后，没有交的卷子不计分。到截止时间系统会自动结束。"),
        "drop": gettext_lazy("还没有发布的测验撤销后不再显示给任何代表。"),
    }
