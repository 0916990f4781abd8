"""The letters of activities: who hears of what."""

from datetime import UTC, datetime

import pytest

from congress.notices.models import Notice
from deputies.activities import actions, notices, tasks
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Raised
from deputies.roll.models import DeputyGroup
from tests.deputies.activities.conftest import CALLED, DAY, PLANNED, user_of
from tests.factories.activities import ActivityFactory
from tests.factories.organs import DepartmentFactory


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """told(act) → {title: who is told} of the letters that this act sends."""

    def of(act):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        found = {}
        for notice in Notice.objects.order_by("pk"):
            found.setdefault(notice.title, set()).add(notice.recipient)
        Notice.objects.all().delete()
        return found

    return of


def test_calling_changing_and_calling_off_reach_whoever_is_called(announced, deputies, clerk, told):
    everybody = {user_of(seat) for seat in deputies}
    changed = told(lambda: actions.change(announced, place="石桥水厂", on=CALLED, by=clerk))
    assert list(changed.values()) == [everybody]
    cancelled = told(lambda: actions.cancel(announced, reason="天气原因", on=CALLED, by=clerk))
    assert list(cancelled) == [f"活动取消：{announced}（原定3月12日 09:00）"]
    assert list(cancelled.values()) == [everybody]


def test_nobody_hears_of_what_is_only_planned(inspection, deputies, clerk, told):
    assert told(lambda: actions.invite(inspection, deputies, on=PLANNED, by=clerk)) == {}
    assert told(lambda: actions.change(inspection, place="石桥水厂", on=PLANNED, by=clerk)) == {}
    assert told(lambda: actions.release(inspection, deputies[:1], on=PLANNED, by=clerk)) == {}
    announced = told(lambda: actions.announce(inspection, on=CALLED, by=clerk))
    assert list(announced.values()) == [{user_of(seat) for seat in deputies[1:]}]


def test_leave_goes_to_the_organiser_and_the_answer_to_the_deputy(announced, deputies, clerk, told):
    call = announced.invitations.get(mandate=deputies[0])
    asked = told(lambda: actions.ask_leave(call, reason="出差", on=CALLED, by=user_of(deputies[0])))
    assert list(asked.values()) == [{clerk}]
    granted = told(lambda: actions.decide_leave(call, is_granted=True, on=CALLED, by=clerk))
    assert list(granted.values()) == [{user_of(deputies[0])}]


def test_leave_from_what_a_department_asked_for_goes_to_the_office_that_decides(
    announced, deputies, clerk, officer, county, told
):
    roads = DepartmentFactory(congress=county)
    Activity.objects.filter(pk=announced.pk).update(organ=roads, created_by=officer(roads))
    call = announced.invitations.get(mandate=deputies[0])
    asked = told(lambda: actions.ask_leave(call, reason="住院", on=CALLED, by=user_of(deputies[0])))
    assert list(asked.values()) == [{clerk}]


def test_a_theme_goes_to_the_guiding_leader_and_back(county, term, clerk, leader, told):
    group = DeputyGroup.objects.create(congress=county, name="青石小组", guide=leader)
    activity = ActivityFactory(congress=county, term=term, created_by=clerk, kind=Kind.GROUP_ACTIVITY, guide=leader)
    activity.groups.add(group)
    assert list(told(lambda: actions.submit_theme(activity, on=PLANNED, by=clerk)).values()) == [{leader}]
    assert list(told(lambda: actions.approve_theme(activity, on=PLANNED, by=leader)).values()) == [{clerk}]


def test_an_opinion_reaches_the_department_and_its_feedback_the_deputies_who_were_there(
    announced, deputies, clerk, officer, county, scan, told
):
    water = DepartmentFactory(congress=county)
    theirs = officer(water)
    scan(announced, deputies[0])
    raised = actions.raise_opinion(announced, text="水厂设备老化", mandate=deputies[1], on=DAY, by=user_of(deputies[1]))
    assert list(told(lambda: actions.forward(raised, organ=water, on=DAY, by=clerk)).values()) == [{theirs}]
    raised = Raised.objects.get(pk=raised.pk)
    answered = told(lambda: actions.answer(raised, feedback="已更换", on=DAY, by=theirs))
    assert list(answered.values()) == [{user_of(deputies[0]), clerk}]


def test_the_day_before_whoever_is_expected_is_reminded_in_the_morning(announced, deputies, clerk, told):
    call = announced.invitations.get(mandate=deputies[0])
    actions.ask_leave(call, reason="出差", on=CALLED, by=user_of(deputies[0]))
    actions.decide_leave(call, is_granted=True, on=CALLED, by=clerk)
    night, morning = datetime(2026, 3, 10, 17, tzinfo=UTC), datetime(2026, 3, 11, 1, tzinfo=UTC)
    assert told(lambda: tasks.remind(at=night)) == {}
    assert list(told(lambda: tasks.remind(at=morning)).values()) == [{user_of(seat) for seat in deputies[1:]}]
    assert told(lambda: tasks.remind(at=morning)) == {}


def test_the_leader_of_a_group_is_one_of_its_organisers(county, term, clerk, deputies):
    group = DeputyGroup.objects.create(congress=county, name="青石小组", leader=deputies[0])
    activity = ActivityFactory(congress=county, term=term, created_by=clerk)
    activity.groups.add(group)
    assert notices.organisers_of(activity) == [clerk, user_of(deputies[0])]
