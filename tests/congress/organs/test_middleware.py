import pytest
from django.urls import reverse
from django.utils import timezone

from congress.accounts import actions, second_factor
from congress.organs.roles import Role
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db
ENROL = "accounts:enrol_second_factor"


@pytest.fixture
def demanding(county):
    county.second_factor_roles = [Role.NPC_CLERK, Role.CASE_OFFICER]
    county.save()
    return county


def test_who_serves_in_a_demanded_role_enrols_before_anything_else(client, demanding, clerk):
    client.force_login(clerk)
    answer = client.get(reverse("dashboards:desk"), follow=True)
    assert answer.redirect_chain == [(f"{reverse(ENROL)}?required=1", 302)]
    assert "请先启用动态口令" in answer.text
    assert client.get(reverse("roll:list"), headers={"HX-Request": "true"}).headers["HX-Redirect"]
    second_factor.enrol(clerk, second_factor.new_secret())
    assert client.get(reverse("dashboards:desk")).status_code == 200


def test_a_token_opens_nothing_until_he_has_enrolled(client, demanding, clerk, leader):
    address = reverse("api:suggestion-list")
    for person, status in ((clerk, 403), (leader, 200)):
        _token, secret = actions.issue_token(person, device="", at=timezone.now())
        answer = client.get(address, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == status
        if status == 403:
            assert answer.json()["code"] == "second_factor_first"
            second_factor.enrol(person, second_factor.new_secret())
            assert client.get(address, headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_it_reaches_the_departments_of_the_congress(client, demanding, officer, head):
    department = DepartmentFactory(congress=demanding)
    for person, asked in ((officer(department), True), (head(department), False)):
        client.force_login(person)
        assert (client.get(reverse("dashboards:desk")).status_code == 302) == asked


def test_who_drops_it_is_asked_again_at_once(client, demanding, clerk):
    second_factor.enrol(clerk, second_factor.new_secret())
    client.force_login(clerk)
    assert client.get(reverse("dashboards:desk")).status_code == 200
    second_factor.drop(clerk)
    assert client.get(reverse("dashboards:desk")).status_code == 302


@pytest.mark.parametrize("name", ["portal:home", ENROL, "accounts:change_password"])
def test_what_everybody_may_open_and_the_way_out_stay_open(client, demanding, clerk, name):
    client.force_login(clerk)
    assert client.get(reverse(name)).status_code == 200


def test_a_congress_that_demands_nothing_asks_nobody_and_costs_nothing(
    client, county, clerk, django_assert_num_queries
):
    client.force_login(clerk)
    address = reverse("accounts:change_password")
    client.get(address)
    with django_assert_num_queries(2):
        client.get(reverse("accounts:change_password"))
    assert client.get(reverse("dashboards:desk")).status_code == 200


def test_the_office_says_which_roles_and_the_journal_keeps_it(client, county, clerk):
    client.force_login(clerk)
    told = {"name": county.name, "short_name": county.short_name, "region": county.region, "office_name": "代工委"}
    client.post(reverse("office:congress_change", args=[county.code]), told | {"second_factor_roles": ["leader"]})
    county.refresh_from_db()
    assert county.second_factor_roles == ["leader"]
