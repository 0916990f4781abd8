"""What a deputy reports in confidence: the two read it, each look is put down, and nobody else learns of it."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from congress.accounts.models import User
from congress.dashboards.beside import rows_beside
from congress.deadlines.models import Clock
from congress.files.models import StoredFile
from congress.notices.models import Notice
from congress.notices.writing import write_letters
from congress.organs.models import Membership
from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.roll.models import Mandate
from deputies.safeguards import actions
from deputies.safeguards.actions.protecting import remind
from deputies.safeguards.models import Confidant, ProtectedReport
from tests.factories.docket import seat
from tests.factories.organs import CommitteeFactory, CongressFactory, MembershipFactory
from tests.factories.safeguards import ConfidantFactory, ProtectedReportFactory

S = ProtectedReport.State
MARCH_2 = date(2026, 3, 2)
SECRET = ("牛满仓", "调离原岗位", "恢复岗位", "打击报复")


@pytest.fixture
def two(county):
    """Two of the office, one of them of a committee; the leader named them."""
    committee = CommitteeFactory(congress=county)
    return [
        ConfidantFactory(congress=county, user=MembershipFactory(role=role, organ=organ, user__name=name).user).user
        for role, organ, name in (
            (Role.NPC_CLERK, county, "可信甲"),
            (Role.COMMITTEE_CLERK, committee, "可信乙"),
        )
    ]


@pytest.fixture
def report(mine, two):
    return ProtectedReportFactory(mandate=mine, wish="恢复岗位。", papers=[evidence()])


def evidence():
    return SimpleUploadedFile("调令.pdf", b"%PDF-1.4 order", content_type="application/pdf")


def afresh(user):
    """The same person at his next request: nothing of him is remembered."""
    return User.objects.get(pk=user.pk)


def finds(client, user, report):
    """By which of the ways somebody finds a report: query, rule, page, its step, its papers."""
    client.force_login(user)
    paper = StoredFile.objects.get(case_kind=report._meta.label_lower)
    download = client.get(reverse("files:download", args=[paper.pk]))
    if download.streaming:
        b"".join(download.streaming_content)
    user = afresh(user)
    return [
        ProtectedReport.objects.visible_to(user).filter(pk=report.pk).exists(),
        user.has_perm("safeguards.view_report", report),
        client.get(report.get_absolute_url()).status_code == 200,
        download.status_code == 200,
    ]


def steps_open(client, user, report):
    client.force_login(user)
    names = ("take_up", "settle", "withdraw")
    pages = [client.get(reverse("safeguards:protected_step", args=[report.pk, name])) for name in names]
    return [name for name, page in zip(names, pages, strict=True) if page.status_code != 404]


@pytest.mark.parametrize("role", list(Role))
def test_nobody_but_the_two_and_himself_finds_it(client, person, report, two, mine, role):
    """Whatever his role, also where his hats let him read everything else; the deputy of this role is another."""
    user = seat(report.congress, "马代表").deputy.user if role == Role.DEPUTY else person(role)
    assert finds(client, user, report) == [False] * 4
    assert steps_open(client, user, report) == []
    assert client.get(reverse("safeguards:protected")).status_code == 404
    assert "protected" not in {row.waiting.code for row in rows_beside(afresh(user))}
    for each in (*two, mine.deputy.user):
        assert finds(client, each, report) == [True] * 4


def test_the_office_of_his_township_and_the_leaders_on_both_floors_do_not_find_it_either(
    client, report, county, township, leader, clerk, township_clerk
):
    chair = MembershipFactory(role=Role.LEADER, organ=township).user
    stranger = MembershipFactory(role=Role.NPC_CLERK, organ=CongressFactory()).user
    theirs = ConfidantFactory(congress=township, user=township_clerk).user  # entrusted, but in another congress
    for person in (leader, clerk, chair, stranger, theirs):
        assert finds(client, person, report) == [False] * 4, person


def test_each_does_what_is_his_and_the_robot_nothing_by_itself(client, report, two, mine):
    assert steps_open(client, two[0], report) == ["take_up", "settle"]
    assert steps_open(client, mine.deputy.user, report) == ["withdraw"]
    with pytest.raises(PermissionDenied):
        actions.withdraw_report(report, on=MARCH_2, by=two[0])
    with pytest.raises(PermissionDenied):
        actions.take_up(report, on=MARCH_2, by=mine.deputy.user)


@pytest.mark.parametrize("how", ["relieved", "left", "closed"])
def test_whoever_is_entrusted_no_more_finds_nothing_from_that_moment(client, report, two, leader, how):
    assert finds(client, two[0], report) == [True] * 4
    if how == "relieved":
        actions.end_confidant(Confidant.objects.get(user=two[0]), on=timezone.localdate(), by=leader)
    elif how == "left":
        Membership.objects.filter(user=two[0]).update(ends_on=timezone.localdate() - timedelta(days=1))
    else:
        User.objects.filter(pk=two[0].pk).update(is_active=False)
    user = afresh(two[0])
    assert not ProtectedReport.objects.visible_to(user).exists()
    assert not user.has_perm("safeguards.view_report", report)


def test_he_reads_it_himself_when_his_seat_has_ended(client, report, mine):
    Mandate.objects.filter(pk=mine.pk).update(state=Mandate.State.ENDED)
    assert finds(client, mine.deputy.user, report) == [True] * 4


def test_each_look_stands_in_the_journal(client, report, two, mine):
    page = report.get_absolute_url()
    for user in (two[0], two[1], two[0], mine.deputy.user):
        client.force_login(user)
        client.get(page)
    looks = Entry.objects.filter(verb="protection.open").order_by("pk")
    assert [(look.by, look.case_id, look.facts) for look in looks] == [
        (each, report.pk, {}) for each in (two[0], two[1], two[0])
    ]
    client.force_login(two[0])
    assert client.get(reverse("safeguards:protected")).status_code == 200
    assert looks.all().count() == 3  # the list says nothing, so it is no look


def test_the_list_of_the_two_says_neither_who_nor_what(client, report, two, mine):
    client.force_login(two[0])
    page = client.get(reverse("safeguards:protected")).content.decode()
    assert f"第{report.pk}号报告" in page
    assert [word for word in (*SECRET, mine.deputy.name) if word in page] == []


def test_the_auditor_does_not_read_who_reported(client, county, mine, two, auditor, deputy_user):
    """From the report by his phone to his taking it back; in the page, in the workbook, and in the entries."""
    client.force_login(deputy_user)
    said = {"kind": "revenge", "against": "厂长牛满仓", "text": "被调离原岗位。", "request_key": "a"}
    assert client.post(reverse("safeguards:report"), said).status_code == 302
    report = ProtectedReport.objects.get()
    page = reverse("safeguards:protected_step", args=[report.pk, "withdraw"])
    form = client.get(page).context["form"]
    hidden = {
        name: form[name].initial or form.initial[name]
        for name in ("version", "request_key", "on")
        if name in form.fields
    }
    assert client.post(page, hidden | {"late_reason": ""}).status_code == 302
    report.refresh_from_db()
    assert report.state == S.WITHDRAWN
    client.force_login(auditor)
    audited = client.get(reverse("dashboards:journal")).content.decode()
    assert "收到一份保密报告" in audited
    assert [word for word in (*SECRET, deputy_user.name) if word in audited] == []
    sheet = openpyxl.load_workbook(io.BytesIO(client.post(reverse("dashboards:journal_export")).content)).active
    cells = {f"{cell}" for row in sheet.iter_rows(values_only=True) for cell in row}
    assert [cell for cell in cells if any(word in cell for word in (*SECRET, deputy_user.name))] == []
    entries = Entry.objects.filter(kind=report._meta.label_lower)
    assert {(entry.verb, entry.by.is_robot, f"{entry.facts}") for entry in entries} == {
        ("protection.report", True, "{}"), ("protection.withdraw", True, "{}"),
    }  # fmt: skip


def test_no_letter_says_what_or_who(report, two, mine, clerk, leader, auditor):
    actions.take_up(report, on=MARCH_2, by=two[0])
    actions.settle(report, result="厂长牛满仓书面道歉，恢复岗位。", on=MARCH_2, by=two[1])
    write_letters(at=timezone.now())
    letters = Notice.objects.all()
    assert {letter.recipient for letter in letters} == {*two, mine.deputy.user}
    assert {letter.title for letter in letters} == {"有一份需要您本人查看的报告"}
    told = " ".join(f"{letter.title}{letter.body}{letter.url}" for letter in letters)
    assert [word for word in (*SECRET, mine.deputy.name, "可信") if word in told] == []


def test_what_it_says_lies_enciphered(report, two):
    actions.take_up(report, on=MARCH_2, by=two[0])
    actions.settle(report, result="恢复岗位。", on=MARCH_2, by=two[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT against, text, wish, result FROM safeguards_protectedreport")
        row = cursor.fetchone()
    assert all(row)
    assert [word for word in SECRET if any(word in cell for cell in row)] == []
    fresh = ProtectedReport.objects.get()
    assert (fresh.against, fresh.result) == ("厂长牛满仓", "恢复岗位。")
    assert StoredFile.objects.get().uploaded_by.is_robot


def test_one_of_the_two_sees_to_it_and_the_deputy_reads_what_came_of_it(client, report, two, mine):
    assert [row.count for row in rows_beside(two[1]) if row.waiting.code == "protected"] == [1]
    client.force_login(two[1])
    for name, said in (("take_up", {}), ("settle", {"result": "恢复岗位。"})):
        page = reverse("safeguards:protected_step", args=[report.pk, name])
        shown = client.get(page)
        assert [word for word in SECRET if word in shown.content.decode()] == []  # looking is done on its page
        form = shown.context["form"]
        hidden = {
            field: form[field].initial or form.initial[field]
            for field in ("version", "request_key", "on")
            if field in form.fields
        }
        assert client.post(page, hidden | {"late_reason": ""} | said).status_code == 302
    client.force_login(mine.deputy.user)
    assert "恢复岗位。" in client.get(report.get_absolute_url()).content.decode()
    assert not [row for row in rows_beside(two[1]) if row.waiting.code == "protected"]


def test_his_page_names_the_two_and_without_them_says_whom_to_go_and_see(client, mine, leader, deputy_user):
    client.force_login(deputy_user)
    page = reverse("safeguards:report")
    alone = client.get(page)
    assert "何主任" in alone.content.decode()
    assert "<textarea" not in alone.content.decode()
    said = {"kind": "revenge", "against": "厂长", "text": "被调离。", "request_key": "a"}
    assert client.post(page, said).status_code == 200
    assert not ProtectedReport.objects.exists()
    ConfidantFactory(congress=mine.congress, user=MembershipFactory(organ=mine.congress, user__name="可信甲").user)
    named = client.get(page).content.decode()
    assert "可信甲" in named
    assert "<textarea" in named


def test_sent_twice_it_is_one_report(client, mine, two, deputy_user):
    client.force_login(deputy_user)
    page = reverse("safeguards:report")
    assert [each.name in client.get(page).content.decode() for each in two] == [True, True]
    said = {"kind": "revenge", "against": "厂长", "text": "被调离。", "request_key": "a"}
    assert [client.post(page, said).status_code for _each in range(2)] == [302, 302]
    assert ProtectedReport.objects.count() == Entry.objects.filter(verb="protection.report").count() == 1


def test_an_empty_report_comes_back_with_a_word_beside_the_field(client, mine, two, deputy_user):
    client.force_login(deputy_user)
    page = client.post(reverse("safeguards:report"), {"happened_on": "2099-01-01"}).content.decode()
    assert [word in page for word in ("请选一项", "请写涉及哪个单位", "请写经过")] == [True] * 3
    with pytest.raises(ValidationError):
        actions.report(mine, kind="other", against="厂长", text="被调离。", happened_on=date(2026, 3, 3), on=MARCH_2)


def test_a_leader_names_two_never_himself_and_nobody_from_outside(client, county, leader, clerk, officer, auditor):
    today = timezone.localdate()
    more = [MembershipFactory(role=Role.NPC_CLERK, organ=county).user for _each in range(2)]
    for refused in (leader, auditor, seat(county).deputy.user):
        with pytest.raises(ValidationError):
            actions.name_confidant(county, refused, on=today, by=leader)
    with pytest.raises(PermissionDenied):
        actions.name_confidant(county, more[0], on=today, by=clerk)
    client.force_login(leader)
    page = reverse("safeguards:confidants")
    assert [client.post(page, {"user": each.pk}).status_code for each in (clerk, more[0])] == [302, 302]
    assert "最多指定 2 人" in client.post(page, {"user": more[1].pk}).content.decode()
    first = Confidant.objects.get(user=clerk)
    assert client.post(reverse("safeguards:confidant_end", args=[first.pk])).status_code == 302
    assert client.post(page, {"user": more[1].pk}).status_code == 302
    assert set(Confidant.objects.standing(on=today).values_list("user", flat=True)) == {each.pk for each in more}
    assert client.get(reverse("safeguards:protected")).status_code == 404  # he names, and reads nothing
    named = Entry.objects.filter(verb__startswith="confidant.").order_by("pk")
    assert [entry.verb for entry in named] == ["confidant.name", "confidant.name", "confidant.end", "confidant.name"]


def test_who_leads_two_congresses_names_for_each_by_itself(client, county, leader, clerk):
    township = CongressFactory(parent=county, level="township")
    MembershipFactory(user=leader, role=Role.LEADER, organ=township)
    theirs = MembershipFactory(role=Role.TOWNSHIP_CLERK, organ=township).user
    client.force_login(leader)
    page = reverse("safeguards:confidants")
    client.post(page, {"user": clerk.pk})
    answer = client.post(f"{page}?congress={township.code}", {"user": theirs.pk})
    assert answer.url == f"{page}?congress={township.code}"
    named = Confidant.objects.values_list("congress", "user").order_by("pk")
    assert list(named) == [(county.pk, clerk.pk), (township.pk, theirs.pk)]
    assert [each.user for each in client.get(page).context["standing"]] == [clerk]


def test_who_left_and_comes_back_is_no_third(county, leader, two):
    today = timezone.localdate()
    Membership.objects.filter(user=two[0]).update(ends_on=today - timedelta(days=1))
    third = MembershipFactory(role=Role.NPC_CLERK, organ=county).user
    actions.name_confidant(county, third, on=today, by=leader)
    Membership.objects.filter(user=two[0]).update(ends_on=None)
    assert set(Confidant.objects.standing(on=today).values_list("user", flat=True)) == {two[1].pk, third.pk}


def test_the_two_are_reminded_once_of_what_lies_and_no_clock_tells_the_office(report, two, mine, clerk, leader):
    assert remind(on=date(2026, 3, 5)) == 0
    assert [remind(on=date(2026, 3, 6)), remind(on=date(2026, 3, 9))] == [1, 0]
    write_letters(at=timezone.now())
    assert Notice.objects.filter(recipient__in=two).count() == 4
    assert not Notice.objects.filter(recipient__in=[clerk, leader, mine.deputy.user]).exists()
    assert not Clock.objects.exists()
