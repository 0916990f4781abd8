"""Signing in, the organiser's list, and what one scan makes."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from congress.procedure.models import Entry
from deputies.activities import actions, codes
from deputies.activities.kinds import DUTY_OF, Kind
from deputies.activities.models import Activity, Attendance, Campaign, Guest, Invitation
from deputies.activities.panels import CampaignsPanel
from deputies.duties.actions import settling
from deputies.duties.models import DutyRecord
from deputies.roll import actions as roll
from deputies.roll.models import DeputyGroup
from tests.deputies.activities.conftest import CALLED, DAY, PLANNED, user_of
from tests.factories.activities import ActivityFactory
from tests.factories.roll import MandateFactory
from tests.factories.stations import StationFactory

Outcome = Attendance.Outcome
State = Activity.State


def outcomes(activity):
    return dict(activity.attendances.values_list("mandate", "outcome"))


def duties(activity):
    return dict(
        DutyRecord.objects.filter(source_kind="activities.activity", source_id=activity.pk)
        .exclude(state=DutyRecord.State.STRUCK)
        .values_list("mandate", "outcome")
    )


@pytest.mark.parametrize("kind", [Kind.INSPECTION, Kind.TRAINING])
def test_one_scan_fills_every_register_and_no_form_is_typed(county, term, clerk, deputies, scan, kind):
    station = StationFactory(congress=county)
    groups = [DeputyGroup.objects.create(congress=county, name=name) for name in ("石桥小组", "青石小组")]
    activity = ActivityFactory(
        congress=county, term=term, created_by=clerk, organ=station, kind=kind, hours=3, pre_study_waiver="已学习"
    )
    activity.groups.set(groups)
    actions.invite(activity, deputies, on=PLANNED, by=clerk)
    actions.announce(activity, on=CALLED, by=clerk)

    attendance, is_new = scan(activity, deputies[0])

    assert is_new
    assert attendance.outcome == Outcome.PRESENT
    assert attendance.means == Attendance.Means.SCAN
    record = DutyRecord.objects.get(mandate=deputies[0])
    assert (record.kind, record.held_on, record.hours) == (DUTY_OF[kind], DAY, Decimal(3))
    came = Attendance.objects.filter(outcome=Outcome.PRESENT)
    by_group = came.values("activity__groups").annotate(n=Count("pk")).values_list("activity__groups", "n")
    assert dict(by_group) == {group.pk: 1 for group in groups}
    assert came.filter(activity__organ=station).count() == 1
    assert came.filter(activity__kind=kind).count() == 1


def test_a_second_scan_says_already_and_changes_nothing(announced, deputies, scan):
    first, _new = scan(announced, deputies[0])
    entries = Entry.objects.of(announced).count()
    again, is_new = scan(announced, deputies[0], after=timedelta(minutes=5))
    assert (again, is_new) == (first, False)
    assert again.at == first.at
    assert Entry.objects.of(announced).count() == entries


@pytest.mark.parametrize("minutes", [-31, 31])
def test_outside_the_window_nobody_signs_in(announced, deputies, scan, minutes):
    with pytest.raises(ValidationError):
        scan(announced, deputies[0], after=timedelta(minutes=minutes))
    assert not announced.attendances.exists()


def test_a_code_of_a_minute_ago_is_stale(announced, deputies, scan):
    stale = codes.code_at(announced, announced.starts_at - timedelta(minutes=1))
    with pytest.raises(ValidationError):
        scan(announced, deputies[0], code=stale)
    just_before = codes.code_at(announced, announced.starts_at - timedelta(seconds=codes.STEP))
    assert scan(announced, deputies[0], code=just_before)[1]


def test_the_code_of_another_activity_opens_nothing(announced, deputies, scan, county, term, clerk):
    other = ActivityFactory(congress=county, term=term, created_by=clerk)
    with pytest.raises(ValidationError):
        scan(announced, deputies[0], code=codes.code_at(other, announced.starts_at))


@given(offset=st.integers(min_value=-600, max_value=600))
def test_a_code_stands_for_half_a_minute_and_the_half_after(offset):
    activity = ActivityFactory.build(pk=7, congress=None, term=None, organ=None, created_by=None)
    shown = activity.starts_at
    code = codes.code_at(activity, shown)
    assert codes.fits(activity, code, at=shown + timedelta(seconds=offset)) == (0 <= offset < 2 * codes.STEP)


def test_who_was_not_called_cannot_sign_in(announced, county, term, scan, deputy_user):
    stranger = MandateFactory(congress=county, term=term, deputy__user=deputy_user)
    with pytest.raises(ValidationError):
        scan(announced, stranger)


def test_a_suspended_deputy_cannot_sign_in(announced, deputies, scan):
    deputies[0].state = "suspended"
    deputies[0].save()
    with pytest.raises(PermissionDenied):
        scan(announced, deputies[0])


def test_after_a_cancelled_activity_the_code_says_so(announced, deputies, clerk, scan):
    actions.cancel(announced, reason="天气原因", on=CALLED, by=clerk)
    with pytest.raises(ValidationError, match="取消"):
        scan(announced, deputies[0])


def test_who_was_put_down_as_absent_and_comes_late_is_present(announced, deputies, clerk, scan):
    actions.mark(announced, {deputies[0].pk: Outcome.ABSENT}, at=announced.starts_at, on=DAY, by=clerk)
    scan(announced, deputies[0], after=timedelta(minutes=10))
    assert outcomes(announced) == {deputies[0].pk: Outcome.PRESENT}
    assert duties(announced) == {deputies[0].pk: "done"}


def test_the_list_writes_what_differs_and_takes_marks_back(announced, deputies, clerk, scan):
    a, b, c = (seat.pk for seat in deputies)
    scan(announced, deputies[0])
    figures = actions.mark(
        announced, {a: Outcome.PRESENT, b: Outcome.LEAVE, c: Outcome.ABSENT}, at=announced.starts_at, on=DAY, by=clerk
    )
    assert figures == {"present": 1, "leave": 1, "absent": 1}
    assert announced.attendances.get(mandate=a).means == Attendance.Means.SCAN
    assert duties(announced) == {a: "done", b: "leave", c: "absent"}
    actions.mark(announced, {c: ""}, at=announced.starts_at, on=DAY, by=clerk)
    assert outcomes(announced) == {a: Outcome.PRESENT, b: Outcome.LEAVE}
    assert duties(announced) == {a: "done", b: "leave"}


def test_who_is_not_called_is_not_marked(announced, county, term, clerk):
    stranger = MandateFactory(congress=county, term=term)
    with pytest.raises(ValidationError):
        actions.mark(announced, {stranger.pk: Outcome.PRESENT}, at=announced.starts_at, on=DAY, by=clerk)


def test_liaison_officers_come_and_earn_nothing(announced, clerk):
    guest = Guest.objects.create(activity=announced, name="许联络", kind=Guest.Kind.LIAISON_OFFICER)
    actions.mark(announced, {}, guests={guest.pk: True}, at=announced.starts_at, on=DAY, by=clerk)
    guest.refresh_from_db()
    assert guest.is_present
    assert duties(announced) == {}


def test_the_end_puts_down_everybody_who_was_called(announced, deputies, clerk, scan):
    scan(announced, deputies[0])
    call = announced.invitations.get(mandate=deputies[1])
    actions.ask_leave(call, reason="出差", on=CALLED, by=user_of(deputies[1]))
    actions.decide_leave(call, is_granted=True, on=CALLED, by=clerk)
    actions.hold(announced, at=announced.ends_at, on=DAY, by=clerk)
    assert announced.state == State.HELD
    came, excused, away = (outcomes(announced)[seat.pk] for seat in deputies)
    assert (came, excused, away) == (Outcome.PRESENT, Outcome.LEAVE, Outcome.ABSENT)
    assert duties(announced) == {deputies[0].pk: "done", deputies[1].pk: "leave", deputies[2].pk: "absent"}


def test_nothing_is_over_before_its_day(announced, clerk):
    with pytest.raises(ValidationError):
        actions.hold(announced, at=announced.ends_at, on=CALLED, by=clerk)


def test_leave_granted_while_it_runs_lifts_an_absence_that_was_marked_already(announced, deputies, clerk):
    call = announced.invitations.get(mandate=deputies[2])
    actions.ask_leave(call, reason="住院", on=CALLED, by=user_of(deputies[2]))
    actions.mark(announced, {deputies[2].pk: "absent"}, at=announced.ends_at, on=DAY, by=clerk)
    actions.decide_leave(Invitation.objects.get(pk=call.pk), is_granted=True, on=DAY, by=clerk)
    actions.hold(announced, at=announced.ends_at, on=DAY, by=clerk)
    assert announced.attendances.get(mandate=deputies[2]).outcome == "leave"
    assert duties(announced)[deputies[2].pk] == "leave"


def test_leave_granted_afterwards_excuses_the_absence(announced, deputies, clerk):
    call = announced.invitations.get(mandate=deputies[2])
    actions.ask_leave(call, reason="住院", on=CALLED, by=user_of(deputies[2]))
    actions.hold(announced, at=announced.ends_at, on=DAY, by=clerk)
    assert outcomes(announced)[deputies[2].pk] == Outcome.ABSENT
    actions.decide_leave(Invitation.objects.get(pk=call.pk), is_granted=True, on=DAY, by=clerk)
    assert outcomes(announced)[deputies[2].pk] == Outcome.LEAVE
    assert duties(announced)[deputies[2].pk] == "leave"


def test_a_change_of_place_reaches_the_record(announced, deputies, clerk, scan):
    scan(announced, deputies[0])
    actions.change(announced, place="石桥水厂", on=DAY, by=clerk)
    assert DutyRecord.objects.get(mandate=deputies[0]).place == "石桥水厂"


def test_a_correction_after_an_objection_reaches_the_list(announced, deputies, clerk):
    actions.hold(announced, at=announced.ends_at, on=DAY, by=clerk)
    actions.correct(announced, deputies[0].pk, DutyRecord.Outcome.DONE, at=announced.ends_at, by=clerk)
    assert outcomes(announced)[deputies[0].pk] == Outcome.PRESENT
    actions.correct(announced, deputies[0].pk, None, at=announced.ends_at, by=clerk)
    assert deputies[0].pk not in outcomes(announced)


def test_an_activity_of_two_groups_counts_for_each(county, term, clerk):
    groups = [DeputyGroup.objects.create(congress=county, name=name) for name in ("一组", "二组")]
    activity = ActivityFactory(congress=county, term=term, created_by=clerk, kind=Kind.GROUP_ACTIVITY)
    activity.groups.set(groups)
    assert [list(group.activities.all()) for group in groups] == [[activity], [activity]]


def test_a_deputy_who_objects_and_is_right_stands_on_the_list_and_in_his_archive(announced, deputies, clerk):
    actions.hold(announced, at=announced.ends_at, on=DAY, by=clerk)
    record = DutyRecord.objects.get(mandate=deputies[0])
    settling.object_to(record, objection="我到会了，没来得及扫码", on=DAY, by=user_of(deputies[0]))
    done = {"outcome": DutyRecord.Outcome.DONE}
    settling.correct(record, changes=done, finding="核对签名，属实", on=DAY, by=clerk)
    assert outcomes(announced)[deputies[0].pk] == Outcome.PRESENT
    other = DutyRecord.objects.get(mandate=deputies[1])
    settling.strike(other, finding="名单有误", on=DAY, by=clerk)
    assert deputies[1].pk not in outcomes(announced)


def test_the_archive_names_the_campaigns_that_a_deputy_joined(announced, deputies, clerk, scan):
    campaign = Campaign(
        congress=announced.congress, name="代表活动月", theme="为民办实事", starts_on=PLANNED, ends_on=DAY
    )
    actions.change(announced, campaign=actions.keep_campaign(campaign, on=PLANNED, by=clerk), on=CALLED, by=clerk)
    scan(announced, deputies[0])
    shown = CampaignsPanel().context(deputies[0], reader=clerk)
    assert [(row["name"], row["times"]) for row in shown["rows"]] == [("代表活动月", 1)]
    assert CampaignsPanel().context(deputies[1], reader=clerk) is None


def test_whose_seat_ended_before_the_day_is_put_down_as_nothing(announced, deputies, clerk, client):
    gone, last_day, absent = deputies
    for seat, on in ((gone, DAY - timedelta(days=1)), (last_day, DAY)):
        roll.end(seat, ground="resigned", announcement="公告", on=on, by=clerk, version=seat.version)
    client.force_login(clerk)
    with time_machine.travel(announced.ends_at):
        page = client.get(reverse("activities:step", args=[announced.pk, "hold"]))
    assert page.context["unmarked"] == 2
    actions.hold(announced, at=announced.ends_at, on=DAY, by=clerk)
    assert set(announced.attendances.values_list("mandate", "outcome")) == {
        (last_day.pk, "absent"),
        (absent.pk, "absent"),
    }
    assert not DutyRecord.objects.filter(mandate=gone).exists()
