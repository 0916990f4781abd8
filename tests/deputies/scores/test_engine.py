"""How counts become points: norms, extra, missing, diminishing, bounds, highest-only, and what must always hold."""

from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deputies.scores.engine import band_of, demanded, points_of, score
from deputies.scores.models import Item

EACH, NORM = Item.Way.EACH, Item.Way.NORM


def item(code="1", **fields):
    numbers = {
        name: D(str(value)) if name in {"points", "per_extra", "per_missing", "at_most", "at_least"} else value
        for name, value in fields.items()
    }
    return Item(code=code, **numbers)


@pytest.mark.parametrize(("count", "points"), [(0, -5), (1, 0), (2, 5), (3, 10), (4, 15), (5, 20)])
def test_three_written_suggestions_give_ten_with_five_for_each_more_or_less(count, points):
    """纯复乡: 书面建议 3 条 10 分，多一条加 5，少一条扣 5."""
    rule = item(way=NORM, points=10, per_extra=5, per_missing=-5)
    assert points_of(rule, count, D(3)) == points


def test_a_norm_without_a_deduction_gives_nothing_below_it():
    rule = item(way=NORM, points=10)
    assert [points_of(rule, count, D(4)) for count in (0, 3, 4, 9)] == [0, 0, 10, 10]


def test_what_is_missing_costs_nothing_while_the_period_runs():
    rule = item(way=NORM, points=10, per_missing=-5)
    assert [points_of(rule, count, D(3), is_over=False) for count in (0, 2, 3)] == [0, 0, 10]
    assert points_of(item(points=2, per_missing=-1), 1, D(4), is_over=False) == 2


def test_half_points_and_half_days_are_kept():
    assert points_of(item(points="0.5"), D("2.5")) == D("1.25")


def test_leave_takes_points():
    """江北区: 人代会请假半天 -1."""
    assert points_of(item(points=-1), 3) == -3


def test_what_comes_after_the_first_so_many_weighs_less():
    rule = item(points=5, full_until=3, then_percent=50)
    assert [points_of(rule, count) for count in (3, 4, 6)] == [15, D("17.5"), D("22.5")]


def test_one_filed_proposal_or_ten_are_scored_once():
    """闵行区政协: 提交立案 1 件及以上只计一次分."""
    rule = item(points=15, full_until=1, then_percent=0)
    assert [points_of(rule, count) for count in (0, 1, 10)] == [0, 15, 15]


def test_an_item_stops_at_its_bounds():
    rule = item(points=4, at_most=12)
    assert points_of(rule, 9) == 12
    assert points_of(item(points=-2, at_least=-5), 9) == -5


def test_of_a_set_only_the_highest_counts():
    """闵行区政协: 个人与联名取最高，不重复计."""
    rules = [item("lead", points=15, highest_of="提案"), item("co", points=3, highest_of="提案"), item("x", points=1)]
    found = score(rules, {"lead": D(1), "co": D(2), "x": D(1)})
    assert [line.points for line in found.lines] == [15, 0, 1]
    assert [line.won for line in found.lines] == [15, 6, 1]
    assert found.total == 16


def test_a_cap_over_all_stands_as_a_line_of_its_own():
    found = score([item(points=30)], {"1": D(5)}, base=D(60), cap=D(100))
    assert (found.total, found.trimmed) == (100, -110)


def test_an_item_that_is_off_gives_nothing():
    assert score([item(points=10, is_off=True)], {"1": D(3)}).lines == ()


def test_a_norm_is_asked_of_a_late_comer_in_proportion():
    assert demanded(D(4), days=365, of_days=365) == 4
    assert demanded(D(4), days=182, of_days=365) == 1
    assert demanded(D(4), days=20, of_days=365) == 0
    assert demanded(None, days=1, of_days=2) is None


def test_whoever_was_asked_for_nothing_and_did_nothing_neither_wins_nor_loses():
    rule = item(way=NORM, points=10, per_missing=-5)
    assert points_of(rule, 0, D(0)) == 0


def test_a_band_is_the_highest_whose_line_is_reached():
    """银川市: ≥80 好，60-79 较好，<60 差."""
    bands = [{"name": "好", "at_least": "80"}, {"name": "较好", "at_least": "60"}, {"name": "差", "at_least": "0"}]
    assert [band_of(bands, D(total)) for total in ("80", "79.5", "59.9", "-1")] == ["好", "较好", "差", "差"]
    assert band_of(bands[:2], D("59.9")) == ""
    assert band_of([{"name": "优秀", "at_least": None}], D(100)) == ""


bounded = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # slow machines too
halves = st.integers(-40, 40).map(lambda number: D(number) / 2)
gains = st.integers(0, 40).map(lambda number: D(number) / 2)
counts = st.integers(0, 60).map(lambda number: D(number) / 2)
maybe = st.one_of(st.none(), gains)


@st.composite
def rules(draw, gaining=False):
    """Up to eight items of every shape; `gaining` ones give and never take for doing more."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        way = draw(st.sampled_from([EACH, NORM]))
        bottom = draw(st.one_of(st.none(), st.integers(-40, 0).map(lambda value: D(value) / 2)))
        made.append(
            Item(
                code=f"{number}",
                way=way,
                points=draw(gains if gaining else halves),
                per_extra=draw(maybe) if way == NORM else None,
                per_missing=draw(st.one_of(st.none(), gains.map(lambda value: -value))),
                full_until=draw(st.one_of(st.none(), st.integers(0, 5))) if way == EACH else None,
                then_percent=draw(st.integers(0, 100)),
                at_most=draw(maybe),
                at_least=bottom,
                highest_of=draw(st.sampled_from(["", "甲", "乙"])),
            )
        )
    return made


@st.composite
def cases(draw, gaining=False):
    items = draw(rules(gaining=gaining))
    told = {each.code: draw(counts) for each in items}
    norms = {each.code: draw(st.one_of(st.none(), st.integers(0, 5).map(D))) for each in items}
    return items, told, norms, draw(halves), draw(st.one_of(st.none(), st.integers(0, 200).map(D)))


@bounded
@given(cases())
def test_a_score_is_the_sum_of_its_lines(case):
    items, told, norms, base, cap = case
    found = score(items, told, norms=norms, base=base, cap=cap)
    assert found.total == found.base + sum(line.points for line in found.lines) + found.trimmed


@bounded
@given(cases())
def test_no_bound_is_ever_passed(case):
    items, told, norms, base, cap = case
    found = score(items, told, norms=norms, base=base, cap=cap)
    assert cap is None or found.total <= cap
    assert found.trimmed <= 0
    for line in found.lines:
        assert line.item.at_most is None or line.item.at_least is not None or line.won <= line.item.at_most
        assert line.item.at_least is None or line.won >= line.item.at_least


@bounded
@given(cases())
def test_of_every_set_exactly_one_line_counts_and_it_is_the_highest(case):
    items, told, norms, base, cap = case
    lines = score(items, told, norms=norms, base=base, cap=cap).lines
    for name in {line.item.highest_of for line in lines} - {""}:
        of_set = [line for line in lines if line.item.highest_of == name]
        assert sum(line.points for line in of_set) == max(line.won for line in of_set)


@bounded
@given(cases(), st.randoms())
def test_the_order_of_the_items_changes_nothing(case, random):
    items, told, norms, base, cap = case
    mixed = random.sample(items, len(items))
    assert (
        score(mixed, told, norms=norms, base=base, cap=cap).total
        == score(items, told, norms=norms, base=base, cap=cap).total
    )


@bounded
@given(cases(gaining=True), st.data())
def test_doing_more_never_costs_points(case, data):
    items, told, norms, base, cap = case
    more = told | {code: count + data.draw(counts) for code, count in told.items()}
    before = score(items, told, norms=norms, base=base, cap=cap).total
    assert score(items, more, norms=norms, base=base, cap=cap).total >= before
