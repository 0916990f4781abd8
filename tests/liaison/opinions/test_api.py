"""Opinions over REST: the deputy's notebook, and the steps of whoever keeps the station."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.organs.roles import Role
from liaison.opinions.models import Opinion
from tests.api import Speaker
from tests.factories.docket import seat
from tests.factories.opinions import OpinionFactory
from tests.factories.stations import StationFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
NOTE = {"note": "people", "text": "村口的路灯坏了两个月。", "place": "柳溪村"}


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(date(2026, 3, 20), tick=False):
        yield


@pytest.fixture
def station(county):
    return StationFactory(congress=county)


@pytest.fixture
def deputy(county):
    return seat(county, "周德顺")


def test_a_deputy_notes_what_he_heard_and_finds_it_again(deputy):
    speaker = Speaker(deputy.deputy.user)
    status, noted = speaker.send("opinion-list", body=NOTE)
    assert (status, noted["state"], noted["text"]) == (201, "received", NOTE["text"])
    assert [row["id"] for row in speaker.read("opinion-list", show="noted")["results"]] == [noted["id"]]
    assert speaker.read("opinion-list", show="told")["results"] == []
    assert Opinion.objects.get().noted_by == deputy


def test_the_same_note_sent_twice_is_one(deputy):
    speaker = Speaker(deputy.deputy.user)
    ids = {speaker.send("opinion-list", body=NOTE, **{"Idempotency-Key": "k1"})[1]["id"] for _each in range(2)}
    assert len(ids) == 1 == Opinion.objects.count()


def test_who_holds_no_seat_notes_nothing_and_an_empty_note_is_none(clerk, deputy):
    assert Speaker(clerk).send("opinion-list", body=NOTE)[0] == 404
    status, refused = Speaker(deputy.deputy.user).send("opinion-list", body=NOTE | {"text": " ", "note": "other"})
    assert (status, set(refused["errors"])) == (400, {"text", "note"})


def test_one_reads_what_ones_pages_show_and_never_who_said_it(county, clerk, deputy, station):
    opinion = OpinionFactory(station=station, addressed_to=deputy, name="李秀英", phone="13900009999")
    for user, sees in (
        (clerk, True),
        (deputy.deputy.user, True),
        (serving(Role.STATION_KEEPER, station), True),
        (seat(county).deputy.user, False),
        (serving(Role.STATION_KEEPER, StationFactory(congress=county)), False),
    ):
        speaker = Speaker(user)
        shown = speaker.get(reverse("api:opinion-detail", args=[opinion.pk]))
        assert shown.status_code == (200 if sees else 404)
        told = speaker.get(reverse("api:opinion-list")).content.decode() + shown.content.decode()
        assert (opinion.text in told) == sees
        assert "李秀英" not in told
        assert "13900009999" not in told


def test_the_keeper_answers_on_the_spot(deputy, station):
    opinion = OpinionFactory(station=station)
    keeper = Speaker(serving(Role.STATION_KEEPER, station))
    asked = keeper.read("opinion-step", opinion.pk, "answer_at_once")
    assert [row["name"] for row in asked["questions"]][0] == "on"
    body = {"version": asked["version"], "text": "村电工今天换了灯泡。"}
    status, taken = keeper.send("opinion-step", opinion.pk, "answer_at_once", body=body)
    assert (status, taken["state"]) == (200, "answered")
    status, refused = keeper.send("opinion-step", opinion.pk, "answer_at_once", body=body)
    assert (status, refused["state"]) == (409, "answered")


def test_opinions_cost_the_same_for_one_and_for_three(clerk, station):
    speaker, address = Speaker(clerk), reverse("api:opinion-list")

    def cost():
        speaker.get(address)
        with CaptureQueriesContext(connection) as spent:
            assert speaker.get(address).status_code == 200
        return len(spent)

    OpinionFactory(station=station)
    one = cost()
    OpinionFactory.create_batch(2, station=station)
    assert one == cost() == 4
