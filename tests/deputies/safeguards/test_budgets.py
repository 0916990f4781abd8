"""The money for deputies' activities: what there is, what is spent and on what, and what stays to be read."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.files.models import StoredFile
from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.safeguards import actions
from deputies.safeguards.budgeting import lines, total
from deputies.safeguards.models import Budget, Spending
from deputies.safeguards.money import yuan
from tests.factories.activities import ActivityFactory
from tests.factories.organs import CongressFactory, TermFactory
from tests.factories.safeguards import BudgetFactory, SpendingFactory

MAY_14, JUNE_1 = date(2026, 5, 14), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel(datetime(2026, 6, 1, 2, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def budget(township):
    return BudgetFactory(congress=township)


def pdf(name="发票.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 voucher", content_type="application/pdf")


def said(**more):
    return {"spent_on": "2026-05-14", "amount": "12300", "purpose": "视察租车费", "request_key": "a"} | more


def opens(client, paper):
    response = client.get(reverse("files:download", args=[paper.pk]))
    if response.streaming:
        b"".join(response.streaming_content)  # to its end, which closes the file
    return response.status_code == 200


def table(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    return [tuple(row) for row in sheet.iter_rows(min_row=4, values_only=True)]


def test_of_fifty_thousand_twelve_thousand_three_hundred_are_spent_and_the_rest_is_shown(
    client, township, township_clerk, clerk
):
    client.force_login(township_clerk)
    page = client.get(reverse("safeguards:budgets")).content.decode()
    setting = reverse("safeguards:budget_set", args=[township.code, 2026])
    assert setting in page
    assert client.post(setting, {"amount": "50000", "paper": pdf("批复.pdf")}).status_code == 302
    budget = Budget.objects.get()
    record = reverse("safeguards:budget_record", args=[budget.pk])
    assert client.post(record, said(papers=[pdf()])).status_code == 302
    for person in (township_clerk, clerk):
        client.force_login(person)
        for address in (reverse("safeguards:budgets"), budget.get_absolute_url()):
            page = client.get(address).content.decode()
            assert [each in page for each in ("50,000", "12,300", "37,700", "24.6%")] == [True] * 4
    spending = Spending.objects.get()
    paper = StoredFile.objects.get(case_kind=Spending._meta.label_lower, case_id=spending.pk)
    assert [opens(client, each) for each in (paper, budget.paper)] == [True, True]


def test_what_is_struck_stays_to_be_read(client, budget, township_clerk):
    wrong, right = SpendingFactory(budget=budget, amount=Decimal("13200")), SpendingFactory(budget=budget)
    client.force_login(township_clerk)
    page = reverse("safeguards:budget_strike", args=[wrong.pk])
    assert "请写明为什么作废" in client.post(page, {"why": " "}).content.decode()
    assert client.post(page, {"why": "金额记错。"}).status_code == 302
    assert client.get(page).status_code == 404
    assert budget.spent_so_far() == Decimal(12300)
    detail = budget.get_absolute_url()
    assert [row.pk for row in client.get(detail).context["rows"]] == [right.pk]
    struck = client.get(detail, {"show": "struck"})
    assert [row.pk for row in struck.context["rows"]] == [wrong.pk]
    assert "金额记错。" in struck.content.decode()
    assert Entry.objects.get(verb="budget.strike").facts["why"] == "金额记错。"
    rows = table(client.post(reverse("safeguards:budget_export", args=[budget.pk])))
    assert sorted((row[3], row[7]) for row in rows) == [(12300, None), (13200, "金额记错。")]


def test_what_was_struck_is_struck_once(budget, township_clerk):
    spending = SpendingFactory(budget=budget)
    actions.strike(spending, why="重复。", on=JUNE_1, by=township_clerk)
    with pytest.raises(ValidationError):
        actions.strike(spending, why="又一次。", on=JUNE_1, by=township_clerk)
    assert Spending.objects.get().struck_why == "重复。"


def test_a_township_sees_its_own_alone(client, county, budget, township_clerk, clerk, leader):
    other = BudgetFactory(congress=CongressFactory(township=True, parent=county), amount=Decimal(40000))
    above = BudgetFactory(congress=county, amount=Decimal(300000))
    spent = SpendingFactory(budget=other)
    client.force_login(township_clerk)
    listed = client.get(reverse("safeguards:budgets")).context["lines"]
    assert [line.budget for line in listed] == [budget]
    assert list(Budget.objects.visible_to(township_clerk)) == [budget]
    assert not Spending.objects.visible_to(township_clerk).exists()
    theirs = actions.record(
        other, spent_on=MAY_14, amount=Decimal(5), purpose="茶水", papers=[pdf()], on=JUNE_1, by=spent.by
    )
    assert not opens(client, StoredFile.objects.get(case_kind=Spending._meta.label_lower, case_id=theirs.pk))
    for address in (
        other.get_absolute_url(), above.get_absolute_url(), reverse("safeguards:budget_record", args=[other.pk]),
        reverse("safeguards:budget_strike", args=[spent.pk]),
        reverse("safeguards:budget_set", args=[other.congress.code, 2026]),
    ):  # fmt: skip
        assert client.get(address).status_code == 404
    assert client.post(reverse("safeguards:budget_export", args=[other.pk])).status_code == 404
    for reader in (clerk, leader):
        client.force_login(reader)
        assert {line.budget for line in client.get(reverse("safeguards:budgets")).context["lines"]} == {
            budget, other, above,
        }  # fmt: skip
        assert client.get(other.get_absolute_url()).status_code == 200
        assert client.get(reverse("safeguards:budget_record", args=[other.pk])).status_code == 404  # it only reads


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.AUDITOR, Role.COMMITTEE_CLERK, Role.CASE_OFFICER])
def test_nobody_else_reads_of_the_money(client, person, budget, role):
    user = person(role)
    client.force_login(user)
    assert client.get(budget.get_absolute_url()).status_code == 404
    assert not Budget.objects.visible_to(user).exists()
    assert not user.has_perm("safeguards.view_budget", budget)


def test_above_the_budget_it_warns_and_asks_again(client, budget, township_clerk):
    SpendingFactory(budget=budget, amount=Decimal(49000))
    client.force_login(township_clerk)
    record = reverse("safeguards:budget_record", args=[budget.pk])
    page = client.post(record, said(amount="1200.50", papers=[pdf()])).content.decode()
    assert "预算只剩 1,000 元，这一笔超出 200.50 元" in page
    assert "请重新选一次" in page  # no voucher is lost unsaid
    assert Spending.objects.count() == 1
    assert client.post(record, said(amount="1200.50", above="on")).status_code == 302
    assert Entry.objects.get(verb="budget.record").facts["is_above"] is True
    assert "超支" in client.get(budget.get_absolute_url()).content.decode()


def test_to_the_last_cent_nobody_is_asked(budget, township_clerk):
    told = {"spent_on": MAY_14, "purpose": "租车", "on": JUNE_1, "by": township_clerk}
    actions.record(budget, amount=Decimal(50000), **told)
    with pytest.raises(actions.AboveBudget):
        actions.record(budget, amount=Decimal("0.01"), **told)


def test_sent_twice_one_sum_is_spent(client, budget, township_clerk):
    client.force_login(township_clerk)
    record = reverse("safeguards:budget_record", args=[budget.pk])
    assert [client.post(record, said()).status_code for _each in range(2)] == [302, 302]
    assert Spending.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"spent_on": "2026-06-02"}, "支出日期不能晚于今天"),
        ({"spent_on": "2025-12-31"}, "这是2026年的经费"),
        ({"amount": "0"}, "金额应大于零"),
        ({"amount": "-5"}, "金额应大于零"),
        ({"amount": "五百"}, "请填数字"),
        ({"amount": ""}, "请填金额"),
        ({"purpose": " "}, "请写明用途"),
    ],
)
def test_a_sum_that_cannot_be_comes_back_with_a_word_beside_the_field(client, budget, township_clerk, wrong, words):
    client.force_login(township_clerk)
    page = client.post(reverse("safeguards:budget_record", args=[budget.pk]), said(**wrong))
    assert words in page.content.decode()
    assert not Spending.objects.exists()


def test_a_budget_is_changed_before_and_after_and_no_page_overwrites_what_it_has_not_shown(
    client, budget, township, township_clerk
):
    client.force_login(township_clerk)
    page = reverse("safeguards:budget_set", args=[township.code, 2026])
    assert client.post(page, {"amount": "60000", "version": "1"}).status_code == 302
    assert Entry.objects.get(verb="budget.change").facts == {"year": 2026, "amount": "60,000", "before": "50,000"}
    assert "刚被别人登记或者改过" in client.post(page, {"amount": "70000", "version": "1"}).content.decode()
    assert "刚被别人登记或者改过" in client.post(page, {"amount": "70000"}).content.decode()
    assert Budget.objects.get().amount == Decimal(60000)


def test_an_activity_shows_what_was_spent_on_it_and_where_to_record(client, budget, township, township_clerk, clerk):
    activity = ActivityFactory(term=TermFactory(congress=township), created_by=township_clerk)
    client.force_login(township_clerk)
    shown = client.get(activity.get_absolute_url()).content.decode()
    record = f"{reverse('safeguards:budget_record', args=[budget.pk])}?activity={activity.pk}"
    assert record in shown
    form = client.get(record).context["form"]
    assert form["activity"].initial == f"{activity.pk}"
    SpendingFactory(budget=budget, activity=activity)
    SpendingFactory(budget=budget, activity=activity, amount=Decimal(100), struck_on=JUNE_1, struck_why="重复。")
    client.force_login(clerk)
    page = client.get(activity.get_absolute_url()).content.decode()
    assert "12,300" in page
    assert "12,400" not in page
    assert record not in page


def test_the_sums_of_a_year_add_up_and_leave_the_house_with_a_line_in_the_journal(
    client, county, budget, township, clerk
):
    SpendingFactory(budget=budget)
    BudgetFactory(congress=county, amount=Decimal(100000))
    rows = lines([county, township], year=2026)
    assert total(rows).said() == {"amount": "150,000", "spent": "12,300", "left": "137,700", "rate": Decimal("8.2")}
    assert total(lines([county, township], year=2025)) is None
    client.force_login(clerk)
    rows = table(client.post(reverse("safeguards:budgets_export"), {"year": "2026"}))
    assert rows == [
        ("青禾县人大", 100000, 0, 100000, 0),
        ("柳溪镇人大", 50000, 12300, 37700, 24.6),
        ("合计", 150000, 12300, 137700, 8.2),
    ]
    assert Entry.objects.get(verb="safeguards.export").facts["count"] == 3


def test_a_sum_is_read_in_groups_of_three():
    assert [yuan(Decimal(each)) for each in ("50000", "12300.50", "0", "-1800")] == [
        "50,000",
        "12,300.50",
        "0",
        "-1,800",
    ]


def test_the_pages_cost_the_same_for_one_row_as_for_three(client, county, budget, clerk, township_clerk):
    costs = []
    for number in range(3):
        SpendingFactory(budget=budget)
        BudgetFactory(congress=CongressFactory(township=True, parent=county, position=number))
        client.force_login(clerk)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("safeguards:budgets"))
            client.get(budget.get_absolute_url())
        costs.append(len(asked))
    assert costs[0] == costs[2]
