"""The yearly plan of a deputy and his pledges."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.pledges import actions
from deputies.pledges.models import DutyPlan, Pledge
from tests.factories.activities import DutyRecordFactory
from tests.factories.docket import seat
from tests.factories.roll import MandateFactory

JANUARY_20, JUNE_1 = date(2026, 1, 20), date(2026, 6, 1)


@pytest.fixture
def mine(county, deputy_user):
    return seat(county, user=deputy_user)


@pytest.fixture
def file(mine, deputy_user):
    """file(aspects) → the plan with one pledge in each."""

    def filed(*aspects, year=2026):
        pledges = [actions.Promised(each, f"{each}办一件实事", date(year, 6, 30)) for each in aspects]
        return actions.file_plan(mine, year=year, pledges=pledges, on=JANUARY_20, by=deputy_user)

    return filed


@pytest.mark.parametrize(("number", "is_odd"), [(1, True), (2, False), (3, False), (4, True)])
def test_a_plan_of_one_or_four_aspects_is_warned_of(file, number, is_odd):
    plan = file(*("修路", "饮水", "助学", "养老")[:number])
    assert bool(actions.odd_aspects(plan, on=JANUARY_20)) is is_odd


def test_filing_the_same_plan_twice_adds_nothing(file):
    assert file("修路", "饮水") == file("修路", "饮水")
    assert Pledge.objects.count() == 2


def test_a_plan_needs_a_pledge_and_a_date_in_its_year(mine, deputy_user):
    with pytest.raises(ValidationError):
        actions.file_plan(mine, year=2026, pledges=[], on=JANUARY_20, by=deputy_user)
    late = actions.Promised("修路", "修通村路", date(2027, 1, 1))
    with pytest.raises(ValidationError):
        actions.file_plan(mine, year=2026, pledges=[late], on=JANUARY_20, by=deputy_user)
    assert not DutyPlan.objects.exists()


def test_a_kept_pledge_points_to_the_duty_records_of_its_deputy_alone(file, mine, deputy_user):
    pledge = file("修路", "饮水").pledges.first()
    own, foreign = DutyRecordFactory(mandate=mine), DutyRecordFactory()
    actions.keep(pledge, evidence="村路已通车", records=[own, foreign], on=JUNE_1, by=deputy_user)
    pledge.refresh_from_db()
    assert (pledge.state, pledge.kept_on, list(pledge.records.all())) == (Pledge.State.KEPT, JUNE_1, [own])
    assert [entry.verb for entry in Entry.objects.of(pledge.plan)] == ["plan.file", "pledge.keep"]


def test_a_pledge_is_kept_once(file, deputy_user):
    pledge = file("修路").pledges.get()
    actions.keep(pledge, on=JUNE_1, by=deputy_user)
    with pytest.raises(StepNotOpen):
        actions.keep(pledge, on=JUNE_1, by=deputy_user)


def test_a_pledge_marked_too_early_is_opened_again(file, deputy_user):
    pledge = file("修路").pledges.get()
    actions.keep(pledge, on=JUNE_1, by=deputy_user)
    actions.reopen(pledge, on=JUNE_1, by=deputy_user)
    pledge.refresh_from_db()
    assert (pledge.state, pledge.kept_on) == (Pledge.State.OPEN, None)


def test_giving_a_pledge_up_needs_a_reason_and_takes_its_aspect_off_the_count(file, deputy_user):
    plan = file("修路", "饮水", "助学", "养老")
    pledge = plan.pledges.last()
    with pytest.raises(ValidationError):
        actions.drop(pledge, reason=" ", on=JUNE_1, by=deputy_user)
    actions.drop(pledge, reason="县里已统一安排", on=JUNE_1, by=deputy_user)
    assert actions.odd_aspects(plan, on=JUNE_1) == ""


def test_another_deputy_keeps_no_pledge_that_is_not_his(file, county):
    pledge = file("修路").pledges.get()
    other = seat(county)
    with pytest.raises(PermissionDenied):
        actions.keep(pledge, on=JUNE_1, by=other.deputy.user)


def test_a_plan_is_seen_by_its_deputy_and_its_office_alone(file, county, deputy_user, clerk, leader, auditor):
    plan = file("修路")
    stranger = seat(county).deputy.user
    people = (deputy_user, clerk, leader, auditor, stranger)
    for person in people:
        sees = DutyPlan.objects.visible_to(person).filter(pk=plan.pk).exists()
        assert sees is person.has_perm("pledges.view_plan", plan)
    assert [DutyPlan.objects.visible_to(person).count() for person in people] == [1, 1, 1, 0, 0]


def test_the_figures_of_a_list_cost_one_statement(file, django_assert_num_queries):
    plan = file("修路", "饮水", "助学")
    actions.keep(plan.pledges.first(), on=JUNE_1, by=plan.mandate.deputy.user)
    MandateFactory(congress=plan.congress)
    with django_assert_num_queries(1):
        row = DutyPlan.objects.with_figures().get()
    assert (row.aspects, row.pledged, row.kept) == (3, 3, 1)
