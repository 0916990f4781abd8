"""Calling deputies: whom, how often, whose turn, what they say."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from deputies.activities import actions
from deputies.activities.audience import by_turn, loads_of
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Invitation
from deputies.duties.models import DutyRecord
from tests.deputies.activities.conftest import CALLED, DAY, PLANNED, user_of
from tests.factories.activities import ActivityFactory
from tests.factories.organs import TermFactory
from tests.factories.roll import MandateFactory

State, Part = Invitation.State, Invitation.Part


def calls(activity):
    return {call.mandate.deputy.name: call for call in activity.invitations.all()}


def test_a_deputy_is_called_once_however_often_he_is_named(inspection, deputies, clerk):
    assert actions.invite(inspection, deputies[:2], on=PLANNED, by=clerk) == 2
    assert actions.invite(inspection, deputies, on=PLANNED, by=clerk) == 1
    assert inspection.invitations.count() == 3


def test_a_person_with_a_seat_in_county_and_township_is_called_once(inspection, deputies, township, clerk):
    below = TermFactory(congress=township, number=9)
    same = MandateFactory(congress=township, term=below, deputy=deputies[0].deputy)
    other = MandateFactory(congress=township, term=below)
    assert actions.invite(inspection, [same, other, deputies[0]], on=PLANNED, by=clerk) == 2
    assert set(inspection.invitations.values_list("mandate", flat=True)) == {deputies[0].pk, other.pk}


def test_nobody_of_another_county_is_called(inspection, deputies, clerk):
    with pytest.raises(ValidationError):
        actions.invite(inspection, [*deputies, MandateFactory()], on=PLANNED, by=clerk)
    assert not inspection.invitations.exists()


def test_an_inspection_calls_those_who_know_the_field(client, county, term, inspection, deputies, clerk):
    for deputy, expertise in zip(deputies, ("水利、法律", "农田水利", "教育"), strict=True):
        deputy.deputy.expertise = expertise
        deputy.deputy.save()
    elsewhere = MandateFactory(congress=county, term=TermFactory(congress=county, number=16))
    elsewhere.deputy.expertise = "水利"
    elsewhere.deputy.save()
    client.force_login(clerk)
    address = reverse("activities:invite", args=[inspection.pk])

    def offered(words):
        return {row["seat"] for row in client.get(address, {"expertise": words}).context["rows"]}

    assert offered("水利") == set(deputies[:2])
    assert offered("法律、教育") == {deputies[0], deputies[2]}
    assert offered("冶金") == set()
    assert '<span class="tag">农田水利</span>' in client.get(address, {"expertise": "水利"}).text
    client.post(f"{address}?expertise=水利", {"mandates": [seat.pk for seat in deputies[:2]], "part": "member"})
    assert set(calls(inspection)) == {"周德顺", "吕春梅"}
    assert offered("水利") == set()


def test_nothing_is_announced_to_nobody(inspection, clerk):
    with pytest.raises(ValidationError):
        actions.announce(inspection, on=PLANNED, by=clerk)


def test_an_inspection_is_not_announced_without_study_unless_the_reason_is_given(inspection, deputies, clerk):
    actions.invite(inspection, deputies, on=PLANNED, by=clerk)
    actions.change(inspection, pre_study="", on=PLANNED, by=clerk)
    with pytest.raises(ValidationError):
        actions.announce(inspection, on=PLANNED, by=clerk)
    actions.change(inspection, pre_study_waiver="上月已集中学习", on=PLANNED, by=clerk)
    actions.announce(inspection, on=PLANNED, by=clerk)
    assert inspection.state == Activity.State.ANNOUNCED


def test_the_third_call_of_a_week_is_warned_of(county, term, clerk, deputies, inspection):
    for days in (-1, 1):
        other = ActivityFactory(
            congress=county,
            term=term,
            created_by=clerk,
            starts_at=inspection.starts_at + timedelta(days=days),
            ends_at=inspection.ends_at + timedelta(days=days),
        )
        actions.invite(other, deputies[:1], on=PLANNED, by=clerk)
    loads = loads_of(inspection, deputies, on=PLANNED)
    assert list(loads) == [deputies[0].pk]
    assert loads[deputies[0].pk].is_heavy
    assert len(loads[deputies[0].pk].week) == 2
    assert loads[deputies[0].pk].clashes == []


def test_the_next_week_is_another_week_and_leave_is_no_load(county, term, clerk, deputies, inspection):
    for days in (-4, 4):  # Sunday before, Monday after
        other = ActivityFactory(
            congress=county,
            term=term,
            created_by=clerk,
            starts_at=inspection.starts_at + timedelta(days=days),
            ends_at=inspection.ends_at + timedelta(days=days),
        )
        actions.invite(other, deputies, on=PLANNED, by=clerk)
    same_day = ActivityFactory(congress=county, term=term, created_by=clerk)
    actions.invite(same_day, deputies, on=PLANNED, by=clerk)
    same_day.invitations.update(state=State.LEAVE_GRANTED)
    assert loads_of(inspection, deputies, on=PLANNED) == {}


def test_two_places_at_once_are_a_clash(county, term, clerk, deputies, inspection):
    other = ActivityFactory(congress=county, term=term, created_by=clerk)
    actions.invite(other, deputies[1:2], on=PLANNED, by=clerk)
    loads = loads_of(inspection, deputies, on=PLANNED)
    assert {pk: load.clashes for pk, load in loads.items()} == {deputies[1].pk: [other]}


def test_the_load_costs_the_same_for_one_and_for_three(inspection, deputies, django_assert_num_queries):
    for seats in (deputies[:1], deputies):
        with django_assert_num_queries(5):
            loads_of(inspection, seats, on=PLANNED)


def test_the_deputies_with_the_fewest_turns_are_proposed_first(county, term, clerk, deputies):
    member = MandateFactory(congress=county, term=term, is_standing_member=True)
    meeting = ActivityFactory(congress=county, term=term, created_by=clerk, kind=Kind.STANDING_COMMITTEE)
    actions.invite(meeting, deputies[:1], part=Part.OBSERVER, on=PLANNED, by=clerk)
    actions.invite(meeting, [member], on=PLANNED, by=clerk)
    actions.announce(meeting, on=CALLED, by=clerk)
    proposed = list(by_turn(county, term))
    assert member not in proposed
    assert proposed[-1] == deputies[0]
    assert [seat.turns for seat in proposed] == [0, 0, 1]


def test_a_deputy_comes_or_asks_for_leave_and_the_organiser_decides(announced, deputies, clerk):
    first, second, third = (calls(announced)[seat.deputy.name] for seat in deputies)
    actions.reply(first, on=CALLED, by=user_of(deputies[0]))
    with pytest.raises(ValidationError):
        actions.ask_leave(second, reason="", on=CALLED, by=user_of(deputies[1]))
    actions.ask_leave(second, reason="出差", on=CALLED, by=user_of(deputies[1]))
    actions.decide_leave(second, is_granted=True, on=CALLED, by=clerk)
    actions.ask_leave(third, reason="有事", on=CALLED, by=user_of(deputies[2]))
    with pytest.raises(ValidationError):
        actions.decide_leave(third, is_granted=False, on=CALLED, by=clerk)
    actions.decide_leave(third, is_granted=False, answer="本次须到会", on=CALLED, by=clerk)
    assert [call.state for call in (first, second, third)] == [State.COMING, State.LEAVE_GRANTED, State.LEAVE_REFUSED]


def test_nobody_answers_for_another(announced, deputies):
    call = calls(announced)[deputies[0].deputy.name]
    with pytest.raises(PermissionDenied):
        actions.reply(call, on=CALLED, by=user_of(deputies[1]))


def test_a_deputy_does_not_grant_himself_leave(announced, deputies):
    call = calls(announced)[deputies[0].deputy.name]
    actions.ask_leave(call, reason="出差", on=CALLED, by=user_of(deputies[0]))
    with pytest.raises(PermissionDenied):
        actions.decide_leave(call, is_granted=True, on=CALLED, by=user_of(deputies[0]))


def test_a_cancelled_activity_leaves_no_record(announced, deputies, clerk, scan):
    scan(announced, deputies[0])
    with pytest.raises(ValidationError):
        actions.cancel(announced, reason="", on=DAY, by=clerk)
    actions.cancel(announced, reason="天气原因", on=DAY, by=clerk)
    assert not announced.attendances.exists()
    assert not DutyRecord.objects.exclude(state=DutyRecord.State.STRUCK).exists()


def test_who_was_called_by_mistake_is_released_unless_he_has_signed_in(announced, deputies, clerk, scan):
    scan(announced, deputies[0])
    assert actions.release(announced, deputies[:2], on=DAY, by=clerk) == 1
    assert set(announced.invitations.values_list("mandate", flat=True)) == {deputies[0].pk, deputies[2].pk}


def test_the_reminder_of_the_day_before_goes_out_once(announced, clerk):
    eve = date(2026, 3, 11)
    assert [actions.remind(on=eve, by=clerk), actions.remind(on=eve, by=clerk)] == [1, 0]
    assert actions.remind(on=date(2026, 3, 10), by=clerk) == 0
