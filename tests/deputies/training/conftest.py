"""The county of these tests: a term, seats with and without an account (培训)."""

from datetime import date

import pytest

from tests.factories.organs import TermFactory
from tests.factories.roll import DeputyFactory, MandateFactory

NOON = "2026-03-12T12:00:00+08:00"
MARCH_12 = date(2026, 3, 12)


@pytest.fixture
def term(county):
    return TermFactory(congress=county, number=16, starts_on=date(2026, 1, 10))


@pytest.fixture
def seat(county, term, deputy_user):
    """The seat of the deputy who signs in."""
    return MandateFactory(
        congress=county, term=term, deputy=DeputyFactory(user=deputy_user, name="田代表"), started_on=date(2026, 1, 10)
    )


@pytest.fixture
def others(county, term):
    """others(n) → so many seats of deputies without an account."""
    return lambda count, **fields: MandateFactory.create_batch(
        count, congress=county, term=term, started_on=date(2026, 1, 10), **fields
    )
