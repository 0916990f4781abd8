"""Opinions raised at an activity, and closing it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.deadlines import actions as clocks
from congress.deadlines.models import Clock
from congress.organs.roles import Role
from deputies.activities import actions
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Raised
from tests.deputies.activities.conftest import CALLED, DAY, PLANNED, user_of
from tests.factories.activities import ActivityFactory
from tests.factories.organs import CommitteeFactory, DepartmentFactory

S = Raised.State


@pytest.fixture
def water(county):
    return DepartmentFactory(congress=county, short_name="县水利局")


@pytest.fixture
def held(announced, clerk):
    return actions.hold(announced, at=announced.ends_at, on=DAY, by=clerk)


@pytest.fixture
def opinion(announced, deputies):
    return actions.raise_opinion(
        announced, text="水厂设备老化", mandate=deputies[0], on=CALLED, by=user_of(deputies[0])
    )


def test_a_deputy_who_was_called_raises_an_opinion_and_a_stranger_does_not(announced, deputies, deputy_user):
    raised = actions.raise_opinion(
        announced, text=" 水厂设备老化 ", mandate=deputies[0], on=DAY, by=user_of(deputies[0])
    )
    assert (raised.text, raised.state, raised.mandate) == ("水厂设备老化", S.NOTED, deputies[0])
    with pytest.raises(PermissionDenied):
        actions.raise_opinion(announced, text="别的事", on=DAY, by=deputy_user)
    with pytest.raises(ValidationError):
        actions.raise_opinion(announced, text=" ", on=DAY, by=user_of(deputies[0]))


def test_an_opinion_goes_to_a_department_with_the_date_of_the_rulebook(opinion, water, clerk):
    actions.forward(opinion, organ=water, on=DAY, by=clerk)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.organ_id, opinion.due_on) == (S.FORWARDED, water.pk, date(2026, 6, 12))
    clock = Clock.objects.on_subject(opinion).running().get()
    assert (clock.rule, clock.holder_id) == ("inspection_feedback", water.pk)


def test_the_opinion_carries_its_date_wherever_the_clock_moves(opinion, water, clerk):
    actions.forward(opinion, organ=water, on=DAY, by=clerk)
    clocks.extend("inspection_feedback", opinion, due_on=date(2026, 7, 1), on=DAY, by=clerk, reason="汛期")
    opinion.refresh_from_db()
    assert opinion.due_on == date(2026, 7, 1)


def test_passed_on_again_the_time_begins_anew(opinion, water, county, clerk):
    other = DepartmentFactory(congress=county)
    actions.forward(opinion, organ=water, on=DAY, by=clerk)
    actions.forward(opinion, organ=other, on=date(2026, 4, 1), by=clerk)
    clock = Clock.objects.on_subject(opinion).running().get()
    assert (clock.holder_id, clock.started_on) == (other.pk, date(2026, 4, 1))


def test_a_committee_is_no_organ_that_acts(opinion, county, clerk):
    with pytest.raises(ValidationError):
        actions.forward(opinion, organ=CommitteeFactory(congress=county), on=DAY, by=clerk)


def test_the_department_it_went_to_answers_and_no_other(opinion, water, county, clerk, officer):
    actions.forward(opinion, organ=water, on=DAY, by=clerk)
    theirs, stranger = officer(water), officer(DepartmentFactory(congress=county))
    with pytest.raises(PermissionDenied):
        actions.answer(opinion, feedback="已更换", on=DAY, by=stranger)
    with pytest.raises(ValidationError):
        actions.answer(opinion, feedback="", on=DAY, by=theirs)
    actions.answer(opinion, feedback="已更换水泵", is_solved=True, on=date(2026, 5, 1), by=theirs)
    assert (opinion.state, opinion.is_solved) == (S.ANSWERED, True)
    assert Clock.objects.on_subject(opinion).get().state == Clock.State.MET


def test_the_opinions_a_user_may_open_are_exactly_those_listed_for_him(
    opinion, water, clerk, officer, deputies, person
):
    elsewhere = ActivityFactory()
    actions.forward(opinion, organ=water, on=DAY, by=clerk)
    near, far = Raised.objects.get(), Raised.objects.create(activity=elsewhere, congress=elsewhere.congress)
    for user in [*map(person, Role), officer(water), *map(user_of, deputies)]:
        opened = {each for each in (near, far) if user.has_perm("activities.view_raised", each)}
        assert set(Raised.objects.visible_to(user)) == opened, user


def test_a_department_reads_what_came_to_it_and_not_the_activity(opinion, water, clerk, officer):
    reader = officer(water)
    assert not Raised.objects.visible_to(reader).exists()
    actions.forward(opinion, organ=water, on=DAY, by=clerk)
    assert list(Raised.objects.visible_to(reader)) == [opinion]
    assert not Activity.objects.visible_to(reader).exists()


def test_an_oversight_activity_with_nothing_done_is_not_closed(held, clerk):
    with pytest.raises(ValidationError):
        actions.close(held, on=DAY, by=clerk)
    assert actions.close(held, report_heard=True, on=DAY, by=clerk).state == Activity.State.CLOSED


def test_an_opinion_passed_on_is_enough_to_close(held, deputies, water, clerk):
    raised = actions.raise_opinion(held, text="水厂设备老化", mandate=deputies[0], on=DAY, by=clerk)
    actions.forward(raised, organ=water, on=DAY, by=clerk)
    closed = actions.close(held, on=DAY, by=clerk)
    assert closed.checklist == {"report_heard": False, "discussion_held": False, "opinions_forwarded": True}


def test_other_kinds_close_without_the_three(county, term, clerk, deputies):
    activity = ActivityFactory(congress=county, term=term, created_by=clerk, kind=Kind.VOLUNTEERING)
    actions.invite(activity, deputies, on=PLANNED, by=clerk)
    actions.announce(activity, on=CALLED, by=clerk)
    actions.hold(activity, at=activity.ends_at, on=DAY, by=clerk)
    assert actions.close(activity, on=DAY, by=clerk).state == Activity.State.CLOSED


def test_a_reviewed_organ_owes_a_report_on_what_it_mends(county, term, clerk, deputies, water):
    review = ActivityFactory(congress=county, term=term, created_by=clerk, kind=Kind.WORK_REVIEW, visited=water)
    actions.invite(review, deputies, on=PLANNED, by=clerk)
    actions.announce(review, on=CALLED, by=clerk)
    actions.hold(review, at=review.ends_at, on=DAY, by=clerk)
    owed = Raised.objects.get(activity=review)
    assert (owed.kind, owed.state, owed.organ_id) == (Raised.Kind.RECTIFICATION, S.FORWARDED, water.pk)
    with pytest.raises(ValidationError):  # what the portal asked for by itself is no opinion of the deputies
        actions.close(review, on=DAY, by=clerk)


def test_the_minutes_can_be_mended_after_closing(held, clerk):
    actions.close(held, discussion_held=True, on=DAY, by=clerk)
    actions.write_up(held, minutes=" 纪要 ", on=DAY, by=clerk)
    assert held.minutes == "纪要"
