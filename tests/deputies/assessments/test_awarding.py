"""Lists for awards: weights, honest gaps, two equal runs, and sources that can be opened."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.assessments import actions
from deputies.assessments.awarding import rows_of, settled_rows, terms_of
from deputies.assessments.models import AwardList, RatingSheet
from deputies.debriefings import actions as debriefings
from deputies.duties.kinds import Kind
from deputies.roll.models import Mandate
from deputies.scores import actions as scores
from deputies.scores.windows import year
from tests.factories.activities import DutyRecordFactory
from tests.factories.debriefings import DebriefingFactory
from tests.factories.scores import ItemFactory, SchemeFactory, VersionFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 1)
JUNE = date(2025, 6, 1)


@pytest.fixture
def people(seat):
    return [seat(name) for name in ("安一", "白二", "曹三")]


@pytest.fixture
def points(county, people, clerk):
    """The year 2025 closed: four, two and no points."""
    version = VersionFactory(scheme=SchemeFactory(congress=county, name="积分办法"))
    ItemFactory(version=version, points=D(2))
    for mandate, times in zip(people, (2, 1, 0), strict=True):
        for number in range(times):
            DutyRecordFactory(
                mandate=mandate, congress=county, kind=Kind.INSPECTION, held_on=date(2025, 3, 1 + number),
                registered_by=clerk,
            )  # fmt: skip
    return scores.close_period(version.scheme, year(2025), on=date(2026, 1, 10), by=clerk)


@pytest.fixture
def assessed(method, people, open_year, rate, clerk):
    """The year 2025 assessed: 90 for the first, 80 for the second, the third not rated by all."""
    assessment = open_year(method)
    for mandate, marks in zip(people[:2], ((55, 35), (50, 30)), strict=True):
        for rater in ("deputy", "group", "township", "office"):
            rate(RatingSheet.objects.get(mandate=mandate), rater, *marks)
    return actions.close(assessment, leaves_open=True, on=date(2026, 1, 15), by=clerk)


@pytest.fixture
def voted(county, term, clerk):
    """voted(mandate, best, middle, worst) → a published debriefing of June 2025 with these slips."""

    def made(mandate, *slips, published=date(2025, 6, 20), title="述职"):
        debriefing = DebriefingFactory.build(
            congress=county, term=term, created_by=clerk, planned_on=JUNE, title=f"{title}{mandate.pk}"
        )
        debriefings.arrange(debriefing, [mandate], on=date(2025, 5, 1), by=clerk)
        debriefings.hold(debriefing, on=JUNE, by=clerk)
        statement = debriefing.statements.get()
        counts = {("", grade): count for (grade, _words), count in zip(debriefing.grades, slips, strict=True)}
        total = sum(slips)
        debriefings.tally(statement, handed_out=total, returned=total, valid=total, counts=counts, on=JUNE, by=clerk)
        debriefings.evaluate(debriefing, on=JUNE, by=clerk)
        return debriefings.publish(debriefing, how="公示栏", on=published, by=clerk)

    return made


@pytest.fixture
def listed(county, points, assessed, clerk):
    """listed(points weight, assessment weight, voters weight, …) → a list over 2025."""

    def made(*weights, **fields):
        own = {"name": "优秀代表", "first": date(2025, 1, 1), "last": date(2025, 12, 31), "as_of": DAY}
        shares = dict(zip(("points_weight", "assessment_weight", "voters_weight"), weights, strict=True))
        award = AwardList(congress=county, created_by=clerk, **(own | shares | fields))
        return actions.write_award(award, closes=[points], assessments=[assessed], on=DAY, by=clerk)

    return made


def told(rows):
    return [(row.mandate.deputy.name, row.rank, row.total) for row in rows]


def test_the_total_is_the_weighted_sum_of_shares_of_what_was_to_be_had(listed, people, voted):
    voted(people[0], 30, 10, 10)
    voted(people[1], 40, 0, 0)
    rows = rows_of(listed(40, 30, 30))
    assert [(row.points, row.assessment, row.voters) for row in rows[:2]] == [
        (D(100), D(90), D(72)), (D(50), D(80), D(100)),
    ]  # fmt: skip
    assert told(rows) == [("安一", 1, D("88.60")), ("白二", 2, D("74.00")), ("曹三", None, None)]


def test_who_lacks_a_figure_is_placed_nowhere_and_says_what_he_lacks(listed, people, voted):
    voted(people[0], 10, 0, 0)
    award = listed(40, 30, 30)
    rows = rows_of(award)
    assert told(rows) == [("安一", 1, D("97.00")), ("白二", None, None), ("曹三", None, None)]
    assert [row.lacking(award) for row in rows] == [[], ["没有述职测评"], ["没有考评结果", "没有述职测评"]]
    assert [row.voters for row in rows] == [D(100), None, None]


def test_where_the_list_says_so_the_other_figures_weigh_more_and_what_is_lacking_stays_named(listed, people, voted):
    voted(people[0], 10, 0, 0)
    award = listed(40, 30, 30, missing=AwardList.Missing.REWEIGH)
    rows = rows_of(award)
    assert told(rows) == [("安一", 1, D("97.00")), ("白二", 2, D("62.86")), ("曹三", 3, D("0.00"))]
    assert rows[1].lacking(award) == ["没有述职测评"]


def test_a_figure_that_weighs_nothing_is_not_lacking(listed):
    award = listed(100, 0, 0)
    assert told(rows_of(award)) == [("安一", 1, D("100.00")), ("白二", 2, D("50.00")), ("曹三", 3, D("0.00"))]


def test_two_runs_are_equal_and_later_results_do_not_move_them(listed, people, voted, clerk):
    voted(people[0], 10, 0, 0)
    award = listed(40, 30, 30)
    first = rows_of(award)
    voted(people[1], 10, 0, 0, published=date(2026, 3, 1))  # held in time, published after the day of the list
    Mandate.objects.filter(pk=people[2].pk).update(ended_on=date(2026, 3, 1), state=Mandate.State.ENDED)
    again = rows_of(AwardList.objects.get(pk=award.pk))
    assert all(a.same_as(b) for a, b in zip(first, again, strict=True))


def test_a_settled_list_stands_and_equals_what_its_sources_give_on_any_later_day(listed, people, voted, clerk):
    voted(people[0], 10, 5, 1)
    award = listed(40, 30, 30)
    actions.settle(award, on=DAY, by=clerk)
    assert all(a.same_as(b) for a, b in zip(settled_rows(award), rows_of(award), strict=True))
    with pytest.raises(ValidationError, match="已经定稿"):
        actions.write_award(award, closes=award.closes.all(), assessments=award.assessments.all(), on=DAY, by=clerk)
    with pytest.raises(ValidationError, match="不能删除"):
        actions.drop_award(award, on=DAY, by=clerk)
    with pytest.raises(StepNotOpen):
        actions.settle(award, on=DAY, by=clerk)
    assert list(Entry.objects.of(award).values_list("verb", flat=True)) == ["award.write", "award.settle"]


def test_nobody_settles_weights_that_he_has_not_seen(listed, people, voted, clerk):
    voted(people[0], 10, 5, 1)
    award = listed(40, 30, 30)
    seen = award.version
    award.points_weight, award.assessment_weight, award.voters_weight = 0, 0, 100
    actions.write_award(award, closes=[], assessments=[], on=DAY, by=clerk)
    with pytest.raises(StepNotOpen):
        actions.settle(AwardList.objects.get(pk=award.pk), on=DAY, by=clerk, version=seen)
    actions.settle(award, on=DAY, by=clerk, version=award.version)
    assert [row.total for row in settled_rows(award)][0] == settled_rows(award)[0].voters


def test_only_the_office_settles_a_list(listed, leader):
    with pytest.raises(PermissionDenied):
        actions.settle(listed(100, 0, 0), on=DAY, by=leader)


def test_the_list_states_versions_period_weights_and_day(listed):
    words = "".join(terms_of(listed(40, 30, 30)))
    for said in ("2025年1月1日至2025年12月31日", "2026年2月1日", "积分占 40%", "积分办法（第 1 版） 2025 年",
                 "最高分 4", "考评占 30%", "选民测评占 30%"):  # fmt: skip
        assert said in words


def test_each_figure_names_what_it_was_made_of(listed, people, voted, points):
    debriefing = voted(people[0], 10, 0, 0)
    first = rows_of(listed(40, 30, 30))[0]
    assert first.sources == {
        "points": [{"close": points.pk, "points": "4.00", "full": "4.00"}],
        "assessment": [
            {
                "sheet": RatingSheet.objects.get(mandate=people[0]).pk,
                "points": "90.00",
                "full": "100.0",
                "grade": "优秀",
            }
        ],
        "voters": {"statement": debriefing.statements.get().pk, "valid": 10, "best": 10},
    }


def test_weights_make_a_hundred_and_sources_lie_in_the_period_and_before_the_day(listed, county, clerk, points):
    for weights, fields, said in (
        ((40, 30, 20), {}, "等于 100"),
        ((100, 0, 0), {"first": date(2025, 7, 1)}, "统计时段以内"),
        ((100, 0, 0), {"as_of": date(2026, 1, 9)}, "名单日期以前"),
        ((100, 0, 0), {"as_of": date(2026, 2, 2)}, "不能晚于今天"),
    ):
        with pytest.raises(ValidationError, match=said):
            listed(*weights, **fields)
    assert not AwardList.objects.exists()


def test_who_was_suspended_or_not_yet_in_office_on_the_day_is_not_on_the_list(listed, seat, people, county):
    seat("后来", started_on=date(2026, 2, 2))
    assert len(rows_of(listed(100, 0, 0))) == 3


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_as_much_for_five_as_for_three(listed, seat, more, django_assert_num_queries):
    award = listed(40, 30, 30)
    for _number in range(more):
        seat()
    with django_assert_num_queries(11):
        rows_of(AwardList.objects.select_related("congress").get(pk=award.pk))
