"""The deputy who heads a station: what is said there is his to read and to answer, and nobody else's (站长、家长)."""

from datetime import date

import pytest
from django.urls import reverse

from congress.dashboards.beside import errands_beside
from congress.notices.models import Notice
from congress.organs.models import Organ
from congress.organs.roles import Role
from deputies.activities.models import Activity
from deputies.activities.notices import organisers_of
from deputies.activities.organisers import places_of
from deputies.roll.models import Mandate
from liaison.opinions import actions
from liaison.opinions.models import Opinion
from liaison.opinions.notices import keepers_of
from liaison.stations.models import LiaisonStation
from tests.factories.docket import seat
from tests.factories.opinions import OpinionFactory
from tests.factories.organs import DepartmentFactory
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
S = Opinion.State


@pytest.fixture
def lead(county):
    plant()
    return seat(county, "宋晓兰")


@pytest.fixture
def studio(county, township, lead):
    return StationFactory(
        congress=county, township=township, head=lead, type=LiaisonStation.Type.STUDIO, name="农技代表工作室"
    )


def step(client, opinion, name, **told):
    address = reverse("opinions:step", args=[opinion.pk, name])
    form = client.get(address).context["form"]
    return client.post(
        address, {key: form[key].value() for key in ("version", "request_key", "on") if key in form.fields} | told
    )


def test_the_head_of_a_studio_reads_and_answers_what_is_said_there(client, studio, lead):
    opinion = OpinionFactory(station=studio, name="刘桂香")
    client.force_login(lead.deputy.user)
    page = client.get(studio.get_absolute_url())
    assert [context["heard"] for _template, context in page.context["panels"] if "heard" in context] == [1]
    assert opinion.text in client.get(reverse("opinions:list"), {"station": studio.pk}).text
    shown = client.get(opinion.get_absolute_url()).text
    assert "刘某" in shown
    assert "刘桂香" not in shown
    answered = step(client, opinion, "answer_at_once", text="明天换灯泡。")
    assert answered.url == opinion.get_absolute_url()
    opinion.refresh_from_db()
    assert (opinion.state, opinion.answer) == (S.ANSWERED, "明天换灯泡。")


def test_what_was_handed_to_his_station_he_answers_too(client, studio, lead):
    opinion = OpinionFactory(station=studio, organ=studio, tier="village", state=S.ROUTED)
    client.force_login(lead.deputy.user)
    step(client, opinion, "answer", text="已修好。")
    opinion.refresh_from_db()
    assert opinion.state == S.ANSWERED


def test_what_a_head_may_open_is_what_his_list_shows(client, county, studio, lead):
    here = [
        OpinionFactory(station=studio),
        OpinionFactory(station=studio, organ=studio, tier="village", state=S.ROUTED),
        OpinionFactory(station=studio, organ=DepartmentFactory(congress=county), tier="county", state=S.ROUTED),
    ]
    closed = OpinionFactory(station=studio, state=S.CLOSED)
    elsewhere = [OpinionFactory(station=StationFactory(congress=county)), OpinionFactory()]
    user = lead.deputy.user
    opened = {each for each in (*here, closed, *elsewhere) if user.has_perm("opinions.view_opinion", each)}
    assert set(Opinion.objects.visible_to(user)) == opened == {*here, closed}
    client.force_login(user)
    mine = client.get(reverse("opinions:mine")).context["headed"]
    assert [(station, set(waiting)) for station, waiting in mine] == [(studio, set(here))]
    assert set(client.get(reverse("opinions:list"), {"view": "all"}).context["page_obj"]) == opened
    for each in (*here, closed, *elsewhere):
        assert client.get(each.get_absolute_url()).status_code == (200 if each in opened else 404)


def test_only_who_heads_it_with_a_seat_in_force_has_these_rights(client, county, studio, lead):
    opinion = OpinionFactory(station=studio)
    other = seat(county, "吕春梅")
    group = county.groups.create(name="柳溪小组")
    group.members.add(other)
    studio.hostings.create(group=group)
    pages = [
        opinion.get_absolute_url(),
        reverse("opinions:list"),
        reverse("opinions:record"),
        reverse("receptions:grid"),
        reverse("receptions:create"),
        reverse("stations:list"),
        reverse("activities:list"),
        reverse("stations:change", args=[studio.pk]),
        reverse("stations:opening", args=[studio.pk]),
    ]
    client.force_login(lead.deputy.user)
    assert {client.get(page).status_code for page in pages} == {200}
    client.force_login(other.deputy.user)
    assert {client.get(page).status_code for page in pages} == {404}
    Mandate.objects.filter(pk=lead.pk).update(state=Mandate.State.SUSPENDED)
    client.force_login(lead.deputy.user)
    assert {client.get(page).status_code for page in pages} == {404}


def test_letters_about_what_is_said_there_reach_the_head(county, township_clerk, clerk, studio, lead):
    opinion = OpinionFactory(station=studio)
    assert keepers_of(opinion) == [lead.deputy.user]
    keeper = serving(Role.STATION_KEEPER, studio)
    assert keepers_of(opinion) == [keeper, lead.deputy.user]
    studio.head = None
    studio.save()
    keeper.memberships.all().delete()
    assert keepers_of(Opinion.objects.get(pk=opinion.pk)) == [township_clerk]


def test_what_is_handed_to_a_station_without_keeper_reaches_its_head(
    studio, lead, clerk, django_capture_on_commit_callbacks
):
    opinion = OpinionFactory(station=studio)
    with django_capture_on_commit_callbacks(execute=True):
        actions.route(opinion, organ=studio, on=date(2026, 3, 3), by=clerk)
    assert [(notice.recipient, notice.title) for notice in Notice.objects.all()] == [
        (lead.deputy.user, f"请办理群众意见：{opinion}")
    ]


def test_his_desk_says_how_much_waits_at_his_station(studio, lead):
    user = lead.deputy.user
    assert "我的站" not in "".join(title for title, *_rest in errands_beside(user))
    OpinionFactory(station=studio)
    OpinionFactory(station=studio, organ=studio, tier="village", state=S.ROUTED)
    OpinionFactory(station=studio, state=S.UPWARD)
    OpinionFactory()
    found = {title: url for title, _what, url, _until in errands_beside(user)}
    assert found["我的站：2 件待处理"] == reverse("opinions:mine")


def test_the_head_holds_activities_and_receptions_of_his_station(client, county, studio, lead):
    user = lead.deputy.user
    assert [place.key for place in places_of(user)] == [f"station:{studio.pk}"]
    client.force_login(user)
    client.post(
        reverse("activities:plan"),
        {"request_key": "abc", "where": f"station:{studio.pk}", "kind": "training", "title": "农技课", "theme": "农技",
         "place": "工作室", "starts_at": "2026-03-20T09:00", "ends_at": "2026-03-20T11:00"},
    )  # fmt: skip
    activity = Activity.objects.get()
    assert (activity.organ_id, user.has_perm("activities.organise", activity)) == (studio.pk, True)
    assert client.get(reverse("activities:invite", args=[activity.pk])).status_code == 200
    assert list(Activity.objects.organised_by(user)) == list(Activity.objects.visible_to(user)) == [activity]
    assert organisers_of(activity) == [user]
    mine = client.get(reverse("activities:mine"))
    assert list(mine.context["led"]) == [activity]
    assert reverse("activities:plan") in mine.text
    stranger = seat(county, "吕春梅").deputy.user
    assert not stranger.has_perm("activities.organise", activity)
    assert not Activity.objects.visible_to(stranger).exists()


def test_who_heads_no_station_is_asked_nothing_more(county, clerk, django_assert_num_queries):
    other = seat(county, "吕春梅").deputy.user
    list(Opinion.objects.visible_to(other))  # his hats and seats are read
    with django_assert_num_queries(1):
        list(Opinion.objects.visible_to(other))
    with django_assert_num_queries(1):
        list(Activity.objects.visible_to(other))
    organ = Organ.objects.get(pk=county.pk)
    activity = Activity(congress=county, organ=organ, starts_at=date(2026, 3, 1))
    with django_assert_num_queries(1):  # whether he leads one of its groups
        other.has_perm("activities.organise", activity)
