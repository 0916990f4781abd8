"""An inspection of the county on 12 March 2026, with deputies who are called to it."""

from datetime import date, timedelta

import pytest

from congress.organs.roles import Role
from deputies.activities import actions, codes
from tests.factories.activities import ActivityFactory
from tests.factories.organs import MembershipFactory, TermFactory
from tests.factories.roll import MandateFactory

PLANNED, CALLED, DAY = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 12)


@pytest.fixture
def term(county):
    return TermFactory(congress=county, number=17)


@pytest.fixture
def deputies(county, term):
    """Three deputies with accounts."""
    seats = [MandateFactory(congress=county, term=term, deputy__name=name) for name in ("周德顺", "吕春梅", "方启明")]
    for seat in seats:
        seat.deputy.user = MembershipFactory(role=Role.DEPUTY, organ=county, user__name=seat.deputy.name).user
        seat.deputy.save()
    return seats


@pytest.fixture
def inspection(county, term, clerk):
    return ActivityFactory(congress=county, term=term, created_by=clerk, pre_study="饮水安全有关规定")


@pytest.fixture
def announced(inspection, deputies, clerk):
    """The three were called and told."""
    actions.invite(inspection, deputies, on=PLANNED, by=clerk)
    return actions.announce(inspection, on=CALLED, by=clerk)


@pytest.fixture
def scan():
    """scan(activity, seat, after=…) → what signing in that long after the beginning gives."""

    def of(activity, seat, *, after=timedelta(0), code=None):
        at = activity.starts_at + after
        code = code or codes.code_at(activity, at)
        return actions.check_in(activity, mandate=seat, code=code, scanned_at=at, at=at, by=seat.deputy.user)

    return of


def user_of(seat):
    return seat.deputy.user
