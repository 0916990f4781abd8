"""The organiser holds an activity, a deputy signs in by the code on the screen and objects (履职的旅程)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from deputies.activities.codes import code_at
from deputies.activities.models import Activity
from deputies.duties.models import DutyRecord
from tests.e2e.screen import PHONE
from tests.factories.docket import seat, session_of
from tests.factories.duties import claimed, fresh, settled


@pytest.fixture
def seats(county):
    session_of(county)
    return [seat(county, name) for name in ("田桂英", "宋长河")]


def moment(at):
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def test_one_scan_fills_the_archive_and_an_objection_opens_the_row_again(at, clerk, seats):
    begin = timezone.now() + timedelta(minutes=5)
    office = at(clerk).follow("履职活动").look().follow("筹备活动").look()
    office.fill(kind="briefing", title="政情通报会", theme="通报上半年经济运行", place="县人大会议室")
    office.fill(starts_at=moment(begin), ends_at=moment(begin + timedelta(hours=2)))
    office.press("保存，选定代表").look().fill(everybody=True).press("列出代表").look()
    office.press("邀请").look().follow("发出通知").look().press("发出通知").look()
    activity = Activity.objects.get()

    first, second = (at(each.deputy.user, PHONE) for each in seats)
    first.look().follow("政情通报会").look().press("我参加").says("已回复参加")
    office.follow("签到屏").look().says("扫码签到")
    first.page.goto(f"{first.address}/activities/check-in/{activity.pk}/000000000000/")  # a code of yesterday
    first.says("二维码已经换了").look()
    first.open(f"/activities/check-in/{activity.pk}/{code_at(activity, timezone.now())}/").look()
    first.press("田桂英，签到").says("签到成功").look()
    second.open(f"/activities/check-in/{activity.pk}/{code_at(activity, timezone.now())}/").press("宋长河，签到")

    row = DutyRecord.objects.get(mandate=seats[0])
    first.open("/duties/mine/").look().says("政情通报会").follow("有错，提异议").look()
    first.fill(objection="我代表团里请了假，没有到会。").press("提出异议").look()
    row.refresh_from_db()
    assert row.state == DutyRecord.State.OBJECTED

    office.open("/").says("履职登记有异议").follow("去处理").look().follow("政情通报会").look()
    office.follow("更正").look().fill(outcome="leave", finding="经核对请假条，更正为请假。").press("更正").look()
    row.refresh_from_db()
    assert (row.state, row.outcome) == (DutyRecord.State.SETTLED, DutyRecord.Outcome.LEAVE)

    second.open("/duties/mine/").press("没有错")
    assert DutyRecord.objects.verified().performed().get().mandate == seats[1]
    second.follow("履职档案").look().says("政情通报会")


def test_a_refused_form_opens_on_the_phone_at_the_first_field_that_is_wrong(at, seats):
    first = at(seats[0].deputy.user, PHONE).open("/duties/mine/claim/")
    first.fill(kind="patrol", title="巡查", quantity="0").press("登记").look()
    wrong = first.page.locator("[name=quantity]")
    expect(wrong).to_be_focused()
    expect(wrong).to_be_in_viewport()
    assert first.page.evaluate("scrollY") > 0


def test_the_office_verifies_what_deputies_put_down_in_one_go_and_without_a_mouse(keys, clerk, seats):
    rows = [claimed(each, on=timezone.localdate()) for each in seats]
    office = keys(clerk).open("/duties/").looks()
    office.tick(office.page.locator("[data-pick-all]")).says("已选 2 条").button("核实")
    assert {fresh(row).state for row in rows} == {DutyRecord.State.SETTLED}


def test_on_a_phone_the_conditions_of_a_list_open_by_one_key(keys, clerk, seats):
    claimed(seats[0], on=timezone.localdate())
    office = keys(clerk, PHONE).open("/duties/").looks().says("巡查青石河石桥段")
    assert not office.named("outcome").is_visible()
    office.fold("条件").looks().choose("outcome", "缺席").button("查找")
    office.says("没有符合条件的登记").looks()


def test_the_printed_archive_leaves_a_title_the_width_of_words(at, clerk, seats):
    settled(seats[0])
    page = at(clerk).open(f"/duties/archives/{seats[0].pk}/").page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 658, "height": 950})  # A4 between its margins
    for cell in (".duty-title", ".duty-title + td"):
        width, letter = page.locator(f".duty-rows {cell}").first.evaluate(
            "cell => [cell.clientWidth, parseFloat(getComputedStyle(cell).fontSize)]"
        )
        assert width > 6 * letter


def test_what_a_deputy_wrote_without_a_network_stands_on_the_page_that_he_opens_again(at, seats):
    page = at(seats[0].deputy.user, PHONE).open("/suggestions/write/").page
    page.locator("[name=title]").fill("关于在石桥村口安装路灯的建议")
    status, saved = page.locator("[data-autosave-status]"), re.compile(r"^\d\d:\d\d 已存$")
    expect(status).to_have_text(saved)
    page.context.set_offline(True)
    page.locator("[name=situation]").fill("村口没有路灯。")
    expect(status).to_contain_text("网络不通，内容已存在本机")
    page.context.set_offline(False)
    expect(status).to_have_text(saved)
    page.reload()
    expect(page.locator("[name=situation]")).to_have_value("村口没有路灯。")
