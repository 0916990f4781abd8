"""Selecting the finalists and ranking persons and teams, by rules that are stated and hold for any results."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deputies.training import ranking
from deputies.training.ranking import Result

bounded = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # slow machines too
TEAMS = ("柳溪镇", "青石镇", "河口镇", "")


def _results(row):
    """Contestants from small numbers: team, tens of written points, seconds, live result, in the final or not."""
    return [
        Result(key, TEAMS[team], Decimal(tens * 10), seconds, None if live is None else Decimal(live), is_finalist)
        for key, (team, tens, seconds, live, is_finalist) in enumerate(row)
    ]


small = st.integers(0, 4)
written = st.lists(st.tuples(st.integers(0, 3), small, small, st.none(), st.just(False)), max_size=15).map(_results)
ranked = st.lists(st.tuples(st.integers(0, 3), small, small, st.none() | small, st.booleans()), max_size=15).map(
    _results
)


def better(one, other):
    return (one.written, -one.seconds) > (other.written, -other.seconds)


@bounded
@given(written, st.integers(1, 30))
def test_nobody_who_stays_out_did_better_than_somebody_who_goes_on(entered, count):
    chosen = ranking.select(entered, count)
    out = [each for each in entered if each not in chosen]
    assert len(chosen) >= min(count, len(entered))
    for one in chosen:
        assert not any(
            better(other, one) or (other.written, other.seconds) == (one.written, one.seconds) for other in out
        )


@bounded
@given(written, st.integers(1, 30))
def test_more_than_the_number_go_on_only_for_a_tie_with_the_last(entered, count):
    chosen = ranking.select(entered, count)
    for extra in chosen[count:]:
        assert (extra.written, extra.seconds) == (chosen[count - 1].written, chosen[count - 1].seconds)


@bounded
@given(written, st.integers(1, 20), st.randoms(use_true_random=False))
def test_the_order_in_which_papers_came_in_selects_nobody(entered, count, chance):
    shuffled = list(entered)
    chance.shuffle(shuffled)
    keys = {each.key for each in ranking.select(entered, count)}
    assert {each.key for each in ranking.select(shuffled, count)} == keys


def test_with_equal_points_the_faster_one_goes_on():
    slow, fast = Result("slow", written=Decimal(90), seconds=80), Result("fast", written=Decimal(90), seconds=70)
    assert ranking.select([slow, fast], 1) == [fast]


@bounded
@given(ranked)
def test_everybody_gets_one_place_and_the_places_count_who_stands_before(entered):
    placed = ranking.rank(entered)
    assert sorted(each.key for _place, each in placed) == sorted(each.key for each in entered)
    for number, (place, _each) in enumerate(placed, start=1):
        assert place <= number
        assert placed[place - 1][0] == place


@bounded
@given(ranked)
def test_finalists_who_came_stand_before_those_who_did_not_and_these_before_the_rest(entered):
    groups = [
        0 if each.is_finalist and each.live is not None else 1 if each.is_finalist else 2
        for _place, each in ranking.rank(entered)
    ]
    assert groups == sorted(groups)


@bounded
@given(ranked)
def test_among_finalists_the_live_result_decides_before_the_written_one(entered):
    came = [each for _place, each in ranking.rank(entered) if each.is_finalist and each.live is not None]
    for one, other in pairwise(came):
        assert (one.live, one.written, -one.seconds) >= (other.live, other.written, -other.seconds)


def test_equal_results_share_a_place_and_the_next_place_is_left_out():
    entered = [
        Result(key, written=Decimal(written), seconds=9) for key, written in zip("abcd", (90, 80, 80, 70), strict=True)
    ]
    assert [place for place, _each in ranking.rank(entered)] == [1, 2, 2, 4]


@bounded
@given(written, st.integers(1, 4))
def test_teams_are_ranked_by_average_and_every_participant_counts_once(entered, minimum):
    teams = ranking.teams(entered, minimum=minimum)
    assert sum(team.members for team in teams) == sum(bool(each.team) for each in entered)
    counted = [team for team in teams if team.place is not None]
    assert all(team.members >= minimum for team in counted)
    assert all(team.members < minimum for team in teams if team.place is None)
    assert [team.place for team in counted] == sorted(team.place for team in counted)
    for one, other in pairwise(counted):
        assert one.average >= other.average


def test_a_team_of_one_may_be_kept_out_of_the_ranking():
    entered = [
        Result(1, "柳溪镇", Decimal(100)), Result(2, "青石镇", Decimal(80)), Result(3, "青石镇", Decimal(90)),
    ]  # fmt: skip
    assert [(team.name, team.place, team.average) for team in ranking.teams(entered, minimum=2)] == [
        ("青石镇", 1, Decimal("85.00")),
        ("柳溪镇", None, Decimal("100.00")),
    ]


def test_with_equal_averages_the_larger_team_stands_first_and_equal_teams_share_the_place():
    entered = [
        *[Result(n, "柳溪镇", Decimal(80)) for n in range(3)],
        *[Result(n, "青石镇", Decimal(80)) for n in range(3, 5)],
        *[Result(n, "河口镇", Decimal(80)) for n in range(5, 7)],
    ]
    assert [(team.name, team.place) for team in ranking.teams(entered)] == [
        ("柳溪镇", 1),
        ("河口镇", 2),
        ("青石镇", 2),
    ]
