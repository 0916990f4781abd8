"""What the docket shows on the page of a deputy."""

import pytest
from django.urls import reverse

from congress.organs.roles import Role
from suggestions.docket.models import Suggestion
from tests.factories.docket import SuggestionFactory, seat
from tests.factories.organs import DepartmentFactory, MembershipFactory

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


def test_a_colleague_who_works_for_the_department_finds_no_protected_case_there(client, county):
    department = DepartmentFactory(congress=county)
    shown = {"congress": county, "assigned": True, "department": department}
    protected = SuggestionFactory(**shown, title="关于某事的建议", protects_identity=True)
    SuggestionFactory(**shown, lead=protected.lead, title="关于修桥的建议")
    colleague = seat(county).deputy.user
    MembershipFactory(user=colleague, role=Role.CASE_OFFICER, organ=department)
    client.force_login(colleague)
    assert client.get(protected.get_absolute_url()).status_code == 200
    page = client.get(reverse("roll:mandate", args=[protected.lead_id])).content.decode()
    assert "关于修桥的建议" in page
    assert "关于某事的建议" not in page
    assert f'"{protected.get_absolute_url()}"' not in page
