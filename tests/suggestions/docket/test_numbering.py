"""Numbers: series of their own, and printed ones kept as printed."""

import pytest
from django.core.exceptions import ValidationError

from suggestions.docket import actions
from suggestions.docket.actions.checking import next_number, numbered
from tests.factories.docket import MARCH_2, SuggestionFactory, clerk_of, seat

pytestmark = pytest.mark.django_db


def registered(county, printed="", **fields):
    case = SuggestionFactory(congress=county, submitted=True, **fields)
    return actions.register(case, printed_number=printed, on=MARCH_2, by=clerk_of(county))


def test_cases_are_counted_on_in_their_series(county):
    assert [registered(county).printed_number for _ in range(3)] == ["闭1", "闭2", "闭3"]


def test_motions_have_their_own_series(county):
    registered(county)
    cosigners = [seat(county) for _ in range(9)]
    assert registered(county, motion=True, cosigners=cosigners).printed_number == "闭议1"


def test_a_printed_number_is_kept_and_the_next_counts_on_from_it(county):
    assert registered(county, printed="第86号").printed_number == "第86号"
    assert registered(county).printed_number == "闭87"


def test_a_lower_printed_number_does_not_turn_the_series_back(county):
    registered(county, printed="闭 9")
    registered(county, printed="3")
    assert registered(county).serial == 10


def test_a_number_of_another_pattern_takes_the_next_place(county):
    case = registered(county, printed="HG-201901287")
    assert (case.printed_number, case.serial) == ("HG-201901287", 1)


def test_the_same_number_is_given_only_once(county):
    registered(county, printed="86")
    with pytest.raises(ValidationError, match="86"):
        registered(county, printed="第86号")


def test_the_next_number_is_foretold(county):
    case = SuggestionFactory(congress=county, submitted=True)
    assert next_number(case) == "闭1"
    assert actions.register(case, on=MARCH_2, by=clerk_of(county)).printed_number == "闭1"


def test_an_official_says_the_number_whole(county):
    assert numbered(registered(county, printed="86")) == "第 86 号"
    assert numbered(registered(county, printed="第87号")) == "第87号"


def test_a_corrected_number_moves_its_place_in_the_series(county):
    case = registered(county)
    actions.correct(case, changes={"printed_number": "闭5"}, reason="印错", on=MARCH_2, by=clerk_of(county))
    case.refresh_from_db()
    assert (case.serial, registered(county).printed_number) == (5, "闭6")
