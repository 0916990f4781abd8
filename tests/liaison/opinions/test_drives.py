"""What residents say while a drive runs belongs to it: by itself at a code, by choice in the register (专项行动)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.accounts.models import User
from congress.procedure.models import Entry
from liaison.opinions import actions
from liaison.opinions.models import Opinion
from suggestions.docket.models import Suggestion
from tests.factories.activities import DriveFactory
from tests.factories.docket import seat, session_of
from tests.factories.opinions import OpinionFactory
from tests.factories.organs import CongressFactory
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def station(county, township):
    plant()
    return StationFactory(congress=county, township=township)


def said(station, *, on=TODAY, channel="code", by=None, **fields):
    is_by_code = channel == "code"
    by = User.objects.robot() if is_by_code else by
    opinion, _code = actions.receive(
        congress=station.congress, station=station, text="路灯坏了。", channel=channel, consented=is_by_code, on=on,
        by=by, **fields,
    )  # fmt: skip
    return opinion


def test_what_a_resident_writes_at_a_code_belongs_to_the_drive_that_hears_residents(county, station):
    DriveFactory(congress=county)
    drive = DriveFactory(congress=county, hears_residents=True)
    assert said(station).campaign == drive
    assert said(station, on=date(2026, 2, 20)).campaign is None, "before it began"
    drive.closed_on = TODAY
    drive.save()
    assert said(station).campaign is None


def test_a_note_of_a_deputy_belongs_to_it_too_and_what_the_station_registers_where_it_says_so(
    county, station, clerk, deputy_user
):
    drive = DriveFactory(congress=county, hears_residents=True)
    noted = said(station, channel="deputy", by=deputy_user, noted_by=seat(county, user=deputy_user))
    assert noted.campaign == drive
    assert said(station, channel="phone", by=clerk).campaign is None
    assert said(station, channel="phone", by=clerk, campaign=drive).campaign == drive


def test_the_drive_of_the_township_in_which_the_station_stands_hears_them_as_well(township, station):
    drive = DriveFactory(congress=township, hears_residents=True)
    assert said(station).campaign == drive
    elsewhere = DriveFactory(congress=CongressFactory())
    with pytest.raises(ValidationError, match="不是本级人大或者上一级人大的"):
        said(station, campaign=elsewhere)


def test_the_register_asks_for_a_drive_only_while_there_is_one_and_has_chosen_the_one_that_hears(
    client, county, station, clerk
):
    client.force_login(clerk)
    assert "campaign" not in client.get(reverse("opinions:record")).context["form"].fields
    DriveFactory(congress=county)
    drive = DriveFactory(congress=county, hears_residents=True)
    form = client.get(reverse("opinions:record")).context["form"]
    assert form["campaign"].value() == drive.pk
    sent = {
        "station": station.pk, "channel": "phone", "heard_on": f"{TODAY}", "text": "路灯坏了。", "campaign": drive.pk,
    }  # fmt: skip
    client.post(reverse("opinions:record"), sent)
    opinion = Opinion.objects.get()
    assert opinion.campaign == drive
    assert drive.name in client.get(opinion.get_absolute_url()).text


def test_a_station_is_not_given_the_drive_of_another_township(client, county, station, clerk):
    other = CongressFactory(township=True, parent=county, congress=county)
    StationFactory(congress=county, township=other)
    drive = DriveFactory(congress=other)
    client.force_login(clerk)
    sent = {
        "station": station.pk, "channel": "phone", "heard_on": f"{TODAY}", "text": "路灯坏了。", "campaign": drive.pk,
    }  # fmt: skip
    assert client.post(reverse("opinions:record"), sent).context["form"].errors["campaign"]
    assert not Opinion.objects.exists()


def test_the_office_puts_many_to_a_drive_and_takes_them_out_again(client, county, station, clerk):
    drive = DriveFactory(congress=county)
    opinions = [OpinionFactory(station=station) for _each in range(2)]
    client.force_login(clerk)
    picked = {"pick": [each.pk for each in opinions], "act": "drive"}
    for _time in range(2):
        answer = client.post(reverse("opinions:gather"), picked | {"drive": drive.pk})
    assert answer.url.endswith(f"?campaign={drive.pk}&view=all")
    assert {each.pk for each in client.get(answer.url).context["page_obj"]} == {each.pk for each in opinions}
    assert Entry.objects.filter(verb="opinion.drive").count() == 2, "once each, however often it is sent"
    client.post(reverse("opinions:gather"), picked | {"drive": ""})
    assert not Opinion.objects.filter(campaign=drive).exists()
    drive.closed_on = TODAY
    drive.save()
    client.post(reverse("opinions:gather"), picked | {"drive": drive.pk})
    assert not Opinion.objects.filter(campaign=drive).exists()


@pytest.mark.parametrize("act", ["drive", "topic"])
def test_two_clerks_who_gather_the_same_at_the_same_moment_write_it_once(county, station, clerk, act):
    told = {"drive": DriveFactory(congress=county), "topic": "路灯"}[act]
    write = {"drive": actions.put_to_drive, "topic": actions.set_topic}[act]
    pk = OpinionFactory(station=station).pk
    for opinion in [Opinion.objects.get(pk=pk) for _clerk in range(2)]:  # both read it before either wrote
        write([opinion], told, on=TODAY, by=clerk)
    assert Entry.objects.filter(verb=f"opinion.{act}").count() == 1


def test_a_draft_made_of_opinions_of_one_drive_belongs_to_it(county, station, clerk):
    drive = DriveFactory(congress=county)
    session_of(county)
    lead = seat(county)
    told = {"lead": lead, "title": "关于路灯的建议", "situation": "坏了。", "asks": ["修。"], "on": TODAY, "by": clerk}
    ours = [OpinionFactory(station=station, campaign=drive) for _each in range(3)]
    assert actions.raise_as_suggestion(ours[:2], **told).campaign == drive
    assert actions.raise_as_suggestion([ours[2], OpinionFactory(station=station)], **told).campaign is None
    assert Suggestion.objects.count() == 2


def test_the_page_of_the_drive_counts_them_as_its_list_does(client, county, station, clerk):
    drive = DriveFactory(congress=county)
    OpinionFactory(station=station)
    OpinionFactory(station=station, campaign=drive)
    OpinionFactory(station=station, campaign=drive, state=Opinion.State.ANSWERED)
    client.force_login(clerk)
    panels = dict(client.get(drive.get_absolute_url()).context["panels"])
    counts = panels["liaison/opinions/_drive_panel.html"]["counts"]
    assert {code: number for code, _label, number in counts} == {
        "all": 2, "open": 1, "answered": 1, "raised": 0, "closed": 0,
    }  # fmt: skip
    for code, _label, number in counts:
        page = client.get(reverse("opinions:list"), {"campaign": drive.pk, "view": code})
        assert page.context["page_obj"].paginator.count == number
    exported = client.post(reverse("opinions:export"), {"campaign": drive.pk, "view": "all"})
    assert exported.status_code == 200
    assert Entry.objects.get(verb="opinion.export").facts["count"] == 2


def test_the_list_of_a_drive_costs_the_same_for_one_opinion_and_for_three(client, county, station, clerk):
    drive = DriveFactory(congress=county)
    client.force_login(clerk)

    def cost():
        with CaptureQueriesContext(connection) as spent:
            client.get(reverse("opinions:list"), {"campaign": drive.pk, "view": "all"})
        return len(spent)

    OpinionFactory(station=station, campaign=drive)
    cost()
    one = cost()
    for _each in range(2):
        OpinionFactory(station=station, campaign=drive)
    assert one == cost() == 7


def test_the_resident_does_not_read_to_which_drive_the_office_put_his_words(client, county, station, clerk):
    opinion, code = actions.receive(
        congress=county, station=station, text="路灯坏了。", channel="code", consented=True, on=TODAY,
        by=User.objects.robot(),
    )  # fmt: skip
    drive = DriveFactory(congress=county)
    actions.put_to_drive([opinion], drive, on=TODAY, by=clerk)
    page = client.post(reverse("portal:look"), {"code": code}, follow=True)
    assert "路灯坏了。" in page.text
    assert drive.name not in page.text
