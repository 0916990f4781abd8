"""What counts and what doesn't: states, levels, words, quantities, terms of office, suspensions, groups; one query."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.roll import actions as roll
from deputies.roll.models import Deputy, DeputyGroup, Mandate
from deputies.scores.actions import place_kinds
from deputies.scores.boards import board
from deputies.scores.models import Item
from deputies.scores.tally import Tally
from tests.factories.activities import DutyRecordFactory
from tests.factories.scores import ItemFactory, SchemeFactory, VersionFactory

S, Did, L = DutyRecord.State, DutyRecord.Outcome, DutyRecord.Level
pytestmark = pytest.mark.django_db


def points(version, window):
    return {row.subject.pk: row.points for row in Tally(version, window).scored()}


def only(version, window):
    (found,) = Tally(version, window).scored()
    return found


@pytest.mark.parametrize("state", [S.REGISTERED, S.OBJECTED, S.CLAIMED, S.REFUSED, S.STRUCK])
def test_what_is_not_settled_gives_no_point(rules, seat, did, y2025, state):
    did(seat(), times=2)
    did(Mandate.objects.get(), state=state)
    assert only(rules({}), y2025).points == 4


def test_only_what_lies_in_the_period_and_in_the_mandate_counts(rules, seat, did, y2025):
    mandate = seat(started_on=date(2025, 2, 1), ended_on=date(2025, 6, 30))
    for day in (date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 1), date(2025, 6, 30), date(2025, 7, 1)):
        did(mandate, held_on=day)
    found = only(rules({}), y2025)
    assert found.points == 4
    assert found.days == 150


def test_days_of_suspension_are_nobodys(rules, seat, did, y2025, clerk):
    mandate = seat()
    roll.suspend(
        mandate, ground=Mandate.Ground.DETAINED, announcement="〔2025〕1号", on=date(2025, 3, 1), by=clerk, version=0
    )
    roll.resume(mandate, announcement="〔2025〕2号", on=date(2025, 4, 1), by=clerk, version=1)
    for day in (date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 1)):
        did(mandate, held_on=day)
    found = only(rules({}), y2025)
    assert found.points == 4
    assert found.days == 365 - 31


def test_leave_and_absence_are_the_denominator_and_can_cost_points(rules, seat, did, y2025):
    mandate = seat()
    did(mandate, times=3)
    did(mandate, outcome=Did.LEAVE)
    did(mandate, outcome=Did.ABSENT)
    did(mandate, Kind.SUGGESTION, times=2)
    version = rules({}, {"outcome": Did.ABSENT, "points": D(-3)})
    found = only(version, y2025)
    assert (found.called, found.came) == (5, 3)
    assert found.points == 3


def test_a_rule_may_ask_by_whom_it_was_verified(rules, seat, did, y2025):
    mandate = seat()
    for level in L:
        did(mandate, level=level)
    assert only(rules({"level": L.TOWNSHIP}), y2025).points == 4


def test_a_rule_may_ask_for_words_and_for_a_quantity(rules, seat, did, y2025):
    mandate = seat()
    did(mandate, Kind.TRAINING, title="外出集中培训", quantity=1)
    did(mandate, Kind.TRAINING, title="外出集中培训", quantity=D("0.5"))
    did(mandate, Kind.TRAINING, title="本地培训", quantity=1)
    training = {"kinds": ["training"], "words": "外出", "counts": "records"}
    version = rules(
        training | {"min_quantity": D(1), "points": D(10)}, training | {"below_quantity": D(1), "points": D(5)}
    )
    assert [line.points for line in only(version, y2025).score.lines] == [10, 5]


def test_quantity_records_events_and_days_are_four_counts(rules, seat, did, y2025):
    mandate = seat()
    did(mandate, quantity=3, source_kind="activities.activity", source_id=7)
    did(mandate, Kind.RESEARCH, source_kind="activities.activity", source_id=7)
    did(mandate, held_on=date(2025, 5, 5))
    items = [
        {"counts": code, "kinds": ["inspection", "research"]} for code in ("quantity", "records", "events", "days")
    ]
    counts = [line.count for line in only(rules(*items), y2025).score.lines]
    assert counts == [5, 3, 2, 2]


def test_norms_differ_by_kind_of_deputy_and_shrink_with_the_time_served(rules, seat, did, y2025, county, clerk):
    plain, mobile, late = seat("甲"), seat("乙"), seat("丙", started_on=date(2025, 7, 3))
    place_kinds(county, {mobile.pk: "mobile"}, on=date(2025, 1, 1), by=clerk)
    version = rules({"norm": D(4), "norms": {"mobile": "1"}, "per_missing": D(-1), "points": D(0)})
    assert points(version, y2025) == {plain.pk: -4, mobile.pk: -1, late.pk: -1}
    version.prorates = False
    assert points(version, y2025)[late.pk] == -4


def test_a_group_is_scored_by_what_its_members_did(rules, seat, did, y2025, county):
    group = DeputyGroup.objects.create(congress=county, name="柳溪小组")
    members = [seat("甲"), seat("乙")]
    group.members.set(members)
    stranger = seat("丙")
    for mandate in (*members, stranger):
        did(mandate, Kind.GROUP_ACTIVITY, times=1, source_kind="activities.activity", source_id=3)
    did(members[0], Kind.VISIT, times=3)
    version = rules(
        {"kinds": ["group_activity"], "counts": "events"},
        {"kinds": ["visit"], "counts": "members", "way": "norm", "norm": D(1), "norm_per_member": True, "points": D(5)},
        subject="group",
    )
    assert [line.points for line in only(version, y2025).score.lines] == [2, 0]
    did(members[1], Kind.VISIT)
    assert [line.points for line in only(version, y2025).score.lines] == [2, 5]


def test_every_point_opens_its_records(rules, seat, did, y2025):
    mandate = seat()
    inspections, visits = did(mandate, times=2), did(mandate, Kind.VISIT)
    version = rules({}, {"kinds": ["visit"]})
    sources = Tally(version, y2025).sources(only=mandate.pk)[mandate.pk]
    assert sources == {"1": inspections, "2": visits}
    assert Tally(version, y2025).sources()[mandate.pk]["1"] == [each.pk for each in inspections]


def test_a_deputy_of_another_congress_is_not_scored(rules, seat, y2025):
    DutyRecordFactory(held_on=date(2025, 2, 2))
    mandate = seat()
    assert points(rules({}), y2025) == {mandate.pk: 0}


@pytest.mark.parametrize("deputies", [1, 3])
def test_a_whole_county_costs_as_many_statements_as_one_deputy(
    rules, seat, did, y2025, deputies, django_assert_num_queries
):
    for _number in range(deputies):
        did(seat(), times=3)
    version = rules({}, {"kinds": ["visit"]}, {"kinds": ["session"], "counts": "days"})
    with django_assert_num_queries(6):
        assert len(board(version, y2025)) == deputies


def test_three_hundred_and_fifty_five_deputies_and_twelve_items_are_as_many_statements(
    rules, county, term, y2025, django_assert_num_queries, clerk
):
    """R16: twelve items, 355 deputies."""
    deputies = Deputy.objects.bulk_create(Deputy(name=f"田禾{number}") for number in range(355))
    mandates = Mandate.objects.bulk_create(
        Mandate(congress=county, term=term, deputy=deputy, started_on=date(2022, 1, 10)) for deputy in deputies
    )
    DutyRecord.objects.bulk_create(
        DutyRecord(
            congress=county,
            mandate=mandate,
            kind=kind,
            title="履职",
            held_on=date(2025, 4, 1) + timedelta(days=number),
            state=S.SETTLED,
            level=L.OFFICE,
            registered_by=clerk,
            registered_on=date(2025, 5, 1),
        )
        for mandate in mandates
        for number, kind in enumerate(list(Kind)[:12])
    )
    version = rules(*({"kinds": [kind.value]} for kind in list(Kind)[:12]))
    with django_assert_num_queries(5):
        rows = board(version, y2025)
    assert {row.points for row in rows} == {24}


records = st.lists(
    st.tuples(
        st.sampled_from([Kind.INSPECTION, Kind.VISIT, Kind.SUGGESTION, Kind.COSIGN]),
        st.sampled_from(Did.values),
        st.sampled_from(L.values),
        st.integers(1, 4),
        st.integers(0, 40),
        st.booleans(),
    ),
    max_size=25,
)
items = st.lists(
    st.tuples(
        st.sets(st.sampled_from(["inspection", "visit", "suggestion", "cosign"]), min_size=1),
        st.sampled_from(Did.values),
        st.sampled_from(["", *L.values]),
        st.sampled_from(["quantity", "records", "days"]),
        st.one_of(st.none(), st.integers(1, 3)),
    ),
    min_size=1,
    max_size=5,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(records, items, st.randoms())
def test_the_database_counts_what_a_person_would_count_in_whatever_order(seat, did, y2025, county, told, asked, random):
    mandate = seat()
    mixed = random.sample(told, len(told))
    for kind, outcome, level, quantity, day, is_settled in mixed:
        did(
            mandate, kind, outcome=outcome, level=level, quantity=quantity,
            held_on=date(2025, 1, 1) + timedelta(days=day), state=S.SETTLED if is_settled else S.CLAIMED,
        )  # fmt: skip
    version = VersionFactory(scheme=SchemeFactory(congress=county))
    expected = []
    for place, (kinds, outcome, level, counts, least) in enumerate(asked):
        ItemFactory(
            version=version, code=f"{place}", position=place, kinds=sorted(kinds), outcome=outcome, level=level,
            counts=counts, min_quantity=least,
        )  # fmt: skip
        mine = [
            row
            for row in told
            if row[5]
            and row[0].value in kinds
            and row[1] == outcome
            and (not level or Item.LEVELS.index(row[2]) >= Item.LEVELS.index(level))
            and (least is None or row[3] >= least)
        ]
        whole = {"quantity": sum(row[3] for row in mine), "records": len(mine), "days": len({row[4] for row in mine})}
        expected.append(whole[counts])
    row = next(each for each in Tally(version, y2025).scored() if each.subject == mandate)
    assert [line.count for line in row.score.lines] == expected
    assert row.points == 2 * sum(expected)


def test_nobody_is_counted_twice_for_sitting_in_two_groups(rules, seat, did, y2025, county):
    mandate = seat()
    for name in ("柳溪小组", "农业小组"):
        mandate.groups.add(DeputyGroup.objects.create(congress=county, name=name))
    did(mandate, times=2)
    assert only(rules({}), y2025).points == 4
    by_group = defaultdict(int)
    for row in Tally(rules({}, subject="group"), y2025).scored():
        by_group[row.subject.name] = row.points
    assert by_group == {"柳溪小组": 4, "农业小组": 4}
