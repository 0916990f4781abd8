"""The first page of a deputy: each thing asked of him opens the step itself."""

import pytest
from django.urls import reverse

from suggestions.docket.actions import save_draft
from tests.factories.docket import SuggestionFactory, clerk_of, seat, seat_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(county):
    """A deputy with a reply to rate, an invitation to second, and a draft of his own."""
    replied = SuggestionFactory(congress=county, replied=True, title="关于修复河堤的建议")
    other = seat(county, "彭志远")
    asked = SuggestionFactory(congress=county, lead=other, title="关于延伸公交的建议")
    save_draft(asked, asks=["延伸公交。"], cosigners=[replied.lead], by=other.deputy.user)
    SuggestionFactory(congress=county, lead=replied.lead, title="关于硬化机耕路的建议")
    return seat_user(replied)


def test_a_deputy_finds_all_that_is_asked_of_him_and_each_line_opens_its_step(client, deputy):
    client.force_login(deputy)
    page = client.get(reverse("dashboards:desk"))
    errands = page.context["errands"]
    assert [(each.title, each.what) for each in errands] == [
        ("关于修复河堤的建议", "请评价答复"),
        ("关于延伸公交的建议", "彭志远请您附议"),
        ("关于硬化机耕路的建议", "草稿，接着写"),
    ]
    for each in errands:
        assert f'href="{each.url}"' in page.content.decode()
        opened = client.get(each.url)
        assert opened.status_code == 200
        assert each.title in opened.content.decode()


def test_the_states_of_his_own_cases_stand_beside_their_lights(client, deputy):
    client.force_login(deputy)
    shown = client.get(reverse("dashboards:desk")).content.decode()
    assert "st-" in shown
    assert "待评价" in shown


def test_nothing_is_asked_of_a_deputy_who_has_done_it_all(client, county):
    client.force_login(seat(county).deputy.user)
    page = client.get(reverse("dashboards:desk"))
    assert page.context["errands"] == []
    assert "现在没有要您办的" in page.content.decode()


def test_whoever_serves_in_the_office_has_a_desk_of_its_own(client, county):
    client.force_login(clerk_of(county))
    assert "late_count" in client.get(reverse("dashboards:desk")).context
