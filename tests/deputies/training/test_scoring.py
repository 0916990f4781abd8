"""Marking a paper: right is exactly right, every question weighs the same."""

from decimal import Decimal
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deputies.training import scoring

bounded = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # slow machines too
places = st.integers(min_value=0, max_value=5)


@st.composite
def asked_questions(draw):
    choices = draw(st.integers(min_value=2, max_value=6))
    answer = draw(st.sets(st.integers(0, choices - 1), min_size=1, max_size=choices))
    return {"choices": [f"选项{place}" for place in range(choices)], "answer": sorted(answer)}


papers = st.lists(asked_questions(), min_size=1, max_size=30)


@bounded
@given(papers)
def test_a_paper_with_every_right_answer_earns_a_hundred_points(paper):
    answers = [question["answer"] for question in paper]
    assert scoring.mark(paper, answers, pass_mark=100) == scoring.Marked(len(paper), Decimal("100.0"), True)


@bounded
@given(papers)
def test_an_empty_paper_earns_nothing_and_passes_only_where_nothing_is_asked(paper):
    answers = [[] for _question in paper]
    assert scoring.mark(paper, answers, pass_mark=1) == scoring.Marked(0, Decimal("0.0"), False)


@bounded
@given(asked_questions(), st.lists(places, max_size=8))
def test_an_answer_is_right_only_when_exactly_the_right_choices_are_marked(asked, given_places):
    assert scoring.is_right(asked, given_places) == (set(given_places) == set(asked["answer"]))


@bounded
@given(papers, st.data())
def test_one_more_right_answer_never_lowers_the_points(paper, data):
    answers = [data.draw(st.lists(places, max_size=4)) for _question in paper]
    before = scoring.mark(paper, answers, pass_mark=60)
    number = data.draw(st.integers(0, len(paper) - 1))
    better = [*answers[:number], paper[number]["answer"], *answers[number + 1 :]]
    after = scoring.mark(paper, better, pass_mark=60)
    assert after.points >= before.points
    assert after.correct - before.correct in {0, 1}
    assert after.is_passed >= before.is_passed


@bounded
@given(st.integers(1, 200), st.data())
def test_points_stay_between_nothing_and_a_hundred_and_follow_the_right_answers(total, data):
    correct = data.draw(st.integers(0, total))
    points = scoring.points_of(correct, total)
    assert Decimal(0) <= points <= Decimal(100)
    assert abs(points - Decimal(correct) * 100 / total) <= Decimal("0.05")


@bounded
@given(papers, st.dictionaries(st.integers(-2, 40), st.lists(st.integers(-3, 9), max_size=6), max_size=40))
def test_what_a_browser_sends_is_brought_into_the_shape_of_the_paper(paper, chosen):
    answers = scoring.as_given(paper, chosen)
    assert len(answers) == len(paper)
    for question, answer in zip(paper, answers, strict=True):
        assert answer == sorted(set(answer))
        assert all(0 <= place < len(question["choices"]) for place in answer)


def test_two_of_three_right_answers_are_66_point_7():
    assert scoring.points_of(2, 3) == Decimal("66.7")


def test_half_of_a_multiple_choice_earns_nothing():
    assert scoring.is_right({"answer": [0, 2]}, [0]) is False
    assert scoring.is_right({"answer": [0, 2]}, [0, 1, 2]) is False


@bounded
@given(st.integers(1, 40), st.integers(1, 40), st.randoms(use_true_random=False))
def test_a_draw_never_asks_a_question_twice_nor_more_than_there_are(bank, count, chance):
    questions = [
        SimpleNamespace(pk=pk, kind="single", text="题", choices=["甲", "乙"], answer=[0], explanation="")
        for pk in range(bank)
    ]
    drawn = [each["id"] for each in scoring.draw(questions, count, chance=chance)]
    assert len(drawn) == len(set(drawn)) == min(bank, count)
