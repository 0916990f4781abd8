"""The record of duties over REST: reading, confirming, objecting, putting down."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deputies.duties.models import DutyRecord
from tests.api import Speaker
from tests.factories.docket import clerk_of, seat
from tests.factories.duties import claimed, fresh, registered, settled

pytestmark = pytest.mark.django_db
CLAIM = {"kind": "patrol", "title": "巡查青石河石桥段，发现一处堆渣。", "held_on": "2026-03-03"}


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(date(2026, 3, 4), tick=False):
        yield


@pytest.fixture
def deputy(county):
    return seat(county, "周德顺")


@pytest.fixture
def speaker(deputy):
    return Speaker(deputy.deputy.user)


def test_a_deputy_confirms_what_he_read_and_nothing_that_was_changed_since(speaker, deputy):
    rows = [registered(deputy), registered(deputy)]
    shown = speaker.read("duty-list", show="to_confirm")["results"]
    assert {row["id"] for row in shown} == {row.pk for row in rows}
    seen = [{"id": row["id"], "version": row["version"]} for row in shown]
    seen[0]["version"] += 1
    assert speaker.send("duty-confirm", body={"rows": seen}) == (200, {"confirmed": 1})
    assert {fresh(row).state for row in rows} == {"registered", "settled"}
    assert speaker.send("duty-confirm", body={"rows": seen}) == (200, {"confirmed": 0})


def test_an_objection_reopens_a_settled_row(speaker, deputy, county):
    row = settled(deputy)
    asked = speaker.read("duty-step", row.pk, "object")
    status, refused = speaker.send("duty-step", row.pk, "object", body={"version": asked["version"]})
    assert (status, set(refused["errors"])) == (400, {"objection"})
    body = {"version": asked["version"], "objection": "我全程参加了两天。"}
    assert speaker.send("duty-step", row.pk, "object", body=body)[1]["state"] == "objected"
    assert speaker.read("duty-detail", row.pk)["objection"] == "我全程参加了两天。"
    office = Speaker(clerk_of(county))
    body = {"version": fresh(row).version, "finding": "签到表只有一天。"}
    assert speaker.send("duty-step", row.pk, "uphold", body=body)[0] == 404
    assert office.send("duty-step", row.pk, "uphold", body=body)[1]["state"] == "settled"


def test_a_deputy_puts_down_what_he_did_once(speaker, deputy):
    sent = [speaker.send("duty-list", body=CLAIM, **{"Idempotency-Key": "k1"}) for _each in range(2)]
    assert [status for status, _body in sent] == [201, 201]
    assert len({body["id"] for _status, body in sent}) == 1
    assert DutyRecord.objects.get().state == DutyRecord.State.CLAIMED
    status, refused = speaker.send("duty-list", body=CLAIM)
    assert (status, set(refused["errors"])) == (400, {"is_another"})
    assert speaker.send("duty-list", body=CLAIM | {"is_another": True})[0] == 201


def test_a_claim_of_the_wrong_kind_or_of_tomorrow_is_refused(speaker):
    assert set(speaker.send("duty-list", body=CLAIM | {"kind": "inspection"})[1]["errors"]) == {"kind"}
    assert set(speaker.send("duty-list", body=CLAIM | {"held_on": "2026-03-05"})[1]["errors"]) == {"held_on"}
    assert not DutyRecord.objects.exists()


def test_the_rows_of_another_are_not_there(county, clerk, deputy):
    row, other = claimed(deputy), Speaker(seat(county).deputy.user)
    assert other.read("duty-list", show="all")["results"] == []
    assert other.get(reverse("api:duty-detail", args=[row.pk])).status_code == 404
    assert other.send("duty-step", row.pk, "retract", body={"version": row.version})[0] == 404
    seen = [{"id": row.pk, "version": row.version}]
    assert other.send("duty-confirm", body={"rows": seen}) == (200, {"confirmed": 0})
    assert Speaker(clerk).send("duty-confirm", body={"rows": seen})[0] == 404
    assert Speaker(clerk).send("duty-list", body=CLAIM)[0] == 404


def test_rows_cost_the_same_for_one_and_for_three(speaker, deputy):
    def cost():
        speaker.read("duty-list")
        with CaptureQueriesContext(connection) as spent:
            speaker.read("duty-list")
        return len(spent)

    registered(deputy)
    one = cost()
    for _each in range(2):
        registered(deputy)
    assert one == cost() == 5
