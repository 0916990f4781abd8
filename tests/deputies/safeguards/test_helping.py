"""A deputy asks for help: his township answers, the county answers what it cannot, and nobody is forgotten."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress.dashboards.beside import rows_beside
from congress.deadlines import actions as clocks
from congress.deadlines import reminding
from congress.deadlines.models import Reminder
from congress.deadlines.readers import readers_of
from congress.notices.models import Notice
from congress.notices.writing import write_letters
from congress.organs.hats import hats_of
from congress.organs.roles import Role
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from congress.rulebook.models import RuleOverride, Unit
from deputies.safeguards import actions
from deputies.safeguards.actions.helping import RULE
from deputies.safeguards.models import HelpRequest
from deputies.safeguards.workflow import HELP
from tests.factories.docket import seat, term_of
from tests.factories.organs import CongressFactory, MembershipFactory
from tests.factories.roll import MandateFactory
from tests.factories.safeguards import HelpRequestFactory

S = HelpRequest.State
MARCH_2, MARCH_5, MARCH_6 = date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 6)


@pytest.fixture
def asked(mine, township_clerk):
    """Asked on a Monday; the office of his township is to answer."""
    return HelpRequestFactory(mandate=mine, congress=mine.congress)


def told(user):
    """The titles of his letters, the first first."""
    write_letters(at=timezone.now())
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True))


def step(client, request, name, **said):
    page = reverse("safeguards:help_step", args=[request.pk, name])
    form = client.get(page).context["form"]
    hidden = {
        field: form[field].initial or form.initial[field]
        for field in ("version", "request_key", "on")
        if field in form.fields
    }
    return client.post(page, hidden | {"on": timezone.localdate(), "late_reason": ""} | said)


def test_a_deputy_asks_and_his_townships_clerk_answers(client, mine, township, township_clerk, deputy_user):
    client.force_login(deputy_user)
    page = reverse("safeguards:ask")
    assert "由柳溪镇人大答复，期限 3 日" in client.get(page).content.decode()
    said = {"kind": "time", "text": "单位不批视察的假。", "request_key": "a"}
    assert client.post(page, said).status_code == 302
    request = HelpRequest.objects.get()
    assert request.holder_id == township.pk
    client.force_login(township_clerk)
    assert "不批视察的假" in client.get(reverse("safeguards:list")).content.decode()
    assert step(client, request, "answer", answer="已与单位联系，准假两天。").status_code == 302
    request.refresh_from_db()
    assert (request.state, request.answered_on, clocks.running(RULE, request)) == (
        S.ANSWERED, timezone.localdate(), None,
    )  # fmt: skip
    client.force_login(deputy_user)
    assert "准假两天" in client.get(request.get_absolute_url()).content.decode()
    assert "已答复" in client.get(reverse("safeguards:mine")).content.decode()


def test_whoever_is_asked_and_whoever_asked_are_told(asked, deputy_user, township_clerk, clerk, leader):
    assert told(township_clerk) == ["田代表代表求助：单位不给时间"]
    actions.answer(asked, answer="已准假。", on=MARCH_2, by=township_clerk)
    assert told(deputy_user) == ["您的求助有答复了：单位不给时间"]
    assert told(clerk) == told(leader) == []


def test_what_nobody_answered_in_three_days_stands_on_the_chairs_desk(client, mine, clerk, leader, township_clerk):
    today = timezone.localdate()
    late = HelpRequestFactory(mandate=mine, on=today - timedelta(days=30))
    HelpRequestFactory(mandate=mine, on=today)
    desk = {row.waiting.code: row for row in rows_beside(leader)}
    assert desk["help_late"].count == 1
    client.force_login(leader)
    rows = client.get(desk["help_late"].url).context["page_obj"].object_list
    assert list(rows) == [late]
    assert "help_late" not in {row.waiting.code for row in rows_beside(clerk)}
    actions.answer(late, answer="已准假。", on=today, by=township_clerk)
    assert "help_late" not in {row.waiting.code for row in rows_beside(leader)}


def test_the_desk_marks_the_oldest_of_the_help_that_is_late_in_as_many_statements(
    client, mine, township_clerk, django_assert_num_queries
):
    today = timezone.localdate()
    late = HelpRequestFactory(mandate=mine, on=today - timedelta(days=30))
    assert hats_of(township_clerk).clerk_of  # read once a request
    with django_assert_num_queries(1):
        assert [row.count for row in rows_beside(township_clerk)] == [1]
    HelpRequestFactory(mandate=mine, on=today)
    HelpRequestFactory(mandate=mine, on=today - timedelta(days=1))
    with django_assert_num_queries(1):
        (row,) = rows_beside(township_clerk)
    assert (row.count, row.earliest) == (3, late.due_on)
    client.force_login(township_clerk)
    page = client.get(reverse("dashboards:desk"))
    assert f"超 {(today - late.due_on).days} 天" in page.content.decode()
    assert "其中 1 项有超期或者一两天内到期的" in page.context["title"]


def test_three_days_are_not_too_long_and_four_are(mine):
    HelpRequestFactory(mandate=mine)
    assert [HelpRequest.objects.overdue(on=day).count() for day in (MARCH_5, MARCH_6)] == [0, 1]


def test_the_day_after_its_last_one_it_goes_up_to_the_leaders(county, mine, leader):
    request = HelpRequestFactory(mandate=mine)
    assert request.holder_id == county.pk  # nobody serves in the township's office yet
    reminding.remind(on=MARCH_5)
    assert not Reminder.objects.filter(stage="escalation").exists()
    reminding.remind(on=MARCH_6)
    up = Reminder.objects.select_related("clock").filter(stage="escalation")
    assert readers_of(up, on=MARCH_6) == {up[0].pk: [leader]}


def test_what_the_township_lets_lie_goes_up_to_its_own_leaders_and_the_countys_office(
    asked, township, clerk, leader, township_clerk
):
    chair = MembershipFactory(role=Role.LEADER, organ=township).user
    reminding.remind(on=MARCH_6)
    up = Reminder.objects.select_related("clock").filter(stage="escalation")
    assert readers_of(up, on=MARCH_6) == {up[0].pk: [chair, clerk]}
    assert [row.waiting.code for row in rows_beside(chair)] == ["help_late"]
    assert [row.waiting.code for row in rows_beside(leader)] == ["help_late"]


def test_how_long_an_answer_may_take_is_the_congresss_to_say(county, mine):
    RuleOverride.objects.create(
        congress=county, code=RULE, unit=Unit.WORKDAYS, value=5, article="本级办法", effective_from=date(2026, 1, 1)
    )
    assert HelpRequestFactory(mandate=mine).due_on == date(2026, 3, 9)


def test_a_township_without_an_office_holds_nothing(county, township, mine):
    assert HelpRequestFactory(mandate=mine).holder_id == county.pk


def test_what_a_township_cannot_answer_goes_to_the_county_and_the_date_stays(
    asked, county, clerk, township_clerk, deputy_user
):
    actions.pass_up(asked, why="单位归县里管。", on=MARCH_5, by=township_clerk)
    asked.refresh_from_db()
    assert (asked.holder_id, asked.due_on, asked.state) == (county.pk, MARCH_5, S.OPEN)
    assert clocks.running(RULE, asked).holder_id == county.pk
    assert told(clerk) == ["柳溪镇人大转来代表求助：田代表，单位不给时间"]
    assert told(deputy_user) == ["您的求助转由青禾县人大答复：单位不给时间"]
    with pytest.raises(PermissionDenied):
        actions.answer(asked, answer="已准假。", on=MARCH_6, by=township_clerk)
    assert HelpRequest.objects.visible_to(township_clerk).get() == asked
    with pytest.raises(StepNotOpen):
        actions.pass_up(asked, why="再往上。", on=MARCH_6, by=clerk)
    actions.answer(asked, answer="已准假。", on=MARCH_6, by=clerk)
    assert asked.is_late(on=MARCH_6)


def test_the_countys_office_answers_for_a_township_only_after_taking_it_on(asked, clerk):
    with pytest.raises(PermissionDenied):
        actions.answer(asked, answer="已准假。", on=MARCH_2, by=clerk)
    actions.pass_up(asked, why="镇里工作人员请长假。", on=MARCH_2, by=clerk)
    actions.answer(asked, answer="已准假。", on=MARCH_2, by=clerk)
    assert asked.state == S.ANSWERED


def test_an_answer_that_did_not_help_is_asked_again_and_the_time_runs_anew(asked, deputy_user, township_clerk):
    actions.answer(asked, answer="请与单位联系。", on=MARCH_2, by=township_clerk)
    actions.ask_again(asked, text="单位仍然不批。", on=MARCH_5, by=deputy_user)
    assert (asked.state, asked.due_on, asked.answer) == (S.OPEN, date(2026, 3, 9), "请与单位联系。")
    assert told(township_clerk) == ["田代表代表求助：单位不给时间"] * 2


def test_what_he_withdraws_waits_for_nobody(asked, deputy_user, township_clerk):
    actions.withdraw(asked, on=MARCH_2, by=deputy_user)
    assert (asked.state, clocks.running(RULE, asked)) == (S.WITHDRAWN, None)
    assert not HelpRequest.objects.overdue(on=date(2026, 12, 1)).exists()
    assert HELP.open_steps(asked, deputy_user) == HELP.open_steps(asked, township_clerk) == []


def test_an_empty_request_and_an_empty_answer_come_back_with_a_word_beside_the_field(
    client, asked, deputy_user, township_clerk
):
    client.force_login(deputy_user)
    page = client.post(reverse("safeguards:ask"), {"text": " "}).content.decode()
    assert "请选一项" in page
    assert "请写遇到了什么困难" in page
    client.force_login(township_clerk)
    assert "请写明办得怎样" in step(client, asked, "answer", answer="  ").content.decode()
    with pytest.raises(ValidationError):
        actions.answer(asked, answer="  ", on=MARCH_2, by=township_clerk)
    assert HelpRequest.objects.get().state == S.OPEN


def test_asked_twice_is_one_request(client, mine, deputy_user):
    client.force_login(deputy_user)
    page = reverse("safeguards:ask")
    key = client.get(page).context["form"]["request_key"].value()
    said = {"kind": "other", "text": "平台登录不上。", "request_key": key}
    assert [client.post(page, said).status_code for _each in range(2)] == [302, 302]
    assert HelpRequest.objects.count() == 1
    assert Entry.objects.filter(verb="help.ask").count() == 1
    client.post(page, said | {"text": "还要一份材料。"})
    assert HelpRequest.objects.count() == 2


def test_a_deputy_of_two_congresses_says_as_whose_he_asks(client, mine, township, township_clerk, deputy_user):
    MembershipFactory(user=deputy_user, organ=township, role=Role.DEPUTY)
    below = MandateFactory(congress=township, term=term_of(township), deputy=mine.deputy)
    client.force_login(deputy_user)
    page = reverse("safeguards:ask")
    assert client.get(page).context["form"]["seat"].initial == mine
    said = {"kind": "material", "text": "要镇里的预算。", "request_key": "a"}
    assert client.post(page, said | {"seat": below.pk}).status_code == 302
    request = HelpRequest.objects.get()
    assert (request.mandate, request.congress_id, request.holder_id) == (below, township.pk, township.pk)


@pytest.fixture
def everybody(county, township, mine, clerk, leader, township_clerk, committee_clerk, auditor, government_office):
    """Somebody of each kind: those of the county and its township, a colleague, and the office of another township."""
    elsewhere = CongressFactory(township=True, parent=county)
    return [
        clerk, leader, township_clerk, committee_clerk, auditor, government_office, mine.deputy.user,
        seat(county, "马代表").deputy.user,
        MembershipFactory(role=Role.LEADER, organ=township).user,
        MembershipFactory(role=Role.TOWNSHIP_CLERK, organ=elsewhere).user,
        MembershipFactory(role=Role.NPC_CLERK, organ=CongressFactory()).user,
    ]  # fmt: skip


def test_the_list_and_the_page_agree(client, county, township, mine, everybody, clerk, township_clerk):
    """Whoever may see a request finds it by the query, by the rule and by its page; nobody else does by any."""
    below, lone = seat(township, "镇代表"), seat(county, "无团代表")
    lone.delegation = None
    lone.save(update_fields=["delegation"])
    requests = [HelpRequestFactory(mandate=each) for each in (mine, mine, mine, below, lone)]
    actions.pass_up(requests[1], why="归县里。", on=MARCH_2, by=township_clerk)
    actions.answer(requests[2], answer="已办。", on=MARCH_2, by=township_clerk)
    actions.pass_up(requests[3], why="归县里。", on=MARCH_2, by=clerk)
    for person in everybody:
        client.force_login(person)
        seen = set(HelpRequest.objects.visible_to(person))
        assert seen == {each for each in requests if person.has_perm("safeguards.view_help", each)}, person
        assert seen == {each for each in requests if client.get(each.get_absolute_url()).status_code == 200}, person
        listed = client.get(reverse("safeguards:list"), {"view": "all"})
        if listed.status_code == 200:
            assert set(listed.context["page_obj"].object_list) == seen
    assert len(HelpRequest.objects.visible_to(clerk)) == 5
    assert len(HelpRequest.objects.visible_to(mine.deputy.user)) == 3


def test_each_tab_says_how_many_it_holds_and_what_the_desk_counts_is_behind_its_door(
    client, mine, clerk, township_clerk, deputy_user
):
    today = timezone.localdate()
    open_ones = [HelpRequestFactory(mandate=mine, on=today - timedelta(days=ago)) for ago in (0, 9)]
    answered = HelpRequestFactory(mandate=mine, on=today)
    actions.answer(answered, answer="已办。", on=today, by=township_clerk)
    actions.withdraw(HelpRequestFactory(mandate=mine, on=today), on=today, by=deputy_user)
    client.force_login(township_clerk)
    page = client.get(reverse("safeguards:list"))
    assert {code: count for code, _label, count in page.context["tabs"]} == {
        "open": 2, "late": 1, "answered": 1, "withdrawn": 1, "all": 4,
    }  # fmt: skip
    row = next(row for row in rows_beside(township_clerk) if row.waiting.code == "help")
    assert row.count == 2
    assert set(client.get(row.url).context["page_obj"].object_list) == set(open_ones)
    client.force_login(clerk)
    assert not [row for row in rows_beside(clerk) if row.waiting.code == "help"]
    assert len(client.get(reverse("safeguards:list"), {"kind": "time"}).context["page_obj"].object_list) == 2
    assert len(client.get(reverse("safeguards:list"), {"kind": "money"}).context["page_obj"].object_list) == 0


def test_the_list_costs_the_same_for_one_row_as_for_three(client, mine, clerk):
    client.force_login(clerk)
    costs = []
    for _each in range(3):
        HelpRequestFactory(mandate=mine)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("safeguards:list"))
        costs.append(len(asked))
    assert costs[0] == costs[2]


def test_his_page_of_duties_shows_what_he_asked_and_where_he_asks(client, mine, deputy_user):
    client.force_login(deputy_user)
    assert reverse("safeguards:ask") in client.get(reverse("duties:mine")).content.decode()
    request = HelpRequestFactory(mandate=mine)
    assert request.get_absolute_url() in client.get(reverse("duties:mine")).content.decode()
