from datetime import date, datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.procedure.models import Entry
from congress.rulebook.models import CalendarDay
from liaison.receptions import actions as receptions
from liaison.receptions.questions import grid
from liaison.stations import actions
from liaison.stations.openings import hours_of, next_openings, open_days, said_in_full
from tests.factories.organs import TermFactory
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory
from tests.liaison.stations.hours import every, opening_form

pytestmark = pytest.mark.django_db
MARCH_1 = date(2026, 3, 1)
JUNE_30 = date(2026, 6, 30)


@pytest.fixture
def station(county):
    plant()
    return StationFactory(congress=county, head=MandateFactory(congress=county, term=TermFactory(congress=county)))


def say(station, clerk, *openings, exceptions=(), remark="", on=MARCH_1):
    return actions.set_openings(station, openings=openings, exceptions=exceptions, remark=remark, on=on, by=clerk)


def closed(day, remark=""):
    return {"day": day, "is_open": False, "starts": None, "ends": None, "remark": remark}


def days_of(station, first=MARCH_1, last=JUNE_30):
    return [each.day for each in open_days([station], first=first, last=last).get(station.pk, ())]


def test_a_day_of_the_month_on_a_weekend_is_moved_left_out_or_kept(station, clerk):
    for on_rest, expected in (("move", date(2026, 3, 16)), ("skip", None), ("open", date(2026, 3, 15))):
        say(station, clerk, every("monthly", 15, on_rest=on_rest))
        march = [day for day in days_of(station) if day.month == 3]
        assert march == ([expected] if expected else [])


def test_the_31st_is_the_last_day_of_a_short_month(station, clerk):
    say(station, clerk, every("monthly", 31, on_rest="open"))
    assert days_of(station) == [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)]


def test_what_is_open_every_saturday_rests_on_a_holiday_and_not_on_a_weekend(station, clerk):
    CalendarDay.objects.update_or_create(date=date(2026, 3, 14), defaults={"is_workday": False, "name": "庙会"})
    say(station, clerk, every("weekly", 6, on_rest="skip"))
    assert days_of(station, last=date(2026, 3, 31)) == [date(2026, 3, 7), date(2026, 3, 21), date(2026, 3, 28)]


def test_a_day_moved_out_of_the_weeks_before_is_found(station, clerk):
    say(station, clerk, every("monthly", 15))
    assert days_of(station, first=date(2026, 3, 16), last=date(2026, 3, 16)) == [date(2026, 3, 16)]


def test_a_closed_day_is_left_out_and_an_open_one_stands_beside_the_rule(station, clerk):
    besides = {"day": date(2026, 3, 8), "is_open": True, "starts": time(8), "ends": time(10), "remark": "妇女节"}
    say(station, clerk, every("weekly", 3), exceptions=[closed(date(2026, 3, 11)), besides])
    assert days_of(station, last=date(2026, 3, 20)) == [date(2026, 3, 4), date(2026, 3, 8), date(2026, 3, 18)]


def test_what_is_over_today_is_not_the_next_opening(station, clerk):
    say(station, clerk, every("weekly", 3))
    for hour, expected in ((10, date(2026, 3, 4)), (11, date(2026, 3, 11))):
        at = timezone.make_aware(datetime(2026, 3, 4, hour))
        assert next_openings([station], at=at, most=1)[station.pk][0].day == expected


def test_the_hours_are_said_as_a_person_says_them(station, clerk):
    say(
        station, clerk, every("weekly", 5, time(14), time(17)), every("weekly", 3, time(14), time(17)),
        every("monthly", 15), every("workdays", 0, time(8, 30), time(17, 30)), remark="赶集日也开",
    )  # fmt: skip
    assert hours_of(station.openings.all()) == "每月15日 9:00—11:00；每周三、五 14:00—17:00；工作日 8:30—17:30"
    station.refresh_from_db()
    assert said_in_full(station).endswith("；赶集日也开")


def test_saying_the_same_twice_writes_one_entry(station, clerk):
    for _time in range(2):
        say(station, clerk, every("weekly", 3), exceptions=[closed(date(2026, 3, 11))])
    assert Entry.objects.of(station).filter(verb="station.open").count() == 1
    assert station.openings.count() == station.exceptions.count() == 1


def test_exceptions_gone_by_stay_when_new_ones_are_said(station, clerk):
    say(station, clerk, exceptions=[closed(date(2026, 3, 11))])
    say(station, clerk, on=date(2026, 4, 1))
    assert station.exceptions.count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"open-0-when": "weekly-3"}, "请填开始时间"),
        ({"open-0-starts": "09:00"}, "请选哪天开放"),
        ({"open-0-when": "weekly-3", "open-0-starts": "11:00", "open-0-ends": "09:00"}, "结束时间必须晚于开始时间"),
        ({"open-0-when": "weekly-9"}, "请从列出的里面选"),
        ({"except-0-remark": "停电"}, "请选日期"),
        ({"except-0-day": "2020-01-01"}, "已经过去了"),
        ({"except-0-day": "2099-01-01", "except-0-is_open": "1"}, "请填开始时间"),
        (
            {f"open-{n}-{name}": value for n in (0, 1) for name, value in
             (("when", "weekly-3"), ("starts", "09:00"), ("ends", "11:00"))},
            "写了两次",
        ),
    ],
)  # fmt: skip
def test_what_is_said_in_half_is_refused_beside_its_field(client, station, clerk, sent, words):
    client.force_login(clerk)
    answer = client.post(reverse("stations:opening", args=[station.pk]), opening_form(**sent))
    assert words in answer.text
    assert not station.openings.exists()


def test_a_keeper_says_the_hours_of_his_station_and_of_no_other(client, station, station_keeper):
    client.force_login(station_keeper)
    sent = opening_form(**{"open-0-when": "monthly-15", "open-0-starts": "09:00", "open-0-ends": "11:00"})
    assert client.post(reverse("stations:opening", args=[station.pk]), sent).status_code == 404
    own = station_keeper.memberships.get().organ
    client.post(reverse("stations:opening", args=[own.pk]), sent)
    assert own.as_station.openings.get().number == 15
    page = client.get(reverse("stations:opening", args=[own.pk])).text
    assert '<option value="monthly-15" selected>' in page


def test_a_year_of_receptions_goes_by_the_open_days_and_their_hours(station, clerk):
    say(station, clerk, every("weekly", 3, time(14), time(17)), exceptions=[closed(date(2026, 4, 1))])
    made = receptions.arrange_year(
        station, year=2026, day_of_month=15, months=[3, 4], starts=time(9), ends=time(11), each_time=1,
        by_openings=True, on=MARCH_1, by=clerk,
    )  # fmt: skip
    starts = [timezone.localtime(each.activity.starts_at) for each in made]
    assert [(each.date(), each.hour) for each in starts] == [(date(2026, 3, 4), 14), (date(2026, 4, 8), 14)]


def test_a_year_by_the_date_moves_on_where_the_station_is_closed(station, clerk):
    say(station, clerk, exceptions=[closed(date(2026, 4, 15))])
    [made] = receptions.arrange_year(
        station,
        year=2026,
        day_of_month=15,
        months=[4],
        starts=time(9),
        ends=time(11),
        each_time=1,
        on=MARCH_1,
        by=clerk,
    )
    assert timezone.localdate(made.activity.starts_at) == date(2026, 4, 16)


def test_a_year_by_openings_needs_some(client, station, clerk):
    client.force_login(clerk)
    told = {
        "station": station.pk, "year": 2026, "by_openings": "on", "day_of_month": 15, "months": [4],
        "starts": "09:00", "ends": "11:00", "each_time": 1,
    }  # fmt: skip
    assert "还没有设开放安排" in client.post(reverse("receptions:year"), told).text


def test_the_grid_knows_the_first_open_day_of_each_month_ahead(station, clerk, county):
    say(station, clerk, every("monthly", 15))
    [(_station, cells, _held)] = grid([station], year=2026, on=MARCH_1)
    assert [cell.open and cell.open.day for cell in cells[:4]] == [
        None, None, date(2026, 3, 16), date(2026, 4, 15),
    ]  # fmt: skip


def test_arranging_from_an_open_day_brings_its_hours(client, station, clerk):
    say(station, clerk, every("weekly", 3, time(14), time(17)))
    client.force_login(clerk)
    page = client.get(reverse("receptions:create"), {"station": station.pk, "day": "2099-03-04"}).text
    assert 'value="2099-03-04"' in page
    assert 'value="14:00"' in page
    assert client.get(reverse("receptions:create"), {"day": "2026-02-31"}).status_code == 200


def test_the_page_of_a_station_says_which_open_days_have_a_reception(client, station, clerk):
    say(station, clerk, every("workdays", 0, time(0, 1), time(23, 59)))
    client.force_login(clerk)
    text = client.get(station.get_absolute_url()).text
    assert text.count("还没有排，去排") == 4
    assert "工作日 0:01—23:59" in text


def test_residents_read_the_next_opening_everywhere(client, station, clerk):
    say(station, clerk, every("workdays", 0, time(0, 1), time(23, 59)), remark="赶集日也开")
    hours = "0:01—23:59"
    for address in (
        reverse("portal:home"), reverse("portal:stations"), reverse("portal:receptions"),
        reverse("portal:station", args=[station.slug]), reverse("portal:say", args=[station.slug]),
    ):  # fmt: skip
        assert hours in client.get(address).text, address
    assert "赶集日也开" in client.get(reverse("portal:station", args=[station.slug])).text


@pytest.mark.parametrize("name", ["portal:stations", "portal:receptions", "portal:home"])
def test_the_public_lists_ask_as_much_for_three_stations_as_for_one(
    client, station, clerk, county, name, django_assert_max_num_queries, django_assert_num_queries
):
    say(station, clerk, every("monthly", 15))
    client.get(reverse(name))
    with django_assert_max_num_queries(20) as asked:
        client.get(reverse(name))
    for _number in range(2):
        say(StationFactory(congress=county), clerk, every("weekly", 3))
    with django_assert_num_queries(len(asked.captured_queries)):
        client.get(reverse(name))


def test_the_last_day_of_a_month_is_never_moved_into_the_next(station, clerk):
    made = receptions.arrange_year(
        station, year=2026, day_of_month=31, months=[5, 10], starts=time(9), ends=time(11), each_time=1,
        on=MARCH_1, by=clerk,
    )  # fmt: skip
    assert [timezone.localdate(each.activity.starts_at) for each in made] == [date(2026, 5, 29), date(2026, 10, 30)]
