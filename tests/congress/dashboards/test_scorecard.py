"""How the congresses of the townships work: figures of all rooms, each with what it counts."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from congress.dashboards import scorecard
from congress.deadlines.models import Clock
from congress.procedure.models import Entry
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity
from deputies.pledges import actions as pledges
from deputies.pledges.lights import Light
from liaison.opinions import actions as opinions
from liaison.opinions.models import Opinion
from liaison.receptions.models import Reception
from liaison.stations.models import Opening
from tests.factories.activities import ActivityFactory
from tests.factories.docket import SuggestionFactory, seat
from tests.factories.opinions import OpinionFactory
from tests.factories.organs import CongressFactory, DepartmentFactory, TermFactory
from tests.factories.stations import StationFactory

MARCH_1, JULY_1, YEAR = date(2026, 3, 1), date(2026, 7, 1), 2026


@pytest.fixture
def station(county, township):
    return StationFactory(congress=county, township=township, name="柳溪镇代表联络站")


@pytest.fixture
def hold(township):
    term = TermFactory(congress=township, number=18)

    def held(kind, month, *, state=Activity.State.HELD, **fields):
        began = timezone.make_aware(datetime(YEAR, month, 10, 9))
        return ActivityFactory(
            **{"congress": township, "term": term} | fields, kind=kind, state=state, starts_at=began,
            ends_at=began + timedelta(hours=3),
        )  # fmt: skip

    return held


def mark(township, code, *, on=JULY_1, year=YEAR):
    (row,) = scorecard.scorecard([township], year=year, on=on)
    return next(each for each in row.marks if each.item.code == code)


def behind(township, code, *, on=JULY_1):
    return [each.thing for each in scorecard.sources(township, scorecard.BY_CODE[code], year=YEAR, on=on)]


@pytest.fixture
def routed(clerk):
    """routed(station, answered, on=…) → an opinion that was given to the station on 1 March, and its last day."""

    def given(station, answered=None, **fields):
        case = OpinionFactory(station=station, **fields)
        opinions.route(case, organ=station, on=MARCH_1, by=clerk)
        due = Clock.objects.on_case(case).get(rule="opinion_village").due_on
        if answered is not None:
            day = due + timedelta(days=answered)
            opinions.answer(case, text="路灯已经修好。", on=day, by=clerk)
        return case

    return given


def test_a_quarter_without_a_presidium_makes_the_year_red_and_the_number_opens_its_meetings(township, hold):
    first = hold(Kind.PRESIDIUM, 1)
    found = mark(township, "presidium")
    assert (found.number, found.light, found.lacks) == ("1/4", Light.LATE, 1)
    assert behind(township, "presidium") == [first]


def test_receptions_count_and_a_month_without_one_is_owed(township, station, hold):
    held = [
        Reception.objects.create(activity=hold(Kind.RECEPTION, month), station=station) for month in (1, 2, 3, 4, 6)
    ]
    Reception.objects.create(activity=hold(Kind.RECEPTION, 7, state=Activity.State.ANNOUNCED), station=station)
    found = mark(township, "receptions")
    assert (found.count, found.light, found.lacks) == (5, Light.LATE, 1)
    assert behind(township, "receptions") == held


def test_open_days_are_reckoned_from_the_hours_and_a_station_without_any_is_owed(county, township, station):
    Opening.objects.create(station=station, pattern="monthly", number=15, starts=time(9), ends=time(11), on_rest="open")
    found = mark(township, "openings")
    assert (found.count, found.light) == (6, Light.DONE)
    bare = StationFactory(congress=county, township=township)
    found = mark(township, "openings")
    assert (found.count, found.light, found.lacks) == (6, Light.LATE, 1)
    assert set(behind(township, "openings")) == {station, bare}


def test_opinions_are_in_time_late_or_not_due_yet(county, township, station, clerk, routed):
    good, late, silent = routed(station, 0), routed(station, 1), routed(station)
    due = Clock.objects.on_case(silent).get(rule="opinion_village").due_on
    assert mark(township, "opinions", on=due).number == "1/2"  # the last day is not over
    above = OpinionFactory(station=station)
    opinions.route(above, organ=DepartmentFactory(congress=county), on=MARCH_1, by=clerk)
    routed(StationFactory(congress=county), 1)
    OpinionFactory(station=station)  # nobody has taken it on
    found = mark(township, "opinions")
    assert (found.number, found.light, found.lacks) == ("1/3", Light.LATE, 2)
    assert behind(township, "opinions") == [late, silent, good]


def test_an_opinion_that_went_back_is_judged_by_its_last_period(township, station, clerk, routed):
    case = routed(station, 1)
    opinions.rate(case, grade=Opinion.Grade.DISSATISFIED, words="没有修好", on=case.stepped_on)
    case.refresh_from_db()
    opinions.route(case, organ=station, on=case.stepped_on, by=clerk)
    opinions.answer(case, text="又修了一次。", on=case.stepped_on, by=clerk)
    assert mark(township, "opinions").number == "1/1"


def test_suggestions_of_its_own_congress_are_judged_by_the_date_of_their_reply(township):
    replied, waiting = (
        SuggestionFactory(congress=township, replied=True),
        SuggestionFactory(congress=township, assigned=True),
    )
    found = mark(township, "suggestions", on=date(YEAR, 4, 1))
    assert (found.number, found.light) == ("1/1", Light.DONE)
    found = mark(township, "suggestions", on=date(YEAR, 12, 31))
    assert (found.number, found.light, found.lacks) == ("1/2", Light.LATE, 1)
    assert set(behind(township, "suggestions", on=date(YEAR, 12, 31))) == {replied, waiting}


def test_trainings_are_counted_and_not_judged_and_nothing_due_is_judged_neither(township, hold):
    held = hold(Kind.TRAINING, 5)
    found = mark(township, "trainings")
    assert (found.number, found.light) == ("1", "")
    assert behind(township, "trainings") == [held]
    assert (mark(township, "opinions").number, mark(township, "opinions").light) == ("—", "")


def test_too_few_debriefings_are_red_only_when_the_year_is_over(township):
    seat(township, "柳代表")
    assert mark(township, "debriefings").light == Light.RUNNING
    assert mark(township, "debriefings", on=date(YEAR + 1, 1, 1)).light == Light.LATE


@pytest.mark.parametrize("number", [1, 3])
def test_the_card_asks_as_often_for_three_townships_as_for_one(county, django_assert_num_queries, number):
    townships = []
    for _each in range(number):
        townships.append(CongressFactory(township=True, parent=county))
        StationFactory(congress=county, township=townships[-1])
    with django_assert_num_queries(27):
        assert len(scorecard.scorecard(townships, year=YEAR, on=JULY_1)) == number


def test_every_number_opens_its_rows(client, township, clerk, station, hold, routed):
    hold(Kind.PRESIDIUM, 1)
    Reception.objects.create(activity=hold(Kind.RECEPTION, 2), station=station)
    routed(station, 1)
    client.force_login(clerk)
    whole = client.get(reverse("dashboards:townships"), {"year": YEAR, "on": "2026-07-01"})
    assert whole.status_code == 200
    for item in scorecard.ITEMS:
        name, args = "dashboards:township_figure", [township.code, item.code]
        if item.quota:
            name, args = "pledges:township_quota", [township.code, item.quota]
        page = reverse(name, args=args)
        assert page in whole.content.decode()
        assert client.get(page, {"year": YEAR, "on": "2026-07-01"}).status_code == 200
    assert client.get(reverse("dashboards:township_figure", args=[township.code, "nothing"])).status_code == 404
    assert client.get(reverse("dashboards:township_figure", args=[township.code, "plan"])).status_code == 404


def test_the_member_reads_his_township_on_the_phone_without_what_residents_said(
    client, county, township, station, clerk, routed
):
    member = seat(county, "马委员", is_standing_member=True)
    today = timezone.localdate()
    pledges.tie_township(township, member, since=today, on=today, by=clerk)
    said = routed(station, 1, topic="照明")
    behind_it = reverse("dashboards:township_figure", args=[township.code, "opinions"])
    client.force_login(member.deputy.user)
    mine = client.get(reverse("pledges:mine")).content.decode()
    assert "我挂钩联系的乡镇" in mine
    assert reverse("dashboards:township", args=[township.code]) in mine
    assert client.get(reverse("dashboards:township", args=[township.code])).status_code == 200
    page = client.get(behind_it, {"year": YEAR}).content.decode()
    assert "照明" in page
    assert said.text not in page
    client.force_login(clerk)
    page = client.get(behind_it, {"year": YEAR}).content.decode()
    assert said.get_absolute_url() in page


def test_a_township_reads_itself_and_a_deputy_who_looks_after_none_finds_no_page(
    client, county, township, township_clerk
):
    other = CongressFactory(township=True, parent=county)
    client.force_login(township_clerk)
    assert [row.township for row in client.get(reverse("dashboards:townships")).context["rows"]] == [township]
    assert client.get(reverse("dashboards:township", args=[other.code])).status_code == 404
    client.force_login(seat(county, "杨代表").deputy.user)
    for name, args in (
        ("townships", []),
        ("township", [township.code]),
        ("township_figure", [township.code, "presidium"]),
    ):
        assert client.get(reverse(f"dashboards:{name}", args=args)).status_code == 404


def test_the_table_leaves_the_house_with_its_gaps_and_the_journal_keeps_it(client, township, clerk):
    client.force_login(clerk)
    sent = client.post(reverse("dashboards:townships_export"), {"year": YEAR, "on": "2026-07-01"})
    rows = list(load_workbook(BytesIO(sent.content)).active.values)
    assert rows[3][:2] == ("柳溪镇", "没有挂钩联系人")
    assert Entry.objects.get(verb="townships.export").facts["count"] == 1


def test_the_list_is_narrowed_to_what_is_owed_and_to_townships_without_a_member(client, county, township, clerk):
    member, today = seat(county, "马委员", is_standing_member=True), timezone.localdate()
    pledges.tie_township(township, member, since=today, on=today, by=clerk)
    bare = CongressFactory(township=True, parent=county)
    client.force_login(clerk)
    page = reverse("dashboards:townships")
    assert [row.township for row in client.get(page, {"light": "untied"}).context["rows"]] == [bare]
    assert client.get(page, {"light": "late"}).context["late"] == 2
    sent = client.post(reverse("dashboards:townships_export"), {"light": "untied"})
    assert [row[0] for row in load_workbook(BytesIO(sent.content)).active.values][3:] == [bare.region]
    assert client.get(page, {"order": "met", "light": "x", "year": "abc"}).status_code == 200
