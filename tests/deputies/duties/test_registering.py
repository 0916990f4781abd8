from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from congress.accounts.models import User
from congress.procedure import journal
from congress.procedure.models import Entry
from congress.procedure.telling import history
from deputies.duties import actions
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.roll import actions as roll
from deputies.roll.models import Mandate
from tests.factories.docket import seat
from tests.factories.duties import MARCH_2, event, fresh, registered

pytestmark = pytest.mark.django_db
S = DutyRecord.State


def told(record):
    return [line.text for line in reversed(history(record))]


def put_down(source, seats, *, by, on=MARCH_2, **fields):
    rows = [actions.Performed(each.pk) for each in seats]
    values = {"title": "视察城乡供水", "held_on": MARCH_2} | fields
    return actions.register(source, Kind.INSPECTION, rows, on=on, by=by, **values)


def test_one_event_makes_one_row_a_deputy_and_gives_him_the_rulebooks_days(county, clerk):
    seats = [seat(county), seat(county)]
    source = event(county)
    assert put_down(source, seats, by=clerk) == 2
    rows = DutyRecord.objects.order_by("mandate")
    assert [(row.mandate, row.state, row.confirm_by) for row in rows] == [
        (each, S.REGISTERED, MARCH_2 + timedelta(days=10)) for each in seats
    ]
    entry = Entry.objects.of(source).get()
    assert (entry.verb, entry.facts["count"]) == ("duty.register", 2)


def test_the_days_of_what_is_put_down_late_begin_when_the_deputy_can_read_it(county, clerk):
    source, seats, entered = event(county), [seat(county)], MARCH_2 + timedelta(days=40)
    with time_machine.travel(entered), journal.recorded_as(facts={"late_reason": "会后补录"}):
        put_down(source, seats, by=clerk)
    record = DutyRecord.objects.get()
    assert (record.held_on, record.confirm_by) == (MARCH_2, entered + timedelta(days=10))
    assert actions.lapse(on=entered, by=User.objects.robot()) == 0


def test_registering_the_same_again_writes_nothing(county, clerk):
    source, seats = event(county), [seat(county), seat(county)]
    put_down(source, seats, by=clerk)
    assert put_down(source, seats, by=clerk, on=MARCH_2 + timedelta(days=1)) == 0
    assert DutyRecord.objects.count() == 2
    assert Entry.objects.of(source).count() == 1


def test_what_changed_is_put_to_the_deputy_again_with_its_trace(county, clerk):
    one = seat(county)
    record = registered(one)
    actions.confirm({record.pk: 0}, on=MARCH_2, by=one.deputy.user)
    source = type(event(county)).objects.get(pk=record.source_id)
    later = MARCH_2 + timedelta(days=4)
    row = actions.Performed(one.pk, DutyRecord.Outcome.LEAVE)
    actions.register(
        source, Kind.INSPECTION, [row], title=record.title, place=record.place, held_on=MARCH_2, on=later, by=clerk
    )
    after = fresh(record)
    assert (after.state, after.outcome, after.confirm_by) == (S.REGISTERED, "leave", later + timedelta(days=10))
    assert told(after)[-1] == "林代工改登为：履行情况由“已履行”改为“请假”"


def test_a_correction_is_not_undone_when_the_event_is_registered_again_unchanged(county, clerk):
    one = seat(county)
    source = event(county)
    record = registered(one, source=source)
    actions.object_to(record, objection="我请了假。", on=MARCH_2, by=one.deputy.user)
    actions.correct(record, changes={"outcome": "leave"}, finding="有假条。", on=MARCH_2, by=clerk)
    registered(one, source=source)
    after = fresh(record)
    assert (after.state, after.outcome) == (S.SETTLED, "leave")


def test_a_struck_row_does_not_come_back_by_itself(county, clerk):
    source, one = event(county), seat(county)
    record = registered(one, source=source)
    actions.strike(record, finding="签到登错了人。", on=MARCH_2, by=clerk)
    registered(one, source=source)
    assert fresh(record).state == S.STRUCK


def test_a_deputy_taken_off_the_list_keeps_a_struck_row_and_comes_back_when_put_on_again(county, clerk):
    source, one = event(county), seat(county)
    record = registered(one, source=source)
    assert actions.withdraw(source, Kind.INSPECTION, [one.pk], on=MARCH_2, by=clerk) == 1
    assert actions.withdraw(source, Kind.INSPECTION, [one.pk], on=MARCH_2, by=clerk) == 0
    assert fresh(record).state == S.STRUCK
    assert told(record) == ["林代工从名单中去掉，登记注销"]
    registered(one, source=source)
    assert (fresh(record).state, DutyRecord.objects.count()) == (S.REGISTERED, 1)


def test_a_new_title_of_an_event_costs_the_same_for_three_deputies_as_for_twelve(
    county, clerk, django_assert_num_queries
):
    for many in (3, 12):
        source, seats = event(county), [seat(county) for _each in range(many)]
        with django_assert_num_queries(18):
            put_down(source, seats, by=clerk)
        with django_assert_num_queries(23):
            put_down(source, seats, by=clerk, title="视察农村供水")


def test_what_stands_in_the_portal_already_needs_no_confirmation(county, clerk):
    source, one = event(county), seat(county)
    record = registered(one, source=source, kind=Kind.SUGGESTION, settled=True)
    assert (record.state, record.level, record.confirm_by) == (S.SETTLED, "office", None)
    assert not Entry.objects.of(source).exists()


def test_quantities_are_compared_as_numbers(county, clerk):
    source, one = event(county), seat(county)
    registered(one, source=source, quantity=Decimal("2.0"))
    assert registered(one, source=source, quantity=2).version == 0


def test_a_suspended_deputy_is_given_no_row(county, clerk):
    here, away = seat(county), seat(county)
    roll.suspend(away, ground="detained", announcement="〔2026〕1号", on=date(2026, 3, 1), by=clerk, version=0)
    put_down(event(county), [here, away], by=clerk)
    assert [row.mandate for row in DutyRecord.objects.all()] == [here]


def test_after_his_return_he_is_given_rows_again_but_not_for_the_time_before(county, clerk):
    away = seat(county)
    roll.suspend(away, ground="detained", announcement="〔2026〕1号", on=date(2026, 3, 1), by=clerk, version=0)
    roll.resume(away, announcement="〔2026〕2号", on=date(2026, 4, 1), by=clerk, version=1)
    april = date(2026, 4, 2)
    assert put_down(event(county), [away], by=clerk, on=april) == 0
    assert put_down(event(county), [away], by=clerk, held_on=april, on=april) == 1


def test_a_suspension_put_down_late_strikes_what_came_after_its_day(county, clerk):
    away = seat(county)
    before, later = registered(away, on=date(2026, 2, 27)), registered(away, on=MARCH_2)
    roll.suspend(away, ground="detained", announcement="〔2026〕1号", on=date(2026, 3, 1), by=clerk, version=0)
    assert Mandate.objects.get(pk=away.pk).state == Mandate.State.SUSPENDED
    assert (fresh(before).state, fresh(later).state) == (S.REGISTERED, S.STRUCK)
    assert "暂停执行代表职务" in told(later)[-1]
