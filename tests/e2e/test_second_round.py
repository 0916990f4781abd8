"""A dissatisfied deputy, the office's judgement, and the second round in the department (journey 2)."""

from datetime import timedelta

from django.utils import timezone

from suggestions.appraisals.models import Judgement, Rating
from suggestions.docket.models import Assignment
from tests.e2e.screen import PHONE
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of, seat_user


def rates(deputy, *, result, **more):
    deputy.follow("请评价答复").look()
    deputy.fill(contacted="visit", attitude="satisfied", result=result, **more).press("签名并提交")
    deputy.says("已收到您的评价").look()


def test_a_dissatisfied_deputy_brings_a_second_round(county, water, at):
    replied = timezone.localdate() - timedelta(days=80 + 3)  # the reply is sent 80 days after the submission
    case = SuggestionFactory(congress=county, department=water, replied=True, since=replied)
    first = case.asks.first()
    deputy = at(seat_user(case), PHONE).look()
    rates(deputy, result="dissatisfied", missing=str(first.pk), comment="上段还没有动工。")

    clerk = at(clerk_of(county)).look().follow("研判不满意评价").look().follow(case.title).look()
    clerk.follow("重新办理").look().fill(reason="请把上段的开工日期和责任人写明。").press("重新办理").look()
    assert Judgement.objects.get().state == Judgement.State.REWORK
    case.refresh_from_db()
    assert (case.state, case.round_number) == ("in_hand", 2)

    officer = at(officer_of(water)).look()
    share = Assignment.objects.get(round__suggestion=case, round__number=2)
    if share.state == Assignment.State.ASSIGNED:
        officer.follow("去签收").follow(case.title).look().follow("签收").press("签收").says("已签收")
    else:
        officer.open(case.get_absolute_url())
    officer.look().follow("记录面商").fill(method="visit", opinion="同意十月前开工。").press("记录面商").says(
        "已记录面商"
    )
    officer.follow("送审签").look()
    for ask in case.asks.all():
        officer.fill(**{f"result_class_{ask.pk}": "A", f"text_{ask.pk}": "上段已于本月完工，责任人韩立民。"})
    officer.press("送审签").says("已送审签").look()
    at(head_of(water)).follow("去签发").follow(case.title).follow("签发答复").look().press("签发答复").says("已签发")

    rates(deputy.open("/"), result="satisfied")
    told = Rating.objects.filter(slip__survey__round__suggestion=case, is_current=True)
    assert list(told.order_by("pk").values_list("result", flat=True)) == ["dissatisfied", "satisfied"]
