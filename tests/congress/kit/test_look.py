"""Dark ground and elder mode: choices of a reader that his browser keeps; what the public reads has no dark ground."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
DARK = 'data-bs-theme="dark"'


def shown(client, name, **query):
    return client.get(reverse(name), query).content.decode()


def test_a_reader_chooses_dark_ground_and_light_again(client, clerk):
    client.force_login(clerk)
    assert DARK not in shown(client, "accounts:profile")
    answer = client.post(reverse("kit:ground"), {"ground": "dark", "next": reverse("accounts:profile")})
    assert answer.url == reverse("accounts:profile")
    assert DARK in shown(client, "accounts:profile")
    assert DARK in shown(client, "docket:list")
    client.post(reverse("kit:ground"), {"ground": "light"})
    assert DARK not in shown(client, "docket:list")


def test_public_pages_and_the_sign_in_page_stay_light(client, county, clerk):
    client.force_login(clerk)
    client.post(reverse("kit:ground"), {"ground": "dark"})
    assert DARK not in shown(client, "portal:home")
    client.logout()
    assert DARK not in shown(client, "accounts:sign_in")


def test_no_choice_leads_to_another_host(client, clerk):
    client.force_login(clerk)
    for name in ("kit:ground", "kit:elder"):
        assert client.post(reverse(name), {"next": "https://elsewhere.example/"}).url == "/"


def test_the_wall_shows_the_figures_of_the_cockpit_without_a_menu(client, county, leader):
    client.force_login(leader)
    page, wall = shown(client, "dashboards:cockpit"), shown(client, "dashboards:screen")
    assert reverse("dashboards:screen") in page
    assert f'class="big" {DARK}' in wall
    assert "mainnav" in page
    assert "mainnav" not in wall
    for words in ("答复率", "评价回收率", "承诺兑现率", "各单位承办与超期"):
        assert words in page
        assert words in wall
