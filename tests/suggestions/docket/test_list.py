"""The list for everybody: what stands in it, what it costs, and what leaves it as a sheet."""

import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.roll.models import Delegation
from suggestions.docket import tallies
from suggestions.docket.filters import SORTS, VIEWS, Reading
from suggestions.docket.models import Category, Suggestion
from suggestions.docket.options import KEPT
from tests.factories.docket import SuggestionFactory, clerk_of, seat, seat_user
from tests.factories.organs import CongressFactory, DepartmentFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def water(county):
    return DepartmentFactory(congress=county, name="县水利局", short_name="水利局")


def page(client, user, **query):
    client.force_login(user)
    return client.get(reverse("docket:list"), query)


def titles(response):
    return [row["title"] for row in response.context["sheet"].rows]


def cost(client, user, **query):
    """How many statements the list costs after a step, and when nothing has changed since."""
    page(client, user, **query)  # what the process keeps is read
    Suggestion.objects.update(title=Concat("title", Value("（改）")))
    tallies.recount(user.memberships.get().organ.as_congress)
    return tuple(_asked(client, query) for _time in range(2))


def _asked(client, query):
    with CaptureQueriesContext(connection) as spent:
        assert client.get(reverse("docket:list"), query).status_code == 200
    return len(spent)


def test_the_list_costs_the_same_for_one_row_and_for_three(client, county, water, clerk):
    co = DepartmentFactory(congress=county)
    SuggestionFactory(congress=county, assigned=True, department=water, co=[co])
    one = cost(client, clerk, view="all")
    for _ in range(2):
        SuggestionFactory(congress=county, assigned=True, department=water, co=[co], cosigners=[seat(county)])
    assert one == cost(client, clerk, view="all") == ((8, 5) if connection.vendor == "postgresql" else (9, 6))


def test_a_new_name_stands_in_the_list_within_a_minute(client, county, clerk, monkeypatch):
    """That of a township's category, which no condition of the list offers."""
    township = CongressFactory(parent=county)
    roads = Category.objects.create(congress=township, name="乡村道路")
    SuggestionFactory(congress=township, submitted=True, category=roads)
    asked = {"view": "all", "cols": ["title", "category"]}
    assert "乡村道路" in page(client, clerk, **asked).content.decode()
    Category.objects.filter(pk=roads.pk).update(name="农村公路")
    monkeypatch.setattr("congress.kit.remembered.clock", lambda: float(KEPT))
    assert "农村公路" in page(client, clerk, **asked).content.decode()


def test_a_clerk_sees_his_cases_and_a_deputy_his_own(client, county, clerk, deputy_user):
    own = SuggestionFactory(congress=county, lead=seat(county, user=deputy_user), submitted=True)
    other = SuggestionFactory(congress=county, submitted=True)
    assert set(titles(page(client, clerk))) == {own.title, other.title}
    assert titles(page(client, deputy_user)) == [own.title]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.STATION_KEEPER])
def test_who_has_nothing_to_do_with_cases_has_no_list(client, person, role):
    assert page(client, person(role)).status_code == 404


def test_views_hold_as_many_rows_as_they_say(client, county, water, clerk):
    for stage in ("submitted", "registered", "assigned", "replied", "closed"):
        SuggestionFactory(congress=county, stage=stage, department=water, since=date(2026, 1, 14))
    response = page(client, clerk, view="all")
    for tab in response.context["sheet"].head["tabs"]:
        shown = client.get(reverse("docket:list") + tab["url"])
        assert tab["count"] == str(len(shown.context["sheet"].rows)), tab["label"]
    assert [str(tab["label"]) for tab in response.context["sheet"].head["tabs"]][:5] == [
        "全部",
        "轮到我",
        "在办",
        "已超期",
        "本月到期",
    ]


@pytest.mark.parametrize("sort", sorted(SORTS))
@pytest.mark.parametrize("words", ["", "关于"])
def test_a_county_reads_its_townships_cases_among_its_own_in_every_order(client, county, clerk, sort, words):
    towns = [CongressFactory(township=True, parent=county, congress=county) for _each in range(2)]
    for stage in ("submitted", "registered", "assigned", "replied", "closed"):
        for congress in (county, *towns):
            SuggestionFactory(congress=congress, stage=stage, since=date(2026, 1, 14))
    for view in VIEWS:
        shown = page(client, clerk, view=view, sort=sort, q=words).context
        where = VIEWS[view].where(Reading.of(clerk, TODAY))
        cases = Suggestion.objects.visible_to(clerk).filter(where or Q()).order_by(*SORTS[sort][1])
        if where is not None:
            assert [row["pk"] for row in shown["sheet"].rows] == [case.pk for case in cases]
            assert shown["page_obj"].paginator.count == len(cases)


def test_mine_is_what_waits_for_the_reader(client, county, water, clerk, officer):
    waiting = SuggestionFactory(congress=county, submitted=True)
    given = SuggestionFactory(congress=county, assigned=True, department=water)
    assert titles(page(client, clerk, view="mine")) == [waiting.title]
    assert titles(page(client, officer(water), view="mine")) == [given.title]
    assert titles(page(client, seat_user(given), view="mine")) == []


def test_conditions_narrow_and_stand_as_chips(client, county, water, clerk):
    roads, schools = (Category.objects.create(congress=county, name=name) for name in ("交通", "教育"))
    wanted = SuggestionFactory(congress=county, category=roads, assigned=True, department=water)
    SuggestionFactory(congress=county, category=schools, assigned=True)
    north = Delegation.objects.create(congress=county, name="北团")
    query = {"view": "all", "category": roads.pk, "department": water.pk, "state": "in_hand", "kind": "suggestion"}
    response = page(client, clerk, **query, delegation=wanted.lead.delegation_id, session=wanted.session_id)
    assert titles(response) == [wanted.title]
    words = {str(chip["label"]): str(chip["words"]) for chip in response.context["sheet"].head["chips"]}
    assert words["类别"] == "交通"
    assert words["届次"] == "十八届五次"
    assert titles(page(client, clerk, **query, delegation=north.pk)) == []


def test_what_an_address_does_not_know_is_left_out(client, county, clerk):
    case = SuggestionFactory(congress=county, submitted=True)
    response = page(client, clerk, view="nonsense", sort="; drop", session="x", due_from="2026-99-99", page="zz")
    assert response.status_code == 200
    assert case.title not in titles(response)
    assert titles(page(client, clerk, view="nonsense")) == [case.title]


def test_dates_narrow_by_due_day(client, county, clerk):
    case = SuggestionFactory(congress=county, submitted=True)
    case.refresh_from_db()
    assert titles(page(client, clerk, due_from=case.due_on, due_to=case.due_on)) == [case.title]
    assert titles(page(client, clerk, due_from=date(2030, 1, 1))) == []


def test_columns_are_chosen_and_remembered(client, county, clerk):
    SuggestionFactory(congress=county, submitted=True)
    page(client, clerk, cols=["title", "submitted"])
    response = client.get(reverse("docket:list"))
    assert [code for code, _label, is_shown in response.context["sheet"].columns if is_shown] == [
        "title",
        "submitted",
    ]
    assert "2026-03-02" in response.content.decode()


def test_a_search_stands_in_the_list(client, county, clerk):
    case = SuggestionFactory(congress=county, title="关于增设校车的建议", submitted=True)
    SuggestionFactory(congress=county, submitted=True)
    assert titles(page(client, clerk, q="校车")) == [case.title]


def test_a_department_reads_no_protected_name_by_any_way(client, county, water, officer, clerk):
    lead = seat(county, "贾玉兰")
    case = SuggestionFactory(congress=county, lead=lead, protects_identity=True, assigned=True, department=water)
    reader = officer(water)
    for query in ({}, {"cols": ["proposer", "delegation", "title", "holder"]}):
        assert "贾玉兰" not in page(client, reader, view="all", **query).content.decode()
    assert titles(page(client, reader, view="all", lead=lead.pk)) == []
    assert titles(page(client, reader, view="all", delegation=lead.delegation_id)) == []
    assert titles(page(client, reader, q="贾玉兰")) == []
    assert "贾玉兰" not in str(sheet(client, reader)[2:])
    assert "贾玉兰" in page(client, clerk, view="all").content.decode()
    assert titles(page(client, clerk, view="all", lead=lead.pk)) == [case.title]


def sheet(client, user, **fields):
    client.force_login(user)
    response = client.post(reverse("docket:export"), {"view": "all"} | fields)
    rows = openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    return [list(row) for row in rows]


def test_the_export_holds_what_is_shown_and_is_journalled(client, county, clerk):
    SuggestionFactory(congress=county, title="=HYPERLINK(1)", registered=True)
    SuggestionFactory(congress=county, title="关于路灯的建议", registered=True)
    title, note, head, *rows = sheet(client, clerk, cols=["number", "title", "submitted"], sort="number")
    assert "建议清单" in title[0]
    assert "制表时间：2026-03-20" in note[0]
    assert head == ["编号", "标题", "提出日期"]
    assert [row[:2] for row in rows] == [["闭1", "=HYPERLINK(1)"], ["闭2", "关于路灯的建议"]]
    entry = Entry.objects.get(verb="docket.export")
    assert (entry.by, entry.facts["count"]) == (clerk, 2)


def test_the_export_takes_the_chosen_rows_alone(client, county, clerk):
    first, _second = (SuggestionFactory(congress=county, registered=True) for _ in range(2))
    assert len(sheet(client, clerk, pk=[first.pk])) == 4


def test_nobody_exports_what_he_may_not_see(client, county, clerk, deputy_user):
    seat(county, user=deputy_user)
    case = SuggestionFactory(congress=county, registered=True)
    assert len(sheet(client, deputy_user, pk=[case.pk])) == 3


def test_a_cell_that_begins_like_a_formula_stays_text(client, county, clerk):
    SuggestionFactory(congress=county, title="=1+1", registered=True)
    client.force_login(clerk)
    response = client.post(reverse("docket:export"), {"view": "all", "cols": ["title"]})
    cell = openpyxl.load_workbook(io.BytesIO(response.content)).active["A4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert clerk_of(county) == clerk
