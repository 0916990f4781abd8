"""Organs end, people come and go, others act for them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from congress.organs import actions
from congress.organs.models import Membership
from congress.organs.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.organs import CongressFactory, DepartmentFactory, MembershipFactory

DAY = date(2026, 6, 1)


def held_by(user, *, on=DAY):
    return [(each.organ_id, each.role) for each in Membership.objects.filter(user=user).in_force(on=on)]


@pytest.fixture
def roads(county):
    return DepartmentFactory(congress=county)


def test_when_an_organ_is_abolished_its_people_serve_in_the_successor_from_that_day(county, roads, officer):
    housing, person = DepartmentFactory(congress=county), officer(roads)
    actions.abolish(roads, on=DAY, successor=housing)
    assert held_by(person, on=DAY - timedelta(days=1)) == [(roads.pk, Role.CASE_OFFICER)]
    assert held_by(person) == [(housing.pk, Role.CASE_OFFICER)]


def test_without_a_successor_their_service_ends_the_day_before(roads, officer):
    person = officer(roads)
    actions.abolish(roads, on=DAY)
    assert held_by(person) == []


def test_an_organ_of_another_congress_cannot_succeed(roads):
    with pytest.raises(ValidationError):
        actions.abolish(roads, on=DAY, successor=DepartmentFactory())


def test_who_leaves_serves_to_the_last_day_and_the_other_from_the_next(county, roads, officer):
    leaver, other = officer(roads), UserFactory()
    actions.hand_over(list(leaver.memberships.all()), to=other, on=DAY)
    assert held_by(leaver) == [(roads.pk, Role.CASE_OFFICER)]
    assert held_by(other) == []
    assert held_by(leaver, on=DAY + timedelta(days=1)) == []
    assert held_by(other, on=DAY + timedelta(days=1)) == [(roads.pk, Role.CASE_OFFICER)]


def test_what_the_other_holds_already_is_not_given_twice(roads, officer):
    leaver, other = officer(roads), officer(roads)
    assert actions.hand_over(list(leaver.memberships.all()), to=other, on=DAY) == []
    assert held_by(other, on=DAY + timedelta(days=1)) == [(roads.pk, Role.CASE_OFFICER)]


def test_whoever_acts_for_a_holder_stops_when_the_holder_leaves(roads, head):
    holder, stand_in, next_head = head(roads), UserFactory(), UserFactory()
    place = holder.memberships.get()
    actions.deputise(place, user=stand_in, starts_on=DAY, ends_on=DAY + timedelta(days=30))
    assert held_by(stand_in) == [(roads.pk, Role.DEPARTMENT_HEAD)]
    assert held_by(holder) == [(roads.pk, Role.DEPARTMENT_HEAD)]
    actions.hand_over([place], to=next_head, on=DAY + timedelta(days=5))
    assert held_by(stand_in, on=DAY + timedelta(days=6)) == []


def test_nobody_deputises_for_himself_or_without_an_end(roads, head):
    holder = head(roads)
    with pytest.raises(ValidationError):
        actions.deputise(holder.memberships.get(), user=holder, starts_on=DAY, ends_on=DAY)
    with pytest.raises(ValidationError):
        actions.deputise(holder.memberships.get(), user=UserFactory(), starts_on=DAY, ends_on=DAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.CASE_OFFICER, "county"),
        (Role.NPC_CLERK, "department"),
        (Role.NPC_CLERK, "township"),
        (Role.TOWNSHIP_CLERK, "county"),
        (Role.GOVERNMENT_OFFICE, "department"),
    ],
)
def test_a_role_is_held_only_where_the_law_puts_it(county, township, roads, role, place):
    organ = {"county": county, "township": township, "department": roads}[place]
    with pytest.raises(ValidationError):
        actions.give(UserFactory(), organ=organ, role=role, starts_on=DAY)


def test_one_place_is_not_held_twice_at_a_time(county):
    user = MembershipFactory(organ=county, ends_on=DAY).user
    with pytest.raises(ValidationError):
        actions.give(user, organ=county, role=Role.NPC_CLERK, starts_on=DAY)
    assert actions.give(user, organ=county, role=Role.NPC_CLERK, starts_on=DAY + timedelta(days=1))


def test_a_place_cannot_end_before_it_began(county):
    place = MembershipFactory(organ=CongressFactory(), starts_on=DAY)
    with pytest.raises(ValidationError):
        actions.end(place, on=DAY - timedelta(days=1))
