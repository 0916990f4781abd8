"""From a deputy's phone to a satisfied deputy, without a mouse (journey 1)."""

import pytest

from congress.organs.roles import Role
from suggestions.appraisals.models import Rating
from suggestions.docket.models import Suggestion
from tests.e2e.screen import PHONE
from tests.factories.docket import seat, session_of
from tests.people import serving

TITLE = "关于修复青石河左岸堤防的建议"
ASKS = ("修复三处堤防缺口，共约四百一十米。", "明确管护单位，汛前巡查并公布结果。")
ANSWER = "三处缺口已于十月二十日修复，通过县级验收。"


@pytest.fixture
def seats(county):
    session_of(county)
    return [seat(county, name) for name in ("田桂英", "宋长河", "米春来")]


@pytest.fixture
def officer(water):
    return serving(Role.CASE_OFFICER, water, user__name="许承办")


@pytest.fixture
def head(water):
    return serving(Role.DEPARTMENT_HEAD, water, user__name="郑局长")


def user_of(mandate):
    return mandate.deputy.user


def writes(deputy, cosigners):
    deputy.link("写建议").looks()
    deputy.write("title", TITLE).write("situation", "堤防建于一九七八年，去年七月冲开三处缺口，淹田二百余亩。")
    deputy.write("analysis", "修堤之后由谁管护，多年没有说清。")
    for number, text in zip(("一", "二"), ASKS, strict=True):
        deputy.reach(deputy.page.get_by_label(f"第{number}条", exact=True)).types(text)
    deputy.fold("选择附议代表")
    for mandate in cosigners:
        deputy.tick(deputy.page.locator(f"[name=cosigners][value='{mandate.pk}']"))
    deputy.looks().button("存草稿").says("草稿已保存").looks()
    return Suggestion.objects.get(title=TITLE)


def confirms(deputy):
    deputy.looks().link("请您附议").looks()
    deputy.button("确认附议").says("已确认附议").looks()


def submits(deputy):
    deputy.button("预览并提交").looks().button("提交建议").says("会审查并告诉您结果").looks()


def registers(clerk):
    clerk.looks().link("去审查").looks().link(TITLE).looks().link("立案").looks()
    clerk.choose("category", "农林水利").button("立案").says("已立案").looks()


def assigns(clerk, department):
    clerk.link("交办").looks().choose("lead", department.name).button("交办").says("已交办").looks()


def accepts(officer):
    officer.looks().link("去签收").looks().link(TITLE).looks().link("签收").looks()
    officer.button("签收").says("已签收").looks()


def meets(officer):
    officer.link("记录面商").looks().pick("method", "visit").write("place", "石桥村")
    officer.write("opinion", "同意先修缺口，再明确管护单位。").button("记录面商").says("已记录面商").looks()


def drafts(officer, case):
    officer.link("送审签").looks()
    for ask in case.asks.all():
        officer.pick(f"result_class_{ask.pk}", "A").write(f"text_{ask.pk}", ANSWER)
    officer.looks().button("送审签").says("已送审签").looks()


def signs(head):
    head.looks().link("去签发").looks().link(TITLE).looks().link("签发答复").looks()
    head.button("签发答复").says("已签发").looks()


def rates(deputy):
    deputy.open("/").looks().link("请评价答复").looks()
    for name, value in (("contacted", "visit"), ("attitude", "satisfied"), ("result", "satisfied")):
        deputy.pick(name, value)
    deputy.button("签名并提交").says("已收到您的评价").looks()


def test_a_suggestion_goes_from_the_phone_to_a_satisfied_deputy_by_keyboard_alone(
    seats, clerk, officer, head, water, keys
):
    lead = keys(user_of(seats[0]), PHONE).looks()
    case = writes(lead, seats[1:])
    for seconding in seats[1:]:
        confirms(keys(user_of(seconding), PHONE))
    submits(lead)
    desk = keys(clerk)
    registers(desk)
    assigns(desk, water)
    handler = keys(officer)
    accepts(handler)
    meets(handler)
    drafts(handler, case)
    signs(keys(head))
    rates(lead)
    case.refresh_from_db()
    assert [each.get_state_display() for each in case.cosigners.all()] == ["已附议", "已附议"]
    assert case.printed_number
    rating = Rating.objects.get(slip__survey__round__suggestion=case)
    assert (rating.attitude, rating.result) == ("satisfied", "satisfied")
