import re
from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from congress.procedure.models import Entry
from deputies.activities import actions as activities
from deputies.activities.models import Activity, Invitation
from deputies.duties.models import DutyRecord
from deputies.roll import actions as roll
from deputies.roll.models import Delegation
from liaison.receptions import actions as receptions
from liaison.receptions.models import Reception
from liaison.receptions.questions import grid
from liaison.stations import actions, papers
from liaison.stations.models import LiaisonStation, deputies_at, stations_of
from liaison.stations.standard import gaps_of, grade_of, points_of, standard
from liaison.stations.views import say_address
from tests.factories.organs import TermFactory
from tests.factories.photos import photo
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory

pytestmark = pytest.mark.django_db
MARCH_1 = date(2026, 3, 1)


@pytest.fixture
def home(county):
    """A station with a group of three deputies at home in it."""
    plant()
    term = TermFactory(congress=county)
    group = county.groups.create(name="柳溪小组")
    members = MandateFactory.create_batch(3, congress=county, term=term)
    group.members.set(members)
    group.leader = members[0]
    group.save()
    station = StationFactory(congress=county)
    station.hostings.create(group=group)
    return station


def test_the_leader_of_the_group_is_the_head_unless_another_is_named(home, county, clerk):
    group = home.hostings.get().group
    station = actions.found(county, groups=[group], name="新站", on=MARCH_1, by=clerk)
    assert station.head == group.leader
    assert not home.hostings.exists(), "a group is at home in one station"


def test_a_station_hosts_two_groups(home, county, clerk):
    second = county.groups.create(name="第二小组")
    actions.change(home, groups=[home.hostings.get().group, second], on=MARCH_1, by=clerk)
    assert home.hostings.count() == 2
    assert Entry.objects.of(home).get().facts["changed"]["groups"]


def test_two_stations_of_one_name_are_refused_beside_the_field(client, home, clerk):
    client.force_login(clerk)
    answer = client.post(reverse("stations:create"), {"name": home.name, "type": "station"})
    assert "已经有同名" in answer.text
    assert LiaisonStation.objects.count() == 1


@given(st.sets(st.sampled_from([item.code for item in standard()[0]])))
def test_points_and_gaps_share_the_hundred_between_them(ticked):
    assert points_of(ticked) + sum(item.points for item in gaps_of(ticked)) == 100


def test_the_grade_is_reached_at_its_first_point():
    assert [grade_of(points).code for points in (100, 90, 89, 80, 70, 60, 59, 0)] == [
        "five", "five", "four", "four", "three", "pass", "gap", "gap",
    ]  # fmt: skip


def test_sixteen_stations_by_twelve_months_show_where_nobody_was_received(home, county, clerk):
    StationFactory.create_batch(15, congress=county)
    held = receptions.arrange(
        home, day=date(2026, 1, 15), starts=time(9), ends=time(11),
        mandates=[home.hostings.get().group.leader], on=date(2026, 1, 5), by=clerk,
    )  # fmt: skip
    activities.hold(held.activity, on=date(2026, 1, 15), at=held.activity.ends_at, by=clerk)
    rows = grid(LiaisonStation.objects.filter(congress=county), year=2026, on=MARCH_1)
    lights = {station.pk: [cell.light for cell in cells] for station, cells, _held in rows}
    assert len(rows) == 16
    assert lights[home.pk][:4] == ["done", "late", "wait", "none"]
    assert sum(light == "late" for cells in lights.values() for light in cells) == 31


def test_a_year_of_receptions_takes_deputies_in_turn_skips_rest_days_and_is_not_arranged_twice(home, clerk):
    told = {"year": 2026, "day_of_month": 15, "months": [2, 3, 4, 5], "starts": time(9), "ends": time(11)}
    made = receptions.arrange_year(home, **told, each_time=2, on=MARCH_1, by=clerk)
    assert [each.activity.starts_at.date() for each in made] == [
        date(2026, 3, 16), date(2026, 4, 15), date(2026, 5, 15),
    ]  # fmt: skip
    assert Invitation.objects.count() == 6
    assert len(set(Invitation.objects.values_list("mandate", flat=True))) == 3
    assert receptions.arrange_year(home, **told, each_time=2, on=MARCH_1, by=clerk) == []


def next_year_of(client, home):
    return {
        "request_key": client.get(reverse("receptions:year")).context["form"]["request_key"].value(),
        "station": home.pk, "year": timezone.localdate().year + 1, "day_of_month": 15, "months": [3, 4],
        "starts": "09:00", "ends": "11:00", "each_time": 2,
    }  # fmt: skip


def kept(page):
    """What the page of the plan sends on, as a browser would."""
    fields = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page.content.decode())
    names = {name for name, _value in fields}
    return {name: [value for each, value in fields if each == name] for name in names}


def test_a_year_is_shown_month_by_month_before_anybody_is_told_and_sent_twice_arranged_once(client, home, clerk):
    client.force_login(clerk)
    page = client.post(reverse("receptions:year"), next_year_of(client, home))
    assert page.status_code == 200
    assert [(each.month, len(each.mandates)) for each in page.context["planned"]] == [(3, 2), (4, 2)]
    for each in page.context["planned"]:
        assert "、".join(mandate.deputy.name for mandate in each.mandates) in page.content.decode()
    assert not Reception.objects.exists()
    sent = kept(page) | {"confirm": "1"}
    for _twice in range(2):
        assert client.post(reverse("receptions:year"), sent).status_code == 302
    assert Reception.objects.filter(station=home).count() == 2
    planned = {mandate.pk for each in page.context["planned"] for mandate in each.mandates}
    assert set(Invitation.objects.values_list("mandate", flat=True)) == planned
    again = client.post(reverse("receptions:year"), next_year_of(client, home))
    assert [each.left_out for each in again.context["planned"]] == ["这个月排过了，不重排"] * 2


def test_a_year_that_has_changed_since_it_was_shown_is_shown_anew_and_can_be_gone_back_from(client, home, clerk):
    client.force_login(clerk)
    page = client.post(reverse("receptions:year"), next_year_of(client, home))
    home.hostings.get().group.members.remove(page.context["planned"][0].mandates[0])
    answer = client.post(reverse("receptions:year"), kept(page) | {"confirm": "1"})
    assert (answer.status_code, answer.context["has_changed"]) == (409, True)
    assert not Reception.objects.exists()
    back = client.post(reverse("receptions:year"), kept(page) | {"change": "1"})
    assert back.context["form"]["months"].value() == ["3", "4"]
    assert client.post(reverse("receptions:year"), kept(answer) | {"confirm": "1"}).status_code == 302
    assert Reception.objects.count() == 2


def test_the_same_reception_sent_twice_is_arranged_once(home, clerk):
    lead = home.hostings.get().group.leader
    first, second = (
        receptions.arrange(
            home, day=date(2026, 3, 16), starts=time(9), ends=time(11), mandates=[lead], on=MARCH_1, by=clerk
        )
        for _twice in range(2)
    )
    assert first == second
    assert Activity.objects.count() == 1


def test_a_deputy_at_a_reception_has_his_duty_recorded_without_a_form(home, clerk):
    lead = home.hostings.get().group.leader
    reception = receptions.arrange(
        home, day=date(2026, 3, 16), starts=time(9), ends=time(11), mandates=[lead], on=MARCH_1, by=clerk
    )
    activities.mark(
        reception.activity, {lead.pk: "present"}, at=reception.activity.starts_at, on=date(2026, 3, 16), by=clerk
    )
    assert DutyRecord.objects.values_list("mandate", "kind").get() == (lead.pk, "reception")


def test_a_reception_planned_among_the_activities_stands_in_its_stations_year(home, clerk, county):
    plan = receptions.arrange(
        home, day=date(2026, 3, 16), starts=time(9), ends=time(11),
        mandates=[home.hostings.get().group.leader], on=MARCH_1, by=clerk,
    )  # fmt: skip
    plan.delete()
    activity = Activity.objects.get()
    assert not Reception.objects.exists()
    activities.cancel(activity, reason="改期", on=MARCH_1, by=clerk)
    again = activities.plan(
        congress=county, organ=home, kind="reception", title="接待", theme="听取意见", place="站里",
        starts_at=activity.starts_at, ends_at=activity.ends_at, on=MARCH_1, by=clerk,
    )  # fmt: skip
    activities.invite(again, [home.hostings.get().group.leader], on=MARCH_1, by=clerk)
    activities.announce(again, on=MARCH_1, by=clerk)
    assert Reception.objects.get().activity == again


@pytest.mark.parametrize("name", ["board", "poster"])
def test_the_board_and_the_code_are_pdfs_with_a_photo_or_without(client, home, clerk, name, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    roll.show_portrait(home.hostings.get().group.leader, photo(), by=clerk)
    client.force_login(clerk)
    answer = client.get(reverse(f"stations:{name}", args=[home.pk]))
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("address", ["stations:list", "receptions:grid", "receptions:year", "receptions:create"])
def test_the_keeper_works_on_his_station_and_sees_no_other(client, station_keeper, home, address):
    client.force_login(station_keeper)
    text = client.get(reverse(address)).text
    assert "柳溪镇代表联络站" in text or "柳" in text
    assert home.name not in text


def test_a_list_of_stations_asks_as_much_for_three_as_for_one(client, home, clerk, county, django_assert_num_queries):
    client.force_login(clerk)
    address = reverse("stations:list")
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)
    for number in range(2):
        group = county.groups.create(name=f"小组{number}", leader=home.hostings.get().group.leader)
        StationFactory(congress=county).hostings.create(group=group)
    with django_assert_num_queries(12):
        client.get(address)


@pytest.mark.parametrize("number", [3, 24, 36, 48, 60])
def test_a_wall_board_is_one_page_however_many_deputies_there_are(home, county, number):
    group = home.hostings.get().group
    post = "柳溪镇农民专业合作社联合社党支部书记、理事长" if number > 24 else "村医"
    seats = MandateFactory.create_batch(number - 3, congress=county, term=group.leader.term, deputy__position_held=post)
    group.members.add(*seats)
    content = papers.wall_board(home, address="https://example.org/say", at=timezone.now())
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) == 1


def test_what_hangs_on_the_wall_says_the_address_that_residents_reach(rf, home, settings):
    request = rf.get("/")
    path = reverse("portal:say", args=[home.slug])
    assert say_address(request, home) == f"http://testserver{path}"
    settings.PORTAL_URL, settings.PORTAL_URL_IS_GIVEN = "https://rd.example.gov.cn", True
    assert say_address(request, home) == f"https://rd.example.gov.cn{path}"


def test_a_station_that_is_not_public_has_no_code_to_hang_on_its_door(client, home, clerk):
    doors = [reverse(f"stations:{name}", args=[home.pk]) for name in ("poster", "board")]
    client.force_login(clerk)
    assert all(door in client.get(home.get_absolute_url()).text for door in doors)
    LiaisonStation.objects.update(is_public=False)
    page = client.get(home.get_absolute_url()).text
    assert not any(door in page for door in doors)
    assert [client.get(door).status_code for door in doors] == [404, 404]


def test_a_full_board_leaves_out_whoever_comes_from_elsewhere_and_says_how_many(home, county, township, monkeypatch):
    group = home.hostings.get().group
    home.township = township
    here = Delegation.objects.create(congress=county, name="本镇代表团", township=township)
    own = MandateFactory(congress=county, term=group.leader.term, delegation=here, deputy__name="龚本镇")
    group.members.add(own)
    told = {}
    monkeypatch.setattr(papers, "MOST", 2)
    monkeypatch.setattr(papers, "pdf", lambda source, *, content, images: told.update(content))
    papers.wall_board(home, address="https://example.org/say", at=timezone.now())
    assert told["deputies"][0]["name"] == "龚本镇"
    assert (len(told["deputies"]), told["more"]) == (2, 2)


def test_who_heads_a_studio_is_found_there_and_is_asked_to_its_receptions(county, clerk):
    plant()
    lead = MandateFactory(congress=county, term=TermFactory(congress=county))
    studio = actions.found(county, name="果树代表工作室", type="studio", head=lead, on=MARCH_1, by=clerk)
    assert list(deputies_at([studio])) == [lead]
    assert list(stations_of(lead)) == [studio]
    made = receptions.arrange_year(
        studio, year=2026, months=[4], day_of_month=15, starts=time(9), ends=time(11), each_time=2, on=MARCH_1, by=clerk
    )
    assert [call.mandate for call in made[0].activity.invitations.all()] == [lead]


def test_a_station_owes_nothing_for_the_months_before_it_was_founded(county, clerk):
    plant()
    station = actions.found(county, name="新站", on=date(2026, 3, 10), by=clerk)
    [(_station, cells, _held)] = grid([station], year=2026, on=date(2026, 5, 20))
    assert [cell.light for cell in cells[:5]] == ["none", "none", "none", "late", "wait"]


def test_the_grid_asks_a_monthly_reception_of_stations_and_not_of_studios(client, home, county, clerk):
    StationFactory(congress=county, name="果树代表工作室", short_name="果树工作室", type="studio")
    client.force_login(clerk)
    text = client.get(reverse("receptions:grid")).text
    assert home.short_name in text
    assert "果树工作室" not in text


def test_a_double_day_names_the_leaders_who_came(client, home, clerk):
    client.force_login(clerk)
    told = {
        "kind": "double_day", "day": "2030-03-15", "starts": "09:00", "ends": "11:00",
        "mandates": [home.hostings.get().group.leader_id],
    }  # fmt: skip
    assert "双日请写明到场的领导干部" in client.post(reverse("receptions:create"), told).text
    answer = client.post(reverse("receptions:create"), told | {"leaders": "县委书记赵安"}, follow=True)
    assert "到场领导：县委书记赵安" in answer.text
    assert Reception.objects.get().activity.kind == "double_day"


def test_all_stays_all_when_one_type_is_chosen(client, home, county, clerk):
    StationFactory(congress=county, type="studio")
    client.force_login(clerk)
    assert client.get(reverse("stations:list"), {"type": "studio"}).context["every"] == 2


def test_arranging_a_reception_offers_the_deputies_of_the_chosen_station_alone(client, home, county, clerk):
    lead = MandateFactory(congress=county, term=home.hostings.get().group.leader.term, deputy__name="水别处")
    other = StationFactory(congress=county, head=lead)
    client.force_login(clerk)
    page = client.get(reverse("receptions:create"), {"station": home.pk}).text
    assert home.hostings.get().group.leader.deputy.name in page
    assert "水别处" not in page
    assert "水别处" in client.get(reverse("receptions:create"), {"station": other.pk}).text
