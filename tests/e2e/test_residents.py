"""A resident by the code on the wall, and many words that become one suggestion (民情的旅程)."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from congress.deadlines.models import Clock
from congress.organs.roles import Role
from liaison.opinions.models import Opinion
from suggestions.docket.models import Suggestion
from tests.e2e.screen import PHONE
from tests.factories.docket import seat, session_of
from tests.factories.opinions import OpinionFactory
from tests.factories.stations import StationFactory
from tests.people import serving

WORDS = "卫生院门口的路灯坏了两个多月，晚上看病的老人看不清台阶。"
DONE = "已换灯两盏，今晚亮起。"


@pytest.fixture
def station(county):
    session_of(county)
    lead = seat(county, "田桂英")
    group = county.groups.create(name="柳溪镇代表小组", leader=lead)
    group.members.add(lead)
    station = StationFactory(congress=county, name="柳溪镇代表联络站", short_name="柳溪站", head=lead)
    station.hostings.create(group=group)
    return station


@pytest.fixture
def keeper(station):
    return serving(Role.STATION_KEEPER, station, user__name="沈站长")


def photo():
    """A picture that tells where it was taken."""
    place = Image.Exif()
    place[0x8825] = {1: "N", 2: (30.0, 15.0, 0.0)}
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(buffer, "JPEG", exif=place)
    return {"name": "路灯.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def test_a_resident_speaks_by_the_code_on_the_wall_and_rates_the_answer_by_his_own(window, at, station, keeper):
    resident = window(PHONE)
    resident.open(f"/public/say/{station.slug}/").look().says("有话，对代表说")
    resident.fill(text=WORDS, place="柳溪社区").press("提交").says("请先看告知")
    resident.page.locator("[name=photos]").set_input_files([photo()])
    resident.fill(consents=True).look().press("提交").says("已收到").look()
    code = resident.page.locator("b.code").inner_text()
    opinion = Opinion.objects.get()
    assert opinion.text == WORDS

    desk = at(keeper).look()
    desk.says("群众意见待处理").follow("去处理").look().follow(WORDS[:12]).look()
    desk.follow("当场解答").look().fill(text=DONE).press("当场解答").says(DONE)
    href = desk.page.locator(".photos a").get_attribute("href")
    with Image.open(io.BytesIO(desk.page.request.get(f"{desk.address}{href}").body())) as kept:
        assert not kept.getexif(), "where a resident stands is nobody's business"

    later = window(PHONE)
    later.open("/public/look/").fill(code="AAAA-AAAA").press("查办理").says("没有这个查询码").look()
    later.fill(code=code.lower()).press("查办理").says(DONE).says(WORDS).look()
    later.fill(grade="satisfied", words="亮了，谢谢").press("提交评价").says("您的评价").look()
    opinion.refresh_from_db()
    assert (opinion.state, opinion.grade) == (Opinion.State.CLOSED, Opinion.Grade.SATISFIED)
    assert not Clock.objects.running().filter(subject_id=opinion.pk).exists()


def test_the_office_makes_one_suggestion_of_many_words_and_the_deputy_puts_it(at, station, clerk):
    for place in ("柳溪村", "上湾村", "新堡村"):
        OpinionFactory(station=station, place=place, topic="路灯", addressed_to=station.head)
    office = at(clerk).open("/opinions/?view=all&topic=路灯").look()
    office.page.locator("[data-pick-all]").check()
    expect(office.page.get_by_text("已选 3 件")).to_be_visible()
    office.press("转为代表建议").look().says("3 件意见合成一件建议草稿")
    office.fill(ask="三个月内修复三个村的路灯。").press("生成建议草稿").says("已转为建议草稿")
    case = Suggestion.objects.get()
    assert case.lead == station.head
    assert case.opinions.count() == 3

    office.open("/opinions/?view=raised").look().follow("村口的路灯").says("关于解决路灯问题的建议")
    office.open(case.get_absolute_url()).says("来自群众意见").look()


def test_what_an_older_resident_touches_is_large(county, window):
    StationFactory(congress=county)
    page = window(PHONE).open("/public/elder/?on=1&next=/public/").page
    for touched in page.locator(".btn, nav a, .brand, .foot a").all():
        assert touched.bounding_box()["height"] >= 60, touched.inner_text()


def test_what_a_resident_touches_is_large_enough_for_a_thumb(station, window):
    for address in ("/public/", f"/public/say/{station.slug}/", f"/public/stations/{station.slug}/"):
        page = window(PHONE).open(address).page
        for touched in page.locator(".btn, nav a, .form-control, .opt, a.more").all():
            assert touched.bounding_box()["height"] >= 44, touched.inner_text()
