"""What a change of rules or calendar does to the clocks that run."""

import datetime as dt
from functools import partial

import pytest

from congress.deadlines import actions as clocks
from congress.deadlines import moving
from congress.deadlines.ledger import disagreeing
from congress.deadlines.models import Clock, ClockMove
from congress.procedure.models import Entry
from congress.rulebook import actions as rulebook
from congress.rulebook.models import CalendarDay, CalendarYear, RuleOverride, RuleProfile
from tests.factories.docket import SuggestionFactory

pytestmark = pytest.mark.django_db
MARCH_20, TODAY = dt.date(2026, 3, 20), dt.date(2026, 4, 1)
JUNE_22 = dt.date(2026, 6, 22)


@pytest.fixture
def reply(county, clerk):
    """A reply clock that ends on 22 June 2026."""
    return clocks.start("reply", SuggestionFactory(congress=county), on=MARCH_20, by=clerk)


def two_months(congress, since=MARCH_20):
    return partial(
        rulebook.override_rule,
        congress,
        code="reply",
        unit="months",
        value=2,
        article="本县办法第九条",
        effective_from=since,
    )


def holiday_on(day):
    return partial(rulebook.set_day, day, is_workday=False, name="防汛", source="县政府通告")


def test_a_rehearsal_shows_what_would_move_and_leaves_no_trace(county, reply):
    found = moving.rehearse(two_months(county), [county])
    (shift,) = found[county]
    assert (shift.clock, shift.was_due_on, shift.computed.due_on) == (reply, JUNE_22, dt.date(2026, 5, 20))
    assert not RuleOverride.objects.exists()
    reply.refresh_from_db()
    assert (reply.due_on, reply.moves.count()) == (JUNE_22, 1)


def test_an_own_rule_moves_the_clocks_that_started_since_its_day(county, clerk, reply):
    shifts = moving.adopt(two_months(county), county, what="九条", on=TODAY, by=clerk)
    assert [shift.moves for shift in shifts] == [True]
    reply.refresh_from_db()
    assert (reply.due_on, reply.version, reply.article) == (dt.date(2026, 5, 20), 2, "本县办法第九条")
    assert reply.moves.last().verb == ClockMove.Verb.MOVE
    assert "两个月" in reply.steps[0]["text"]
    assert disagreeing(Clock.objects.all()) == []
    assert Entry.objects.of(county).get().facts == {"what": "九条"}


def test_a_clock_that_started_before_the_new_rule_stays(county, clerk, reply):
    assert moving.adopt(two_months(county, since=TODAY), county, what="九条", on=TODAY, by=clerk) == []
    reply.refresh_from_db()
    assert reply.due_on == JUNE_22


def test_a_chosen_profile_moves_the_clocks_of_its_congress_only(county, township, clerk):
    here, there = (
        clocks.start("return", SuggestionFactory(congress=congress), on=MARCH_20, by=clerk)
        for congress in (county, township)
    )
    shandong = RuleProfile.objects.get(code="shandong")
    choose = partial(
        rulebook.choose_profile, county, profile=shandong, effective_from=dt.date(2026, 1, 1), ground="主任会议决定"
    )
    moving.adopt(choose, county, what="山东", on=TODAY, by=clerk)
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.due_on, there.due_on) == (dt.date(2026, 3, 25), dt.date(2026, 3, 30))


def test_a_change_that_breaks_moves_nothing(county, clerk, reply):
    def broken():
        two_months(county)()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        moving.adopt(broken, county, what="九条", on=TODAY, by=clerk)
    reply.refresh_from_db()
    assert (reply.due_on, RuleOverride.objects.count(), Entry.objects.of(county).count()) == (JUNE_22, 0, 0)


def test_a_changed_day_moves_the_clocks_of_every_congress(county, township, clerk):
    running = [
        clocks.start("reply", SuggestionFactory(congress=congress), on=MARCH_20, by=clerk)
        for congress in (county, township)
    ]
    year = partial(CalendarYear.objects.get, year=2026)
    moved = moving.recalendar(holiday_on(JUNE_22), year, what="防汛", on=TODAY, by=clerk)
    assert {congress.pk for congress in moved} == {county.pk, township.pk}
    for clock in running:
        clock.refresh_from_db()
        assert clock.due_on == dt.date(2026, 6, 23)
    assert Entry.objects.of(year()).get().verb == "calendar.change"


def test_a_published_year_settles_a_provisional_clock_without_a_new_version(county, clerk):
    clock = clocks.start("reply", SuggestionFactory(congress=county), on=dt.date(2026, 12, 1), by=clerk)
    assert clock.provisional
    publish = partial(rulebook.publish_year, 2027, is_published=True, source="放假通知")
    year = partial(CalendarYear.objects.get, year=2027)
    moving.recalendar(publish, year, what="2027", on=dt.date(2026, 12, 2), by=clerk)
    clock.refresh_from_db()
    assert (clock.provisional, clock.version, clock.due_on) == (False, 1, dt.date(2027, 3, 1))


def test_a_date_that_was_decided_does_not_follow_the_rules_any_more(county, clerk, reply):
    case = SuggestionFactory._meta.model.objects.get(pk=reply.case_id)
    clocks.extend("reply", case, due_on=dt.date(2026, 8, 3), on=TODAY, by=clerk, reason="方案须重新论证。")
    assert moving.adopt(two_months(county), county, what="九条", on=TODAY, by=clerk) == []
    reply.refresh_from_db()
    assert reply.due_on == dt.date(2026, 8, 3)
    assert [step["text"] for step in reply.steps[-2:]] == [
        "决定延长到8月3日。方案须重新论证。",
        "期限届满，当日24时以前完成都算按期。",
    ]


def test_a_clock_measured_by_the_longer_rule_goes_on_with_it(county, clerk, reply):
    case = SuggestionFactory._meta.model.objects.get(pk=reply.case_id)
    clocks.change_rule("reply", case, to="reply_difficult", on=TODAY, by=clerk, reason="涉及面广。")
    assert moving.preview_move(county) == []
    CalendarDay.objects.filter(date=dt.date(2026, 9, 20)).update(is_workday=False)  # a Sunday worked by the notice
    (shift,) = moving.preview_move(county)
    assert shift.computed.due_on == dt.date(2026, 9, 21)


def test_what_has_ended_is_not_moved(county, clerk, reply):
    case = SuggestionFactory._meta.model.objects.get(pk=reply.case_id)
    clocks.meet("reply", case, on=TODAY, by=clerk)
    assert moving.adopt(two_months(county), county, what="九条", on=TODAY, by=clerk) == []


def test_a_preview_costs_the_same_for_one_clock_and_for_three(county, clerk, reply, django_assert_num_queries):
    with django_assert_num_queries(7):
        moving.preview_move(county)
    for _number in range(2):
        clocks.start("reply", SuggestionFactory(congress=county), on=MARCH_20, by=clerk)
    with django_assert_num_queries(7):
        moving.preview_move(county)
