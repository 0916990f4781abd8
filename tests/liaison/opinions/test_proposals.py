from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from congress.notices.models import Notice
from congress.organs.roles import Role
from congress.portal.questions import chain_of
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.activities.models import Activity
from liaison.opinions import proposing
from liaison.opinions.models import ThemeProposal
from tests.factories.opinions import OpinionFactory
from tests.factories.organs import CongressFactory, TermFactory
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)
S = ThemeProposal.State


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def station(county, township):
    plant()
    return StationFactory(congress=county, township=township)


@pytest.fixture
def group(county, deputy_user):
    term = TermFactory(congress=county, starts_on=date(2022, 1, 10))
    lead = MandateFactory(congress=county, term=term, deputy__user=deputy_user)
    return county.groups.create(name="柳溪小组", leader=lead)


@pytest.fixture
def opinions(station):
    return OpinionFactory.create_batch(3, station=station, topic="路灯")


@pytest.fixture
def proposal(opinions, group, township, township_clerk):
    return proposing.propose(
        opinions, township=township, group=group, theme="村道路灯", words="请到柳溪村看看", on=TODAY, by=township_clerk
    )


def when(**more):
    return {
        "version": 0, "request_key": "k", "on": TODAY, "theme": "村道路灯", "place": "柳溪村", "day": "2026-04-01",
        "starts": "09:00", "ends": "11:00", **more,
    }  # fmt: skip


def step(client, proposal, name, **sent):
    return client.post(reverse("opinions:proposal_step", args=[proposal.pk, name]), sent, follow=True)


def said_of(case):
    return list(Entry.objects.of(case).values_list("verb", flat=True))


def test_a_townships_clerk_proposes_what_he_ticked_and_the_county_is_told(
    client, opinions, group, township_clerk, clerk, deputy_user, django_capture_on_commit_callbacks
):
    client.force_login(township_clerk)
    sent = {"pick": [each.pk for each in opinions], "group": group.pk, "theme": "村道路灯", "words": ""}
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("opinions:propose"), sent, follow=True)
    proposal = ThemeProposal.objects.get()
    assert answer.redirect_chain[-1][0] == proposal.get_absolute_url()
    assert said_of(proposal) == ["proposal.propose"]
    assert {said_of(each)[-1] for each in opinions} == {"opinion.propose"}
    told = Notice.objects.filter(verb="proposal.propose").values_list("recipient", flat=True)
    assert set(told) == {clerk.pk, deputy_user.pk}


@pytest.mark.parametrize("who", ["leader of the group", "office"])
def test_who_may_takes_it_and_an_activity_of_the_group_begins(
    client, proposal, opinions, group, clerk, deputy_user, who
):
    client.force_login(clerk if who == "office" else deputy_user)
    assert "采纳" in client.get(proposal.get_absolute_url()).text
    answer = step(client, proposal, "take", **when())
    assert answer.status_code == 200
    activity = Activity.objects.get()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.activity, list(activity.groups.all())) == (S.TAKEN, activity, [group])
    assert activity.opinions.count() == 3
    assert said_of(proposal) == ["proposal.propose", "proposal.take"]
    assert said_of(opinions[0])[-2:] == ["opinion.propose", "opinion.theme"]
    assert step(client, proposal, "take", **when(request_key="again")).status_code == 409
    assert Activity.objects.count() == 1


def test_nobody_but_the_townships_clerk_proposes_for_it(opinions, group, township, clerk, county):
    other = serving(Role.TOWNSHIP_CLERK, CongressFactory(township=True, parent=county))
    with pytest.raises(PermissionDenied):
        proposing.propose(opinions, township=township, group=group, theme="村道路灯", on=TODAY, by=other)
    assert not ThemeProposal.objects.exists()


def test_it_is_returned_with_a_reason_and_the_township_reads_it(client, proposal, opinions, clerk, township_clerk):
    client.force_login(clerk)
    refused = step(client, proposal, "return", version=0, request_key="k", on=TODAY, reason=" ")
    assert refused.status_code == 200
    assert ThemeProposal.objects.get().state == S.PROPOSED
    step(client, proposal, "return", version=0, request_key="k2", on=TODAY, reason="县里已列入民生实事")
    client.force_login(township_clerk)
    assert "县里已列入民生实事" in client.get(proposal.get_absolute_url()).text
    assert "县里已列入民生实事" in client.get(reverse("opinions:proposals"), {"view": "settled"}).text
    assert said_of(opinions[0])[-1] == "opinion.untheme"
    assert "没有列为柳溪小组活动主题：县里已列入民生实事" in client.get(opinions[0].get_absolute_url()).text


def test_the_resident_reads_of_a_theme_and_not_of_a_proposal(proposal, opinions, clerk):
    told = [each.text for each in chain_of(opinions[0])["history"]]
    assert not any("提议" in each for each in told)
    proposing.send_back(proposal, reason="不合适", on=TODAY, by=clerk)
    assert [each.text for each in chain_of(opinions[0])["history"]] == told


def test_the_township_takes_it_back_while_nobody_has_settled_it(proposal, opinions, township_clerk, clerk):
    proposing.withdraw(proposal, on=TODAY, by=township_clerk)
    assert said_of(opinions[0])[-1] == "opinion.untheme"
    with pytest.raises(StepNotOpen):
        proposing.send_back(proposal, reason="晚了", on=TODAY, by=clerk)


def test_who_has_no_part_in_it_finds_nothing(client, proposal, county, township_clerk, officer, station):
    other = serving(Role.TOWNSHIP_CLERK, CongressFactory(township=True, parent=county))
    stranger = MandateFactory(congress=county, deputy__user=serving(Role.DEPUTY, county)).deputy.user
    for person in (other, stranger, serving(Role.STATION_KEEPER, station)):
        client.force_login(person)
        assert client.get(proposal.get_absolute_url()).status_code == 404
        assert step(client, proposal, "take", **when()).status_code == 404
    client.force_login(township_clerk)
    assert step(client, proposal, "take", **when()).status_code == 404
    assert step(client, proposal, "return", reason="x").status_code == 404


def test_what_a_person_may_open_is_what_his_list_shows(proposal, clerk, leader, deputy_user, township_clerk, county):
    other = serving(Role.TOWNSHIP_CLERK, CongressFactory(township=True, parent=county))
    for person in (clerk, leader, deputy_user, township_clerk, other):
        seen = ThemeProposal.objects.visible_to(person).exists()
        assert seen == person.has_perm("opinions.view_proposal", proposal), person.name


def test_the_leader_of_the_group_finds_it_beside_his_own_opinions(client, proposal, deputy_user):
    client.force_login(deputy_user)
    assert reverse("opinions:proposals") in client.get(reverse("opinions:mine")).text


def test_who_settles_it_finds_it_on_his_desk_until_it_is_settled(client, proposal, clerk, deputy_user, township_clerk):
    def on_desk(person):
        client.force_login(person)
        return "乡镇提议的小组活动主题" in client.get(reverse("dashboards:desk")).text

    assert [on_desk(person) for person in (clerk, deputy_user, township_clerk)] == [True, True, False]
    proposing.send_back(proposal, reason="不合适", on=TODAY, by=clerk)
    assert not any(on_desk(person) for person in (clerk, deputy_user))


def test_the_list_asks_as_much_for_three_as_for_one(
    client, proposal, opinions, group, township, township_clerk, clerk, django_assert_num_queries
):
    client.force_login(clerk)
    address = reverse("opinions:proposals")
    client.get(address)
    with django_assert_num_queries(5):
        client.get(address)
    for theme in ("供水", "垃圾"):
        proposing.propose(opinions, township=township, group=group, theme=theme, on=TODAY, by=township_clerk)
    with django_assert_num_queries(5):
        client.get(address)
