"""The standing tallies equal the live query after any sequence of steps, on any day (常备计数)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.accounts.models import User
from congress.dashboards import standing
from congress.dashboards.cockpit import Cockpit
from congress.deadlines.models import Clock
from congress.deadlines.moving import move_all
from congress.procedure.workflow import StepNotOpen
from suggestions.appraisals import actions as appraisals
from suggestions.appraisals.models import Grade, Judgement, Rating, Survey
from suggestions.docket import actions, tallies
from suggestions.docket.filters import Reading, offered_views
from suggestions.docket.models import Assignment, Category, Standing, Suggestion, Tally
from tests.factories.docket import SuggestionFactory, answers_for, clerk_of, head_of, officer_of, seat_user, session_of
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db
START = date(2026, 3, 2)
STAGES = ("submitted", "registered", "assigned", "contacted", "replied", "replied")


class Town:
    """Six cases and everybody who can move them."""

    def __init__(self, county):
        self.congress, self.clerk = county, clerk_of(county)
        self.departments = [DepartmentFactory(congress=county) for _each in range(2)]
        self.categories = [Category.objects.create(congress=county, name=name) for name in ("交通", "教育")]
        self.cases = [
            SuggestionFactory(congress=county, stage=stage, department=self.departments[0], category=self.categories[0])
            for stage in STAGES
        ]

    def share(self, case):
        shares = Assignment.objects.filter(round__suggestion=case, state__in=Assignment.OPEN)
        return shares.select_related("organ", "round__suggestion__congress").order_by("-id").first()

    def step(self, name, case, day):
        getattr(self, name)(Suggestion.objects.get(pk=case.pk), day)

    def register(self, case, day):
        actions.register(case, category=self.categories[1], on=day, by=self.clerk)

    def send_back(self, case, day):
        actions.return_for_revision(case, codes=["R08"], reason="请分开写。", on=day, by=self.clerk)

    def submit(self, case, day):
        actions.submit(case, on=day, by=seat_user(case))

    def assign(self, case, day):
        actions.assign(case, lead=self.departments[1], co=self.departments[:1], on=day, by=self.clerk)

    def assign_alone(self, case, day):
        actions.assign(case, lead=self.departments[0], on=day, by=self.clerk)

    def accept(self, case, day):
        share = self.share(case)
        actions.accept(share, on=day, by=officer_of(share.organ))

    def hand_back(self, case, day):
        share = self.share(case)
        actions.hand_back(share, reason="不属本单位职责。", on=day, by=officer_of(share.organ))

    def decide(self, case, day):
        share = self.share(case)
        other = next(each for each in self.departments if each != share.organ.as_department)
        actions.decide_hand_back(share, agrees=True, organ=other, reason="改派", on=day, by=self.clerk)

    def keep(self, case, day):
        actions.decide_hand_back(self.share(case), agrees=False, reason="照办", on=day, by=self.clerk)

    def contact(self, case, day):
        share = self.share(case)
        actions.record_contact(share, method="visit", opinion="同意。", on=day, by=officer_of(share.organ))

    def opinion(self, case, day):
        share = self.share(case)
        actions.give_opinion(share, opinion="同意。", on=day, by=officer_of(share.organ))

    def reply(self, case, day):
        share = self.share(case)
        actions.draft_reply(share, answers=answers_for(share), fields={}, on=day, by=officer_of(share.organ))
        actions.sign(Assignment.objects.get(pk=share.pk), on=day, by=head_of(share.organ))

    def rate(self, grade, case, day):
        slip = Survey.objects.get(round__suggestion=case, round__number=case.round_number).slips.get(counts=True)
        appraisals.rate(
            slip,
            attitude=Grade.BASIC,
            result=grade,
            contacted=Rating.Contacted.PHONE,
            comment="还缺管护单位。",
            on=day,
            by=seat_user(case),
        )

    def please(self, case, day):
        self.rate(Grade.SATISFIED, case, day)

    def displease(self, case, day):
        self.rate(Grade.DISSATISFIED, case, day)

    def order(self, case, day):
        judgement = Judgement.objects.get(survey__round__suggestion=case, survey__round__number=case.round_number)
        appraisals.order_rework(judgement, reason="再办。", on=day, by=self.clerk)

    def uphold(self, case, day):
        judgement = Judgement.objects.get(survey__round__suggestion=case, survey__round__number=case.round_number)
        appraisals.uphold(judgement, reason="已说明。", on=day, by=self.clerk)

    def end_windows(self, case, day):
        appraisals.close_windows(on=day + timedelta(days=60), by=User.objects.robot())

    def close(self, case, day):
        actions.close(case, on=day, by=self.clerk)

    def withdraw(self, case, day):
        actions.withdraw(case, reason="已解决。", on=day, by=self.clerk)

    def correct(self, case, day):
        other = next(each for each in self.categories if each != case.category)
        actions.correct(case, changes={"category": other}, reason="归类", on=day, by=self.clerk)

    def recalendar(self, case, day):
        Clock.objects.on_case(case).running().update(due_on=day)
        move_all(self.congress, on=day, by=self.clerk, reason="日历调整")

    def fold(self, case, day):
        tallies.fold(self.congress)


STEPS = [name for name in vars(Town) if name not in {"share", "step", "rate"} and not name.startswith("_")]
NOT_NOW = (StepNotOpen, ValidationError, PermissionDenied, AttributeError)
TOO_FEW = (Survey.DoesNotExist, Judgement.DoesNotExist)


@pytest.fixture
def town(county):
    return Town(county)


def assert_equal(town, day):
    """Figures and views by the tallies, and counted from the rows."""
    sessions = [None, session_of(town.congress)]
    for on in (START, day, day + timedelta(days=40), day + timedelta(days=400)):
        for session in sessions:
            assert tallies.of_congress(town.congress, session=session, on=on) is not None
            kept = standing.read(town.congress, session=session, on=on)
            assert kept == standing.counted(town.congress, session=session, on=on)
        reading = Reading.of(town.clerk, on)
        views = offered_views(reading)
        (kept,) = tallies.of_views([town.congress.pk], {view.code: view.tally(reading) for view, _where in views})
        cases = Suggestion.objects.visible_to(town.clerk).exclude(state=Suggestion.State.DRAFT)
        assert kept == {view.code: cases.filter(where).count() for view, where in views}
        for view, where in views:
            assert set(cases.filter(view.marked(reading))) == set(cases.filter(where)), view.code


@given(
    walk=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, len(STAGES) - 1), st.integers(0, 25)), max_size=14)
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_tallies_equal_the_live_query_after_any_sequence_of_steps(town, walk):
    day = START + timedelta(days=90)
    with transaction.atomic():
        for name, position, days in walk:
            day += timedelta(days=days)
            try:
                with transaction.atomic():
                    town.step(name, town.cases[position], day)
            except (*NOT_NOW, *TOO_FEW):
                continue
        assert_equal(town, day)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "walk",
    [
        [("displease", 5), ("order", 5), ("accept", 5), ("contact", 5), ("reply", 5), ("please", 5)],
        [("displease", 4), ("uphold", 4)],
        [("assign_alone", 1), ("hand_back", 1), ("decide", 1), ("accept", 1), ("contact", 1), ("reply", 1)],
        [("assign", 1), ("accept", 1), ("opinion", 1), ("accept", 1), ("contact", 1), ("reply", 1), ("end_windows", 1)],
        [("assign", 1), ("recalendar", 1), ("withdraw", 1)],
        [("send_back", 0), ("submit", 0), ("register", 0), ("assign", 0), ("correct", 0), ("fold", 0)],
    ],
)
def test_the_tallies_follow_the_lives_of_cases(town, walk):
    day = START + timedelta(days=90)
    for name, position in walk:
        town.step(name, town.cases[position], day)
        assert_equal(town, day)


def test_a_congress_without_tallies_is_counted_from_its_cases_until_they_stand(town):
    Tally.objects.all().delete()
    Standing.objects.all().delete()
    day = START + timedelta(days=200)
    assert tallies.of_congress(town.congress, on=day) is None
    assert standing.read(town.congress, on=day) == standing.counted(town.congress, on=day)
    assert not Cockpit(town.congress, session=None, on=day).mark()  # nothing tells that a page of it is still true
    assert tallies.tidy([town.congress]) == 1
    assert Cockpit(town.congress, session=None, on=day).mark()
    assert_equal(town, day)
    assert tallies.tidy([town.congress]) == 0


def test_folding_leaves_one_line_a_cell_and_the_same_sums(town):
    for name, position in (("accept", 2), ("contact", 2), ("please", 4), ("displease", 5)):
        town.step(name, town.cases[position], START + timedelta(days=90))
    tallies.fold(town.congress)
    cells = list(Tally.objects.values_list("session", "organ", "category", "code", "day"))
    assert len(cells) == len(set(cells))
    assert_equal(town, START + timedelta(days=90))


def test_what_many_steps_did_at_once_is_counted_when_they_are_over(county):
    with tallies.counting_later():
        SuggestionFactory(congress=county, assigned=True)
        assert not Tally.objects.exists()
    assert tallies.of_congress(county, on=START).whole["assigned"] == 1
