"""Whose turn it is with an activity, from its preparation to its end."""

from collections import Counter
from datetime import timedelta

import pytest

from deputies.activities import actions
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity
from deputies.activities.turn import turn_of
from deputies.roll.models import DeputyGroup
from tests.deputies.activities.conftest import DAY, PLANNED, user_of
from tests.factories.activities import ActivityFactory

S = Activity.State


def words(activity, *, after=timedelta(days=-5)):
    """(who, what) so long after its beginning."""
    replies = Counter(activity.invitations.values_list("state", flat=True))
    turn = turn_of(activity, replies, at=activity.starts_at + after)
    return turn and (turn.who, turn.what)


def test_the_organiser_calls_then_studies_then_tells(inspection, deputies, clerk, county):
    assert words(inspection) == (f"{county}", "邀请代表")
    actions.invite(inspection, deputies, on=PLANNED, by=clerk)
    actions.change(inspection, pre_study="", on=PLANNED, by=clerk)
    assert words(inspection) == (f"{county}", "安排会前学习，发出通知")
    actions.announce(inspection, pre_study="饮水安全有关规定", on=PLANNED, by=clerk)
    assert words(inspection) == ("3 名代表", "回复是否参加")


def test_a_group_waits_for_the_leader_who_guides_it(county, term, clerk, deputies, leader):
    group = DeputyGroup.objects.create(congress=county, name="石桥代表小组", guide=leader)
    activity = ActivityFactory(congress=county, term=term, kind=Kind.GROUP_ACTIVITY, guide=leader, created_by=clerk)
    activity.groups.add(group)
    actions.invite(activity, deputies, on=PLANNED, by=clerk)
    assert words(activity) == (group.name, f"把主题送{leader.name}审定")
    actions.submit_theme(activity, on=PLANNED, by=clerk)
    assert words(activity) == (leader.name, "审定主题")


def test_leave_comes_before_replies_and_signing_in_before_the_end(announced, deputies, clerk, county):
    call = announced.invitations.get(mandate=deputies[0])
    actions.ask_leave(call, reason="出差", on=PLANNED, by=user_of(deputies[0]))
    assert words(announced) == (f"{county}", "批复 1 名代表的请假")
    actions.decide_leave(call, is_granted=True, on=PLANNED, by=clerk)
    for seat in deputies[1:]:
        actions.reply(announced.invitations.get(mandate=seat), on=PLANNED, by=user_of(seat))
    assert words(announced) == (f"{county}", "打开签到屏")
    assert words(announced, after=timedelta(0)) == ("到会代表", "扫码签到")
    assert words(announced, after=timedelta(hours=1)) == (f"{county}", "登记没有扫码的代表")
    assert words(announced, after=timedelta(hours=4)) == (f"{county}", "核对到会登记，结束活动")


@pytest.mark.parametrize(("after", "is_late"), [(timedelta(hours=4), False), (timedelta(days=1), True)])
def test_an_activity_that_nobody_ended_is_late_the_next_day(announced, after, is_late):
    assert turn_of(announced, Counter(), at=announced.starts_at + after).is_late is is_late


def test_what_was_held_is_passed_on_written_up_and_put_away(announced, clerk, county):
    actions.hold(announced, at=announced.ends_at, on=DAY, by=clerk)
    assert words(announced) == (f"{county}", "写纪要，归档")
    actions.raise_opinion(announced, text="围栏破损", on=DAY, by=clerk)
    assert words(announced) == (f"{county}", "转交 1 条意见")
    announced.state = S.CLOSED
    assert words(announced) is None
