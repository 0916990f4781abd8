import html
import json
import re
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from congress.dashboards import figures, standing
from congress.dashboards.cockpit import Cockpit
from congress.dashboards.waiting import rows_for
from congress.deadlines.models import Clock
from suggestions.appraisals import actions as appraisals
from suggestions.appraisals.models import Grade, Rating, Survey
from suggestions.docket import actions as docket
from suggestions.docket.models import Category, Suggestion
from tests.factories.docket import SuggestionFactory, clerk_of, officer_of
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)
DESK_STATEMENTS, COCKPIT_STATEMENTS = 9, 5


def rate(case, grade):
    survey = Survey.objects.get(round__suggestion=case)
    slip = survey.slips.get(counts=True)
    appraisals.rate(
        slip,
        attitude=Grade.SATISFIED,
        result=grade,
        contacted=Rating.Contacted.VISIT,
        comment="还缺管护单位。",
        on=survey.opened_on + timedelta(days=1),
        by=slip.mandate.deputy.user,
    )


@pytest.fixture
def cases(county):
    """One of nearly every kind: waiting, in hand, overdue, replied in silence, satisfied, dissatisfied; a motion."""
    stages = ("submitted", "registered", "assigned", "accepted", "contacted", "replied", "replied", "replied")
    made = [SuggestionFactory(congress=county, **{stage: True}) for stage in stages]
    rate(made[-1], Grade.SATISFIED)
    rate(made[-2], Grade.DISSATISFIED)
    return made


@given(count=st.integers(0, 500), extra=st.integers(0, 500))
def test_a_percentage_has_two_decimals_and_rounds_half_up(count, extra):
    base = count + extra
    shown = figures.percent(count, base)
    if not base:
        assert shown == ""
        return
    whole, decimals = shown.split(".")
    doubled = 2 * count * 10_000 + base  # half up in whole numbers
    assert int(whole) * 100 + int(decimals) == doubled // (2 * base)
    assert len(decimals) == 2


def test_the_shares_of_a_known_county_are_printed_as_it_printed_them():
    assert [figures.percent(n, 204) for n in (136, 35, 33)] == ["66.67", "17.16", "16.18"]


def test_silence_stands_in_no_base_of_satisfaction(county, cases):
    shares = {share.code: (share.count, share.base) for share in figures.grades(county, "result", on=TODAY)}
    assert shares == {"satisfied": (1, 2), "basic": (0, 2), "dissatisfied": (1, 2)}
    number = figures.counts(county, on=TODAY, codes=["asked", "answered"])
    assert number == {"asked": 3, "answered": 2}


def test_open_and_overdue_counts_as_late(county, cases):
    number = figures.counts(county, on=date(2026, 12, 31), codes=["due", "on_time", "late", "assigned"])
    assert number == {"assigned": 6, "due": 6, "on_time": 3, "late": 3}


def test_each_number_of_the_cockpit_opens_the_list_that_has_exactly_that_many_rows(client, county, cases, leader):
    client.force_login(leader)
    cockpit = Cockpit(county, session=None, on=TODAY)
    for code, count in cockpit.counts.items():
        page = client.get(cockpit.door(figure=code)).context["page_obj"]
        assert (code, page.paginator.count) == (code, len(page.object_list)) == (code, count)


def test_a_rating_that_is_late_makes_no_department_late(county, leader, client):
    case = SuggestionFactory(congress=county, replied=True)
    on = case.due_on + timedelta(days=1)
    assert Suggestion.objects.overdue(on=on).get() == case
    for read in (standing.read, standing.counted):
        told = read(county, on=on)
        assert (told.counts["overdue"], [row.overdue for row in told.departments]) == (0, [0])
    assert list(Cockpit(county, session=None, on=on).late) == []


def test_each_number_of_the_tables_opens_the_list_that_has_exactly_that_many_rows(client, county, cases, leader):
    case, office = SuggestionFactory(congress=county, registered=True), DepartmentFactory(congress=county)
    apart = [cases[-1].rounds.get().assignments.get().organ.as_department, office]
    docket.assign(case, lead=None, separate=apart, on=date(2026, 3, 9), by=clerk_of(county))
    SuggestionFactory(congress=county, replied=True, category=Category.objects.create(congress=county, name="交通"))
    client.force_login(leader)
    shown = client.get(reverse("dashboards:cockpit"), {"session": "all"}).content.decode()
    doors = re.findall(r'href="([^"]+figure=[^"]+)">(\d+)</a>', shown.partition('id="departments"')[2])
    assert any("leading=" in url for url, _number in doors)
    assert any("category=" in url for url, _number in doors)
    for url, number in doors:
        page = client.get(html.unescape(url)).context["page_obj"]
        assert (url, page.paginator.count) == (url, int(number))


def test_what_is_late_says_whose_turn_it_is_and_for_what(client, county):
    case = SuggestionFactory(congress=county, replied=True)
    client.force_login(clerk_of(county))
    with time_machine.travel(f"{case.due_on + timedelta(days=1)} 10:00+08:00"):
        (row,) = client.get(reverse("dashboards:desk")).context["late"]
    assert (row["holder"], row["situation"]) == ("代表", "评价超期")


def test_the_desk_says_until_when_the_office_has_to_judge(county):
    case = SuggestionFactory(congress=county, replied=True)
    rate(case, Grade.DISSATISFIED)
    (line,) = [row for row in rows_for(clerk_of(county)) if row.waiting.code == "judge"]
    assert line.earliest == Clock.objects.on_case(case).running().get(rule="judge").due_on


def test_each_line_of_a_desk_opens_the_list_that_has_exactly_that_many_rows(client, county, cases):
    lead = cases[2].rounds.get().assignments.get().organ
    for user in (clerk_of(county), officer_of(lead)):
        client.force_login(user)
        rows = rows_for(user)
        assert rows
        for row in rows:
            assert client.get(row.url).context["page_obj"].paginator.count == row.count


def statements(client, user, url):
    client.force_login(user)
    client.get(url)  # what the process keeps is read
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_the_desk_and_the_cockpit_cost_the_same_with_one_case_as_with_three(client, county, leader):
    clerk = clerk_of(county)
    for more in (1, 2):
        for _each in range(more):
            SuggestionFactory(congress=county, accepted=True)
            rate(SuggestionFactory(congress=county, replied=True), Grade.DISSATISFIED)
        with time_machine.travel("2026-12-31 10:00+08:00"):  # what is in hand is late by now
            assert statements(client, clerk, reverse("dashboards:desk")) == DESK_STATEMENTS
            assert statements(client, leader, reverse("dashboards:cockpit")) == COCKPIT_STATEMENTS


def test_the_report_counts_suggestions_and_sets_motions_apart(county, cases):
    session = cases[-1].session
    said = StringIO()
    call_command("handling_report", congress=county.code, session=session.number, json=True, stdout=said)
    report = json.loads(said.getvalue())
    assert (report["total"], report["motions"]) == (6, 0)
    assert sum(row["count"] for row in report["by_class"]) == 3
    assert sum(row["assigned"] for row in report["by_department"]) == 6
    assert report["response"] == {"asked": 3, "answered": 2, "percent": "66.67"}


def test_an_unknown_congress_is_told_in_words(county):
    with pytest.raises(CommandError, match="没有代码为"):
        call_command("handling_report", congress="nowhere", session=1)


def test_a_department_head_has_no_cockpit(client, county, head):
    case = SuggestionFactory(congress=county, accepted=True)
    client.force_login(head(case.rounds.get().assignments.get().organ))
    assert client.get(reverse("dashboards:cockpit")).status_code == 404


def test_withdrawn_cases_are_in_no_figure(county, cases):
    before = figures.counts(county, on=TODAY, codes=["assigned"])["assigned"]
    Suggestion.objects.filter(pk=cases[2].pk).update(state=Suggestion.State.WITHDRAWN)
    assert figures.counts(county, on=TODAY, codes=["assigned"])["assigned"] == before - 1
