"""What a user is follows from his memberships alone."""

from datetime import date

import pytest
import time_machine

from congress.organs.hats import hats_of
from congress.organs.roles import DUTIES, Role
from tests.factories.accounts import UserFactory
from tests.factories.organs import DepartmentFactory, MembershipFactory


def test_every_role_has_its_duties_in_words():
    assert set(DUTIES) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_person_among_the_fixtures(role, person):
    assert [place.role for place in hats_of(person(role)).places] == [role]


def test_a_clerk_of_the_county_watches_its_townships_and_the_township_only_itself(
    clerk, township_clerk, county, township
):
    assert hats_of(clerk).watches == {county.pk, township.pk}
    assert hats_of(clerk).clerk_of == {county.pk}
    assert hats_of(township_clerk).watches == {township.pk}


def test_a_deputising_membership_counts_only_between_its_dates(county):
    roads = DepartmentFactory(congress=county)
    head = MembershipFactory(organ=roads, role=Role.DEPARTMENT_HEAD)
    stand_in = MembershipFactory(
        organ=roads,
        role=Role.DEPARTMENT_HEAD,
        deputises_for=head,
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 10),
    ).user
    with time_machine.travel("2026-03-10 12:00+08:00"):
        assert hats_of(type(stand_in).objects.get(pk=stand_in.pk)).head_of == {roads.pk}
    with time_machine.travel("2026-03-11 12:00+08:00"):
        assert hats_of(type(stand_in).objects.get(pk=stand_in.pk)).head_of == frozenset()


def test_a_deactivated_account_wears_no_hat(county):
    user = MembershipFactory(organ=county, user=UserFactory(inactive=True)).user
    assert hats_of(user).places == ()
