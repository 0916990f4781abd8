"""Planning: theme, term, groups and the leader who passes the theme."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.organs.roles import Role
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.activities import actions
from deputies.activities.kinds import DUTY_OF, Kind
from deputies.activities.models import Activity
from deputies.duties.models import DutyRecord
from deputies.roll.actions import keep_body
from deputies.roll.models import DeputyGroup
from tests.deputies.activities.conftest import CALLED, DAY, PLANNED
from tests.factories.activities import ActivityFactory
from tests.factories.organs import DepartmentFactory, SessionFactory, TermFactory
from tests.people import serving

S = Activity.State


def plan(county, clerk, **fields):
    sample = ActivityFactory.build(congress=county, term=None, organ=county, created_by=clerk)
    given = {name: getattr(sample, name) for name in ("kind", "title", "theme", "place", "starts_at", "ends_at")}
    return actions.plan(congress=county, organ=county, on=PLANNED, by=clerk, **(given | fields))


@pytest.fixture
def guided_group(county, leader):
    return DeputyGroup.objects.create(congress=county, name="石桥代表小组", guide=leader)


def test_an_activity_without_theme_is_refused(county, term, clerk):
    with pytest.raises(ValidationError) as refused:
        plan(county, clerk, theme="  ", kind=Kind.GROUP_ACTIVITY)
    assert set(refused.value.error_dict) == {"theme"}
    assert not Activity.objects.exists()


def test_an_inspection_of_the_law_names_its_statute(county, term, clerk):
    with pytest.raises(ValidationError) as refused:
        plan(county, clerk, kind=Kind.LAW_INSPECTION)
    assert set(refused.value.error_dict) == {"statute"}
    assert plan(county, clerk, kind=Kind.LAW_INSPECTION, statute="水法").statute == "水法"


def test_a_planned_activity_belongs_to_the_term_of_its_day(county, term, clerk):
    TermFactory(congress=county, number=18, starts_on=term.starts_on + timedelta(days=5 * 365))
    activity = plan(county, clerk)
    assert activity.term == term
    assert [entry.verb for entry in Entry.objects.of(activity)] == ["activity.plan"]


def test_a_day_before_every_term_is_refused(county, clerk):
    with pytest.raises(ValidationError) as refused:
        plan(county, clerk)
    assert set(refused.value.error_dict) == {"starts_at"}


def test_a_session_must_say_which_one_it_is(county, term, clerk):
    with pytest.raises(ValidationError) as refused:
        plan(county, clerk, kind=Kind.SESSION)
    assert set(refused.value.error_dict) == {"session"}
    assert plan(county, clerk, kind=Kind.SESSION, session=SessionFactory(term=term)).pk


def test_a_session_begins_with_the_items_of_every_session_in_their_order(county, term, clerk):
    session = SessionFactory(term=term)
    agenda = plan(county, clerk, kind=Kind.SESSION, session=session).agenda.splitlines()
    assert [line.partition("：")[0] for line in agenda[:3]] == [
        "1. 预备会议",
        "2. 主席团第一次会议",
        "3. 第一次全体会议",
    ]
    assert "宪法宣誓" in agenda[-1]
    own = plan(county, clerk, kind=Kind.SESSION, session=session, agenda="另定")
    assert own.agenda == "另定"


def test_the_theme_of_a_guided_group_waits_for_its_leader(county, term, clerk, leader, guided_group, deputies):
    activity = plan(county, clerk, kind=Kind.GROUP_ACTIVITY, groups=[guided_group])
    actions.invite(activity, deputies, on=PLANNED, by=clerk)
    with pytest.raises(ValidationError):
        actions.announce(activity, on=PLANNED, by=clerk)
    actions.submit_theme(activity, on=PLANNED, by=clerk)
    assert activity.state == S.THEME
    with pytest.raises(PermissionDenied):
        actions.approve_theme(activity, on=PLANNED, by=clerk)
    actions.return_theme(activity, reason="再具体一些", on=PLANNED, by=leader)
    actions.change(activity, theme="背街小巷路灯", on=PLANNED, by=clerk)
    actions.submit_theme(activity, on=PLANNED, by=clerk)
    actions.approve_theme(activity, on=PLANNED, by=leader)
    assert actions.announce(activity, on=CALLED, by=clerk).state == S.ANNOUNCED


def test_a_changed_theme_must_be_passed_again(county, term, clerk, leader, guided_group):
    activity = plan(county, clerk, kind=Kind.GROUP_ACTIVITY, groups=[guided_group])
    actions.submit_theme(activity, on=PLANNED, by=clerk)
    actions.approve_theme(activity, on=PLANNED, by=leader)
    actions.change(activity, place="石桥小学", on=PLANNED, by=clerk)
    assert activity.state == S.READY
    actions.change(activity, theme="校门口停车", on=PLANNED, by=clerk)
    assert activity.state == S.DRAFT


def test_a_theme_is_taken_back_by_whoever_organises_and_by_nobody_else(county, term, clerk, leader, guided_group):
    activity = plan(county, clerk, kind=Kind.GROUP_ACTIVITY, groups=[guided_group])
    actions.submit_theme(activity, on=PLANNED, by=clerk)
    with pytest.raises(PermissionDenied):
        actions.take_theme_back(activity, on=PLANNED, by=leader)
    actions.take_theme_back(activity, on=PLANNED, by=clerk)
    assert activity.state == S.DRAFT
    with pytest.raises(StepNotOpen):
        actions.take_theme_back(activity, on=PLANNED, by=clerk)
    actions.submit_theme(activity, on=PLANNED, by=clerk)
    assert actions.approve_theme(activity, on=PLANNED, by=leader).state == S.READY


def test_what_waits_for_a_leader_who_left_goes_to_his_successor(county, term, clerk, leader, guided_group):
    draft, waiting, passed = (plan(county, clerk, kind=Kind.GROUP_ACTIVITY, groups=[guided_group]) for _ in range(3))
    for activity in (waiting, passed):
        actions.submit_theme(activity, on=PLANNED, by=clerk)
    actions.approve_theme(passed, on=PLANNED, by=leader)
    guided_group.guide = successor = serving(Role.LEADER, county)
    keep_body(guided_group, by=clerk)
    guides = {activity.pk: Activity.objects.get(pk=activity.pk).guide for activity in (draft, waiting, passed)}
    assert guides == {draft.pk: successor, waiting.pk: successor, passed.pk: leader}
    waiting = Activity.objects.get(pk=waiting.pk)
    assert actions.approve_theme(waiting, on=PLANNED, by=successor).state == S.READY


def test_a_theme_taken_back_after_its_leader_left_needs_no_passing(county, term, clerk, guided_group, deputies, client):
    activity = plan(county, clerk, kind=Kind.GROUP_ACTIVITY, groups=[guided_group])
    actions.invite(activity, deputies, on=PLANNED, by=clerk)
    actions.submit_theme(activity, on=PLANNED, by=clerk)
    guided_group.guide = None
    keep_body(guided_group, by=clerk)
    activity.refresh_from_db()
    client.force_login(clerk)
    assert "收回主题" in client.get(activity.get_absolute_url()).content.decode()
    actions.take_theme_back(activity, on=PLANNED, by=clerk)
    assert actions.announce(activity, on=CALLED, by=clerk).state == S.ANNOUNCED


def test_a_theme_nobody_guides_needs_no_passing(inspection, clerk):
    with pytest.raises(ValidationError):
        actions.submit_theme(inspection, on=PLANNED, by=clerk)


def test_the_time_of_signing_in_moves_with_the_beginning(announced, clerk):
    opens = announced.checkin_opens_at
    later = announced.starts_at + timedelta(days=1)
    actions.change(announced, starts_at=later, ends_at=later + timedelta(hours=3), on=CALLED, by=clerk)
    announced.refresh_from_db()
    assert announced.checkin_opens_at == opens + timedelta(days=1)


def test_a_change_of_nothing_writes_nothing(announced, clerk):
    before = Entry.objects.of(announced).count()
    actions.change(announced, place=announced.place, on=CALLED, by=clerk)
    assert Entry.objects.of(announced).count() == before


def test_who_read_an_older_plan_overwrites_no_newer_one(announced, clerk):
    older = Activity.objects.get(pk=announced.pk)
    actions.change(announced, place="石桥水厂", on=DAY, by=clerk, version=announced.version)
    with pytest.raises(StepNotOpen):
        actions.change(older, theme="供水", place="青石水厂", on=DAY, by=clerk, version=older.version)
    announced.refresh_from_db()
    assert announced.place == "石桥水厂"


def test_a_corrected_kind_leaves_one_duty_of_each_attendance(announced, clerk, deputies, scan):
    scan(announced, deputies[0])
    fresh = Activity.objects.get(pk=announced.pk)
    actions.change(fresh, kind=Kind.RESEARCH, on=DAY, by=clerk)
    standing = DutyRecord.objects.filter(mandate=deputies[0]).exclude(state=DutyRecord.State.STRUCK)
    assert [record.kind for record in standing] == [DUTY_OF[Kind.RESEARCH]]


def test_a_department_asks_and_the_office_allows_or_declines(county, term, clerk, head):
    department = DepartmentFactory(congress=county)
    asker = head(department)
    sample = ActivityFactory.build(congress=county, term=None, organ=county, created_by=clerk)
    given = {name: getattr(sample, name) for name in ("title", "theme", "place", "starts_at", "ends_at")}
    fields = {"congress": county, "organ": department, "kind": Kind.BRIEFING, "on": PLANNED, "by": asker, **given}
    asked, other = actions.request(**fields), actions.request(**fields)
    assert asked.state == S.REQUESTED
    with pytest.raises(PermissionDenied):
        actions.allow(asked, on=PLANNED, by=asker)
    assert actions.allow(asked, on=PLANNED, by=clerk).state == S.DRAFT
    with pytest.raises(ValidationError):
        actions.decline(other, reason=" ", on=PLANNED, by=clerk)
    assert actions.decline(other, reason="同周已有两场", on=PLANNED, by=clerk).state == S.CANCELLED


def test_a_group_leader_organises_the_activity_of_his_group_and_no_other(county, term, clerk, deputies):
    group = DeputyGroup.objects.create(congress=county, name="青石小组", leader=deputies[0])
    other = DeputyGroup.objects.create(congress=county, name="柳溪小组")
    leads, is_other = plan(county, clerk, groups=[group]), plan(county, clerk, groups=[other])
    chief = deputies[0].deputy.user
    assert chief.has_perm("activities.organise", leads)
    assert not chief.has_perm("activities.organise", is_other)
    assert list(Activity.objects.organised_by(chief)) == [leads]


def test_a_committee_clerk_organises_what_his_committee_holds(county, term, clerk, committee_clerk):
    committee = committee_clerk.memberships.get(role=Role.COMMITTEE_CLERK).organ
    ours, theirs = plan(county, clerk), plan(county, clerk)
    Activity.objects.filter(pk=ours.pk).update(organ=committee)
    ours.refresh_from_db()
    assert committee_clerk.has_perm("activities.organise", ours)
    assert not committee_clerk.has_perm("activities.organise", theirs)
    assert not serving(Role.AUDITOR, county).has_perm("activities.view", ours)
