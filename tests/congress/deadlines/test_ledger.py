from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.deadlines import actions as clocks
from congress.deadlines.ledger import disagreeing, rebuilt, stored
from congress.deadlines.models import Clock
from tests.factories.docket import SuggestionFactory

pytestmark = pytest.mark.django_db
MARCH_2 = date(2026, 3, 2)
ACTS = st.lists(st.tuples(st.sampled_from(["extend", "change_rule", "meet", "stop", "start"]), st.integers(1, 90)))


@given(acts=ACTS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_done_to_a_clock_its_ledger_rebuilds_it(county, clerk, acts):
    case = SuggestionFactory(congress=county)
    on, rule = MARCH_2, "reply"
    clocks.start(rule, case, on=on, by=clerk)
    for act, days in acts:
        running = clocks.running(rule, case)
        if act == "extend" and running:
            clocks.extend(rule, case, due_on=running.due_on + timedelta(days=days), on=on, by=clerk, reason="延期")
        elif act == "change_rule" and running:
            clocks.change_rule(rule, case, to="reply_difficult", on=on, by=clerk, reason="涉及面广")
        elif act in ("meet", "stop", "start"):
            getattr(clocks, act)(rule, case, on=on + timedelta(days=days), by=clerk)
    assert disagreeing(Clock.objects.on_case(case)) == []


def test_a_date_changed_behind_the_ledgers_back_is_found(county, clerk):
    case = SuggestionFactory(congress=county)
    clock = clocks.start("reply", case, on=MARCH_2, by=clerk)
    Clock.objects.filter(pk=clock.pk).update(due_on=clock.due_on + timedelta(days=10))
    assert disagreeing(Clock.objects.on_case(case)) == [clock]


def test_a_ledger_with_a_gap_rebuilds_nothing(county, clerk):
    case = SuggestionFactory(congress=county)
    clock = clocks.start("reply", case, on=MARCH_2, by=clerk)
    clocks.meet("reply", case, on=MARCH_2, by=clerk)
    clock.refresh_from_db()
    assert rebuilt(clock.moves.all()) == stored(clock)
    clock.moves.order_by("version").first().delete()
    assert rebuilt(clock.moves.all()) is None


def test_starting_twice_leaves_the_first_clock_alone(county, clerk):
    case = SuggestionFactory(congress=county)
    first = clocks.start("reply", case, on=MARCH_2, by=clerk)
    assert clocks.start("reply", case, on=MARCH_2 + timedelta(days=3), by=clerk) == first
    assert first.moves.count() == 1
