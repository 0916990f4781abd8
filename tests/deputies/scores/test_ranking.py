"""Places, rank correlation and the spread of points."""

from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deputies.scores.ranking import mean_ranks, ranks, spearman, spread

bounded = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # slow machines too
points = st.lists(st.integers(-50, 50), min_size=2, max_size=40)


def test_equal_points_share_the_better_place():
    assert ranks([5, 9, 5, 1]) == [2, 1, 2, 4]
    assert mean_ranks([5, 9, 5, 1]) == [2.5, 1, 2.5, 4]


def test_the_correlation_is_that_of_the_textbook():
    """Ten pairs without ties: 1 - 6 Σd² / n(n² - 1) = -29/165."""
    iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    assert spearman(iq, hours) == pytest.approx(-29 / 165)


def test_of_equal_points_there_is_no_correlation():
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert spearman([1], [1]) is None


@bounded
@given(points)
def test_a_ranking_is_wholly_like_itself_and_wholly_unlike_its_reverse(values):
    alike = spearman(values, values)
    assert alike is None or alike == pytest.approx(1)
    against = spearman(values, [-each for each in values])
    assert against is None or against == pytest.approx(-1)


@bounded
@given(points)
def test_ranks_are_counts_of_those_who_are_better(values):
    assert ranks(values) == [1 + sum(other > each for other in values) for each in values]


@bounded
@given(st.lists(st.integers(-500, 500).map(lambda number: D(number) / 2), max_size=60))
def test_the_spread_holds_everybody_once(values):
    steps = spread(values)
    assert sum(count for _low, _high, count in steps) == len(values)
    assert len(steps) <= 8
