"""Taking a quiz: drawn once, marked once, within its tries and its time."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.accounts.models import User
from congress.notices.letters import letters_for
from congress.procedure.models import Entry
from deputies.training.actions import quizzes
from deputies.training.actions.quizzes import NotNow
from deputies.training.models import Attempt, Question, Quiz
from deputies.training.models.quizzes import GRACE
from tests.factories.training import QuestionFactory, QuizFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 12)
AT = datetime(2026, 3, 12, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def quiz(county, seat, clerk):
    QuestionFactory.create_batch(5, congress=county)
    quiz = QuizFactory(congress=county, tries=2)
    quizzes.publish(quiz, on=date(2026, 3, 1), by=clerk, version=0)
    return quiz


@pytest.fixture
def begin(seat, deputy_user):
    return lambda quiz, at=AT: quizzes.begin(quiz, seat, at=at, by=deputy_user, chance=random.Random(7))


@pytest.fixture
def hand_in(deputy_user):
    """hand_in(attempt, right=n) → the first n questions answered rightly, the others wrongly."""

    def of(attempt, *, right=2, at=AT + MINUTE, by=None):
        chosen = {number: [0 if number < right else 1] for number in range(len(attempt.paper))}
        return quizzes.hand_in(attempt, chosen=chosen, at=at, by=by or deputy_user)

    return of


def test_a_paper_is_marked_when_it_is_handed_in(quiz, begin, hand_in):
    attempt = hand_in(begin(quiz), right=1)
    assert (attempt.correct, attempt.points, attempt.is_passed, attempt.seconds) == (1, 50, False, 60)


def test_a_paper_that_was_begun_goes_on_with_the_same_questions(quiz, begin):
    first = begin(quiz)
    again = begin(quiz, AT + MINUTE)
    assert (again.pk, again.paper) == (first.pk, first.paper)
    assert quiz.attempts.count() == 1


def test_a_paper_handed_in_twice_counts_as_it_was_first(quiz, begin, hand_in):
    attempt = begin(quiz)
    hand_in(attempt, right=2)
    again = hand_in(attempt, right=0, at=AT + 2 * MINUTE)
    assert (again.points, again.seconds) == (100, 60)


def test_after_the_last_try_there_is_none(quiz, begin, hand_in):
    hand_in(begin(quiz))
    hand_in(begin(quiz, AT + MINUTE))
    with pytest.raises(NotNow):
        begin(quiz, AT + 2 * MINUTE)
    assert list(quiz.attempts.values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize("day", [datetime(2026, 2, 28, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)])
def test_before_and_after_its_time_a_quiz_is_not_begun(quiz, begin, day):
    with pytest.raises(NotNow):
        begin(quiz, day)


def test_who_began_in_time_may_hand_in_ten_minutes_late_and_not_later(quiz, begin, hand_in):
    attempt = begin(quiz, quiz.closes_at - MINUTE)
    with pytest.raises(NotNow):
        hand_in(attempt, at=quiz.closes_at + GRACE + MINUTE)
    assert hand_in(attempt, at=quiz.closes_at + GRACE).handed_in_at == quiz.closes_at + GRACE


def test_nobody_hands_in_for_another(quiz, begin, hand_in, clerk):
    with pytest.raises(PermissionDenied):
        hand_in(begin(quiz), by=clerk)


def test_who_does_not_belong_to_the_audience_begins_nothing(quiz, seat, clerk):
    with pytest.raises(PermissionDenied):
        quizzes.begin(quiz, seat, at=AT, by=clerk)
    assert Attempt.objects.count() == 0


def test_a_changed_bank_does_not_change_a_paper_that_was_drawn(quiz, begin, hand_in):
    attempt = begin(quiz)
    Question.objects.update(answer=[3], is_in_use=False)
    assert hand_in(attempt, right=2).points == 100


def test_a_quiz_is_not_published_with_fewer_questions_than_it_draws(county, seat, clerk):
    QuestionFactory(congress=county, topic="预算法")
    QuestionFactory(congress=county, topic="代表法")
    QuestionFactory(congress=county, topic="代表法", is_in_use=False)
    quiz = QuizFactory(congress=county, topic="代表法", draws=2)
    with pytest.raises(ValidationError):
        quizzes.publish(quiz, on=DAY, by=clerk, version=0)


def test_publishing_tells_the_deputies_of_the_audience(quiz, deputy_user):
    entry = Entry.objects.of(quiz).get(verb="quiz.open")
    (letter,) = (each(entry, quiz) for each in letters_for("quiz.open"))
    assert letter.recipients() == [deputy_user]
    title, body = letter.written_to(deputy_user)
    assert quiz.title in title
    assert body == "3月1日 08:00开始，3月31日 18:00截止，可答 2 次，60 分及格。"


def test_a_quiz_whose_time_is_over_is_closed_once(quiz, begin, hand_in):
    hand_in(begin(quiz))
    robot = User.objects.robot()
    late = quiz.closes_at + GRACE + MINUTE
    assert quizzes.close_ended(at=quiz.closes_at + MINUTE, on=date(2026, 3, 31), by=robot) == 0
    assert quizzes.close_ended(at=late, on=date(2026, 3, 31), by=robot) == 1
    assert quizzes.close_ended(at=late, on=date(2026, 3, 31), by=robot) == 0
    quiz.refresh_from_db()
    assert quiz.state == Quiz.State.CLOSED
    assert Entry.objects.of(quiz).get(verb="quiz.close").facts["count"] == 1


def test_the_answers_of_a_contest_stay_closed_until_its_end(county):
    quiz = QuizFactory(congress=county, hides_answers=True, state=Quiz.State.OPEN)
    assert not quiz.shows_answers(AT)
    assert quiz.shows_answers(quiz.closes_at + GRACE + MINUTE)
    quiz.state = Quiz.State.CLOSED
    assert quiz.shows_answers(AT)


@pytest.mark.parametrize(
    ("kind", "choices", "answer"),
    [
        ("single", ["甲"], [0]),
        ("single", ["甲", "甲"], [0]),
        ("single", ["甲", "乙"], []),
        ("single", ["甲", "乙"], [0, 1]),
        ("multiple", ["甲", "乙", "丙"], [1]),
        ("single", ["甲", "乙"], [2]),
    ],
)
def test_a_question_that_nobody_can_answer_rightly_is_refused(kind, choices, answer):
    with pytest.raises(ValidationError):
        quizzes.check_question(kind=kind, choices=choices, answer=answer)
