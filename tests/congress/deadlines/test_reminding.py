from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.deadlines import actions as clocks
from congress.deadlines import reminding
from congress.deadlines.models import ESCALATION, Clock, Reminder
from congress.deadlines.readers import readers_of
from congress.deadlines.reminding import remind
from congress.organs.roles import Role
from suggestions.docket.models import Assignment
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of
from tests.factories.organs import DepartmentFactory, MembershipFactory
from tests.people import serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads(county):
    return DepartmentFactory(congress=county, name="县交通运输局")


@pytest.fixture
def reply(county, roads):
    """The running reply clock of a case in the hands of the roads department, and no other clock."""
    people = officer_of(roads), head_of(roads), clerk_of(county)
    case = SuggestionFactory(congress=county, accepted=True, department=roads)
    clock = Clock.objects.on_case(case).running().get(rule="reply")
    Clock.objects.on_case(case).exclude(pk=clock.pk).delete()
    assert all(people)
    return clock


def told(clock):
    """[(stage, name)] of all reminders so far, to whom they go on their day."""
    reminders = clock.reminders.select_related("clock__holder").order_by("id")
    return [(each.stage, user.name) for each in reminders for user in readers_of([each], on=each.on)[each.pk]]


def before(clock, days):
    return clock.due_on - timedelta(days=days)


def test_the_officer_is_reminded_on_the_day_of_a_stage(reply, roads):
    assert remind(on=before(reply, 7)) == 1
    assert told(reply) == [("before:7", officer_of(roads).name)]


def test_nobody_is_reminded_before_the_first_stage(reply):
    assert remind(on=before(reply, 31)) == 0


def test_a_second_run_on_the_same_day_writes_nothing(reply):
    assert [remind(on=before(reply, 3)), remind(on=before(reply, 3))] == [1, 0]


def test_days_without_a_run_are_made_good_by_one_reminder(reply):
    remind(on=before(reply, 16))
    remind(on=before(reply, 2))  # the fifteenth, the seventh and the third day were missed
    assert [stage for stage, _name in told(reply)] == ["before:30", "before:3"]


def test_a_clock_set_back_repeats_nothing(reply):
    days = [7, 3, 7, 3, 1]
    assert [remind(on=before(reply, day)) for day in days] == [1, 1, 0, 0, 1]


def test_an_overdue_reply_goes_up_to_the_head_and_the_office(reply, roads, county):
    remind(on=reply.due_on + timedelta(days=1))
    assert set(told(reply)) == {
        ("after:1", officer_of(roads).name),
        (ESCALATION, head_of(roads).name),
        (ESCALATION, clerk_of(county).name),
    }


def test_it_goes_up_once_however_long_it_stays_overdue(reply):
    for late in range(1, 60):
        remind(on=reply.due_on + timedelta(days=late))
    stages = [stage for stage, _name in told(reply)]
    assert sorted(set(stages)) == ["after:1", "after:15", "after:3", "after:30", "after:7", ESCALATION]
    assert stages.count(ESCALATION) == 2


def test_a_moved_date_may_be_spoken_of_again(reply, clerk):
    remind(on=before(reply, 3))
    subject = _subject(reply)
    later = reply.due_on + timedelta(days=30)
    moved = clocks.extend("reply", subject, due_on=later, on=reply.due_on, by=clerk, reason="延期")
    assert remind(on=before(moved, 3)) == 1
    spoken = Reminder.objects.order_by("id").values_list("clock_version", "stage")
    assert list(spoken) == [(1, "before:3"), (2, "before:3")]


def _subject(clock):
    return Assignment.objects.get(pk=clock.subject_id)


def test_a_met_clock_is_silent(reply, clerk):
    clocks.meet("reply", _subject(reply), on=before(reply, 20), by=clerk)
    assert remind(on=reply.due_on + timedelta(days=5)) == 0


def test_where_nobody_sits_at_the_desk_the_head_is_reminded(reply, roads):
    roads.memberships.filter(role=Role.CASE_OFFICER).update(ends_on=before(reply, 40))
    remind(on=before(reply, 7))
    assert told(reply) == [("before:7", head_of(roads).name)]


def test_who_has_left_or_has_not_yet_come_is_not_reminded(reply, roads):
    MembershipFactory(organ=roads, role=Role.CASE_OFFICER, starts_on=before(reply, 1))
    serving(Role.CASE_OFFICER, roads, user__is_active=False)
    remind(on=before(reply, 7))
    assert told(reply) == [("before:7", officer_of(roads).name)]


def test_who_comes_after_the_others_were_told_is_told_at_the_next_stage(reply, roads):
    remind(on=before(reply, 7))
    late = MembershipFactory(organ=roads, role=Role.CASE_OFFICER, starts_on=before(reply, 6)).user
    assert remind(on=before(reply, 5)) == 0
    assert remind(on=before(reply, 3)) == 1
    assert ("before:3", late.name) in told(reply)


def test_somebody_who_deputises_is_reminded_too(reply, roads):
    own = roads.memberships.get(role=Role.CASE_OFFICER)
    other = MembershipFactory(
        organ=roads, role=Role.CASE_OFFICER, starts_on=before(reply, 10), ends_on=before(reply, 5), deputises_for=own
    ).user
    remind(on=before(reply, 7))
    remind(on=before(reply, 3))
    assert told(reply) == [("before:7", own.user.name), ("before:7", other.name), ("before:3", own.user.name)]


def test_who_serves_twice_is_told_once(reply, roads, county):
    MembershipFactory(organ=roads, role=Role.CASE_OFFICER, starts_on=before(reply, 10), user=officer_of(roads))
    remind(on=before(reply, 7))
    assert told(reply) == [("before:7", officer_of(roads).name)]


def test_the_offices_own_date_goes_up_to_its_leaders(county, leader):
    case = SuggestionFactory(congress=county, registered=True)
    clock = Clock.objects.on_case(case).running().get(rule="assign")
    remind(on=clock.due_on + timedelta(days=3))
    assert (ESCALATION, leader.name) in told(clock)
    assert (ESCALATION, clerk_of(county).name) not in told(clock)


def test_a_period_shorter_than_a_stage_is_not_reminded_of_on_its_first_day(county):
    case = SuggestionFactory(congress=county, registered=True)
    clock = Clock.objects.on_case(case).running().get(rule="assign")
    Clock.objects.filter(pk=clock.pk).update(due_on=clock.started_on + timedelta(days=2))
    remind(on=clock.started_on)
    assert told(clock) == []


def test_the_number_of_queries_does_not_grow_with_the_clocks(reply, county, roads):
    with CaptureQueriesContext(connection) as with_one:
        remind(on=before(reply, 7))
    for _more in range(3):
        SuggestionFactory(congress=county, accepted=True, department=roads)
    Clock.objects.exclude(rule="reply").delete()
    with CaptureQueriesContext(connection) as with_four:
        remind(on=before(reply, 7))
    assert len(with_four) == len(with_one)
    reminders = list(Reminder.objects.select_related("clock__holder"))
    with CaptureQueriesContext(connection) as of_one:
        readers_of(reminders[:1], on=before(reply, 7))
    with CaptureQueriesContext(connection) as of_all:
        assert all(readers_of(reminders, on=before(reply, 7)).values())
    assert len(of_all) == len(of_one)
    assert len(reminders) == 4


def test_many_clocks_are_spoken_of_part_by_part(reply, county, roads, monkeypatch):
    monkeypatch.setattr(reminding, "_PART", 2)
    for _more in range(4):
        SuggestionFactory(congress=county, accepted=True, department=roads)
    Clock.objects.exclude(rule="reply").delete()
    day = Clock.objects.latest("due_on").due_on + timedelta(days=1)
    assert remind(on=day) == 10
    assert Reminder.objects.filter(stage=ESCALATION).count() == 5
    assert remind(on=day) == 0
