"""Sessions, person-times and persons are three numbers; guests are a fourth and a fifth."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from deputies.activities.kinds import Kind as ActivityKind
from deputies.activities.models import Activity, Attendance, Guest
from deputies.duties.actions import Performed, correct, object_to, register
from deputies.duties.kinds import Kind as Duty
from deputies.duties.models import DutyRecord
from deputies.roll.models import DeputyGroup, Mandate
from deputies.training import figures
from deputies.training.figures import Period
from deputies.training.kinds import Kind
from tests.deputies.training.conftest import MARCH_12
from tests.factories.training import AttendanceFactory, LessonFactory, TrainingFactory

pytestmark = pytest.mark.django_db
YEAR = Period.of_year(2026)
C = Activity.Channel


@pytest.fixture
def training(county, term):
    return lambda **fields: TrainingFactory(congress=county, term=term, **fields)


def attend(activity, *mandates, **fields):
    return [AttendanceFactory(activity=activity, mandate=each, **fields) for each in mandates]


def counted(sessions):
    total = figures.total_of(sessions)
    return total.sessions, total.times, total.persons


def test_twenty_sessions_and_eight_hundred_person_times_of_forty_deputies(county, training, others):
    deputies = others(40)
    for _number in range(20):
        activity = training()
        Attendance.objects.bulk_create(
            Attendance(
                activity=activity, mandate=each, outcome="present", means="list", at=activity.starts_at,
                by=activity.created_by,
            )
            for each in deputies
        )  # fmt: skip
    assert counted(figures.sessions_of(county, YEAR)) == (20, 800, 40)


def test_who_was_absent_or_on_leave_learned_nothing(county, training, others):
    here, away, ill = others(3)
    activity = training()
    attend(activity, here)
    attend(activity, away, outcome=Attendance.Outcome.ABSENT)
    attend(activity, ill, outcome=Attendance.Outcome.LEAVE)
    assert counted(figures.sessions_of(county, YEAR)) == (1, 1, 1)


@pytest.mark.parametrize("state", [Activity.State.DRAFT, Activity.State.ANNOUNCED, Activity.State.CANCELLED])
def test_a_training_counts_only_when_it_took_place(county, training, others, state):
    attend(training(state=state), *others(2))
    assert counted(figures.sessions_of(county, YEAR)) == (0, 0, 0)


def test_liaison_officers_and_other_guests_are_counted_apart_from_deputies(county, training, others):
    activity = training()
    attend(activity, *others(2))
    for kind, name, present in (
        (Guest.Kind.LIAISON_OFFICER, "苗站长", True),
        (Guest.Kind.LIAISON_OFFICER, "没到的联络员", False),
        (Guest.Kind.EXPERT, "专家", True),
    ):
        Guest.objects.create(activity=activity, kind=kind, name=name, is_present=present)
    total = figures.total_of(figures.sessions_of(county, YEAR))
    assert (total.times, total.persons, total.officers, total.guests) == (2, 2, 1, 1)


def test_each_channel_has_its_own_three_numbers(county, training, others):
    one, two = others(2)
    attend(training(channel=C.VIDEO), one, two)
    attend(training(channel=C.VIDEO), one)
    attend(training(channel=C.EXPERT), two)
    rows = figures.figures_by("channel", figures.sessions_of(county, YEAR))
    assert [(row.code, row.sessions, row.times, row.persons) for row in rows] == [
        ("video", 2, 3, 2),
        ("expert", 1, 1, 1),
    ]


def test_exchanges_show_beside_trainings_and_what_nobody_sorted_shows_as_unsorted(county, training, others):
    LessonFactory(activity=training(), kind=Kind.CENTRALISED)
    training(kind=ActivityKind.EXCHANGE)
    training()
    rows = figures.figures_by("kind", figures.sessions_of(county, YEAR))
    assert {row.code: row.sessions for row in rows} == {"centralised": 1, "exchange": 1, "": 1}


def test_a_month_and_a_kind_can_be_asked_for_together(county, training, others):
    (deputy,) = others(1)
    may = training(starts_at=datetime(2026, 5, 6, 1, tzinfo=UTC), ends_at=datetime(2026, 5, 6, 4, tzinfo=UTC))
    LessonFactory(activity=may, kind=Kind.CENTRALISED)
    LessonFactory(activity=training(), kind=Kind.CENTRALISED)
    attend(may, deputy)
    assert list(figures.sessions_of(county, YEAR, month=5, kind=Kind.CENTRALISED)) == [may]
    assert [
        (row.code, row.sessions, row.times) for row in figures.figures_by("month", figures.sessions_of(county, YEAR))
    ] == [
        ("3", 1, 0),
        ("5", 1, 1),
    ]


def test_the_last_minute_of_the_year_here_belongs_to_the_year_here(county, training):
    new_year = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight of 2027 in Beijing
    training(starts_at=new_year, ends_at=datetime(2026, 12, 31, 18, tzinfo=UTC))
    assert figures.sessions_of(county, YEAR).count() == 0
    assert figures.sessions_of(county, Period.of_year(2027)).count() == 1


def test_a_study_before_a_meeting_counts_with_its_own_hours_and_no_second_list(county, term, others):
    (deputy,) = others(1)
    meeting = TrainingFactory(congress=county, term=term, kind=ActivityKind.STANDING_COMMITTEE, hours=8)
    LessonFactory(activity=meeting, kind=Kind.PRE_MEETING, study_hours=2)
    attend(meeting, deputy)
    found = figures.with_hours(Mandate.objects.filter(pk=deputy.pk), YEAR).get()
    assert (found.trainings, found.training_hours) == (1, Decimal(2))
    assert counted(figures.sessions_of(county, YEAR)) == (1, 1, 1)


def test_the_hours_of_a_year_are_those_of_the_trainings_attended(county, training, others):
    busy, idle = others(2)
    attend(training(hours=Decimal("3.5")), busy)
    attend(training(hours=4), busy)
    attend(training(hours=None), busy)
    rows = {each.pk: each for each in figures.with_hours(Mandate.objects.filter(congress=county), YEAR)}
    assert (rows[busy.pk].trainings, rows[busy.pk].training_hours) == (3, Decimal("7.5"))
    assert (rows[idle.pk].trainings, rows[idle.pk].training_hours) == (0, Decimal(0))


@pytest.mark.parametrize("is_study", [False, True])
def test_hours_that_an_objection_put_right_are_those_of_the_training_too(county, term, seat, clerk, is_study):
    kind = ActivityKind.STANDING_COMMITTEE if is_study else ActivityKind.TRAINING
    activity = TrainingFactory(congress=county, term=term, kind=kind, hours=None if is_study else 4)
    attend(activity, seat)
    source, on = activity, MARCH_12
    if is_study:
        source = LessonFactory(activity=activity, kind=Kind.PRE_MEETING, study_hours=4)
    register(source, Duty.TRAINING, [Performed(seat.pk, hours=4)], title="培训", held_on=on, on=on, by=clerk)
    record = DutyRecord.objects.get()
    object_to(record, objection="只参加了上午", on=on, by=seat.deputy.user)
    correct(record, changes={"hours": Decimal(2)}, finding="核实", on=on, by=clerk)
    assert figures.with_hours(Mandate.objects.filter(pk=seat.pk), YEAR).get().training_hours == 2
    assert figures.records_of_deputy([seat.pk]).get().worth == 2
    assert figures.persons_of(figures.records_of(figures.taught_in(YEAR))).get()["hours"] == 2


def test_the_persons_behind_a_figure_are_as_many_as_the_figure_says(county, training, others):
    one, two = others(2)
    attend(training(), one, two)
    attend(training(), one)
    sessions = figures.sessions_of(county, YEAR)
    assert [(row["mandate__deputy"], row["times"]) for row in figures.persons_of(figures.records_of(sessions))] == [
        (one.deputy_id, 2),
        (two.deputy_id, 1),
    ]


def test_a_group_without_any_training_shows_nought(county, training, others):
    learned, idle = (DeputyGroup.objects.create(congress=county, name=name) for name in ("第一小组", "第二小组"))
    (deputy,) = others(1)
    deputy.groups.add(learned)
    activity = training()
    activity.groups.add(learned)
    attend(activity, deputy)
    rows = figures.figures_of_groups(county, figures.sessions_of(county, YEAR))
    assert {row.group: (row.sessions, row.times) for row in rows} == {learned: (1, 1), idle: (0, 0)}


def test_a_period_may_be_any_two_days(county, training):
    training()
    assert figures.sessions_of(county, Period(date(2026, 3, 12), date(2026, 3, 12))).count() == 1
    assert figures.sessions_of(county, Period(date(2026, 3, 13), date(2026, 4, 1))).count() == 0


@pytest.mark.parametrize("trainings", [1, 3])
def test_the_figures_of_one_channel_cost_three_statements_however_many(
    county, training, others, django_assert_num_queries, trainings
):
    for deputy in others(trainings):
        attend(training(), deputy)
    with django_assert_num_queries(3):
        figures.figures_by("channel", figures.sessions_of(county, YEAR))
