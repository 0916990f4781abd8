"""Figures: three different ones of the same events; groups by quarter; absences from sessions."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from congress.kit.periods import quarter_days
from deputies.activities import actions
from deputies.activities.figures import (
    Figures,
    by_kind,
    by_statute,
    distinct_by_family,
    group_quarters,
    light_of,
    unapproved_absences,
)
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Attendance
from deputies.roll.models import DeputyGroup, Mandate
from tests.deputies.activities.conftest import DAY, PLANNED
from tests.factories.activities import ActivityFactory
from tests.factories.organs import SessionFactory

YEAR = date(2026, 1, 1), date(2026, 12, 31)
Outcome = Attendance.Outcome


@pytest.fixture
def held(county, term, clerk):
    """held(kind, {seat: outcome}, **fields) → an activity that took place, with its list."""

    def of(kind, marks, *, groups=(), **fields):
        activity = ActivityFactory(
            congress=county, term=term, created_by=clerk, kind=kind, state=Activity.State.HELD, announced_on=PLANNED,
            **fields,
        )  # fmt: skip
        activity.groups.set(groups)
        Attendance.objects.bulk_create(
            Attendance(activity=activity, mandate=seat, outcome=outcome, means="list", at=activity.starts_at, by=clerk)
            for seat, outcome in marks.items()
        )
        return activity

    return of


def test_sessions_person_times_and_persons_are_three_figures(county, held, deputies):
    a, b, c = deputies
    for _session in range(2):
        held(Kind.TRAINING, {a: Outcome.PRESENT, b: Outcome.PRESENT, c: Outcome.ABSENT})
    held(Kind.INSPECTION, {a: Outcome.PRESENT})
    held(Kind.INSPECTION, {a: Outcome.PRESENT}, starts_at=ActivityFactory.starts_at.replace(year=2025))
    found = by_kind(county, *YEAR)
    assert found[Kind.TRAINING] == Figures(planned=2, sessions=2, called=6, present=4, persons=2)
    ActivityFactory(congress=county, kind=Kind.INSPECTION, term=deputies[0].term)
    found = by_kind(county, *YEAR)
    assert found["all"] == Figures(planned=4, sessions=3, called=7, present=5, persons=2)
    assert found[Kind.TRAINING].rate == pytest.approx(66.67, abs=0.01)


def test_an_inspection_stands_under_its_statute(county, held, deputies):
    for _time in range(2):
        held(Kind.LAW_INSPECTION, {}, statute="水法")
    held(Kind.LAW_INSPECTION, {}, statute="安全生产法")
    assert by_statute(county, *YEAR) == [("水法", 2), ("安全生产法", 1)]


def test_oversight_and_observers_count_different_deputies(county, held, deputies):
    a, b, c = deputies
    held(Kind.INSPECTION, {a: Outcome.PRESENT, b: Outcome.PRESENT})
    held(Kind.WORK_REVIEW, {a: Outcome.PRESENT})
    held(Kind.STANDING_COMMITTEE, {c: Outcome.PRESENT, b: Outcome.LEAVE})
    held(Kind.COURT_HEARING, {c: Outcome.PRESENT})
    assert distinct_by_family(county, *YEAR) == {"oversight": 2, "observed": 1, "informed": 1, "receiving": 0}


def test_the_figures_cost_the_same_whatever_is_held(county, held, deputies, django_assert_num_queries):
    for _time in range(2):
        held(Kind.INSPECTION, {deputies[0]: Outcome.PRESENT})
        with django_assert_num_queries(4):
            by_kind(county, *YEAR)


@pytest.mark.parametrize(
    ("on", "light"), [(date(2026, 3, 10), "run"), (date(2026, 3, 25), "wait"), (date(2026, 4, 1), "late")]
)
def test_a_group_without_activity_turns_amber_and_then_red(county, term, on, light):
    DeputyGroup.objects.create(congress=county, name="青石小组")
    [(_group, quarters)] = group_quarters(county, 2026, on=on)
    assert quarters[0].light == light
    assert quarters[3].light == "draft"


def test_an_activity_of_two_groups_counts_for_each_of_them(county, held, term):
    groups = [DeputyGroup.objects.create(congress=county, name=name) for name in ("一组", "二组")]
    held(Kind.GROUP_ACTIVITY, {}, groups=groups)
    grid = group_quarters(county, 2026, on=date(2026, 4, 1))
    assert [[quarter.count for quarter in quarters] for _group, quarters in grid] == [[1, 0, 0, 0], [1, 0, 0, 0]]
    assert {quarters[0].light for _group, quarters in grid} == {"done"}


@given(day=st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_lies_in_exactly_one_quarter(day):
    spans = [quarter_days(day.year, number) for number in (1, 2, 3, 4)]
    assert sum(first <= day <= last for first, last in spans) == 1
    assert all(after[0] - before[1] == timedelta(days=1) for before, after in zip(spans, spans[1:], strict=False))


@given(on=st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31)), count=st.integers(0, 3))
def test_a_quarter_is_red_only_when_it_is_over_with_too_few(on, count):
    first, last = quarter_days(2026, 2)
    light = light_of(count, 1, first=first, last=last, on=on, warning_days=15)
    assert (light == "late") == (on > last and count == 0)
    assert (light == "done") == (count >= 1)


@pytest.fixture
def sessions(term):
    return [SessionFactory(term=term, opened_on=date(2024 + n, 1, 12)) for n in range(3)]


def test_two_sessions_missed_without_leave_stand_on_the_list(county, term, held, deputies, sessions):
    a, b, c = deputies
    for session in sessions[:2]:
        held(Kind.SESSION, {a: Outcome.ABSENT, b: Outcome.LEAVE, c: Outcome.PRESENT}, session=session)
    held(Kind.SESSION, {b: Outcome.ABSENT, c: Outcome.ABSENT}, session=sessions[2])
    found = unapproved_absences(county, term, least=2)
    assert [(each.mandate, each.count) for each in found] == [(a, 2)]
    assert {each.mandate for each in unapproved_absences(county, term, least=1)} == {a, b, c}


def test_who_came_to_one_sitting_was_at_the_session(county, term, held, deputies, sessions):
    for session in sessions[:2]:
        held(Kind.SESSION, {deputies[0]: Outcome.ABSENT}, session=session)
    held(Kind.SESSION, {deputies[0]: Outcome.PRESENT}, session=sessions[1])
    assert unapproved_absences(county, term, least=2) == []


def test_the_page_of_absences_warns_and_changes_nothing(client, county, term, held, deputies, sessions, clerk, leader):
    for session in sessions[:2]:
        held(Kind.SESSION, {deputies[0]: Outcome.ABSENT}, session=session)
    client.force_login(clerk)
    shown = client.get(reverse("activities:absences"))
    assert [each.mandate for each in shown.context["grounds"]] == [deputies[0]]
    deputies[0].refresh_from_db()
    assert deputies[0].state == Mandate.State.ACTIVE
    client.force_login(leader)
    assert client.get(reverse("activities:absences")).status_code == 404


def test_the_figures_leave_as_a_workbook(client, county, held, deputies, clerk):
    held(Kind.INSPECTION, {deputies[0]: Outcome.PRESENT})
    client.force_login(clerk)
    answer = client.post(reverse("activities:figures_export"), {"congress": county.code, "year": "2026"})
    assert answer.content.startswith(b"PK")


def test_a_sum_over_days_is_the_sum_of_what_was_called(county, held, deputies, clerk):
    activity = held(Kind.INSPECTION, {})
    actions.invite(activity, deputies, on=DAY, by=clerk)
    actions.mark(activity, {deputies[0].pk: Outcome.PRESENT}, at=activity.starts_at, on=DAY, by=clerk)
    assert by_kind(county, *YEAR)["all"].present == 1


def rows_behind(client, door):
    answer = client.get(door)
    assert answer.status_code == 200, door
    return answer.context["page_obj"].paginator.count


def test_every_figure_is_a_door_to_exactly_its_rows(client, county, held, deputies, clerk, township):
    a, b, c = deputies
    for _session in range(2):
        held(Kind.GROUP_ACTIVITY, {a: Outcome.PRESENT, b: Outcome.PRESENT, c: Outcome.ABSENT})
    inspected = held(Kind.LAW_INSPECTION, {a: Outcome.PRESENT, b: Outcome.LEAVE}, statute="水法")
    held(Kind.LAW_INSPECTION, {a: Outcome.PRESENT}, statute="水法实施办法")
    ActivityFactory(congress=township, kind=Kind.GROUP_ACTIVITY, term=a.term, state=Activity.State.HELD)
    actions.raise_opinion(inspected, text="请核查取水口。", on=DAY, by=clerk)
    client.force_login(clerk)
    shown = client.get(reverse("activities:figures"), {"congress": county.code, "year": 2026, "quarter": 1}).context
    sums = {name: getattr(shown["total"], name) for name in shown["behind"] if hasattr(shown["total"], name)}
    assert sums == {
        "planned": 4, "sessions": 4, "called": 9, "present": 6, "persons": 2, "opinions": 1, "solved": 0
    }  # fmt: skip
    assert {name: rows_behind(client, shown["behind"][name]) for name in sums} == sums
    for row in shown["rows"]:
        for name in sums:
            assert rows_behind(client, row["doors"][name]) == getattr(row["figures"], name), (row["label"], name)
    assert [(each["count"], rows_behind(client, each["url"])) for each in shown["families"]] == [(1, 1)] + [(0, 0)] * 3
    assert [(each["count"], rows_behind(client, each["url"])) for each in shown["statutes"]] == [(1, 1), (1, 1)]


@pytest.mark.parametrize("what", ["present", "persons", "opinions"])
def test_the_rows_behind_a_figure_cost_the_same_for_one_and_for_three(
    client, held, deputies, clerk, what, django_assert_num_queries
):
    client.force_login(clerk)
    for seats in (deputies[:1], deputies):
        activity = held(Kind.INSPECTION, dict.fromkeys(seats, Outcome.PRESENT))
        for seat in seats:
            actions.raise_opinion(activity, text=f"{seat}的意见", on=DAY, by=clerk)
        with django_assert_num_queries(5):
            client.get(reverse("activities:rows"), {"year": 2026, "what": what})


def test_the_rows_behind_a_figure_can_be_taken_away(client, county, held, deputies, clerk):
    activity = held(Kind.INSPECTION, {deputies[0]: Outcome.PRESENT, deputies[1]: Outcome.ABSENT})
    client.force_login(clerk)
    answer = client.post(reverse("activities:rows_export"), {"year": 2026, "what": "absent"})
    sheet = load_workbook(BytesIO(b"".join(answer) if answer.streaming else answer.content)).active
    assert [cell.value for cell in sheet[4]][1:4] == [activity.title, "代表视察", deputies[1].deputy.name]
    assert sheet.max_row == 4
