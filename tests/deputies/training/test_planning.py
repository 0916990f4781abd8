"""The year's plan, and how a line of it becomes an activity to which its deputies are called."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.activities import actions as activities
from deputies.activities.kinds import Kind as ActivityKind
from deputies.activities.models import Activity, Attendance
from deputies.duties.kinds import Kind as Duty
from deputies.duties.models import DutyRecord
from deputies.training.actions import planning
from deputies.training.kinds import Kind
from deputies.training.models import Lesson, PlanLine
from tests.factories.activities import ActivityFactory
from tests.factories.training import PlanLineFactory, TrainingFactory, TrainingPlanFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
WHEN = {
    "starts_at": datetime(2026, 3, 12, 1, 0, tzinfo=UTC),
    "ends_at": datetime(2026, 3, 12, 5, 0, tzinfo=UTC),
    "place": "县委党校",
}


@pytest.fixture
def plan(county):
    return TrainingPlanFactory(congress=county)


@pytest.fixture
def line(plan):
    return PlanLineFactory(plan=plan)


def test_a_line_becomes_a_training_with_its_deputies_called(line, county, seat, others, clerk):
    others(2)
    activity = planning.hold(line, title="新任代表培训班", on=DAY, by=clerk, **WHEN)
    assert (activity.kind, activity.hours, activity.channel) == (ActivityKind.TRAINING, 4, "on_site")
    assert activity.invitations.count() == 3
    lesson = Lesson.objects.get()
    assert (lesson.activity, lesson.line, lesson.kind) == (activity, line, Kind.ONBOARDING)


def test_staff_and_keepers_stand_on_the_list_as_guests_and_who_sits_stands_as_a_deputy(
    plan, county, seat, clerk, station_keeper
):
    serving(Role.NPC_CLERK, county, user=seat.deputy.user)
    line = PlanLineFactory(plan=plan, to_staff=True, to_keepers=True)
    activity = planning.hold(line, title="履职能力培训", on=DAY, by=clerk, **WHEN)
    assert activity.invitations.get().mandate == seat
    assert sorted(activity.guests.values_list("kind", "name", "is_present")) == [
        ("liaison_officer", "苗站长", False),
        ("official", "林代工", False),
    ]


def test_an_exchange_becomes_an_exchange(plan, seat, clerk):
    line = PlanLineFactory(plan=plan, kind=Kind.EXCHANGE)
    assert planning.hold(line, title="代表经验交流会", on=DAY, by=clerk, **WHEN).kind == ActivityKind.EXCHANGE


def test_the_same_session_is_not_made_twice_and_the_next_one_is(line, seat, clerk):
    first = planning.key_of(line)
    planning.hold(line, title="第一期", on=DAY, by=clerk, request_key=first, **WHEN)
    with pytest.raises(planning.AlreadyHeld):
        planning.hold(line, title="第一期", on=DAY, by=clerk, request_key=first, **WHEN)
    planning.hold(line, title="第二期", on=DAY, by=clerk, request_key=planning.key_of(line), **WHEN)
    assert Lesson.objects.count() == 2


def test_a_line_can_be_held_again_after_its_session_was_given_another_line(line, seat, clerk):
    held = planning.hold(line, title="第一期", on=DAY, by=clerk, request_key=planning.key_of(line), **WHEN)
    planning.note_lesson(held, kind=Kind.ONBOARDING, line=None, on=DAY, by=clerk)
    again = planning.hold(line, title="第二期", on=DAY, by=clerk, request_key=planning.key_of(line), **WHEN)
    assert again != held
    assert line.lessons.get().activity == again


def test_a_line_that_was_held_is_not_taken_out(line, seat, clerk):
    planning.hold(line, title="新任代表培训班", on=DAY, by=clerk, **WHEN)
    with pytest.raises(ValidationError):
        planning.remove_line(line, on=DAY, by=clerk)
    assert PlanLine.objects.filter(pk=line.pk).exists()


def test_writing_and_removing_a_line_stands_in_the_journal_of_the_plan(plan, clerk):
    line = planning.keep_line(PlanLine(plan=plan, theme="预算审查", kind=Kind.THEMATIC, month=5), on=DAY, by=clerk)
    planning.remove_line(line, on=DAY, by=clerk)
    assert [entry.verb for entry in Entry.objects.of(plan)] == ["training.line", "training.unline"]


def test_a_plan_is_adopted_with_a_line_and_may_be_taken_back(line, plan, clerk):
    planning.adopt(plan, on=DAY, by=clerk, version=0)
    plan.refresh_from_db()
    assert (plan.state, plan.adopted_on) == ("adopted", DAY)
    planning.reopen(plan, on=DAY, by=clerk, version=plan.version)
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_an_empty_plan_is_not_adopted(plan, clerk):
    with pytest.raises(ValidationError):
        planning.adopt(plan, on=DAY, by=clerk, version=0)


def test_a_leader_reads_the_plan_and_does_not_adopt_it(line, plan, leader):
    with pytest.raises(PermissionDenied):
        planning.adopt(plan, on=DAY, by=leader, version=0)


def test_only_a_study_can_be_a_part_of_a_meeting(county, term, clerk):
    meeting = ActivityFactory(congress=county, term=term, kind=ActivityKind.STANDING_COMMITTEE)
    with pytest.raises(ValidationError):
        planning.note_lesson(meeting, kind=Kind.CENTRALISED, study_hours=2, on=DAY, by=clerk)
    with pytest.raises(ValidationError):
        planning.note_lesson(meeting, kind=Kind.PRE_MEETING, on=DAY, by=clerk)


def test_a_training_of_its_own_is_only_put_to_a_kind(county, term, clerk):
    training = TrainingFactory(congress=county, term=term)
    lesson = planning.note_lesson(training, kind=Kind.CENTRALISED, study_hours=9, on=DAY, by=clerk)
    assert (lesson.kind, lesson.study_hours) == (Kind.CENTRALISED, None)
    assert not DutyRecord.objects.filter(source_kind="training.lesson").exists()


@pytest.fixture
def meeting(county, term, clerk, others):
    """A session of the standing committee with three observers, before which they study for two hours."""
    activity = ActivityFactory(congress=county, term=term, kind=ActivityKind.STANDING_COMMITTEE, created_by=clerk)
    activities.invite(activity, others(3), on=DAY, by=clerk)
    activities.announce(activity, on=DAY, by=clerk)
    planning.note_lesson(activity, kind=Kind.PRE_MEETING, study_hours=2, on=DAY, by=clerk)
    return activity


def studied(activity):
    """The duties of studying that stand."""
    rows = DutyRecord.objects.filter(kind=Duty.TRAINING, source_id=activity.lesson.pk).exclude(state="struck")
    return {each.mandate_id: each.hours for each in rows}


def test_who_signed_in_at_a_meeting_gets_the_study_before_it_recorded_by_itself(meeting, clerk):
    at = meeting.ends_at + timedelta(hours=1)
    here, late, _absent = meeting.invitations.values_list("mandate", flat=True)
    activities.mark(meeting, {here: "present", late: "present"}, at=at, on=meeting.held_on, by=clerk)
    assert studied(meeting) == {}
    activities.hold(Activity.objects.get(pk=meeting.pk), at=at, on=meeting.held_on, by=clerk)
    assert studied(meeting) == {here: 2, late: 2}


def test_a_corrected_list_takes_the_study_back(meeting, clerk):
    at = meeting.ends_at + timedelta(hours=1)
    here, other, _absent = meeting.invitations.values_list("mandate", flat=True)
    activities.mark(meeting, {here: "present", other: "present"}, at=at, on=meeting.held_on, by=clerk)
    activities.hold(Activity.objects.get(pk=meeting.pk), at=at, on=meeting.held_on, by=clerk)
    marks = {here: Attendance.Outcome.ABSENT}
    activities.mark(Activity.objects.get(pk=meeting.pk), marks, at=at, on=meeting.held_on, by=clerk)
    assert studied(meeting) == {other: 2}
