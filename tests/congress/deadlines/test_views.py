"""Changing rules and calendar: looked at first, then done; and the page that explains a clock."""

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse

from congress.deadlines import actions as clocks
from congress.deadlines.models import Clock
from congress.rulebook.models import CalendarDay, CalendarYear, CongressProfile, RuleOverride
from suggestions.docket.models import Suggestion
from tests.factories.docket import SuggestionFactory, officer_of, seat_user
from tests.factories.organs import CongressFactory, DepartmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]
MARCH_20 = dt.date(2026, 3, 20)


@pytest.fixture
def april():
    with time_machine.travel(dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def case(county):
    return SuggestionFactory(congress=county, title="关于修复青石河左岸堤防的建议", submitted=True)


@pytest.fixture
def reply(case, clerk):
    return clocks.start("reply", case, on=MARCH_20, by=clerk)


def post(client, user, name, /, *args, **sent):
    client.force_login(user)
    return client.post(reverse(f"deadlines:{name}", args=args), sent)


OVERRIDE = {"value": "2", "unit": "months", "effective_from": "2026-01-01", "article": "本县办法第九条"}


def test_an_own_rule_is_looked_at_before_it_counts(client, clerk, county, reply):
    seen = post(client, clerk, "override", county.code, "reply", **OVERRIDE)
    assert "会变动 1 个计时中的期限" in seen.text
    assert "2026年6月22日" in seen.text
    assert "2026年5月20日" in seen.text
    assert "关于修复青石河左岸堤防的建议" in seen.text
    assert not RuleOverride.objects.exists()


def test_the_confirmed_change_moves_the_clock(client, clerk, county, case, reply):
    clocks.meet("accept_notice", case, on=MARCH_20, by=clerk)
    done = post(client, clerk, "override", county.code, "reply", **OVERRIDE, confirm="1")
    assert done.url == reverse("rulebook:congress", args=[county.code])
    reply.refresh_from_db()
    assert reply.due_on == dt.date(2026, 5, 20)
    case.refresh_from_db()
    assert case.due_on == dt.date(2026, 5, 20)  # the copy that lists read


def test_the_preview_sends_on_exactly_what_was_filled_in(client, clerk, county):
    lines = "人大代表工作机构\n政府办公室"
    seen = post(client, clerk, "override", county.code, "reply_copies", **OVERRIDE | {"unit": "list", "value": lines})
    assert list(seen.context["kept"]) == [
        ("value", lines),
        ("unit", "list"),
        ("effective_from", "2026-01-01"),
        ("article", "本县办法第九条"),
    ]


def test_a_value_beyond_the_law_is_refused_beside_its_field(client, clerk, county):
    seen = post(client, clerk, "override", county.code, "reply", **OVERRIDE | {"value": "4"})
    assert "不能比代表法第五十一条规定的期限更长" in seen.text
    assert "看看影响" in seen.text


def test_a_profile_is_chosen_with_its_ground(client, clerk, county, reply):
    choice = {"profile": "shandong", "effective_from": "2026-01-01", "ground": "第三次主任会议决定"}
    assert "没有计时中的期限会变动" in post(client, clerk, "choose_profile", county.code, **choice).text
    post(client, clerk, "choose_profile", county.code, **choice, confirm="1")
    assert CongressProfile.objects.get(congress=county).profile.code == "shandong"


def test_an_own_rule_is_taken_back_with_a_reason(client, clerk, county, reply):
    post(client, clerk, "override", county.code, "reply", **OVERRIDE, confirm="1")
    override = RuleOverride.objects.get()
    assert "会变动 1 个" in post(client, clerk, "drop_override", county.code, override.pk, reason="办法已废止").text
    post(client, clerk, "drop_override", county.code, override.pk, reason="办法已废止", confirm="1")
    reply.refresh_from_db()
    assert reply.due_on == dt.date(2026, 6, 22)


def test_rules_are_decided_only_by_who_keeps_the_congress(client, leader, deputy_user, township_clerk, county):
    for user in (leader, deputy_user, township_clerk):
        client.force_login(user)
        for name, args in (("choose_profile", []), ("override", ["reply"]), ("moves", [])):
            assert client.get(reverse(f"deadlines:{name}", args=[county.code, *args])).status_code == 404


def test_a_rule_that_does_not_exist_is_404(client, clerk, county):
    client.force_login(clerk)
    assert client.get(reverse("deadlines:override", args=[county.code, "no-such"])).status_code == 404


def test_a_changed_day_tells_other_congresses_only_their_number(client, clerk, reply):
    other = CongressFactory(short_name="远山县人大")
    clocks.start("reply", SuggestionFactory(congress=other, title="外县的建议"), on=MARCH_20, by=clerk)
    sent = {"kind": "rest", "name": "防汛", "source": "县政府通告"}
    seen = post(client, clerk, "day", 2026, 6, 22, **sent)
    assert "远山县人大有 1 个期限会变动" in seen.text
    assert "外县的建议" not in seen.text
    assert not CalendarDay.objects.filter(date="2026-06-22").exists()
    post(client, clerk, "day", 2026, 6, 22, **sent, confirm="1")
    assert set(Clock.objects.filter(rule="reply").values_list("due_on", flat=True)) == {dt.date(2026, 6, 23)}


def test_a_day_goes_back_to_the_plain_week(client, administrator):
    post(client, administrator, "day", 2026, 5, 1, kind="plain", confirm="1")
    assert not CalendarDay.objects.filter(date="2026-05-01").exists()


def test_a_holiday_without_a_name_is_asked_for_it(client, clerk):
    assert "请填写" in post(client, clerk, "day", 2026, 6, 22, kind="rest").text


def test_the_calendar_is_not_everybodys(client, leader, deputy_user, township_clerk):
    for user in (leader, deputy_user, township_clerk):
        assert post(client, user, "day", 2026, 6, 22, kind="plain", confirm="1").status_code in {403, 404}


def test_a_day_that_does_not_exist_is_404(client, clerk):
    client.force_login(clerk)
    assert client.get("/deadlines/calendar/2026/2/30/").status_code == 404


def test_a_notice_is_imported_from_a_file_by_way_of_its_preview(client, clerk, case):
    late = clocks.start("reply", case, on=dt.date(2026, 12, 1), by=clerk)
    assert late.provisional
    file = BytesIO("日期,类型,名称\n2027-03-01,放假,试\n".encode("gb18030"))
    file.name = "2027.csv"
    seen = post(client, clerk, "import_year", 2027, file=file, source="放假通知")
    assert "放假 1 日" in seen.text
    assert not CalendarYear.objects.filter(year=2027).exists()
    post(client, clerk, "import_year", 2027, **dict(seen.context["kept"]), confirm="1")
    late.refresh_from_db()
    assert (late.due_on, late.provisional) == (dt.date(2027, 3, 2), False)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\xff\xff\x81", b"PK\x03\x04\x00\x00", b""])
def test_a_file_that_is_no_table_is_refused_with_a_sentence(client, clerk, content):
    file = BytesIO(content)
    file.name = "2027.csv"
    seen = post(client, clerk, "import_year", 2027, file=file, source="放假通知")
    assert seen.status_code == 200
    assert seen.context["form"].errors


def test_a_year_is_marked_as_published(client, clerk):
    post(client, clerk, "publish_year", 2027, is_published="on", source="放假通知", confirm="1")
    assert CalendarYear.objects.get(year=2027).is_published


def test_what_a_broken_run_left_behind_is_moved_from_its_page(client, clerk, county, reply):
    CalendarDay.objects.create(date="2026-06-22", is_workday=False, name="试")
    client.force_login(clerk)
    assert "1 个计时中的期限与现行规则不一致" in client.get(reverse("deadlines:moves", args=[county.code])).text
    post(client, clerk, "moves", county.code)
    reply.refresh_from_db()
    assert reply.due_on == dt.date(2026, 6, 23)
    assert "都与现行规则一致" in client.get(reverse("deadlines:moves", args=[county.code])).text


def explained(client, user, clock):
    client.force_login(user)
    return client.get(reverse("deadlines:explain", args=[clock.pk]))


def test_a_clock_explains_itself_day_by_day(client, clerk, reply):
    text = explained(client, clerk, reply).text
    assert "答复期限为什么是 6月22日" in text
    assert "代表法第五十一条" in text
    assert 'class="due"' in text
    assert "端午" in text


def test_the_proposer_sees_why_his_answer_is_due_that_day(client, reply):
    case = Suggestion.objects.get(pk=reply.case_id)
    assert explained(client, seat_user(case), reply).status_code == 200


def test_a_department_sees_the_clocks_of_its_case_and_never_the_judging(client, clerk, county):
    roads = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, assigned=True, department=roads)
    judge = clocks.start("judge", case, on=MARCH_20, by=clerk, holder=county)
    own = Clock.objects.filter(holder=roads).first()
    assert explained(client, officer_of(roads), own).status_code == 200
    assert "研判" not in explained(client, officer_of(roads), own).text
    assert explained(client, officer_of(roads), judge).status_code == 404
    assert explained(client, seat_user(case), judge).status_code == 404
    assert explained(client, clerk, judge).status_code == 200


def test_the_clock_of_a_case_that_is_not_yours_is_not_there(client, reply, township_clerk):
    assert explained(client, officer_of(DepartmentFactory()), reply).status_code == 404
    assert explained(client, township_clerk, reply).status_code == 404
