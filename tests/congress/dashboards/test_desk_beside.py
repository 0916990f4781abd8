"""What a clerk's desk shows beside the work that waits: the next batch, what is late, what others did of late."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from congress.organs.models import Department
from congress.organs.roles import Role
from congress.rulebook.models import RuleOverride, Unit
from suggestions.docket import actions
from suggestions.docket.models import Suggestion
from tests.factories.docket import SuggestionFactory, clerk_of
from tests.factories.organs import DepartmentFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
MAY_20, NOVEMBER = date(2026, 5, 20), date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(f"{MAY_20} 10:00+08:00", tick=False):
        yield


def desk(client, user):
    client.force_login(user)
    return client.get(reverse("dashboards:desk"))


def rows(client, address):
    return len(client.get(address).context["sheet"].rows)


def test_the_numbers_of_the_next_batch_open_just_those_papers(client, county, clerk):
    RuleOverride.objects.create(
        congress=county, code="batch_days", unit=Unit.LIST, value=[1, 15], article="本级规定",
        effective_from=date(2026, 1, 1),
    )  # fmt: skip
    early, late = date(2026, 5, 8), date(2026, 5, 18)
    SuggestionFactory(congress=county, submitted=True, since=late)
    for received in (early, late):
        case = SuggestionFactory(congress=county, submitted=True, since=received)
        actions.register(case, on=received, by=clerk_of(county))
    page = desk(client, clerk)
    (batch,) = page.context["batches"]
    assert (batch["day"], batch["unchecked"], batch["registered"], batch["missed"]) == (date(2026, 6, 1), 1, 2, 1)
    assert "6月1日周一集中交办" in page.content.decode()
    listed = f"{reverse('docket:list')}?congress={county.pk}"
    assert rows(client, f"{listed}&view=all&state=submitted&period=between") == 1
    assert rows(client, f"{listed}&view=missed") == 1
    assert len(client.get(f"{reverse('docket:batch')}?congress={county.code}").context["rows"]) == 2


def test_where_papers_are_assigned_as_they_come_in_no_batch_is_shown(client, county, clerk):
    SuggestionFactory(congress=county, submitted=True)
    assert desk(client, clerk).context["batches"] == []


def test_what_is_late_says_with_what_and_whose_department_can_be_pressed_is_pressed_from_there(client, county, clerk):
    roads = DepartmentFactory(congress=county, name="交通局", short_name="交通局")
    in_hand = SuggestionFactory(congress=county, assigned=True, department=roads)
    replied = SuggestionFactory(congress=county, replied=True, department=roads)
    with time_machine.travel(f"{NOVEMBER} 10:00+08:00", tick=False):
        page = desk(client, clerk)
        late = {row["pk"]: (row["holder"], row["situation"], bool(row["may_urge"])) for row in page.context["late"]}
        assert late == {in_hand.pk: ("交通局", "签收超期", True), replied.pk: ("代表", "评价超期", False)}
        urge = reverse("docket:office_step", args=[in_hand.pk, "urge"])
        assert f'href="{urge}"' in page.content.decode()
        assert client.get(urge).status_code == 200


def test_whoever_is_offered_to_press_a_department_may_take_the_step(client, county, clerk, officer, government_office):
    roads = DepartmentFactory(congress=county)
    SuggestionFactory(congress=county, assigned=True, department=roads)
    office = Department.objects.get(memberships__user=government_office)
    SuggestionFactory(congress=county, assigned=True, department=office)
    with time_machine.travel(f"{NOVEMBER} 10:00+08:00", tick=False):
        for person in (clerk, officer(roads), government_office):
            late = desk(client, person).context["late"]
            assert late
            for row in late:
                case = Suggestion.objects.get(pk=row["pk"])
                assert bool(row["may_urge"]) == person.has_perm("docket.urge_suggestion", case)


def test_news_is_what_others_did_and_many_at_once_are_one_line(client, county, clerk):
    colleague = serving(Role.NPC_CLERK, county, user__name="吴同事")
    first, second, own = (SuggestionFactory(congress=county, assigned=True) for _each in range(3))
    for case in (first, second):
        actions.urge(case, reason="请抓紧联系代表。", on=MAY_20, by=colleague, request_key=f"urge-{case.pk}")
    actions.urge(own, reason="请抓紧答复。", on=MAY_20, by=clerk, request_key="urge-own")
    told = [each for each in desk(client, clerk).context["recent"] if "催办" in each["text"]]
    assert [(each["text"], each["pk"], each["more"]) for each in told] == [
        ("吴同事催办：请抓紧联系代表。", second.pk, 1)
    ]
