"""一周一汇总、半月一交办: the digest of each week, the batch of each half month, and what missed it (domain T20)."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.notices import writing
from congress.notices.models import Notice
from congress.organs.roles import Role
from congress.procedure.models import Entry
from congress.rulebook.models import RuleOverride, Unit
from suggestions.docket import actions, batches, tallies, tasks
from suggestions.docket.actions.summing import tell_week, week_before
from suggestions.docket.models import Suggestion
from tests.factories.docket import SuggestionFactory, clerk_of, officer_of, seat
from tests.factories.organs import DepartmentFactory

MAY_15 = date(2026, 5, 15)
RECEIVED = (date(2026, 5, 3), date(2026, 5, 9), date(2026, 5, 12))


def wants(county, code, unit, value):
    RuleOverride.objects.create(
        congress=county, code=code, unit=unit, value=value, article="本级规定", effective_from=date(2026, 1, 1)
    )


@pytest.fixture
def half_monthly(county):
    wants(county, "batch_days", Unit.LIST, [1, 15])
    wants(county, "weekly_digest", Unit.FLAG, True)
    return county


def registered(county, received, **fields):
    case = SuggestionFactory(congress=county, submitted=True, since=received, **fields)
    actions.register(case, on=received, by=clerk_of(county))
    return Suggestion.objects.get(pk=case.pk)


def at(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 8))


def body(client, name, **query):
    answer = client.get(reverse(f"docket:{name}"), query)
    assert answer.status_code == 200
    return answer.content.decode()


# ---- T20


def test_suggestions_of_3_9_and_12_may_are_in_the_digests_of_their_weeks(half_monthly, clerk, leader):
    cases = [registered(half_monthly, day) for day in RECEIVED]
    told = {}
    for monday in (date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 18)):
        tasks.weekly_digest(at=at(monday))
        facts = Entry.objects.filter(verb="docket.digest", congress=half_monthly).latest("id").facts
        told[monday] = [paper["title"] for paper in facts["papers"]]
    assert list(told.values()) == [[case.title] for case in cases]


def test_all_three_are_assigned_in_the_batch_of_15_may(half_monthly, clerk, client, time_machine):
    time_machine.move_to(at(MAY_15), tick=False)
    cases = [registered(half_monthly, day) for day in RECEIVED]
    client.force_login(clerk)
    page = body(client, "batch")
    assert "5月15日" in page
    assert all(case.title in page for case in cases)
    department = DepartmentFactory(congress=half_monthly, name="县水务局", short_name="水务局", type="court")
    form = {"act": "assign", "confirm": "1", "on": f"{MAY_15}", "pk": [case.pk for case in cases]}
    form |= {f"case{case.pk}-lead": department.name for case in cases}
    client.post(reverse("docket:bulk"), form)
    assert set(Suggestion.objects.values_list("state", "assigned_on")) == {("in_hand", MAY_15)}


def test_a_suggestion_not_in_the_next_batch_is_flagged(half_monthly, clerk, client, time_machine):
    for case in [registered(half_monthly, day) for day in RECEIVED]:
        actions.assign(case, lead=DepartmentFactory(congress=half_monthly), on=MAY_15, by=clerk)
    left = registered(half_monthly, date(2026, 5, 13))
    late = registered(half_monthly, MAY_15)
    client.force_login(clerk)
    time_machine.move_to(at(MAY_15), tick=False)
    assert left.title not in body(client, "list", view="missed")
    time_machine.move_to(at(MAY_15 + timedelta(days=1)), tick=False)
    shown = body(client, "list", view="missed")
    assert left.title in shown
    assert late.title not in shown  # it came on the day itself: its batch is that of 1 June
    assert "误了批次" in body(client, "batch")
    assert left.title in body(client, "list", view="all", batch="missed")
    actions.assign(left, lead=DepartmentFactory(congress=half_monthly), on=MAY_15 + timedelta(days=1), by=clerk)
    assert left.title not in body(client, "list", view="missed")


# ---- batches


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    numbers=st.lists(st.integers(min_value=1, max_value=31), min_size=1, max_size=4),
    day=st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31)),
)
def test_every_paper_has_one_batch_after_it_came_in_and_before_the_next(numbers, day):
    days = batches.of_numbers(numbers, around=day, works=lambda each: each.weekday() < 5)
    mine, passed = days.of_paper(day), days.last_passed(day)
    assert passed < day < mine
    assert not [each for each in days.days if passed < each < mine and each != day]
    assert all(each.weekday() < 5 for each in days.days)
    assert days.coming(day) in {day, mine}


def test_the_31st_is_the_last_day_of_a_shorter_month_and_rest_days_give_way():
    days = batches.of_numbers([31], around=date(2026, 2, 10), works=lambda day: day.weekday() < 5)
    assert date(2026, 3, 2) in days.days  # 28 February 2026 is a Saturday
    assert date(2026, 3, 31) in days.days


def test_a_congress_that_assigns_as_papers_come_in_has_no_batches(county, clerk, client):
    registered(county, RECEIVED[0])
    client.force_login(clerk)
    assert "误了交办批次" not in body(client, "list")
    assert "没有设集中交办日" in body(client, "batch")


def test_papers_of_the_session_are_not_of_the_batches(half_monthly):
    case = registered(half_monthly, RECEIVED[0])
    Suggestion.objects.update(period=Suggestion.Period.IN_SESSION)
    case.refresh_from_db()
    days = batches.of(half_monthly, on=date(2026, 6, 20))
    assert not batches.has_missed(case, days, on=date(2026, 6, 20))


def test_the_count_of_the_view_is_the_same_from_the_tallies_and_from_the_cases(half_monthly, clerk, time_machine):
    time_machine.move_to(at(date(2026, 5, 20)), tick=False)
    for day in RECEIVED:
        registered(half_monthly, day)
    tallies.recount(half_monthly)
    today = date(2026, 5, 20)
    missed = batches.missed_of_reader(clerk, on=today)
    assert Suggestion.objects.filter(batches.missed_where(missed)).count() == 3
    (standing,) = tallies.of_views([half_monthly.pk], {"missed": batches.missed_lines(missed)})
    assert standing["missed"] == 3


def test_the_page_of_one_assignment_names_the_coming_batch(half_monthly, clerk, client, time_machine):
    time_machine.move_to(at(date(2026, 5, 20)), tick=False)
    case = registered(half_monthly, RECEIVED[0])
    client.force_login(clerk)
    shown = client.get(reverse("docket:assign", args=[case.pk, "assign"])).content.decode()
    assert "下一个集中交办日是6月1日" in shown
    assert "这件已经误了上一批" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_batch_costs_the_same_for_one_row_and_for_three(
    half_monthly, clerk, client, count, time_machine, django_assert_num_queries
):
    time_machine.move_to(at(MAY_15), tick=False)
    for day in RECEIVED[:count]:
        registered(half_monthly, day)
    client.force_login(clerk)
    body(client, "batch")
    with django_assert_num_queries(5):
        body(client, "batch")


# ---- the digest


def test_the_digest_goes_to_office_and_leaders_once(half_monthly, clerk, leader, officer, time_machine):
    time_machine.move_to(at(date(2026, 5, 11)), tick=False)
    registered(half_monthly, RECEIVED[1])
    other = officer(DepartmentFactory(congress=half_monthly))
    Notice.objects.all().delete()
    assert tasks.weekly_digest(at=at(date(2026, 5, 11))) == 1
    assert tasks.weekly_digest(at=at(date(2026, 5, 13))) == 0
    assert Entry.objects.filter(verb="docket.digest").count() == 1
    writing.write_letters(at=at(date(2026, 5, 11)))
    told = Notice.objects.filter(verb="docket.digest")
    assert {notice.recipient for notice in told} == {clerk, leader}
    assert other not in {notice.recipient for notice in told}
    notice = told.first()
    assert notice.title == "一周汇总（5月4日至5月10日）：收到1件，交办0件，答复0件"
    assert "received_from=2026-05-04&received_to=2026-05-10" in notice.url


def test_a_monday_that_was_missed_is_made_good(half_monthly):
    assert tasks.weekly_digest(at=at(date(2026, 5, 14))) == 1
    assert Entry.objects.get(verb="docket.digest").facts["first"] == "2026-05-04"


def test_an_empty_week_is_put_down_but_nobody_is_told(half_monthly, clerk, leader):
    tasks.weekly_digest(at=at(date(2026, 5, 11)))
    assert Entry.objects.filter(verb="docket.digest").count() == 1
    assert Notice.objects.filter(verb="docket.digest").count() == 0


def test_a_congress_that_does_not_want_it_is_told_nothing(county, clerk):
    registered(county, RECEIVED[1])
    assert not tell_week(county, on=date(2026, 5, 11), by=clerk)


@given(day=st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31)))
def test_the_week_before_is_seven_days_that_end_on_a_sunday_before_today(day):
    first, last = week_before(day)
    assert (first.weekday(), last.weekday(), (last - first).days) == (0, 6, 6)
    assert timedelta(0) < day - last <= timedelta(days=7)


def test_the_list_behind_the_digest_holds_what_came_in_that_week(half_monthly, clerk, client):
    cases = [registered(half_monthly, day) for day in RECEIVED]
    client.force_login(clerk)
    shown = body(client, "list", view="all", received_from="2026-05-04", received_to="2026-05-10")
    assert [case.title in shown for case in cases] == [False, True, False]


# ---- what is due, for the group


@pytest.fixture
def in_hand(county):
    water = DepartmentFactory(congress=county, name="县水务局", short_name="水务局")
    lead = seat(county, "周德顺")
    return SuggestionFactory(congress=county, assigned=True, department=water, lead=lead)


def test_what_is_due_is_one_text_a_department_without_any_name(in_hand, clerk, client, time_machine):
    share = in_hand.rounds.get().assignments.get()
    time_machine.move_to(at(share.due_on - timedelta(days=2)), tick=False)
    client.force_login(clerk)
    shown = body(client, "due_text")
    assert "【水务局】代表建议办理提醒，共 1 件：" in shown
    assert f"1. {in_hand.printed_number}号《{in_hand.title}》，签收期限" in shown
    assert "还有 2 天" in shown
    assert "周德顺" not in shown


def test_the_text_names_what_is_owed_on_that_day_and_not_what_comes_after_it(in_hand, clerk, client, time_machine):
    share = in_hand.rounds.get().assignments.get()
    officer = officer_of(share.organ)
    actions.accept(share, on=share.assigned_on, by=officer)
    share.refresh_from_db()
    client.force_login(clerk)
    time_machine.move_to(at(share.due_on), tick=False)
    assert "，联系代表期限 " in body(client, "due_text")
    actions.record_contact(share, method="visit", opinion="同意。", on=share.due_on, by=officer)
    share.refresh_from_db()
    time_machine.move_to(at(share.due_on), tick=False)
    assert "，答复期限 " in body(client, "due_text")


def test_a_department_that_asked_to_be_relieved_is_not_pressed(in_hand, clerk, client, time_machine):
    share = in_hand.rounds.get().assignments.get()
    actions.hand_back(share, reason="不属本单位职责。", on=share.assigned_on, by=officer_of(share.organ))
    share.refresh_from_db()
    client.force_login(clerk)
    time_machine.move_to(at(share.due_on), tick=False)
    assert "这些天没有到期的" in body(client, "due_text")


def test_the_days_are_those_of_the_address_and_what_is_late_stands_in_it_without_a_first_day(
    in_hand, clerk, client, time_machine
):
    share = in_hand.rounds.get().assignments.get()
    time_machine.move_to(at(share.due_on + timedelta(days=3)), tick=False)
    client.force_login(clerk)
    assert "超期 3 天" in body(client, "due_text")
    later = f"{share.due_on + timedelta(days=1)}"
    assert "这些天没有到期的" in body(client, "due_text", due_from=later, due_to=later)
    assert f"due_from={later}" in body(client, "list", view="open", due_from=later, due_to=later)


@pytest.mark.parametrize("role", [Role.LEADER, Role.DEPUTY, Role.AUDITOR])
def test_who_neither_gives_out_nor_handles_has_no_such_text(person, role, client):
    client.force_login(person(role))
    assert client.get(reverse("docket:due_text")).status_code == 404


def test_a_department_reads_its_own_text_only(in_hand, county, officer, client, time_machine):
    share = in_hand.rounds.get().assignments.get()
    time_machine.move_to(at(share.due_on), tick=False)
    client.force_login(officer(share.organ))
    assert "今天到期" in body(client, "due_text")
    client.force_login(officer(DepartmentFactory(congress=county)))
    assert "这些天没有到期的" in body(client, "due_text")
