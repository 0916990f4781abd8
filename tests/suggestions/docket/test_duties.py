"""What deputies put forward stands in their record of duties without anybody typing it."""

from datetime import timedelta

import pytest

from congress.procedure.models import Entry
from deputies.duties.models import DutyRecord
from suggestions.docket import actions
from tests.factories.docket import MARCH_2, SuggestionFactory, clerk_of, seat

pytestmark = pytest.mark.django_db


def rows():
    order = DutyRecord.objects.order_by("kind", "mandate")
    return [(row.mandate_id, row.kind, row.state, row.held_on, row.title) for row in order]


def test_a_registered_suggestion_counts_for_who_led_it_and_apart_for_who_signed(county):
    other = seat(county)
    case = SuggestionFactory(congress=county, cosigners=[other], registered=True)
    assert rows() == [
        (other.pk, "cosign", "settled", MARCH_2, case.title),
        (case.lead_id, "suggestion", "settled", MARCH_2, case.title),
    ]


def test_a_motion_counts_as_one(county):
    signed = [seat(county) for _each in range(9)]
    case = SuggestionFactory(congress=county, motion=True, cosigners=signed, registered=True)
    kinds = list(DutyRecord.objects.values_list("kind", flat=True))
    assert sorted(kinds) == ["cosign"] * 9 + ["motion"]
    assert DutyRecord.objects.get(kind="motion").mandate_id == case.lead_id


def test_what_is_only_submitted_or_was_rejected_counts_for_nothing(county):
    SuggestionFactory(congress=county, submitted=True)
    case = SuggestionFactory(congress=county, submitted=True)
    actions.reject(case, codes=["R07"], reason="没有具体内容。", on=MARCH_2, by=clerk_of(county))
    assert rows() == []


def test_what_is_withdrawn_is_struck_for_all_who_signed(county):
    case = SuggestionFactory(congress=county, cosigners=[seat(county)], registered=True)
    later = MARCH_2 + timedelta(days=2)
    actions.withdraw(case, reason="已经办了。", on=later, by=clerk_of(county))
    assert [state for _mandate, _kind, state, *_rest in rows()] == ["struck", "struck"]


def test_a_corrected_title_is_that_of_the_row_too(county):
    case = SuggestionFactory(congress=county, registered=True)
    later = MARCH_2 + timedelta(days=2)
    actions.correct(case, changes={"title": "关于修堤的建议"}, reason="错字", on=later, by=clerk_of(county))
    assert [title for *_rest, title in rows()] == ["关于修堤的建议"]


def test_the_timeline_of_the_case_speaks_of_the_case_only(county):
    case = SuggestionFactory(congress=county, registered=True)
    actions.withdraw(case, reason="已经办了。", on=MARCH_2 + timedelta(days=2), by=clerk_of(county))
    assert not [entry for entry in Entry.objects.of(case) if entry.verb.startswith("duty.")]
