"""The page of a case: what it shows to whom, in how many queries."""

import pytest

from tests.factories.docket import STAGES, SuggestionFactory, clerk_of, officer_of, seat, seat_user
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db


def page(client, user, case):
    client.force_login(user)
    return client.get(case.get_absolute_url())


@pytest.mark.parametrize("stage", STAGES)
def test_its_deputy_reads_the_case_in_every_stage(stage, county, client):
    case = SuggestionFactory(congress=county, stage=stage)
    shown = page(client, seat_user(case), case)
    assert shown.status_code == 200
    assert case.title in shown.content.decode()


@pytest.mark.parametrize("stage", STAGES[1:])
def test_the_clerk_reads_the_case_from_its_submission(stage, county, client):
    case = SuggestionFactory(congress=county, stage=stage)
    assert page(client, clerk_of(county), case).status_code == 200


@pytest.mark.parametrize("stage", STAGES[3:])
def test_its_department_reads_the_case_once_it_is_assigned(stage, county, client):
    roads = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, stage=stage, department=roads)
    assert page(client, officer_of(roads), case).status_code == 200


def test_a_draft_is_invisible_to_everybody_else(county, client, clerk, leader):
    case = SuggestionFactory(congress=county)
    for other in (clerk, leader, seat(county).deputy.user):
        assert page(client, other, case).status_code == 404


def test_a_department_reads_nothing_of_a_case_that_is_not_its_own(county, client):
    case = SuggestionFactory(congress=county, assigned=True)
    other = officer_of(DepartmentFactory(congress=county))
    assert page(client, other, case).status_code == 404
