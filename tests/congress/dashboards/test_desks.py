"""The first page of a deputy: each thing asked of him opens the step itself."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deputies.activities import actions as activities
from deputies.duties import actions as duties
from suggestions.docket.actions import save_draft
from tests.factories.activities import ActivityFactory
from tests.factories.docket import SuggestionFactory, clerk_of, seat, seat_user
from tests.factories.duties import claimed
from tests.factories.rulebook import plant

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


def test_each_number_of_his_page_opens_the_list_that_has_exactly_that_many_rows(client, deputy):
    client.force_login(deputy)
    page = client.get(reverse("dashboards:desk"))
    for code, number in (("led", 1), ("replied", 1)):
        assert page.context[code] == number
        door = f"{reverse('docket:list')}?view=all&led={code}"
        assert html.escape(door) in page.content.decode()
        listed = client.get(door).context["page_obj"].paginator
        assert listed.count == number


def test_nothing_is_asked_of_a_deputy_who_has_done_it_all(client, county):
    client.force_login(seat(county).deputy.user)
    page = client.get(reverse("dashboards:desk"))
    assert page.context["errands"] == []
    assert "现在没有要您办的" in page.content.decode()


def test_whoever_serves_in_the_office_has_a_desk_of_its_own(client, county):
    client.force_login(clerk_of(county))
    assert "late_count" in client.get(reverse("dashboards:desk")).context


def called(one, *, at, title="晨间护河"):
    """A deputy is called to something that begins at that moment and takes an hour."""
    clerk, on = clerk_of(one.congress), timezone.localdate()
    activity = ActivityFactory(
        term=one.term, title=title, kind="volunteering", starts_at=at, ends_at=at + timedelta(hours=1), created_by=clerk
    )
    activities.invite(activity, [one], on=on, by=clerk)
    return activities.announce(activity, on=on, by=clerk)


def test_a_call_to_the_early_morning_is_due_on_the_day_that_the_deputy_reads_on_his_calendar(client, county):
    one = seat(county)
    morning = timezone.localtime() + timedelta(days=3)
    called(one, at=morning.replace(hour=6, minute=30))
    client.force_login(one.deputy.user)
    (errand,) = client.get(reverse("dashboards:desk")).context["errands"]
    assert errand.due_on == morning.date()


def test_what_is_over_asks_for_no_answer(client, county):
    one = seat(county)
    called(one, at=timezone.now() - timedelta(hours=3))
    client.force_login(one.deputy.user)
    assert client.get(reverse("dashboards:desk")).context["errands"] == []


def test_what_was_refused_and_what_his_members_put_down_waits_for_a_leader_of_a_group(client, county):
    plant()
    one, member = seat(county), seat(county)
    group = county.groups.create(name="石桥镇代表小组", leader=one)
    group.members.set([one, member])
    refused = claimed(one)
    duties.refuse([refused.pk], finding="请补充照片。", on=refused.held_on, by=clerk_of(county))
    claimed(member)
    client.force_login(one.deputy.user)
    errands = client.get(reverse("dashboards:desk")).context["errands"]
    assert [each.title for each in errands] == ["履职登记 1 条没有认可", "组员登记的履职 1 条"]
    for each in errands:
        assert client.get(each.url).status_code == 200


def test_a_program_is_told_the_same_as_the_first_page_shows(client, county):
    plant()
    one = seat(county)
    called(one, at=timezone.now() + timedelta(days=3))
    claimed(one)
    client.force_login(one.deputy.user)
    (line,) = client.get(reverse("api:waiting")).json()
    assert (line["code"], line["count"], line["page"]) == ("call", 1, "/activities/mine/")
    assert line["earliest"] == f"{timezone.localdate() + timedelta(days=3)}"
    assert client.get(line["url"]).json()["count"] == 1
    client.force_login(clerk_of(county))
    (line,) = client.get(reverse("api:waiting")).json()
    assert (line["code"], line["count"]) == ("claim", 1)
    assert client.get(line["page"]).status_code == 200
