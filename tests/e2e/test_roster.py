"""A roster with errors is mended, confirmed, and taken back (journey 3)."""

import pytest
from openpyxl import Workbook

from deputies.roll.models import Mandate
from tests.factories.docket import session_of

HEAD = ("姓名", "性别", "民族", "出生年月", "代表团", "手机号码")
GOOD = (
    ("田桂英", "女", "汉族", "1971-03", "石桥镇代表团", "13900001111"),
    ("宋长河", "男", "汉族", "1966-11", "石桥镇代表团", "13900002222"),
)
WRONG = ("米春来", "男", "汉族", "1980-13", "柳溪镇代表团", "13900003333")
MENDED = ("米春来", "男", "汉族", "1980-12", "柳溪镇代表团", "13900003333")


@pytest.fixture
def roster(tmp_path):
    """roster(rows) → the path of a workbook whose header stands beneath a title."""

    def written(*rows):
        book = Workbook()
        for row in (("青禾县第十八届人大代表名册",), HEAD, *rows):
            book.active.append(row)
        path = tmp_path / f"名册{len(list(tmp_path.iterdir()))}.xlsx"
        book.save(path)
        return path

    return written


def brings_in(office, path):
    office.open("/deputies/imports/")
    office.page.locator("[name=file]").set_input_files(path)
    return office.press("上传并核对").look()


def test_a_roster_with_errors_is_mended_confirmed_and_taken_back(county, clerk, roster, at):
    session_of(county)
    seats = Mandate.objects.filter(congress=county)
    office = at(clerk).follow("导入名册").look()

    brings_in(office, roster(*GOOD, WRONG)).says("1 行有错，写不进去")
    assert office.page.locator("td.c-born_on, td", has_text="1980-13").first.is_visible()
    office.press("放弃这次导入").says("没有任何改动")
    assert not seats.exists()

    brings_in(office, roster(*GOOD, MENDED)).says("将写入 3 人").press("写入 3 人").says("已写入 3 人").look()
    assert set(seats.values_list("deputy__name", flat=True)) == {"田桂英", "宋长河", "米春来"}
    office.follow("看名册").look().says("米春来")

    office.page.go_back()
    office.fill(reason="用错了文件。").press("撤销这次导入").says("回到了导入以前").look()
    assert not seats.exists()
