"""Who works here and is a deputy as well has his own menu and desk, and his deputy's page one press away."""

from datetime import date

import pytest
from django.urls import reverse

from congress.organs.roles import Role
from deputies.activities import actions as activities
from suggestions.docket.actions import save_draft
from tests.factories.activities import ActivityFactory
from tests.factories.docket import SuggestionFactory, clerk_of, seat
from tests.factories.organs import CommitteeFactory, DepartmentFactory, MembershipFactory
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory

pytestmark = pytest.mark.django_db

HOME, DEPUTY = "dashboards:desk", "dashboards:deputy"


@pytest.fixture
def both(county):
    """both(role) → somebody in that role who has a seat too."""
    plant()

    def of(role):
        organ = {
            Role.STATION_KEEPER: lambda: StationFactory(congress=county),
            Role.COMMITTEE_CLERK: lambda: CommitteeFactory(congress=county),
            Role.CASE_OFFICER: lambda: DepartmentFactory(congress=county),
        }.get(role, lambda: county)()
        one = seat(county)
        MembershipFactory(user=one.deputy.user, role=role, organ=organ)
        return one

    return of


def menu(client):
    return [door.url for door in client.get(reverse(HOME), follow=True).context["doors"]]


def test_a_leader_who_is_a_deputy_signs_in_to_the_cockpit_and_has_all_its_doors(client, both):
    client.force_login(both(Role.LEADER).deputy.user)
    page = client.get(reverse(HOME), follow=True)
    assert page.redirect_chain == [(reverse("dashboards:cockpit"), 302)]
    assert not page.context["is_phone_person"]
    names = (
        "dashboards:cockpit", "dashboards:work", "docket:list", "promises:list", "roll:list", "activities:list",
        "stations:list", DEPUTY,
    )  # fmt: skip
    assert menu(client) == [reverse(name) for name in names]
    for name in names:
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("role", [Role.STATION_KEEPER, Role.COMMITTEE_CLERK, Role.CASE_OFFICER, Role.NPC_CLERK])
def test_whoever_works_here_keeps_his_desk_when_he_becomes_a_deputy(client, both, role):
    client.force_login(both(role).deputy.user)
    assert "late_count" in client.get(reverse(HOME)).context
    assert menu(client)[0] == reverse(HOME)
    assert reverse(DEPUTY) in menu(client)


def test_a_keeper_who_is_a_deputy_finds_his_station(client, both):
    client.force_login(both(Role.STATION_KEEPER).deputy.user)
    assert reverse("stations:list") in menu(client)
    assert client.get(reverse("opinions:list")).status_code == 200


def test_an_administrator_or_auditor_who_is_a_deputy_keeps_what_he_has(client, both):
    client.force_login(both(Role.ADMINISTRATOR).deputy.user)
    assert menu(client) == [reverse(DEPUTY), reverse("dashboards:settings")]
    client.force_login(both(Role.AUDITOR).deputy.user)
    assert menu(client) == [reverse(DEPUTY), reverse("dashboards:journal")]


def test_his_page_as_a_deputy_shows_what_is_asked_of_him_and_leads_to_his_papers(client, both, county):
    one = both(Role.LEADER)
    other = seat(county, "彭志远")
    asked = SuggestionFactory(congress=county, lead=other, title="关于延伸公交的建议")
    save_draft(asked, asks=["延伸公交。"], cosigners=[one], by=other.deputy.user)
    client.force_login(one.deputy.user)
    page = client.get(reverse(DEPUTY))
    assert [each.title for each in page.context["errands"]] == ["关于延伸公交的建议"]
    for name in ("docket:mine", "docket:write", "duties:mine", "activities:mine", "opinions:mine", "accounts:profile"):
        assert f'href="{reverse(name)}"' in page.text
        assert client.get(reverse(name)).status_code == 200
    assert "亮身份" in client.get(reverse("accounts:profile")).text
    assert "请您附议" in client.get(reverse("dashboards:work")).text


def test_a_deputy_and_nothing_else_keeps_his_five_entries_on_the_phone(client, county):
    client.force_login(seat(county).deputy.user)
    names = (HOME, "docket:mine", "duties:mine", "opinions:mine", "accounts:profile")
    assert menu(client) == [reverse(name) for name in names]


def test_the_page_of_a_deputy_is_nobody_elses(client, leader):
    client.force_login(leader)
    assert client.get(reverse(DEPUTY)).status_code == 404
    assert reverse(DEPUTY) not in menu(client)


def test_a_theme_waits_for_its_leader_on_his_desk_and_opens_its_list(client, county, leader):
    clerk, one = clerk_of(county), seat(county)
    activity = ActivityFactory(congress=county, term=one.term, created_by=clerk, guide=leader)
    activities.submit_theme(activity, on=date(2026, 3, 2), by=clerk)
    client.force_login(leader)
    (door,) = [door for door in client.get(reverse("dashboards:cockpit")).context["doors"] if door.label == "工作台"]
    page = client.get(door.url)
    assert [row.waiting.code for row in page.context["rows"]] == ["theme"]
    assert "去审定" in page.text
    assert activity.title in client.get(page.context["rows"][0].url).text
    client.force_login(clerk)
    assert client.get(door.url).status_code == 404
