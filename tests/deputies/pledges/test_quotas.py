"""The yearly work of the townships, counted from what they held and sent."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from congress.rulebook.models import RuleOverride, Unit
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Campaign
from deputies.pledges import quotas
from deputies.pledges.lights import Light
from tests.factories.activities import ActivityFactory
from tests.factories.organs import CongressFactory, SessionFactory, TermFactory
from tests.factories.pledges import TownshipPaperFactory

DECEMBER_1 = date(2026, 12, 1)


@pytest.fixture
def term(township):
    return TermFactory(congress=township, number=18)


@pytest.fixture
def hold(term):
    """hold(kind, month, day) → an activity that the township held on that day of 2026."""

    def held(kind, month, day=10, *, state=Activity.State.HELD, **fields):
        began = datetime(2026, month, day, 1, tzinfo=UTC)
        return ActivityFactory(
            term=term, kind=kind, state=state, starts_at=began, ends_at=began.replace(hour=4), **fields
        )

    return held


def cell(township, code, *, on, year=2026):
    row = quotas.grid([township], year=year, on=on)[0]
    return next(each for each in row.cells if each.quota.code == code)


def test_a_township_without_a_meeting_in_the_second_quarter_is_red_on_1_july(township, hold):
    hold(Kind.PRESIDIUM, 2)
    assert cell(township, "presidium-1", on=date(2026, 7, 1)).light == Light.DONE
    assert cell(township, "presidium-2", on=date(2026, 6, 30)).light == Light.SOON
    assert cell(township, "presidium-2", on=date(2026, 7, 1)).light == Light.LATE


def test_a_meeting_of_july_does_not_make_the_second_quarter_good(township, hold):
    hold(Kind.PRESIDIUM, 7, 1)
    assert cell(township, "presidium-2", on=date(2026, 8, 1)).light == Light.LATE
    assert cell(township, "presidium-3", on=date(2026, 8, 1)).light == Light.DONE


def test_three_of_four_inspections_are_red_and_four_of_four_green_on_1_december(township, hold):
    for month, kind in ((2, Kind.INSPECTION), (5, Kind.LAW_INSPECTION), (8, Kind.INSPECTION)):
        hold(kind, month)
    three = cell(township, "inspections", on=DECEMBER_1)
    assert (three.count, three.goal, three.light, three.lacks) == (3, 4, Light.LATE, 1)
    hold(Kind.INSPECTION, 11)
    assert cell(township, "inspections", on=DECEMBER_1).light == Light.DONE


def test_two_work_reviews_are_enough(township, hold):
    hold(Kind.WORK_REVIEW, 4)
    assert cell(township, "work-reviews", on=DECEMBER_1).light == Light.LATE
    hold(Kind.WORK_REVIEW, 9)
    assert cell(township, "work-reviews", on=DECEMBER_1).light == Light.DONE


def test_what_is_only_announced_cancelled_or_of_another_year_counts_for_nothing(township, hold):
    hold(Kind.WORK_REVIEW, 4, state=Activity.State.ANNOUNCED)
    hold(Kind.WORK_REVIEW, 5, state=Activity.State.CANCELLED)
    assert cell(township, "work-reviews", on=DECEMBER_1).count == 0
    hold(Kind.WORK_REVIEW, 6)
    assert cell(township, "work-reviews", on=DECEMBER_1, year=2025).count == 0


def test_a_meeting_late_on_new_years_eve_counts_to_the_year_of_the_place(township, term):
    began = datetime(2025, 12, 31, 17, tzinfo=UTC)  # one o'clock on 1 January where the township lies
    ActivityFactory(
        term=term, kind=Kind.PRESIDIUM, state=Activity.State.HELD, starts_at=began, ends_at=began.replace(hour=19)
    )
    assert cell(township, "presidium-1", on=date(2026, 1, 2)).count == 1
    assert cell(township, "presidium-4", on=date(2026, 1, 2), year=2025).count == 0


def test_what_a_township_organises_for_the_county_counts_for_it(county, township):
    began = datetime(2026, 4, 10, 1, tzinfo=UTC)
    ActivityFactory(
        term=TermFactory(congress=county),
        organ=township,
        kind=Kind.INSPECTION,
        state=Activity.State.CLOSED,
        starts_at=began,
        ends_at=began.replace(hour=4),
    )
    assert cell(township, "inspections", on=DECEMBER_1).count == 1


def test_a_township_meets_twice_a_year(township, term):
    SessionFactory(term=term, number=5, opened_on=date(2026, 1, 8))
    assert cell(township, "sessions", on=DECEMBER_1).count == 1
    SessionFactory(term=term, number=6, opened_on=date(2026, 7, 8))
    assert cell(township, "sessions", on=DECEMBER_1).light == Light.DONE


def test_a_township_without_a_plan_by_31_january_is_red_and_a_late_one_stays_marked(township):
    assert cell(township, "plan", on=date(2026, 1, 31)).light == Light.SOON
    assert cell(township, "plan", on=date(2026, 2, 1)).light == Light.LATE
    TownshipPaperFactory(congress=township, year=2026, kind="plan", sent_on=date(2026, 2, 10))
    sent = cell(township, "plan", on=date(2026, 2, 11))
    assert (sent.light, sent.came_late) == (Light.DONE, True)


def test_a_township_may_have_a_rule_of_its_own(township, hold):
    hold(Kind.WORK_REVIEW, 4)
    RuleOverride.objects.create(
        congress=township,
        code="township_work_reviews",
        unit=Unit.COUNT,
        value=1,
        article="柳溪镇人大主席团 2026 年决定",
        effective_from=date(2026, 1, 1),
    )
    assert cell(township, "work-reviews", on=DECEMBER_1).light == Light.DONE


def test_the_number_is_a_door_to_exactly_what_it_counts(township, hold):
    first, _second = hold(Kind.PRESIDIUM, 2), hold(Kind.PRESIDIUM, 5)
    behind = quotas.acts_behind(township, quotas.BY_CODE["presidium-1"], year=2026, on=DECEMBER_1)
    assert list(behind) == [first]


@pytest.mark.parametrize("number", [1, 3])
def test_the_grid_asks_the_database_eight_times_whatever_the_number_of_townships(
    county, django_assert_num_queries, number
):
    townships = [CongressFactory(township=True, parent=county) for _each in range(number)]
    with django_assert_num_queries(8):
        assert len(quotas.grid(townships, year=2026, on=DECEMBER_1)) == number


def test_the_county_sees_all_its_townships_and_a_township_only_itself(
    client, county, township, clerk, leader, township_clerk
):
    other = CongressFactory(township=True, parent=county, region="石桥镇")
    CongressFactory(township=True, region="外县镇")
    page = reverse("pledges:townships")
    for reader, shown in (
        (clerk, {"柳溪镇", "石桥镇"}),
        (leader, {"柳溪镇", "石桥镇"}),
        (township_clerk, {"柳溪镇"}),
    ):
        client.force_login(reader)
        assert {row.township.region for row in client.get(page).context["rows"]} == shown
    assert client.get(reverse("pledges:township_quota", args=[other.code, "plan"])).status_code == 404


def test_a_number_opens_with_its_activities_and_an_unknown_quota_is_not_found(client, township, clerk, hold):
    hold(Kind.PRESIDIUM, 2, title="主席团第五次会议")
    client.force_login(clerk)
    page = reverse("pledges:township_quota", args=[township.code, "presidium-1"])
    assert "主席团第五次会议" in client.get(page, {"year": 2026}).content.decode()
    assert client.get(reverse("pledges:township_quota", args=[township.code, "nothing"])).status_code == 404


def test_odd_years_and_days_in_the_address_are_taken_as_today(client, clerk, township):
    client.force_login(clerk)
    for query in (
        {"year": "abc"},
        {"year": "9999"},
        {"year": "9" * 5000},
        {"on": "2026-02-31"},
        {"on": "x"},
        {"light": "blue"},
    ):
        assert client.get(reverse("pledges:townships"), query).status_code == 200


def test_what_the_county_calls_for_stands_before_each_township_until_it_has_followed(
    client, county, township, hold, clerk
):
    campaign = Campaign.objects.create(
        congress=county, name="代表活动月", kind=Campaign.Kind.MONTH, theme="饮水安全", starts_on=date(2026, 4, 1)
    )
    other = CongressFactory(township=True, parent=county, region="石桥镇", position=9)
    hold(Kind.INSPECTION, 4, campaign=campaign)
    hold(Kind.INSPECTION, 5, campaign=campaign, state=Activity.State.ANNOUNCED)
    (joined,) = quotas.campaigns([township, other], year=2026, on=DECEMBER_1)
    assert (joined.did, joined.missing) == ((township,), (other,))
    assert quotas.campaigns([township, other], year=2025, on=DECEMBER_1) == []
    client.force_login(clerk)
    page = client.get(reverse("pledges:townships"), {"year": 2026, "on": "2026-11-01"}).content.decode()
    assert "县里部署的主题活动" in page
