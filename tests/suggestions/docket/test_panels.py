"""What the docket shows on the page of a deputy."""

import pytest
from django.urls import reverse

from suggestions.docket.models import Suggestion
from tests.factories.docket import SuggestionFactory

pytestmark = pytest.mark.django_db


def test_the_page_of_a_deputy_lists_the_cases_he_leads_but_no_draft(client, clerk, county):
    case = SuggestionFactory(congress=county, title="关于修桥的建议")
    Suggestion.objects.filter(pk=case.pk).update(state=Suggestion.State.SUBMITTED)
    draft = SuggestionFactory(congress=county, lead=case.lead, title="还没写完的建议")
    Suggestion.objects.filter(pk=draft.pk).update(state=Suggestion.State.DRAFT)
    client.force_login(clerk)
    shown = client.get(reverse("roll:mandate", args=[case.lead_id])).content.decode()
    assert "关于修桥的建议" in shown
    assert "还没写完的建议" not in shown
