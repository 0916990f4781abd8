"""Training on the phone: what to read, what to take, and what he has learned (我的培训)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from congress.kit.numbers import row_number
from deputies.activities.models import Activity
from deputies.roll.seats import active_seats_of, seats_of
from deputies.training import figures
from deputies.training.actions import materials, quizzes
from deputies.training.actions.quizzes import NotNow
from deputies.training.forms.quizzes import PaperForm
from deputies.training.models import Attempt, Contest, Entrant, Quiz, Receipt
from deputies.training.rules import learns
from deputies.training.scoring import is_right
from deputies.training.views.materials import files_of

RECORDS_SHOWN = 20


class Learner:
    """A page for whoever may have something to read or to take."""

    def dispatch(self, request, *args, **kwargs):
        if not learns(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class MineView(Learner, TemplateView):
    """To read, to take, trainings ahead, hours and records of the year."""

    template_name = "deputies/training/mine.html"

    def get_context_data(self, **kwargs):
        user, now = self.request.user, timezone.now()
        seats, today = seats_of(user), timezone.localdate(now)
        copies = list(Receipt.objects.of(user).select_related("material__congress").order_by("-material"))
        briefings = [copy for copy in copies if copy.material.is_briefing]
        papers = [copy for copy in copies if not copy.material.is_briefing]
        records = list(figures.records_of_deputy(seats, figures.Period.of_year(today.year)).select_related("activity"))
        return super().get_context_data(
            to_read=[copy for copy in papers if copy.opened_at is None],
            read=[copy for copy in papers if copy.opened_at is not None][:RECORDS_SHOWN],
            briefings=sorted(briefings, key=lambda copy: copy.opened_at is not None)[:RECORDS_SHOWN],
            unread_briefings=sum(copy.opened_at is None for copy in briefings),
            quizzes=self.quizzes(now),
            ahead=self.ahead(now) if seats else [],
            records=records[:RECORDS_SHOWN],
            hours=sum((record.worth for record in records), 0),
            times=len(records),
            contests=self.contests(seats),
            is_deputy=bool(seats),
            year=today.year,
            today=today,
            **kwargs,
        )

    def quizzes(self, now):
        """Those he may take or has taken, each with what is left of it and his best result."""
        mine = list(Quiz.objects.for_deputy(self.request.user).order_by("closes_at", "pk"))
        taken = {}
        for attempt in Attempt.objects.of(self.request.user).filter(quiz__in=mine).defer("paper", "answers"):
            taken.setdefault(attempt.quiz_id, []).append(attempt)
        for quiz in mine:
            attempts = taken.get(quiz.pk, [])
            results = [each for each in attempts if each.handed_in_at]
            quiz.best = max(results, key=lambda each: (each.points, -each.seconds), default=None)
            quiz.standing = next((each for each in attempts if each.handed_in_at is None), None)
            quiz.left = quiz.tries - len(attempts)
            quiz.may_begin = quiz.is_open(now) and quiz.left > 0 or (quiz.standing and quiz.takes_papers(now))
        return sorted(mine, key=lambda quiz: not quiz.may_begin)

    def ahead(self, now):
        """Trainings to which he is called."""
        called = Activity.objects.visible_to(self.request.user).ahead(at=now).filter(kind__in=figures.TAUGHT)
        return called.filter(invitations__mandate__in=seats_of(self.request.user)).order_by("starts_at")

    def contests(self, seats):
        rows = Entrant.objects.filter(mandate__in=seats, contest__state=Contest.State.SETTLED)
        return rows.select_related("contest").order_by("-contest")[:5]


class ReadView(Learner, TemplateView):
    """One paper to read; opening it is noted once."""

    template_name = "deputies/training/read.html"

    def get_context_data(self, **kwargs):
        mine = Receipt.objects.of(self.request.user).select_related("material__congress", "mandate")
        copies = list(mine.filter(material=self.kwargs["pk"]))
        if not copies:
            raise Http404
        for copy in copies:
            materials.open_copy(copy, at=timezone.now())
        material = copies[0].material
        return super().get_context_data(material=material, files=files_of(material), **kwargs)


class TakeView(Learner, FormView):
    """Take a quiz: what it is about, then one paper, handed in at once."""

    form_class = PaperForm
    template_name = "deputies/training/take.html"

    @cached_property
    def quiz(self):
        return get_object_or_404(Quiz.objects.for_deputy(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def attempt(self):
        """The paper that lies open, if there is one."""
        return Attempt.objects.of(self.request.user).filter(quiz=self.quiz, handed_in_at__isnull=True).first()

    @cached_property
    def taken(self):
        return list(Attempt.objects.of(self.request.user).filter(quiz=self.quiz).order_by("number"))

    def seat(self):
        """The seat for which he takes it: the one in the quiz's congress before another."""
        seat = self.quiz.seats().filter(pk__in=active_seats_of(self.request.user)).first()
        if seat is None:
            raise Http404
        return seat

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"paper": self.attempt.paper if self.attempt else []}

    def post(self, request, *args, **kwargs):
        if "begin" in request.POST:
            return self.begin()
        if self.attempt is None:  # handed in already, by a button pressed twice
            return redirect(self.taken[-1] if self.taken else request.path)
        if row_number(request.POST.get("paper")) != self.attempt.pk:  # answers are places on the paper that was shown
            messages.info(request, _("这份答卷已经交过了，下面是现在的答卷。"))
            return redirect(request.path)
        return super().post(request, *args, **kwargs)

    def begin(self):
        try:
            quizzes.begin(self.quiz, self.seat(), at=timezone.now(), by=self.request.user)
        except NotNow as refused:
            messages.error(self.request, " ".join(refused.messages))
        return redirect(reverse("training:take", args=[self.quiz.pk]))

    def form_valid(self, form):
        left_out = form.unanswered()
        if left_out and not form.cleaned_data["anyway"]:
            return self.render_to_response(self.get_context_data(form=form, left_out=left_out))
        try:
            attempt = quizzes.hand_in(self.attempt, chosen=form.chosen(), at=timezone.now(), by=self.request.user)
        except NotNow as refused:
            messages.error(self.request, " ".join(refused.messages))
            return redirect(reverse("training:mine"))
        return redirect(attempt)

    def get_context_data(self, **kwargs):
        now, quiz = timezone.now(), self.quiz
        writing = self.attempt is not None and quiz.takes_papers(now)
        return super().get_context_data(
            quiz=quiz,
            attempt=self.attempt if writing else None,
            taken=[each for each in self.taken if each.handed_in_at],
            left=quiz.tries - len(self.taken),
            is_open=quiz.is_open(now),
            is_early=now < quiz.opens_at,
            **kwargs,
        )


class PaperView(Learner, TemplateView):
    """One paper that was handed in: the result, and the right answers where they may be read."""

    template_name = "deputies/training/paper.html"

    def get_context_data(self, **kwargs):
        rows = Attempt.objects.visible_to(self.request.user).handed_in()
        attempt = get_object_or_404(rows.select_related("quiz", "mandate__deputy"), pk=self.kwargs["pk"])
        is_own = attempt.mandate_id in seats_of(self.request.user)
        shows = not is_own or attempt.quiz.shows_answers(timezone.now())
        return super().get_context_data(
            attempt=attempt,
            quiz=attempt.quiz,
            is_own=is_own,
            shows_answers=shows,
            questions=[_looked_at(*pair) for pair in zip(attempt.paper, attempt.answers, strict=True)] if shows else [],
            may_again=is_own and attempt.quiz.is_open(timezone.now()) and self.left(attempt) > 0,
            left=self.left(attempt),
            **kwargs,
        )

    @staticmethod
    def left(attempt):
        return attempt.quiz.tries - Attempt.objects.filter(quiz=attempt.quiz, mandate=attempt.mandate_id).count()


def _looked_at(asked, given):
    """One question with what was given and what was right."""
    choices = [
        {"text": text, "is_given": place in given, "is_right": place in asked["answer"]}
        for place, text in enumerate(asked["choices"])
    ]
    said = _("没有作答") if not given else ""
    return {**asked, "choices": choices, "is_right": is_right(asked, given), "said": said}
