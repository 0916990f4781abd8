"""Questions, quizzes, and the papers that deputies hand in (命题、答卷)."""

import random

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from congress.procedure import journal
from deputies.training import scoring
from deputies.training.actions.keeping import keep_words
from deputies.training.models import Attempt, Question, Quiz
from deputies.training.people import seats_reached
from deputies.training.workflow import QUIZ


class NotNow(ValidationError):
    """The quiz cannot be taken at this moment; says why."""


@transaction.atomic
def keep_question(question, *, on, by):
    """Write one question into the bank (试题)."""
    check_question(kind=question.kind, choices=question.choices, answer=question.answer)
    question.save()
    journal.record(question, "question.write", by=by, on=on, facts={"who": by.name})
    return question


def check_question(*, kind, choices, answer):
    """Refuse a question that nobody can answer rightly; the errors stand beside the fields."""
    if len(choices) < 2:
        raise ValidationError({"choices": _("至少写两个选项。")})
    if len(set(choices)) < len(choices):
        raise ValidationError({"choices": _("有两个选项一样。")})
    if not answer:
        raise ValidationError({"answer": _("请标出正确答案。")})
    if any(not 0 <= place < len(choices) for place in answer):
        raise ValidationError({"answer": _("答案里有选项中没有的字母。")})
    if kind != Question.Kind.MULTIPLE and len(answer) > 1:
        raise ValidationError({"answer": _("单选题、判断题只能有一个正确答案。")})
    if kind == Question.Kind.MULTIPLE and len(answer) < 2:
        raise ValidationError({"answer": _("多选题至少有两个正确答案。")})


def bank_of(quiz):
    """The questions from which a quiz draws: those in use, of its topic where it names one."""
    bank = Question.objects.in_use().filter(congress=quiz.congress)
    return bank.filter(topic=quiz.topic) if quiz.topic else bank


@transaction.atomic
def keep_quiz(quiz, *, groups=(), on, by):
    """Write a quiz; one that was published is not changed any more (编写)."""
    keep_words(quiz, states={Quiz.State.DRAFT}, refusal=_("已经发布的测验不能改。"))
    quiz.groups.set(groups)
    journal.record(quiz, "quiz.write", by=by, on=on, facts={"who": by.name})
    return quiz


def publish(quiz, *, on, by, version):
    """Open a quiz to its audience (发布); the bank must hold as many questions as are drawn."""
    available = bank_of(quiz).count()
    if available < quiz.draws:
        words = {"n": available, "draws": quiz.draws}
        raise ValidationError(_("题库里符合条件的只有 %(n)s 题，不够每人抽 %(draws)s 题。") % words)
    people = seats_reached(quiz)
    if not people:
        raise ValidationError(_("测验对象里一名代表也没有，请改测验对象。"))
    facts = {"who": by.name, "count": len(people)}
    with QUIZ.taking("open", quiz, by=by, on=on, version=version, facts=facts):
        pass


def close(quiz, *, on, by, version=None):
    """End a quiz: what was not handed in stays without a result (结束)."""
    with QUIZ.taking("close", quiz, by=by, on=on, version=version) as taken:
        taken.facts["count"] = quiz.attempts.handed_in().values("mandate").distinct().count()


def drop(quiz, *, on, by, version):
    """Give a quiz up before it was published (撤销)."""
    with QUIZ.taking("drop", quiz, by=by, on=on, version=version, facts={"who": by.name}):
        pass


@transaction.atomic
def begin(quiz, mandate, *, at, by, chance=None):
    """Draw a paper for a deputy (开始作答); one that he began and did not hand in goes on. Raises NotNow."""
    quiz = Quiz.objects.select_for_update().get(pk=quiz.pk)
    if not by.has_perm("training.take", quiz):
        raise PermissionDenied("training.take")
    mine = quiz.attempts.filter(mandate=mandate)
    standing = mine.filter(handed_in_at__isnull=True).first()
    if standing is not None and quiz.takes_papers(at):
        return standing
    if not quiz.is_open(at):
        raise NotNow(_("测验不在答题时间内。"))
    taken = mine.count()
    if taken >= quiz.tries:
        raise NotNow(_("%s 次机会已经用完。") % quiz.tries)
    paper = scoring.draw(bank_of(quiz).order_by("pk"), quiz.draws, chance=chance or random.SystemRandom())
    if not paper:
        raise NotNow(_("题库里没有可以用的题，请联系代表工作机构。"))
    try:
        with transaction.atomic():
            return mine.create(quiz=quiz, mandate=mandate, number=taken + 1, paper=paper, started_at=at)
    except IntegrityError:  # the same button was pressed twice
        return mine.get(handed_in_at__isnull=True)


@transaction.atomic
def hand_in(attempt, *, chosen, at, by):
    """Mark a paper and keep the result (交卷); handed in twice it counts once. Raises NotNow after the end."""
    attempt = (
        Attempt.objects.select_for_update(of=("self",)).select_related("quiz", "mandate__deputy").get(pk=attempt.pk)
    )
    if attempt.mandate.deputy.user_id != by.pk:
        raise PermissionDenied("training.take")
    if attempt.handed_in_at is not None:
        return attempt
    if not attempt.quiz.takes_papers(at):
        raise NotNow(_("测验已经截止，这份答卷没有交上。"))
    answers = scoring.as_given(attempt.paper, chosen)
    marked = scoring.mark(attempt.paper, answers, pass_mark=attempt.quiz.pass_mark)
    attempt.answers, attempt.handed_in_at = answers, at
    attempt.correct, attempt.points, attempt.is_passed = marked.correct, marked.points, marked.is_passed
    attempt.seconds = max(0, int((at - attempt.started_at).total_seconds()))
    attempt.save()
    return attempt


def close_ended(*, at, on, by):
    """End the quizzes whose time is over (到期结束); returns how many."""
    ended = [quiz for quiz in Quiz.objects.published().filter(closes_at__lt=at) if not quiz.takes_papers(at)]
    for quiz in ended:
        close(quiz, on=on, by=by)
    return len(ended)
