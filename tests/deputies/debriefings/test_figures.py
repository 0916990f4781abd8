"""Rates and coverage, in whole numbers."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputies.debriefings import figures
from deputies.debriefings.models import Debriefing
from deputies.roll.models import Mandate
from tests.factories.debriefings import DebriefingFactory, StatementFactory
from tests.factories.organs import CongressFactory, TermFactory
from tests.factories.roll import MandateFactory

MAY_20 = date(2026, 5, 20)


def test_167_of_238_pass_seventy_per_cent_and_166_do_not():
    enough, short = figures.Rate(None, 167, 238, 70), figures.Rate(None, 166, 238, 70)
    assert (enough.percent, enough.passes, enough.lacks) == ("70.17", True, 0)
    assert (short.percent, short.passes, short.lacks) == ("69.75", False, 1)


def test_a_township_needs_ninety_and_exactly_ninety_is_enough():
    assert figures.Rate(None, 36, 40, 90).passes is True
    assert figures.Rate(None, 35, 40, 90).passes is False


def test_a_rate_that_is_only_rounded_up_to_the_threshold_does_not_pass():
    rate = figures.Rate(None, 699_996, 1_000_000, 70)
    assert (rate.percent, rate.passes) == ("70.00", False)


def test_nobody_of_nobody_is_no_pass():
    assert (figures.Rate(None, 0, 0, 70).passes, figures.percent(0, 0)) == (False, "0.00")


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_the_written_share_is_the_exact_one_rounded_half_up(part, whole):
    exact = (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert figures.percent(part, whole) == f"{exact}"


@given(st.integers(1, 400), st.integers(0, 100))
def test_as_many_more_as_it_lacks_are_just_enough(total, threshold):
    rate = figures.Rate(None, 0, total, threshold)
    assert figures.Rate(None, rate.lacks, total, threshold).passes
    assert rate.lacks == 0 or not figures.Rate(None, rate.lacks - 1, total, threshold).passes


@pytest.fixture
def term(county):
    return TermFactory(congress=county, number=18)


def reported(term, *, on, state=Debriefing.State.HELD, **fields):
    debriefing = DebriefingFactory(term=term, state=state, held_on=on)
    return StatementFactory(debriefing=debriefing, **fields).mandate


def test_the_rate_counts_each_deputy_once_a_year_and_planned_ones_never(county, term):
    seat = reported(term, on=MAY_20)
    reported(term, on=date(2026, 6, 1), mandate=seat)
    reported(term, on=date(2025, 6, 1))
    reported(term, on=None, state=Debriefing.State.PLANNED)
    (rate,) = figures.rates([county], year=2026, on=MAY_20)
    assert (rate.count, rate.total, rate.threshold) == (1, 3, 70)


def test_the_township_below_has_its_own_threshold_in_the_same_table(county, term, township):
    MandateFactory(congress=county, term=term)
    below = TermFactory(congress=township)
    reported(below, on=MAY_20)
    rows = figures.rates([county, township], year=2026, on=MAY_20)
    assert [(rate.congress, rate.count, rate.total, rate.threshold, rate.passes) for rate in rows] == [
        (county, 0, 1, 70, False),
        (township, 1, 1, 90, True),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_table_costs_the_same_for_one_township_and_for_three(county, django_assert_num_queries, number):
    townships = [CongressFactory(township=True, parent=county) for _each in range(number)]
    with django_assert_num_queries(5):
        assert len(figures.rates(townships, year=2026, on=MAY_20)) == number


def test_who_has_not_reported_in_this_term_is_listed_whatever_the_year(county, term):
    reported(term, on=date(2023, 6, 1))
    silent = MandateFactory(congress=county, term=term)
    MandateFactory(congress=county, term=term, state=Mandate.State.ENDED)
    assert list(figures.unreported(county, on=MAY_20)) == [silent]
