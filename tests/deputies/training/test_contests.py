"""A contest of two stages: 120 write, some go on, both results stand, and the duty records follow."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.procedure.workflow import StepNotOpen
from deputies.duties.kinds import Kind as Duty
from deputies.duties.models import DutyRecord
from deputies.roll.models import Delegation
from deputies.training.actions import contests
from deputies.training.models import Attempt, Contest, Quiz
from tests.factories.roll import MandateFactory
from tests.factories.training import ContestFactory, QuizFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 12)
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
S = Contest.State


@pytest.fixture
def contest(county):
    return ContestFactory(quiz=QuizFactory(congress=county, state=Quiz.State.CLOSED), congress=county)


@pytest.fixture
def wrote():
    """wrote(contest, seat, points, seconds) → a paper that was handed in."""

    def of(contest, seat, points, seconds=60, number=1):
        return Attempt.objects.create(
            quiz=contest.quiz, mandate=seat, number=number, started_at=AT, handed_in_at=AT, correct=1,
            points=points, seconds=seconds,
        )  # fmt: skip

    return of


@pytest.fixture
def live(contest, others, wrote, clerk):
    """Three wrote 100, 90 and 80; the first two are in the final."""
    seats = others(3)
    for seat, points in zip(seats, (100, 90, 80), strict=True):
        wrote(contest, seat, points)
    contests.select(contest, on=DAY, by=clerk, version=contest.version)
    contest.by_points = list(contest.entrants.order_by("-written"))
    return contest


def enter(contest, clerk, live, awards=None):
    contests.enter(contest, live=live, awards=awards or {}, on=DAY, by=clerk, version=contest.version)


def test_a_hundred_and_twenty_write_and_ten_go_on(contest, others, wrote, clerk):
    contest.finalists = 10
    for number, seat in enumerate(others(120)):
        wrote(contest, seat, Decimal(number) / 2, seconds=600 - number)
    contests.select(contest, on=DAY, by=clerk, version=contest.version)
    assert contest.entrants.count() == 120
    assert sorted(contest.entrants.filter(is_finalist=True).values_list("written", flat=True))[0] == Decimal("55.0")
    assert contest.entrants.filter(is_finalist=True).count() == 10


def test_the_best_paper_of_each_counts_then_the_fastest(contest, others, wrote, clerk):
    one, two, three = others(3)
    wrote(contest, one, 70)
    wrote(contest, one, 90, seconds=50, number=2)
    wrote(contest, two, 90, seconds=40)
    wrote(contest, three, 80)
    contests.select(contest, on=DAY, by=clerk, version=contest.version)
    chosen = contest.entrants.filter(is_finalist=True).order_by("seconds")
    assert [(each.mandate, each.written, each.seconds) for each in chosen] == [(two, 90, 40), (one, 90, 50)]


def test_the_written_stage_must_have_ended(county, others, wrote, clerk):
    running = ContestFactory(quiz=QuizFactory(congress=county, state=Quiz.State.OPEN), congress=county)
    wrote(running, *others(1), 90)
    with pytest.raises(ValidationError):
        contests.select(running, on=DAY, by=clerk, version=0)


def test_places_follow_the_live_stage_and_the_rest_follow_the_written_one(live, clerk):
    first, second, third = live.by_points
    enter(live, clerk, {first.pk: Decimal(60), second.pk: Decimal(75)})
    contests.settle(live, on=DAY, by=clerk, version=live.version)
    assert dict(live.entrants.values_list("pk", "place")) == {second.pk: 1, first.pk: 2, third.pk: 3}


def test_a_finalist_who_did_not_come_stands_after_those_who_did(live, clerk):
    first, second, third = live.by_points
    enter(live, clerk, {second.pk: Decimal(1), first.pk: None})
    contests.settle(live, on=DAY, by=clerk, version=live.version)
    assert dict(live.entrants.values_list("pk", "place")) == {second.pk: 1, first.pk: 2, third.pk: 3}


def test_who_is_not_in_the_final_gets_no_live_result(live, clerk):
    with pytest.raises(ValidationError):
        enter(live, clerk, {live.by_points[2].pk: Decimal(99)})


def test_settling_writes_settled_duty_records_for_entrants_and_for_the_awarded(live, clerk):
    first, second, _third = live.by_points
    enter(live, clerk, {first.pk: Decimal(80), second.pk: Decimal(70)}, {first.pk: "first"})
    contests.settle(live, on=DAY, by=clerk, version=live.version)
    records = DutyRecord.objects.filter(source_kind="training.contest", source_id=live.pk)
    assert records.filter(kind=Duty.CONTEST, state=DutyRecord.State.SETTLED).count() == 3
    assert [each.mandate for each in records.filter(kind=Duty.AWARD)] == [first.mandate]


def test_results_are_not_announced_before_any_was_entered(live, clerk):
    with pytest.raises(ValidationError):
        contests.settle(live, on=DAY, by=clerk, version=live.version)


def test_announced_results_stand(live, clerk):
    first = live.by_points[0]
    enter(live, clerk, {first.pk: Decimal(80)})
    contests.settle(live, on=DAY, by=clerk, version=live.version)
    with pytest.raises(StepNotOpen):
        enter(live, clerk, {first.pk: Decimal(99)})
    live.title = "别的名字"
    with pytest.raises(ValidationError):
        contests.keep_contest(live, on=DAY, by=clerk)


def test_a_deputy_stands_for_his_township_by_delegation_or_by_his_own_congress(county, township):
    delegation = Delegation.objects.create(congress=county, name="第三代表团", township=township)
    loose = Delegation.objects.create(congress=county, name="县直代表团")
    assert contests.team_of(MandateFactory(congress=county, delegation=delegation), county) == "柳溪镇"
    assert contests.team_of(MandateFactory(congress=township), county) == "柳溪镇"
    assert contests.team_of(MandateFactory(congress=county, delegation=loose), county) == "县直代表团"
    assert contests.team_of(MandateFactory(congress=county), county) == ""


def test_papers_are_entered_judged_and_ranked(county, others, clerk):
    contest = ContestFactory.build(congress=county, quiz=None, kind=Contest.Kind.PAPERS, created_by=clerk)
    contests.keep_contest(contest, on=DAY, by=clerk)
    for seat in others(2):
        contests.add_work(contest, mandate=seat, work="关于农村养老的调研", on=DAY, by=clerk)
    first, second = contest.entrants.order_by("pk")
    enter(contest, clerk, {first.pk: Decimal(85), second.pk: Decimal(92)}, {second.pk: "first"})
    contests.settle(contest, on=DAY, by=clerk, version=contest.version)
    assert dict(contest.entrants.values_list("pk", "place")) == {second.pk: 1, first.pk: 2}


def test_only_the_office_selects(contest, others, wrote, leader):
    wrote(contest, *others(1), 90)
    with pytest.raises(PermissionDenied):
        contests.select(contest, on=DAY, by=leader, version=0)
