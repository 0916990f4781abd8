"""The ledger and its steps, through the doors by which people come."""

import io
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from congress.accounts.models import User
from congress.dashboards import figures, standing
from congress.dashboards.beside import errands_beside, rows_beside
from congress.dashboards.desks import errands_of
from congress.organs.hats import hats_of
from congress.organs.models import Session
from congress.organs.roles import Role
from suggestions.docket import tallies
from suggestions.docket.models import Cosigner
from suggestions.promises import actions
from suggestions.promises.figures import VIEWS, Keeping, keeping_of
from suggestions.promises.models import LookBack, Promise, Word
from tests.api import Speaker
from tests.factories.docket import clerk_of, officer_of, seat, seat_user
from tests.factories.organs import CommitteeFactory, CongressFactory, DepartmentFactory, MembershipFactory
from tests.factories.photos import photo
from tests.factories.promises import promised

pytestmark = pytest.mark.django_db
AUTUMN, AFTER = date(2026, 9, 1), date(2026, 11, 2)
K = LookBack.Outcome


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-02 09:00+08:00", tick=False):
        yield


@pytest.fixture
def promise(county):
    return promised(county)


def keep(promise, *, done_on=AUTUMN, outcome=K.KEPT):
    actions.report(promise, words="已修复。", done_on=done_on, on=AFTER, by=officer_of(promise.organ))
    actions.look_back(promise, outcome=outcome, words="看过。", on=AFTER, by=clerk_of(promise.congress))


def take(client, promise, step, **told):
    """Open the page of a step and send it as a browser would."""
    url = reverse("promises:step", args=[promise.pk, step])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in ("version", "request_key")}
    if "on" in form.fields:
        sent["on"] = AFTER
    return client.post(url, sent | told)


def test_the_department_reports_the_office_looks_and_the_case_shows_it(client, promise):
    client.force_login(officer_of(promise.organ))
    page = client.get(promise.suggestion.get_absolute_url()).text
    assert "承诺兑现" in page
    assert "超期未兑现" in page
    answer = take(client, promise, "report", words="上段已修复。", done_on=date(2026, 11, 1), photos=photo())
    assert answer.status_code == 302
    clerk = clerk_of(promise.congress)
    client.force_login(clerk)
    assert "上段已修复。" in client.get(promise.suggestion.get_absolute_url()).text
    answer = take(client, promise, "look_back", outcome="kept", words="到现场看过。")
    assert answer.status_code == 302
    assert "逾期兑现" in client.get(promise.get_absolute_url()).text
    assert "到现场看过。" in client.get(promise.suggestion.get_absolute_url()).text, "the drawn page is drawn again"


def test_a_form_sent_twice_is_one_report(client, promise):
    client.force_login(officer_of(promise.organ))
    url = reverse("promises:step", args=[promise.pk, "report"])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in ("version", "request_key")}
    sent |= {"on": AFTER, "words": "好了。", "done_on": AFTER}
    assert [client.post(url, sent).status_code for _each in range(2)] == [302, 302]
    assert promise.reports.count() == 1


def test_a_page_opened_before_another_step_is_told_so(client, promise):
    client.force_login(clerk_of(promise.congress))
    url = reverse("promises:step", args=[promise.pk, "look_back"])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in ("version", "request_key")}
    actions.report(promise, words="好了。", done_on=AFTER, on=AFTER, by=officer_of(promise.organ))
    answer = client.post(url, sent | {"on": AFTER, "outcome": "kept", "words": "看过。"})
    assert answer.status_code == 409


def test_the_deputy_says_his_word_on_the_phone_and_stays_unnamed_to_the_department(client, promise):
    case = promise.suggestion
    type(case).objects.filter(pk=case.pk).update(protects_identity=True)
    actions.report(promise, words="好了。", done_on=AFTER, on=AFTER, by=officer_of(promise.organ))
    deputy = seat_user(case)
    assert (promise.what, promise.get_absolute_url()) in {(each.title, each.url) for each in errands_of(deputy)}
    client.force_login(deputy)
    assert take(client, promise, "speak", said="not_kept", text="还缺一段。").status_code == 302
    assert Word.objects.get().said == Word.Said.NOT_KEPT
    assert promise.what not in {each.title for each in errands_of(deputy)}
    client.force_login(officer_of(promise.organ))
    page = client.get(promise.get_absolute_url()).text
    assert "还缺一段。" in page
    assert deputy.name not in page


def test_what_is_not_yours_is_not_there(client, county, promise):
    for user in (officer_of(DepartmentFactory(congress=county)), seat(county).deputy.user):
        client.force_login(user)
        assert client.get(promise.get_absolute_url()).status_code == 404
        assert promise not in client.get(reverse("promises:list")).context["page_obj"].object_list
        assert client.get(reverse("promises:step", args=[promise.pk, "look_back"])).status_code == 404


def test_what_a_user_may_open_is_exactly_what_the_ledger_shows(county, promise, person, committee_clerk):
    matching = DepartmentFactory(congress=county, committee=CommitteeFactory(congress=county))
    others = [promised(county, department=matching), promised(county, co=[promise.organ.as_department])]
    roles = (Role.NPC_CLERK, Role.LEADER, Role.COMMITTEE_CLERK, Role.TOWNSHIP_CLERK, Role.AUDITOR)
    people = [person(role) for role in roles]
    people += [officer_of(promise.organ), officer_of(matching), seat_user(promise.suggestion)]
    for user in people:
        opened = {each for each in (promise, *others) if user.has_perm("promises.view_promise", each)}
        assert set(Promise.objects.visible_to(user)) == opened, user


@pytest.fixture
def several(county, promise):
    """One in every state that a figure knows."""
    rows = [promise, *(promised(county) for _each in range(4))]
    keep(rows[1])
    keep(rows[2], done_on=AFTER)
    actions.report(rows[3], words="好了。", done_on=AFTER, on=AFTER, by=officer_of(rows[3].organ))
    actions.look_back(
        rows[4], outcome=K.BROKEN, words="没有动工。", new_due_on=date(2027, 1, 31), on=AFTER, by=clerk_of(county)
    )
    return rows


def test_each_figure_of_the_cockpit_opens_exactly_its_rows(client, leader, county, several):
    client.force_login(leader)
    cockpit = client.get(reverse("dashboards:cockpit")).context["cockpit"]
    assert cockpit.promise_share.value == "66.7"
    shown = cockpit.promises()
    assert [each.value for each in shown] == ["1", "1", "2", "1"]
    for each in shown:
        assert client.get(each.url).context["page_obj"].paginator.count == int(each.value)


def test_the_tallies_know_the_promises_of_all_sessions_in_every_session(county, several):
    later = Session.objects.create(
        congress=county,
        term=Session.objects.first().term,
        number=6,
        opened_on=date(2026, 10, 1),
        closed_on=date(2026, 10, 3),
    )
    expected = Keeping(kept=1, kept_late=1, ahead=2, overdue=1)
    assert keeping_of(county, on=AFTER) == expected
    for session in (None, Session.objects.first(), later):
        assert standing.read(county, session=session, on=AFTER).promises == expected
        assert figures.counts(county, session=session, on=AFTER)["assigned"] == (0 if session == later else 5)
    tallies.recount(county)
    assert standing.read(county, session=later, on=AFTER).promises == expected
    assert standing.read(county, session=later, on=date(2027, 3, 1)).promises.overdue == 2


def test_the_desks_open_their_lines(client, county, several):
    """Promises made to a township, and another department's in a case that this one handles too, are on neither."""
    township = CongressFactory(township=True, parent=county)
    promised(township, department=DepartmentFactory(congress=township))
    reported, others = promised(county, department=several[0].organ), promised(county, department=several[0].organ)
    actions.report(reported, words="已修复。", done_on=AUTUMN, on=AFTER, by=officer_of(reported.organ))
    Promise.objects.filter(pk=others.pk).update(organ=DepartmentFactory(congress=county))
    actions.call_due(on=AFTER, by=clerk_of(county))
    for user in (clerk_of(county), officer_of(several[0].organ)):
        client.force_login(user)
        rows = [row for row in rows_beside(user) if row.waiting.page.startswith("promises:")]
        assert rows
        for row in rows:
            user._hats = hats_of(user)
            assert client.get(row.url).context["page_obj"].paginator.count == row.count


def test_a_deputy_is_asked_of_what_was_promised_to_him_alone_and_his_figure_opens_exactly_that(client, county):
    mine, others = promised(county), promised(county)
    for each in (mine, others):
        actions.report(each, words="已修复。", done_on=AUTUMN, on=AFTER, by=officer_of(each.organ))
    chairman = seat_user(mine.suggestion)
    MembershipFactory(user=chairman, organ=county, role=Role.LEADER)  # reads every case of the county
    assert [title for title, *_rest in errands_beside(chairman)] == [mine.what]
    client.force_login(chairman)
    rows = client.get(reverse("promises:list"), {"made": "1", "view": "standing"}).context["page_obj"]
    assert [row.pk for row in rows] == [mine.pk]
    Cosigner.objects.create(suggestion=others.suggestion, mandate=mine.suggestion.lead)  # invited, not signed
    assert len(errands_beside(User.objects.get(pk=chairman.pk))) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_ledger_costs_the_same_for_one_row_and_for_three(client, county, number):
    for _each in range(number):
        promised(county)
    client.force_login(clerk_of(county))
    client.get(reverse("promises:list"))
    with CaptureQueriesContext(connection) as spent:
        page = client.get(reverse("promises:list"))
    assert (page.context["page_obj"].paginator.count, len(spent)) == (number, 5)


def test_the_ledger_is_narrowed_by_department_and_day_and_exported(client, county, several):
    client.force_login(clerk_of(county))
    url = reverse("promises:list")
    assert client.get(url, {"organ": several[0].organ_id, "view": "all"}).context["page_obj"].paginator.count == 1
    found = client.get(url, {"due_from": "2027-01-01", "due_to": "2027-02-01"}).context["page_obj"].object_list
    assert found == [several[4]]
    assert client.get(url, {"q": "没有这样的承诺"}).status_code == 200
    answer = client.post(reverse("promises:export"), {"view": "all"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 3 + len(several)


def test_a_nul_in_the_address_breaks_no_ledger(client, county, several):
    client.force_login(clerk_of(county))
    for name in ("q", "view", "organ", "due_from"):
        assert client.get(reverse("promises:list"), {name: "路\0灯"}).status_code == 200


def test_every_view_of_the_ledger_opens(client, county, several):
    client.force_login(clerk_of(county))
    for view in VIEWS:
        page = client.get(reverse("promises:list"), {"view": view})
        assert page.context["page_obj"].paginator.count == page.context["counts"][view]


def test_the_interface_reads_what_the_ledger_shows(county, promise):
    other = promised(county)
    for user, seen in ((officer_of(promise.organ), {promise.pk}), (clerk_of(county), {promise.pk, other.pk})):
        body = Speaker(user).read("promise-list", view="overdue")
        assert {row["id"] for row in body["results"]} == seen
    row = Speaker(seat_user(promise.suggestion)).read("promise-detail", promise.pk)
    assert (row["what"], row["first_due_on"], row["is_overdue"]) == (promise.what, "2026-10-31", True)
    assert row["timeline"][-1]["text"].startswith(f"{promise.unit}在答复中承诺")
