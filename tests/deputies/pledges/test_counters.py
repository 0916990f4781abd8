"""The counter engine: what a deputy's or a group's records make of a card."""

from datetime import UTC, date, datetime

import pytest

from deputies.activities.models import Activity
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.pledges import actions, counters
from deputies.pledges.models import CardTemplate
from deputies.pledges.presets import BY_CODE, PRESETS
from deputies.roll.models import DeputyGroup
from tests.factories.activities import ActivityFactory, DutyRecordFactory
from tests.factories.organs import TermFactory
from tests.factories.roll import MandateFactory


@pytest.fixture
def seat(county):
    return MandateFactory(congress=county)


@pytest.fixture
def adopted(county, clerk):
    return lambda code: actions.adopt(BY_CODE[code], congress=county, by=clerk)


def do(seat, kind, *titles, **fields):
    for title in titles:
        DutyRecordFactory(mandate=seat, kind=kind, title=title, **fields)


def card_of(template, holder, year=2026):
    return counters.cards(template, [holder], year=year)[holder.pk]


def fill_12345(seat, visits):
    do(seat, Kind.VISIT, "走访创业户赵师傅", quantity=1)
    do(seat, Kind.ASSISTANCE, "帮扶钱家", "帮扶孙家")
    do(seat, Kind.PRACTICAL_MATTER, "修路", "打井", "装路灯")
    do(seat, Kind.SUGGESTION, "一", "二", "三", "四")
    do(seat, Kind.VISIT, "走访东街选民", quantity=visits - 1)


def test_one_two_three_four_and_fifty_complete_the_card(seat, adopted):
    fill_12345(seat, visits=50)
    card = card_of(adopted("12345"), seat)
    assert [counter.count for counter in card.counters] == [1, 2, 3, 4, 50]
    assert (card.is_complete, card.percent) == (True, 100)


def test_forty_nine_visits_are_98_per_cent_and_the_card_stays_open(seat, adopted):
    fill_12345(seat, visits=49)
    card = card_of(adopted("12345"), seat)
    assert (card.counters[4].percent, card.is_complete, card.met) == (98, False, 4)


def test_a_signature_under_the_suggestion_of_another_is_no_suggestion_of_his_own(seat, adopted):
    do(seat, Kind.COSIGN, "一", "二", "三", "四")
    assert card_of(adopted("12345"), seat).counters[3].count == 0


def test_helping_the_same_household_twice_helps_one(seat, adopted):
    do(seat, Kind.ASSISTANCE, "帮扶钱家", "帮扶钱家")
    assert card_of(adopted("12345"), seat).counters[1].count == 1


def test_five_times_one_completes_the_other_card_by_the_same_engine(seat, adopted):
    template = adopted("wuyi")
    for kind in (Kind.PUBLICITY, Kind.GRID, Kind.SUGGESTION, Kind.PRACTICAL_MATTER):
        do(seat, kind, "一件")
    assert card_of(template, seat).is_complete is False
    do(seat, Kind.ASSISTANCE, "帮扶学生小李")
    assert card_of(template, seat).is_complete is True


@pytest.mark.parametrize(
    "fields",
    [
        {"state": DutyRecord.State.CLAIMED},
        {"state": DutyRecord.State.STRUCK},
        {"outcome": DutyRecord.Outcome.ABSENT},
        {"held_on": date(2025, 12, 31)},
    ],
)
def test_what_is_unverified_struck_missed_or_of_another_year_counts_for_nothing(seat, adopted, fields):
    do(seat, Kind.PRACTICAL_MATTER, "修路", **fields)
    assert card_of(adopted("12345"), seat).counters[2].count == 0


@pytest.fixture
def group(county):
    return DeputyGroup.objects.create(congress=county, name="柳溪小组")


@pytest.fixture
def meet(county, group):
    term = TermFactory(congress=county)

    def held(month, *, state=Activity.State.HELD, theme="饮水安全"):
        began = datetime(2026, month, 10, 1, tzinfo=UTC)
        activity = ActivityFactory(
            term=term,
            kind="group_activity",
            state=state,
            theme=theme,
            starts_at=began,
            ends_at=began.replace(hour=4),
        )
        activity.groups.add(group)
        return activity

    return held


def test_a_group_fills_its_card_by_activities_a_debriefing_and_an_accepted_report(seat, adopted, group, meet):
    seat.groups.add(group)
    for month in (2, 5, 8, 11):
        meet(month)
    do(seat, Kind.DEBRIEFING, "向选民述职")
    do(seat, Kind.REPORT, "饮水安全调研报告", level=DutyRecord.Level.GROUP)
    template = adopted("siyi")
    assert [counter.count for counter in card_of(template, group).counters] == [4, 4, 1, 0]
    do(seat, Kind.REPORT, "饮水安全调研报告（定稿）", level=DutyRecord.Level.OFFICE)
    assert card_of(template, group).is_complete


def test_two_activities_in_one_quarter_fill_one_quarter(adopted, group, meet):
    meet(1), meet(3), meet(4, state=Activity.State.ANNOUNCED)
    assert card_of(adopted("siyi"), group).counters[0].count == 1


def test_a_group_without_members_or_activities_has_an_empty_card(adopted, group):
    card = card_of(adopted("siyi"), group)
    assert (card.met, card.percent, card.is_complete) == (0, 0, False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_cards_of_many_deputies_cost_two_statements(county, adopted, django_assert_num_queries, number):
    template = adopted("12345")
    seats = [MandateFactory(congress=county) for _each in range(number)]
    with django_assert_num_queries(2):
        assert len(counters.cards(template, seats, year=2026)) == number


def test_a_card_taken_over_twice_stands_once_and_belongs_to_its_congress(adopted):
    assert adopted("12345") == adopted("12345")
    assert CardTemplate.objects.count() == 1


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.code)
def test_every_preset_counts_kinds_that_exist(preset):
    assert {kind for target in preset.targets for kind in target.kinds} <= set(Kind)
    assert len({target.label for target in preset.targets}) == len(preset.targets)
