"""Suggestions of a drive: chosen while it runs, counted by the level of the deputies, listed (专项行动)."""

import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.organs.roles import Role
from congress.procedure.models import Entry
from suggestions.docket import actions, drives
from suggestions.docket.models import Category, Suggestion
from tests.factories.activities import DriveFactory
from tests.factories.docket import MARCH_2, SuggestionFactory, clerk_of, seat, seat_user, session_of
from tests.factories.organs import CongressFactory, DepartmentFactory
from tests.factories.roll import MandateFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
WRITTEN = {"kind": "suggestion", "title": "关于修路的建议", "situation": "今年积水四次。", "ask": ["修边沟。"]}


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def drive(county):
    return DriveFactory(congress=county)


def by_level(drive, user):
    return {str(level.code): level.counts for level in drives.by_level(Suggestion.objects.visible_to(user), drive)}


def page_of_drive(client, drive, user):
    client.force_login(user)
    page = client.get(drive.get_absolute_url())
    return page, dict(page.context["panels"]).get("suggestions/docket/_drive.html")


def test_the_page_of_a_drive_counts_suggestions_by_the_five_levels_and_each_number_leads_to_its_rows(
    client, county, township, clerk, drive
):
    for stage in ("draft", "submitted", "assigned", "closed"):
        SuggestionFactory(congress=county, campaign=drive, stage=stage, since=date(2026, 3, 2))
    for _each in range(2):
        SuggestionFactory(congress=township, campaign=drive, submitted=True)
    SuggestionFactory(congress=county, submitted=True)
    page, panel = page_of_drive(client, drive, clerk)
    counted = {str(level.code): [number for _label, number, _url in figures] for level, figures in panel["levels"]}
    assert counted == {
        "nation": [0, 0, 0], "province": [0, 0, 0], "city": [0, 0, 0], "county": [3, 2, 1], "township": [2, 2, 0],
    }  # fmt: skip
    assert [number for _label, number, _url in panel["total"]] == [5, 4, 1]
    assert {str(level.code) for level, _figures in panel["levels"] if level.is_here} == {"county", "township"}
    assert page.text.count("不在这里提建议</span>") == 3
    assert len(panel["cases"]) == 5
    for figures in [panel["total"], *(figures for _level, figures in panel["levels"])]:
        for _label, number, url in figures:
            if number:
                assert len(client.get(url).context["sheet"].rows) == number, url


def test_a_withdrawn_suggestion_is_not_counted(county, clerk, drive):
    case = SuggestionFactory(congress=county, campaign=drive, submitted=True)
    assert by_level(drive, clerk)["county"]["put"] == 1
    actions.withdraw(case, reason="已解决。", on=TODAY, by=seat_user(case))
    assert by_level(drive, clerk)["county"]["put"] == 0


def test_a_township_counts_what_it_sees_and_the_page_says_so(client, county, township, drive):
    SuggestionFactory(congress=county, campaign=drive, submitted=True)
    SuggestionFactory(congress=township, campaign=drive, submitted=True)
    page, panel = page_of_drive(client, drive, clerk_of(township))
    assert [number for _label, number, _url in panel["total"]] == [1, 1, 0]
    assert "只统计您看得到的建议。" in page.text


def test_a_department_does_not_learn_from_the_drive_who_asked_for_protection(client, county, officer, drive):
    water = DepartmentFactory(congress=county)
    SuggestionFactory(
        congress=county, campaign=drive, assigned=True, department=water, lead=seat(county, "周德顺"),
        protects_identity=True,
    )  # fmt: skip
    page, panel = page_of_drive(client, drive, officer(water))
    assert [case.proposer for case in panel["cases"]] == ["一名代表"]
    assert "周德顺" not in page.text


def test_who_has_nothing_to_do_with_cases_sees_none_of_them(client, county, drive, station_keeper):
    SuggestionFactory(congress=county, campaign=drive, submitted=True)
    _page, panel = page_of_drive(client, drive, station_keeper)
    assert panel is None


def test_the_page_of_a_drive_costs_the_same_for_one_suggestion_and_for_three(client, county, clerk, drive):
    def cost():
        page_of_drive(client, drive, clerk)
        with CaptureQueriesContext(connection) as spent:
            client.get(drive.get_absolute_url())
        return len(spent)

    SuggestionFactory(congress=county, campaign=drive, submitted=True)
    one = cost()
    for _each in range(2):
        SuggestionFactory(congress=county, campaign=drive, submitted=True)
    assert one == cost() == 11


def test_the_list_under_a_drive_names_it_and_costs_no_more_than_under_a_category(client, county, clerk, drive):
    category = Category.objects.create(congress=county, name="交通")
    case = SuggestionFactory(congress=county, campaign=drive, category=category, submitted=True)
    SuggestionFactory(congress=county, submitted=True)
    client.force_login(clerk)
    costs = []
    for condition in ({"campaign": drive.pk}, {"category": category.pk}):
        client.get(reverse("docket:list"), condition | {"view": "all"})
        with CaptureQueriesContext(connection) as spent:
            page = client.get(reverse("docket:list"), condition | {"view": "all"})
        assert [row["pk"] for row in page.context["sheet"].rows] == [case.pk]
        costs.append(len(spent))
    assert costs[0] == costs[1]
    page = client.get(reverse("docket:list"), {"campaign": drive.pk, "view": "all"})
    assert [(str(chip["label"]), chip["words"]) for chip in page.context["sheet"].head["chips"]] == [
        ("专项行动", drive.name)
    ]


def test_the_default_list_knows_nothing_of_drives(client, county, clerk, drive):
    SuggestionFactory(congress=county, campaign=drive, submitted=True)
    client.force_login(clerk)
    client.get(reverse("docket:list"))
    with CaptureQueriesContext(connection) as spent:
        client.get(reverse("docket:list"))
    assert [each["sql"] for each in spent if "campaign" in each["sql"]] == []


def test_the_suggestions_of_a_drive_leave_the_portal_as_a_sheet_and_the_journal_says_so(client, county, clerk, drive):
    case = SuggestionFactory(congress=county, campaign=drive, submitted=True)
    SuggestionFactory(congress=county, submitted=True)
    page, panel = page_of_drive(client, drive, clerk)
    assert f'name="campaign" value="{drive.pk}"' in page.text
    sent = {"view": "all", "campaign": drive.pk, "state": panel["states"]}
    sheet = openpyxl.load_workbook(io.BytesIO(client.post(reverse("docket:export"), sent).content)).active
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert case.title in cells
    assert len([cell for cell in cells if f"{cell}".startswith("关于修复青石河")]) == 1
    assert f"campaign={drive.pk}" in str(Entry.objects.filter(verb__endswith="export").last().facts)


def test_a_deputy_is_asked_only_while_a_drive_runs(client, county, drive):
    session_of(county)
    lead = seat(county)
    client.force_login(lead.deputy.user)
    assert "campaign" in client.get("/suggestions/write/").context["form"].fields
    client.post("/suggestions/write/", WRITTEN | {"campaign": drive.pk})
    case = Suggestion.objects.get()
    assert case.campaign == drive
    type(drive).objects.filter(pk=drive.pk).update(closed_on=TODAY)
    assert "campaign" not in client.get("/suggestions/write/").context["form"].fields
    rewritten = WRITTEN | {"campaign": drive.pk, "title": "关于修桥的建议"}
    assert client.post(f"/suggestions/{case.pk}/write/", rewritten).status_code == 302
    case.refresh_from_db()
    assert (case.title, case.campaign) == ("关于修桥的建议", drive), "what was chosen while it ran stays"


def test_a_deputy_of_a_township_may_choose_the_drive_of_the_county_and_not_the_other_way(client, county, township):
    of_county, of_township = DriveFactory(congress=county), DriveFactory(congress=township)
    for congress, offered in ((county, {of_county}), (township, {of_county, of_township})):
        session_of(congress)
        client.force_login(seat(congress).deputy.user)
        form = client.get("/suggestions/write/").context["form"]
        assert set(form.fields["campaign"].queryset) == offered
    client.force_login(seat(county).deputy.user)
    refused = client.post("/suggestions/write/", WRITTEN | {"campaign": of_township.pk})
    assert refused.context["form"].errors["campaign"]
    case = SuggestionFactory(congress=county)
    case.campaign = of_township
    with pytest.raises(ValidationError, match="不是本级人大或者上一级人大的"):
        actions.save_draft(case, asks=["修路。"], by=seat_user(case))


def test_who_changes_his_seat_takes_the_drive_of_the_county_along_and_leaves_that_of_the_township(
    client, county, township
):
    of_county, of_township = DriveFactory(congress=county), DriveFactory(congress=township)
    session_of(county)
    session_of(township)
    below = seat(township)
    above = MandateFactory(congress=county, deputy=below.deputy)
    user = below.deputy.user
    serving(Role.DEPUTY, county, user=user)
    client.force_login(user)
    client.post("/suggestions/write/", WRITTEN | {"lead": below.pk, "campaign": of_county.pk})
    case = Suggestion.objects.get()
    assert (case.congress, case.campaign) == (township, of_county)
    client.post(f"/suggestions/{case.pk}/write/", WRITTEN | {"lead": above.pk, "campaign": of_township.pk})
    case.refresh_from_db()
    assert (case.congress, case.campaign) == (county, None)


def test_the_clerk_puts_it_to_a_drive_or_takes_it_out_when_he_registers_and_corrects(client, county, clerk, drive):
    category = Category.objects.create(congress=county, name="交通")
    case = SuggestionFactory(congress=county, submitted=True)
    client.force_login(clerk)

    def step(name, **fields):
        address = reverse("docket:step", args=[case.pk, name])
        form = client.get(address).context["form"]
        sent = {field: form[field].value() for field in ("version", "request_key", "on")}
        answer = client.post(address, sent | fields)
        case.refresh_from_db()
        return answer

    step("register", category=category.pk, printed_number="", campaign=drive.pk)
    assert (case.state, case.campaign) == ("registered", drive)
    assert Entry.objects.get(verb="suggestion.register").facts["campaign"] == drive.name
    assert drive.name in client.get(case.get_absolute_url()).text
    said = {"title": case.title, "category": category.pk, "printed_number": case.printed_number, "reason": "归错了。"}
    step("correct", campaign="", **said)
    assert case.campaign is None
    assert Entry.objects.get(verb="suggestion.correct").facts["before"] == {"campaign": drive.name}
    type(drive).objects.filter(pk=drive.pk).update(closed_on=TODAY)
    assert "campaign" not in client.get(reverse("docket:step", args=[case.pk, "correct"])).context["form"].fields
    drive.refresh_from_db()
    with pytest.raises(ValidationError, match="已经结束"):
        actions.correct(case, changes={"campaign": drive}, reason="补归。", on=TODAY, by=clerk)


def test_a_paper_of_the_last_days_is_put_to_the_drive_until_the_office_closes_it(client, county, clerk):
    drive = DriveFactory(congress=county, ends_on=date(2026, 3, 10))
    category = Category.objects.create(congress=county, name="交通")
    session_of(county)
    seat(county, "周德顺")
    client.force_login(clerk)
    form = client.get(reverse("docket:record")).context["form"]
    client.post(
        reverse("docket:record"),
        {
            "request_key": form["request_key"].value(), "on": f"{MARCH_2}", "kind": "suggestion", "lead": "周德顺",
            "category": category.pk, "title": "关于修路的建议", "situation": "坑洼。", "asks": "修路。",
            "campaign": drive.pk, "wishes_publication": "on",
        },
    )  # fmt: skip
    assert Suggestion.objects.get().campaign == drive


def test_without_a_drive_no_form_of_the_office_asks_for_one(client, county, clerk):
    DriveFactory(congress=CongressFactory())
    case = SuggestionFactory(congress=county, submitted=True)
    client.force_login(clerk)
    for address in (reverse("docket:record"), reverse("docket:step", args=[case.pk, "register"])):
        assert "campaign" not in client.get(address).context["form"].fields
    page = client.get(reverse("docket:list"), {"view": "all"})
    assert "campaign" not in {each["code"] for each in page.context["sheet"].head["conditions"]}
