"""A reply may lawfully be due later: as difficult from the start, as found difficult later, or by an extension."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from congress.dashboards.waiting import rows_for
from congress.deadlines.models import Clock
from congress.notices.models import Notice
from congress.notices.writing import write_letters
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from congress.rulebook.models import RuleOverride
from suggestions.docket import actions
from suggestions.docket.models import Assignment
from tests.api import Speaker
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of, seat_user
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db
ASSIGNED, JUNE_1, DUE, LATEST = date(2026, 3, 9), date(2026, 6, 1), date(2026, 6, 9), date(2026, 9, 9)
JULY_20 = date(2026, 7, 20)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-01 10:00+08:00", tick=False):
        yield


@pytest.fixture
def share(county):
    case = SuggestionFactory(congress=county, contacted=True)
    return Assignment.objects.get(round__suggestion=case)


@pytest.fixture
def asked(share):
    return ask(share)


def ask(share, until=JULY_20, on=JUNE_1):
    return actions.ask_extension(share, until=until, reason="方案还在论证。", on=on, by=officer_of(share.organ))


def due_of(share):
    return Clock.objects.on_subject(share).running().get(rule="reply").due_on


def told_of(words):
    """Who was sent a letter with these words."""
    write_letters(at=timezone.now())
    return {each.recipient for each in Notice.objects.filter(title__contains=words).select_related("recipient")}


def take(client, user, share, step, **fields):
    client.force_login(user)
    url = reverse("docket:share_step", args=[share.pk, step])
    form = client.get(url).context["form"]
    kept = {name: form.initial[name] for name in ("version", "request_key")} | {"on": "2026-06-01"}
    return client.post(url, kept | fields), lambda: client.post(url, kept | fields)


def test_a_difficult_case_has_the_longer_period_from_the_day_of_assignment(client, county, clerk):
    case = SuggestionFactory(congress=county, registered=True)
    department = DepartmentFactory(congress=county)
    client.force_login(clerk)
    url = reverse("docket:step", args=[case.pk, "assign"])
    form = client.get(url).context["form"]
    assert form["is_difficult"].label == "涉及面广、办理难度大（在六个月内答复）"
    kept = {name: form.initial[name] for name in ("version", "request_key")} | {"on": "2026-06-01"}
    client.post(url, kept | {"lead": department.pk, "is_difficult": "on", "direct": "on"})
    share = Assignment.objects.get(round__suggestion=case)
    assert due_of(share) == date(2026, 12, 1)
    assert share.round.reply_due_on == date(2026, 12, 1)


def test_what_the_office_called_difficult_stays_so_when_it_is_distributed_and_reassigned(county, government_office):
    case = SuggestionFactory(congress=county, registered=True)
    office = government_office.memberships.get().organ.as_department
    water, roads = DepartmentFactory.create_batch(2, congress=county)
    actions.assign(case, lead=water, through=office, is_difficult=True, on=ASSIGNED, by=clerk_of(county))
    parent = Assignment.objects.get(round__suggestion=case)
    assert due_of(parent) == LATEST
    actions.distribute(parent, lead=water, on=date(2026, 3, 12), by=government_office)
    share = Assignment.objects.get(parent=parent)
    assert due_of(share) == LATEST
    fresh = actions.reassign(share, organ=roads, reason="交错了。", on=date(2026, 3, 16), by=government_office)
    assert due_of(fresh) == date(2026, 9, 16)


def test_the_office_may_find_it_difficult_later(client, share):
    take(client, clerk_of(share.suggestion.congress), share, "call_difficult", reason="涉及五个乡镇。")
    assert due_of(share) == LATEST
    assert client.get(share.suggestion.get_absolute_url()).content.decode().count("涉及面广、办理难度大") > 1
    with pytest.raises(StepNotOpen):
        actions.call_difficult(share, reason="再来。", on=JUNE_1, by=clerk_of(share.suggestion.congress))


def test_an_extension_is_asked_granted_and_told_to_both_sides(client, share):
    clerk, deputy = clerk_of(share.suggestion.congress), seat_user(share.suggestion)
    take(client, officer_of(share.organ), share, "ask_extension", until="2026-07-20", reason="方案还在论证。")
    assert due_of(share) == DUE
    assert [row.count for row in rows_for(clerk) if row.waiting.code == "extension"] == [1]
    answer, again = take(client, clerk, share, "grant_extension", until="2026-07-20")
    assert answer.status_code == again().status_code == 302
    share.refresh_from_db()
    assert (due_of(share), share.due_on, share.round.reply_due_on) == (JULY_20, JULY_20, JULY_20)
    assert not [row for row in rows_for(clerk) if row.waiting.code == "extension"]
    assert Entry.objects.of(share.suggestion).filter(verb="share.grant_extension").count() == 1
    assert {officer_of(share.organ), deputy} <= told_of("7月20日")
    assert told_of("申请延期答复") == {clerk}
    page = client.get(share.suggestion.get_absolute_url()).content.decode()
    assert "答复期限从2026年6月9日延到2026年7月20日" in page


def test_a_refused_extension_leaves_the_day_and_may_be_asked_anew(client, asked):
    take(client, clerk_of(asked.suggestion.congress), asked, "refuse_extension", reason="时间够用。")
    assert due_of(asked) == DUE
    assert officer_of(asked.organ) in told_of("没有同意延期")
    ask(asked, until=date(2026, 7, 1))


@pytest.mark.parametrize(
    ("until", "on", "words"),
    [
        (DUE, JUNE_1, "要延到的日期应晚于现定期限（2026年6月9日）"),
        (date(2026, 9, 10), JUNE_1, "最晚可以延到2026年9月9日"),
        (JULY_20, date(2026, 6, 10), "已经过了，不能再申请延期"),
    ],
)
def test_no_more_is_asked_than_the_rulebook_gives(share, until, on, words):
    with pytest.raises(ValidationError, match=words):
        ask(share, until=until, on=on)


def test_a_congress_may_allow_no_extension_at_all(share):
    RuleOverride.objects.create(
        congress=share.suggestion.congress, code="extension_allowed", unit="flag", value=False,
        effective_from=date(2026, 1, 1), article="本级决定",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="不允许延长"):
        ask(share)


def test_where_the_deputy_need_only_be_told_the_date_moves_at_once(share):
    RuleOverride.objects.create(
        congress=share.suggestion.congress, code="extension_needs", unit="choice", value="inform",
        effective_from=date(2026, 1, 1), article="本级决定",
    )  # fmt: skip
    ask(share)
    assert due_of(share) == JULY_20
    assert seat_user(share.suggestion) in told_of("7月20日")


def test_a_second_request_and_a_rework_ask_for_nothing(county, asked):
    with pytest.raises(StepNotOpen):
        ask(asked)
    case = SuggestionFactory(congress=county, replied=True)
    actions.rework(case, reason="缺口还在。", on=date(2026, 5, 27), by=clerk_of(county))
    again = Assignment.objects.get(round__suggestion=case, round__number=2)
    actions.accept(again, on=date(2026, 5, 28), by=officer_of(again.organ))
    with pytest.raises(StepNotOpen):
        ask(again)


def test_a_request_ends_with_the_share(asked):
    roads = DepartmentFactory(congress=asked.suggestion.congress)
    actions.reassign(asked, organ=roads, reason="交错了。", on=JUNE_1, by=clerk_of(asked.suggestion.congress))
    assert not Assignment.objects.filter(asked_until__isnull=False).exists()


def test_who_has_no_say_finds_no_page(client, asked):
    for user in (officer_of(asked.organ), head_of(asked.organ), seat_user(asked.suggestion)):
        client.force_login(user)
        assert client.get(reverse("docket:extension", args=[asked.pk, "grant_extension"])).status_code == 404


def test_the_same_over_rest(share):
    officer, clerk = Speaker(officer_of(share.organ)), Speaker(clerk_of(share.suggestion.congress))
    sent = {"version": share.version, "until": "2026-07-20", "reason": "方案还在论证。"}
    assert officer.send("share-step", share.pk, "ask_extension", body=sent)[0] == 200
    assert officer.send("share-step", share.pk, "ask_extension", body=sent)[0] == 409
    names = [each["name"] for each in clerk.read("suggestion-steps", share.suggestion.pk)]
    assert "grant_extension" in names
    sent = {"version": share.version, "until": "2026-07-20"}
    assert clerk.send("share-step", share.pk, "grant_extension", body=sent)[0] == 200
    assert due_of(share) == JULY_20


def test_departments_that_answer_apart_are_measured_by_the_last_day_of_them_all(county):
    case = SuggestionFactory(congress=county, registered=True)
    apart = DepartmentFactory.create_batch(2, congress=county)
    actions.assign(case, lead=None, separate=apart, on=ASSIGNED, by=clerk_of(county))
    first, second = Assignment.objects.filter(round__suggestion=case).order_by("pk")
    actions.call_difficult(first, reason="涉及五个乡镇。", on=date(2026, 3, 20), by=clerk_of(county))
    actions.reassign(
        second, organ=DepartmentFactory(congress=county), reason="交错了。", on=JUNE_1, by=clerk_of(county)
    )
    case.refresh_from_db()
    assert case.current_round.reply_due_on == LATEST
