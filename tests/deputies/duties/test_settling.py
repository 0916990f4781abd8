from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.accounts.models import User
from congress.organs.roles import Role
from congress.procedure import journal
from congress.procedure.models import Entry
from congress.procedure.telling import history
from congress.procedure.workflow import StepNotOpen
from deputies.duties import actions
from deputies.duties.models import DutyRecord
from tests.factories.docket import seat
from tests.factories.duties import MARCH_2, claimed, event, fresh, registered
from tests.factories.organs import CommitteeFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
S, Level = DutyRecord.State, DutyRecord.Level
LAST_DAY = MARCH_2 + timedelta(days=10)


def told(record):
    return [line.text for line in reversed(history(record))]


def test_all_is_correct_by_one_tap(county):
    one = seat(county, "田秀英")
    rows = [registered(one), registered(one)]
    shown = {row.pk: row.version for row in rows}
    assert actions.confirm(shown, on=MARCH_2, by=one.deputy.user) == 2
    assert {(row.state, row.level) for row in map(fresh, rows)} == {(S.SETTLED, Level.DEPUTY)}
    assert [told(row) for row in rows] == [["田秀英核对无误"]] * 2
    assert actions.confirm(shown, on=MARCH_2, by=one.deputy.user) == 0


def test_a_row_changed_since_the_page_was_made_is_not_confirmed_unread(county, clerk):
    one, source = seat(county), event(county)
    record = registered(one, source=source)
    registered(one, source=source, title="视察农村供水")
    assert actions.confirm({record.pk: record.version}, on=MARCH_2, by=one.deputy.user) == 0
    assert fresh(record).state == S.REGISTERED


def test_nobody_confirms_for_another(county, clerk):
    record = registered(seat(county))
    assert actions.confirm({record.pk: 0}, on=MARCH_2, by=seat(county).deputy.user) == 0
    assert actions.confirm({record.pk: 0}, on=MARCH_2, by=clerk) == 0


def test_silence_settles_after_the_last_day_and_not_on_it(county):
    robot = User.objects.robot()
    rows = [registered(seat(county)) for _each in range(3)]
    assert actions.lapse(on=LAST_DAY, by=robot) == 0
    assert actions.lapse(on=LAST_DAY + timedelta(days=1), by=robot) == 3
    assert actions.lapse(on=LAST_DAY + timedelta(days=1), by=robot) == 0
    assert {(row.state, row.level, row.confirm_by) for row in map(fresh, rows)} == {(S.SETTLED, Level.ORGANISER, None)}
    assert [told(row) for row in rows] == [["核对期满，没有提出异议，按登记核定"]] * 3
    assert [journal.broken_link(row) for row in rows] == [None] * 3


def test_a_night_of_many_lapses_costs_the_same_as_one_of_few(county, django_assert_num_queries):
    robot, source = User.objects.robot(), event(county)
    for many in (2, 20):
        for _each in range(many):
            registered(seat(county), source=source)
        with django_assert_num_queries(13):
            assert actions.lapse(on=LAST_DAY + timedelta(days=1), by=robot) == many


def test_what_is_objected_to_does_not_lapse_and_does_not_count(county):
    one = seat(county)
    record = registered(one)
    actions.object_to(record, objection="那天我在外地，没有参加。", on=LAST_DAY, by=one.deputy.user)
    assert actions.lapse(on=LAST_DAY + timedelta(days=30), by=User.objects.robot()) == 0
    assert not DutyRecord.objects.verified().exists()


def test_an_objection_needs_words(county):
    one = seat(county)
    with pytest.raises(ValidationError, match="请写明哪里不对"):
        actions.object_to(registered(one), objection="  ", on=MARCH_2, by=one.deputy.user)


def test_an_objection_reopens_what_was_settled_and_the_trace_tells_all(county, clerk):
    one = seat(county, "田秀英")
    record = registered(one)
    actions.confirm({record.pk: 0}, on=MARCH_2, by=one.deputy.user)
    actions.object_to(record, objection="我参加了两次。", on=MARCH_2, by=one.deputy.user)
    assert (fresh(record).state, fresh(record).level) == (S.OBJECTED, "")
    actions.correct(record, changes={"quantity": 2}, finding="签到表有两次。", on=MARCH_2, by=clerk)
    after = fresh(record)
    assert (after.state, after.level, after.quantity) == (S.SETTLED, Level.OFFICE, 2)
    assert told(record) == [
        "田秀英核对无误",
        "田秀英提出异议：我参加了两次。",
        "林代工经核实更正：签到表有两次。（数量由“1”改为“2”）",
    ]


def test_a_correction_that_changes_nothing_is_none(county, clerk):
    one = seat(county)
    record = registered(one)
    actions.object_to(record, objection="不对。", on=MARCH_2, by=one.deputy.user)
    with pytest.raises(ValidationError, match="没有改动"):
        actions.correct(record, changes={"outcome": "done"}, finding="查过了。", on=MARCH_2, by=clerk)


@pytest.mark.parametrize(("day", "words"), [(date(2026, 3, 3), "晚于今天"), (date(2016, 3, 2), "还不是这一届")])
def test_no_row_is_moved_out_of_the_days_of_its_seat(county, clerk, day, words):
    one = seat(county)
    record = registered(one)
    actions.object_to(record, objection="日期不对。", on=MARCH_2, by=one.deputy.user)
    with pytest.raises(ValidationError, match=words):
        actions.correct(record, changes={"held_on": day}, finding="查过了。", on=MARCH_2, by=clerk)


def test_a_row_is_upheld_or_struck_with_a_reason(county, clerk):
    one = seat(county)
    kept, gone = registered(one), registered(one)
    for record in (kept, gone):
        actions.object_to(record, objection="不对。", on=MARCH_2, by=one.deputy.user)
    with pytest.raises(ValidationError):
        actions.uphold(kept, finding="", on=MARCH_2, by=clerk)
    actions.uphold(kept, finding="有签到照片。", on=MARCH_2, by=clerk)
    actions.strike(gone, finding="登错了人。", on=MARCH_2, by=clerk)
    assert (fresh(kept).state, fresh(gone).state) == (S.SETTLED, S.STRUCK)


def test_the_organiser_decides_on_what_he_registered_and_nobody_on_his_own(county, clerk):
    organiser = serving(Role.COMMITTEE_CLERK, CommitteeFactory(congress=county))
    one = seat(county)
    record = registered(one, by=organiser)
    actions.object_to(record, objection="不对。", on=MARCH_2, by=one.deputy.user)
    with pytest.raises(PermissionDenied):
        actions.uphold(record, finding="是对的。", on=MARCH_2, by=one.deputy.user)
    actions.uphold(record, finding="有签到。", on=MARCH_2, by=organiser)
    assert fresh(record).level == Level.ORGANISER


def test_a_claim_is_verified_once_and_the_second_press_changes_nothing(county, clerk):
    record = claimed(seat(county))
    assert actions.verify([record.pk], on=MARCH_2, by=clerk) == 1
    assert actions.verify([record.pk], on=MARCH_2, by=clerk) == 0
    assert (fresh(record).state, fresh(record).level) == (S.SETTLED, Level.OFFICE)
    assert Entry.objects.of(record).filter(verb="duty.verify").count() == 1


def test_a_group_leader_verifies_his_members_but_not_himself(county):
    leader, member, stranger = seat(county), seat(county), seat(county)
    group = event(county)
    group.leader = leader
    group.save()
    group.members.set([leader, member])
    rows = [claimed(each) for each in (leader, member, stranger)]
    assert actions.verify([row.pk for row in rows], on=MARCH_2, by=leader.deputy.user) == 1
    assert [fresh(row).state for row in rows] == [S.CLAIMED, S.SETTLED, S.CLAIMED]
    assert fresh(rows[1]).level == Level.GROUP


def test_a_townships_clerk_verifies_the_county_deputies_of_his_township(county, township, township_clerk):
    one = seat(county)
    one.delegation.township = township
    one.delegation.save()
    record = claimed(one)
    assert actions.verify([record.pk], on=MARCH_2, by=township_clerk) == 1
    assert fresh(record).level == Level.TOWNSHIP


def test_verifying_many_costs_the_same_as_few(county, clerk, django_assert_num_queries):
    for many in (2, 20):
        rows = [claimed(seat(county)).pk for _each in range(many)]
        clerk = User.objects.get(pk=clerk.pk)
        with django_assert_num_queries(15):
            assert actions.verify(rows, on=MARCH_2, by=clerk) == many


def test_a_refused_claim_says_why_and_may_be_claimed_again(county, clerk):
    one = seat(county)
    record = claimed(one)
    with pytest.raises(ValidationError):
        actions.refuse([record.pk], finding=" ", on=MARCH_2, by=clerk)
    assert actions.refuse([record.pk], finding="请写明巡查了哪一段。", on=MARCH_2, by=clerk) == 1
    assert fresh(record).state == S.REFUSED
    values = {"kind": record.kind, "title": "巡查青石河一号桥至三号桥", "held_on": MARCH_2}
    actions.resubmit(record, on=MARCH_2, by=one.deputy.user, **values)
    after = fresh(record)
    assert (after.state, after.title, after.finding) == (S.CLAIMED, "巡查青石河一号桥至三号桥", "")


def test_a_deputy_takes_back_what_nobody_verified_and_nothing_else(county, clerk):
    one = seat(county)
    record, counted = claimed(one), claimed(one, kind="visit")
    actions.retract(record, on=MARCH_2, by=one.deputy.user)
    assert fresh(record).state == S.STRUCK
    actions.verify([counted.pk], on=MARCH_2, by=clerk)
    with pytest.raises(StepNotOpen):
        actions.retract(counted, on=MARCH_2, by=one.deputy.user)
