"""Activities over REST: a deputy's calls, his word, the code on the screen."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.organs.roles import Role
from deputies.activities import actions, codes
from deputies.activities.models import Activity, Attendance, Invitation
from deputies.duties.models import DutyRecord
from tests.api import Speaker
from tests.deputies.activities.conftest import CALLED, PLANNED
from tests.factories.activities import ActivityFactory
from tests.people import serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(announced):
    """The day after the call; tests move on to the beginning."""
    with time_machine.travel(announced.starts_at - timedelta(days=2), tick=False) as moving:
        yield moving


@pytest.fixture
def speaker(deputies):
    return Speaker(deputies[0].deputy.user)


def call_of(speaker):
    (call,) = speaker.read("call-list")["results"]
    return call


def word(speaker, name, call, **sent):
    return speaker.send("call-step", call["id"], name, body={"version": call["version"], **sent})


def test_a_deputy_finds_his_call_and_says_that_he_comes(speaker, announced, clock):
    call = call_of(speaker)
    assert (call["activity"]["title"], call["state"]) == (announced.title, "asked")
    assert {step["name"] for step in speaker.read("call-steps", call["id"])} == {"come", "ask_leave"}
    status, taken = word(speaker, "come", call)
    assert (status, taken["state"]) == (200, "coming")
    assert speaker.read("call-list", show="asked")["results"] == []


def test_leave_is_asked_with_a_reason_and_granted_by_the_organiser(speaker, clerk, clock):
    call = call_of(speaker)
    status, refused = word(speaker, "ask_leave", call)
    assert (status, set(refused["errors"])) == (400, {"reason"})
    assert word(speaker, "ask_leave", call, reason="外出学习")[1]["state"] == "leave_asked"
    office, call = Speaker(clerk), speaker.read("call-detail", call["id"])
    assert word(speaker, "grant_leave", call)[0] == 404
    assert word(office, "grant_leave", call)[1]["state"] == "leave_granted"


def test_a_call_is_nobody_elses(deputies, speaker, announced, clock):
    call = call_of(speaker)
    other = Speaker(deputies[1].deputy.user)
    assert other.get(reverse("api:call-detail", args=[call["id"]])).status_code == 404
    assert word(other, "come", call)[0] == 404
    assert Invitation.objects.get(pk=call["id"]).state == Invitation.State.ASKED


def test_what_is_not_announced_yet_is_not_there(speaker, inspection, deputies, clerk):
    actions.invite(inspection, deputies, on=PLANNED, by=clerk)
    assert speaker.read("call-list", show="all")["results"] == []
    assert speaker.get(reverse("api:activity-detail", args=[inspection.pk])).status_code == 404


def test_the_code_on_the_screen_makes_attendance_and_duty_record(speaker, announced, clock):
    clock.move_to(announced.starts_at)
    code = codes.code_at(announced, announced.starts_at)
    answers = [speaker.send("activity-check-in", announced.pk, body={"code": code}) for _each in range(2)]
    assert [(status, body["outcome"], body["is_new"]) for status, body in answers] == [
        (200, "present", True),
        (200, "present", False),
    ]
    assert Attendance.objects.get().means == Attendance.Means.SCAN
    assert DutyRecord.objects.count() == 1


def test_an_old_code_and_an_hour_too_early_sign_nobody_in(speaker, announced, clock):
    code = codes.code_at(announced, announced.starts_at)
    status, refused = speaker.send("activity-check-in", announced.pk, body={"code": code})
    assert (status, "还没有开始" in refused["message"]) == (400, True)
    clock.move_to(announced.starts_at + timedelta(minutes=2))
    status, refused = speaker.send("activity-check-in", announced.pk, body={"code": code})
    assert (status, "已经换了" in refused["message"]) == (400, True)
    assert speaker.send("activity-check-in", announced.pk)[1]["errors"]["code"][0]["code"] == "required"
    assert not Attendance.objects.exists()


def test_who_was_not_called_signs_in_nowhere(county, clerk, announced, clock):
    clock.move_to(announced.starts_at)
    body = {"code": codes.code_at(announced, announced.starts_at)}
    for user in (clerk, serving(Role.DEPUTY, county)):
        assert Speaker(user).send("activity-check-in", announced.pk, body=body)[0] == 404


def test_the_organiser_ends_the_activity(clerk, announced, clock):
    clock.move_to(announced.ends_at)
    office = Speaker(clerk)
    status, taken = office.send("activity-step", announced.pk, "hold", body={"version": announced.version})
    assert (status, taken["state"]) == (200, "held")
    assert Activity.objects.get(pk=announced.pk).attendances.count() == 3


def test_a_deputy_raises_an_opinion_as_his_own(deputies, speaker, announced, clock):
    asked = {row["name"] for row in speaker.read("activity-step", announced.pk, "raise")["questions"]}
    assert "mandate" not in asked
    body = {"version": announced.version, "text": "水厂的药剂间没有人值守。"}
    assert speaker.send("activity-step", announced.pk, "raise", body=body)[0] == 200
    assert announced.raised.get().mandate == deputies[0]


def test_calls_cost_the_same_for_one_and_for_three(county, term, deputies, speaker, announced, clerk, clock):
    def cost():
        speaker.read("call-list")
        with CaptureQueriesContext(connection) as spent:
            speaker.read("call-list")
        return len(spent)

    one = cost()
    for _each in range(2):
        more = ActivityFactory(congress=county, term=term, created_by=clerk, pre_study="有关规定")
        actions.invite(more, deputies, on=PLANNED, by=clerk)
        actions.announce(more, on=CALLED, by=clerk)
    assert len(speaker.read("call-list")["results"]) == 3
    assert one == cost() == 5


def test_what_no_screen_can_show_signs_nobody_in(speaker, announced, clock):
    clock.move_to(announced.starts_at)
    status, refused = speaker.send("activity-check-in", announced.pk, body={"code": "签到"})
    assert (status, "已经换了" in refused["message"]) == (400, True)
