"""The main line of a case, carried by the verbs alone: from the draft to the reply."""

import pytest

from suggestions.docket.models import Suggestion
from tests.factories.docket import STAGES, SuggestionFactory

S = Suggestion.State
pytestmark = pytest.mark.django_db

STATES = {
    "draft": S.DRAFT,
    "submitted": S.SUBMITTED,
    "registered": S.REGISTERED,
    "assigned": S.IN_HAND,
    "accepted": S.IN_HAND,
    "contacted": S.IN_HAND,
    "drafted": S.IN_HAND,
    "replied": S.REPLIED,
    "closed": S.CLOSED,
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_case_reaches_every_stage_by_its_verbs(stage, county):
    assert SuggestionFactory(congress=county, stage=stage).state == STATES[stage]
