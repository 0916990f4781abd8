"""Who may keep what: the predicate and the query say the same."""

from datetime import date

import pytest

from congress.organs.models import Congress
from congress.organs.roles import Role
from congress.organs.rules import kept_by
from tests.factories.organs import CongressFactory, MembershipFactory


@pytest.mark.parametrize("role", Role)
def test_the_offices_a_person_may_open_are_exactly_those_listed_for_him(role, person, county, township):
    CongressFactory(township=True)
    user = person(role)
    may = {each for each in Congress.objects.all() if user.has_perm("organs.open_office", each)}
    assert set(kept_by(user)) == may


def test_the_county_clerk_keeps_the_townships_below_and_the_township_clerk_only_his_own(
    clerk, township_clerk, county, township
):
    assert set(kept_by(clerk)) == {county, township}
    assert set(kept_by(township_clerk)) == {township}


def test_a_leader_of_the_county_keeps_nothing(leader, county, township):
    assert not leader.has_perm("organs.keep", county)
    assert not leader.has_perm("organs.keep", township)


def test_the_administrator_unlocks_but_neither_keeps_organs_nor_cuts_keys(administrator, clerk, county):
    assert administrator.has_perm("organs.tend_account", clerk)
    assert not administrator.has_perm("organs.reset_account", clerk)
    assert not administrator.has_perm("organs.keep", county)


def test_nobody_cuts_a_key_to_an_account_that_also_opens_another_congress(clerk, township_clerk, township):
    MembershipFactory(user=clerk, organ=township, role=Role.DEPUTY)
    assert not township_clerk.has_perm("organs.reset_account", clerk)
    assert clerk.has_perm("organs.reset_account", township_clerk)


def test_an_account_that_serves_nowhere_any_more_is_tended_by_whoever_kept_it_last(clerk, county, township_clerk):
    left = MembershipFactory(organ=county, ends_on=date(2023, 1, 1)).user
    assert clerk.has_perm("organs.tend_account", left)
    assert not township_clerk.has_perm("organs.tend_account", left)


def test_nobody_resets_his_own_account(clerk):
    assert not clerk.has_perm("organs.reset_account", clerk)


def test_only_the_auditor_reads_the_journal(auditor, clerk, leader, administrator, county):
    assert [user.has_perm("organs.read_journal", county) for user in (auditor, clerk, leader, administrator)] == [
        True,
        False,
        False,
        False,
    ]
