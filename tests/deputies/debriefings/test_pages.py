"""The pages of debriefings: the office's register, the slips, the deputy's phone."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from congress.procedure.models import Entry
from deputies.debriefings import actions
from deputies.debriefings.models import Debriefing, Statement
from deputies.pledges import actions as pledges
from tests.factories.debriefings import DebriefingFactory, StatementFactory
from tests.factories.docket import seat
from tests.factories.roll import MandateFactory

S = Debriefing.State


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def mine(county, deputy_user):
    return seat(county, user=deputy_user)


@pytest.fixture
def planned(county, mine, clerk, today):
    debriefing = DebriefingFactory.build(congress=county, term=mine.term, created_by=clerk, planned_on=today)
    return actions.arrange(debriefing, [mine], on=today, by=clerk)


def step(client, debriefing, name, **said):
    page = reverse("debriefings:step", args=[debriefing.pk, name])
    form = client.get(page).context["form"]
    hidden = {
        field: form[field].initial or form.initial[field]
        for field in ("version", "request_key", "on")
        if field in form.fields
    }
    return client.post(page, hidden | {"on": timezone.localdate(), "late_reason": ""} | said)


def test_the_office_leads_it_from_the_plan_to_the_result_on_its_pages(client, county, mine, clerk, today):
    client.force_login(clerk)
    said = {
        "title": "柳溪选区述职", "mode": "oral", "planned_on": today, "place": "镇政府", "wording": "satisfied",
        "deputies": [mine.pk],
    }  # fmt: skip
    assert client.post(reverse("debriefings:create", args=[county.code]), said).status_code == 302
    debriefing = Debriefing.objects.get()
    assert step(client, debriefing, "hold", spoke=[mine.pk]).status_code == 302
    statement = debriefing.statements.get()
    tally = reverse("debriefings:tally", args=[statement.pk])
    slips = {"handed_out": 42, "returned": 41, "valid": 40}
    wrong = slips | {"count__satisfied": 30, "count__basic": 8, "count__dissatisfied": 3}
    assert "相加是 41 张，应等于有效票 40 张" in client.post(tally, wrong).content.decode()
    assert client.post(tally, wrong | {"count__dissatisfied": 2}).status_code == 302
    assert step(client, debriefing, "evaluate").status_code == 302
    assert step(client, debriefing, "publish", how="会场当场宣布").status_code == 302
    debriefing.refresh_from_db()
    assert debriefing.state == S.PUBLISHED
    assert "75.00%" in client.get(debriefing.get_absolute_url()).content.decode()


def test_a_change_from_a_page_that_was_open_too_long_comes_back_with_the_reason(client, planned, mine, clerk, today):
    client.force_login(clerk)
    page = reverse("debriefings:change", args=[planned.pk])
    said = {
        "title": planned.title, "mode": "oral", "planned_on": today, "place": "镇政府", "wording": "satisfied",
        "deputies": [mine.pk], "version": client.get(page).context["form"]["version"].value(),
    }  # fmt: skip
    assert client.post(page, said).status_code == 302
    assert "已经被别人改过" in client.post(page, said | {"place": "村委会"}).content.decode()
    actions.hold(planned, on=today, by=clerk)
    assert "已经举行" in client.post(page, said | {"version": planned.version}).content.decode()
    assert client.get(page).status_code == 404
    assert Debriefing.objects.get().place == "镇政府"


def test_a_plan_without_a_deputy_comes_back_with_a_word_beside_the_field(client, county, mine, clerk):
    client.force_login(clerk)
    page = client.post(reverse("debriefings:create", args=[county.code]), {"title": "述职", "mode": "oral"})
    assert "请至少选一名述职代表" in page.content.decode()
    assert not Debriefing.objects.exists()


def test_a_deputy_hands_in_on_his_phone_and_an_empty_report_comes_back(client, planned, deputy_user):
    client.force_login(deputy_user)
    statement = planned.statements.get()
    assert planned.title in client.get(reverse("debriefings:mine")).content.decode()
    page = reverse("debriefings:report", args=[statement.pk])
    assert "请写述职报告" in client.post(page, {"text": " "}).content.decode()
    assert client.post(page, {"text": "一年来，联系选民五十名。"}).status_code == 302
    assert "联系选民五十名" in client.get(statement.get_absolute_url()).content.decode()


def test_a_deputy_reads_his_slips_once_the_result_is_out(client, planned, clerk, deputy_user, today):
    actions.hold(planned, on=today, by=clerk)
    statement = Statement.objects.select_related("debriefing").get()
    counts = {("", "satisfied"): 37, ("", "basic"): 2, ("", "dissatisfied"): 1}
    actions.tally(statement, handed_out=40, returned=40, valid=40, counts=counts, on=today, by=clerk)
    client.force_login(deputy_user)
    pages = (reverse("debriefings:mine"), planned.get_absolute_url(), statement.get_absolute_url())
    assert [("92.50%" in client.get(page).content.decode()) for page in pages] == [False, False, False]
    actions.evaluate(planned, on=today, by=clerk)
    actions.publish(planned, how="公告栏", on=today, by=clerk)
    assert [("92.50%" in client.get(page).content.decode()) for page in pages] == [True, True, True]


def test_the_lawful_ways_stand_only_beside_a_failed_result_and_only_for_the_office(
    client, planned, clerk, deputy_user, today
):
    actions.hold(planned, on=today, by=clerk)
    counts = {("", "satisfied"): 1, ("", "basic"): 1, ("", "dissatisfied"): 8}
    statement = Statement.objects.select_related("debriefing").get()
    actions.tally(statement, handed_out=10, returned=10, valid=10, counts=counts, on=today, by=clerk)
    actions.evaluate(planned, on=today, by=clerk)
    actions.publish(planned, how="公告栏", on=today, by=clerk)
    client.force_login(clerk)
    assert "依照法律，只有下面这些程序" in client.get(planned.get_absolute_url()).content.decode()
    client.force_login(deputy_user)
    assert "依照法律，只有下面这些程序" not in client.get(planned.get_absolute_url()).content.decode()


def test_his_pledges_stand_done_and_open_beside_his_report(client, planned, mine, clerk, deputy_user, today):
    promised = [pledges.Promised("村路", text, date(today.year, 12, 31)) for text in ("修上弯村路", "修下弯村路")]
    plan = pledges.file_plan(mine, year=today.year, pledges=promised, on=today, by=deputy_user)
    pledges.keep(plan.pledges.first(), on=today, by=deputy_user)
    client.force_login(clerk)
    page = client.get(planned.statements.get().get_absolute_url()).content.decode()
    assert "承诺：2 条，已兑现 1 条" in page


def test_a_report_of_a_former_year_keeps_the_pledges_of_its_year(client, county, mine, clerk, today):
    for year, number in ((today.year - 1, 1), (today.year, 2)):
        promised = [pledges.Promised("村路", f"{year}年修路{each}", date(year, 12, 31)) for each in range(number)]
        pledges.file_plan(mine, year=year, pledges=promised, on=today, by=clerk)
    last_year = date(today.year - 1, 11, 20)
    debriefing = DebriefingFactory(term=mine.term, planned_on=last_year, held_on=last_year, state=S.HELD)
    statement = StatementFactory(debriefing=debriefing, mandate=mine)
    client.force_login(clerk)
    page = client.get(statement.get_absolute_url()).content.decode()
    assert f"{today.year - 1}年承诺：1 条" in page
    assert f"{today.year}年修路" not in page


def test_another_deputy_finds_neither_the_debriefing_nor_the_report(client, county, planned):
    client.force_login(seat(county).deputy.user)
    assert client.get(planned.get_absolute_url()).status_code == 404
    assert client.get(planned.statements.get().get_absolute_url()).status_code == 404


def test_slips_are_put_down_only_by_the_office_and_only_when_held(client, planned, clerk, deputy_user):
    page = reverse("debriefings:tally", args=[planned.statements.get().pk])
    for reader in (clerk, deputy_user):
        client.force_login(reader)
        assert client.get(page).status_code == 404


def test_both_tables_leave_the_house_with_a_line_in_the_journal(client, county, planned, clerk):
    client.force_login(clerk)
    for what in ("", "missing"):
        response = client.post(reverse("debriefings:export"), {"what": what})
        assert response.content.startswith(b"PK")
    assert Entry.objects.filter(verb="debriefing.export", congress=county).count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_and_the_coverage_cost_the_same_for_one_row_and_for_three(
    client, county, mine, clerk, django_assert_num_queries, number, today
):
    for _each in range(number):
        debriefing = DebriefingFactory(term=mine.term, planned_on=today, held_on=today, state=S.HELD)
        StatementFactory(debriefing=debriefing)
        MandateFactory(congress=county, term=mine.term)
    client.force_login(clerk)
    client.get(reverse("debriefings:list"))
    with django_assert_num_queries(12):
        assert len(client.get(reverse("debriefings:list")).context["page_obj"].object_list) == number
    for who, rows in (("missing", number + 1), ("term", number), ("year", number)):
        with django_assert_num_queries(12):
            page = client.get(reverse("debriefings:coverage"), {"who": who})
        assert len(page.context["page_obj"].object_list) == rows


def test_every_rate_and_count_leads_to_as_many_deputies(client, county, mine, clerk, today):
    last_year = date(today.year - 1, 6, 1)
    for held_on in (today, last_year):
        debriefing = DebriefingFactory(term=mine.term, planned_on=held_on, held_on=held_on, state=S.HELD)
        StatementFactory(debriefing=debriefing)
    client.force_login(clerk)
    told = client.get(reverse("debriefings:list")).context
    assert (told["rate"].count, told["covered"], told["missing"]) == (1, 2, 1)
    coverage = reverse("debriefings:coverage")
    page = client.get(coverage, {"who": "year"})
    assert [code_and_count[::2] for code_and_count in page.context["tabs"]] == [
        ("missing", 1), ("term", 2), ("year", 1),
    ]  # fmt: skip
    (seat_of_this_year,) = page.context["page_obj"]
    assert seat_of_this_year.reported_on == today
    assert client.get(reverse("debriefings:statement", args=[seat_of_this_year.report])).status_code == 200


def test_a_township_opens_what_its_deputies_reported_at_a_meeting_of_the_county(
    client, county, township, township_clerk, mine, today
):
    below = MandateFactory(congress=township)
    debriefing = DebriefingFactory(term=mine.term, planned_on=today, held_on=today, state=S.HELD)
    statement = StatementFactory(debriefing=debriefing, mandate=below)
    other = StatementFactory(debriefing=debriefing)
    client.force_login(township_clerk)
    for found in (debriefing, statement):
        assert client.get(found.get_absolute_url()).status_code == 200
    assert township_clerk.has_perm("debriefings.view_debriefing", debriefing)
    assert client.get(other.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_one_debriefing_costs_the_same_for_one_deputy_and_for_three(
    client, planned, county, mine, clerk, django_assert_num_queries, number, today
):
    others = [MandateFactory(congress=county, term=mine.term) for _each in range(number)]
    actions.arrange(planned, [mine, *others], on=today, by=clerk)
    client.force_login(clerk)
    client.get(planned.get_absolute_url())
    with django_assert_num_queries(11):
        client.get(planned.get_absolute_url())


@pytest.mark.parametrize("by_aspects", [False, True])
def test_the_slip_for_the_voters_has_a_row_a_deputy_or_an_aspect_and_a_box_a_grade(
    client, planned, mine, clerk, deputy_user, by_aspects
):
    Debriefing.objects.filter(pk=planned.pk).update(by_aspects=by_aspects)
    page = reverse("debriefings:slip", args=[planned.pk])
    client.force_login(clerk)
    (table,) = Document(io.BytesIO(client.get(page).content)).tables
    assert [cell.text for cell in table.rows[0].cells][1:] == ["满意", "基本满意", "不满意"]
    assert len(table.rows) == (7 if by_aspects else 2)
    client.force_login(deputy_user)
    assert client.get(page).status_code == 404


def test_a_published_result_stands_in_the_archive_and_on_the_roll(client, planned, mine, clerk, today):
    actions.hold(planned, on=today, by=clerk)
    statement = Statement.objects.select_related("debriefing").get()
    counts = {("", "satisfied"): 37, ("", "basic"): 2, ("", "dissatisfied"): 1}
    actions.tally(statement, handed_out=40, returned=40, valid=40, counts=counts, on=today, by=clerk)
    actions.evaluate(planned, on=today, by=clerk)
    client.force_login(clerk)
    pages = (mine.get_absolute_url(), reverse("duties:archive", args=[mine.pk]))
    assert ["92.50%" in client.get(page).content.decode() for page in pages] == [False, False]
    actions.publish(planned, how="公告栏", on=today, by=clerk)
    assert ["92.50%" in client.get(page).content.decode() for page in pages] == [True, True]


def test_a_new_plan_begins_with_the_usual_order_for_direct_or_indirect_election(client, county, mine, clerk):
    client.force_login(clerk)
    page = reverse("debriefings:create", args=[county.code])
    assert "本选区选民代表" in client.get(page).context["form"]["arrangement"].value()
    type(county).objects.filter(pk=county.pk).update(level=type(county).Level.CITY)
    assert "原选举单位" in client.get(page).context["form"]["arrangement"].value()


def test_the_report_of_whoever_was_away_is_shown_kept_and_carried_into_his_next(
    client, county, planned, mine, clerk, deputy_user, today
):
    other = seat(county)
    actions.arrange(planned, [mine, other], on=today, by=clerk)
    actions.hand_in(planned.statements.get(mandate=mine), text="联系选民五十名。", on=today, by=deputy_user)
    actions.hold(planned, spoke=[other], on=today, by=clerk)
    missed = planned.statements.get(mandate=mine)
    client.force_login(clerk)
    assert "没有述职，报告保留" in client.get(planned.get_absolute_url()).content.decode()
    assert client.get(reverse("debriefings:tally", args=[missed.pk])).status_code == 404
    again = DebriefingFactory.build(congress=county, term=mine.term, created_by=clerk, planned_on=today, title="补述职")
    actions.arrange(again, [mine], on=today, by=clerk)
    client.force_login(deputy_user)
    assert "下次述职时带入" in client.get(reverse("debriefings:mine")).content.decode()
    assert "没有述职，另行安排" in client.get(missed.get_absolute_url()).content.decode()
    page = client.get(reverse("debriefings:report", args=[again.statements.get().pk]))
    assert page.context["form"]["text"].value() == "联系选民五十名。"
    assert "已带入您上次写的报告" in page.content.decode()
