"""A whole case on paper: the office puts every step down for the one who took it (journey 5, 代录)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from congress.organs.roles import Role
from congress.procedure.models import Entry
from suggestions.appraisals.models import Rating
from suggestions.docket.models import Suggestion
from tests.factories.docket import seat, session_of
from tests.people import serving

TITLE = "关于延伸三号公交线路的建议"
ASKS = ("三号线延伸到石桥村。", "早晚各加一班。")


@pytest.fixture
def people(county, roads):
    session_of(county)
    return {
        "lead": seat(county, "田桂英"),
        "second": seat(county, "宋长河"),
        "officer": serving(Role.CASE_OFFICER, roads, user__name="许承办"),
        "head": serving(Role.DEPARTMENT_HEAD, roads, user__name="郑局长"),
    }


def test_a_whole_case_is_put_down_from_paper(people, clerk, roads, at):
    days = [timezone.localdate() - timedelta(days=ago) for ago in (60, 55, 52, 40, 30, 28, 20)]
    written, assigned, accepted, met, drafted, signed, rated = days

    office = at(clerk).open("/suggestions/record/").look()
    office.fill(
        on=f"{written:%Y-%m-%d}", lead="田桂英", cosigners="宋长河", category={"label": "交通建设"}, title=TITLE,
        situation="石桥村到县城要换乘两次。", asks="\n".join(ASKS),
    ).press("保存，录下一件").says("已录入").look()  # fmt: skip
    case = Suggestion.objects.get(title=TITLE)
    assert [ask.text for ask in case.asks.order_by("number")] == list(ASKS)
    assert (case.state, case.submitted_on) == ("registered", written)

    office.follow(TITLE).look().step("交办").fill(lead={"label": roads.name}).from_paper(assigned)
    office.press("交办").says("已交办").look()
    office.step("签收").from_paper(accepted, "许承办").press("签收").says("已签收").look()
    office.step("记录面商").look().fill(method="visit", opinion="同意先延伸再加班次。").from_paper(met, "许承办")
    office.press("记录面商").says("已记录面商")
    office.step("送审签").look()
    for ask in case.asks.all():
        office.fill(**{f"result_class_{ask.pk}": "A", f"text_{ask.pk}": "已于上月一日开通，每日六班。"})
    office.from_paper(drafted, "许承办").press("送审签").says("已送审签").look()
    office.step("签发答复").look().from_paper(signed, "郑局长").press("签发答复").says("已签发").look()
    office.follow("填写评价").look().fill(contacted="visit", attitude="satisfied", result="basic").press("签名并提交")
    office.says("已录入").look()

    case.refresh_from_db()
    assert case.replied_on == signed
    rating = Rating.objects.get(slip__survey__round__suggestion=case)
    assert rating.result == "basic"
    signing = Entry.objects.of(case).get(verb="share.sign")
    assert (signing.by, signing.on_behalf_of, signing.on) == (clerk, people["head"], signed)
