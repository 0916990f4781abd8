"""Dates as an official writes them, ordinals, and addresses that keep their filters."""

from datetime import date

import pytest
import time_machine
from django.template import Context, Template
from django.test import RequestFactory
from pytest_django.asserts import assertTemplateNotUsed, assertTemplateUsed

from congress.kit.frozen import Frozen
from congress.kit.paging import page_of
from congress.kit.templatetags import ui
from congress.organs.hats import Home
from suggestions.docket.reports import COLUMNS

TODAY = date(2026, 6, 16)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-16 09:00+08:00", tick=False):
        yield


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 6, 12), "超 4 天"),
        (date(2026, 6, 15), "超 1 天"),
        (TODAY, "今天"),
        (date(2026, 6, 17), "明天"),
        (date(2026, 6, 18), "余 2 天"),
        (None, ""),
    ],
)
def test_the_distance_of_a_date_is_said_in_words(day, words):
    assert ui.days_left(day) == words


def test_the_seal_stands_for_the_congress_and_for_deputies_where_there_is_none():
    assert (ui.seal(Home(short_name="青禾县人大", name="青禾县人民代表大会")), ui.seal(Home()), ui.seal(None)) == (
        "青", "代", "代",
    )  # fmt: skip


def test_a_date_names_its_year_only_when_it_is_another_one():
    assert ui.cn_date(date(2026, 6, 18)) == "6月18日"
    assert ui.cn_date(date(2025, 12, 1)) == "2025年12月1日"
    assert ui.cn_date_full(TODAY) == "2026年6月16日"
    assert ui.weekday(date(2026, 6, 18)) == "周四"


@pytest.mark.parametrize(
    ("day", "kind"), [(date(2026, 6, 15), "late"), (date(2026, 6, 19), "soon"), (date(2026, 6, 20), "")]
)
def test_only_what_is_near_or_over_is_coloured(day, kind):
    assert ui.nearness(day) == kind


@pytest.mark.parametrize(("number", "word"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")])
def test_asks_are_numbered_in_chinese(number, word):
    assert ui.chinese_order(number) == word


def test_an_address_keeps_its_filters_when_one_part_changes():
    request = RequestFactory().get("/list/?unit=water&page=3&q=%E5%A0%A4")
    template = Template("{% address_with page=4 q=None %}")
    assert template.render(Context({"request": request})) == "?unit=water&amp;page=4"


def test_an_icon_is_decoration_for_screen_readers():
    drawn = ui.icon("search")
    assert drawn.startswith("<svg")
    assert 'aria-hidden="true"' in drawn


@pytest.mark.parametrize(
    ("number", "offered"),
    [(1, [1, 2, None, 7]), (4, [1, None, 3, 4, 5, None, 7]), (7, [1, None, 6, 7])],
)
def test_the_pager_offers_the_ends_and_the_neighbours(number, offered):
    assert ui.page_numbers(page_of(range(164), number)) == offered


def test_a_kept_fragment_shows_its_values_and_the_day_and_nothing_else():
    line = Template('{% kept "suggestions/docket/_list_row.html" row=row shown=shown %}')
    shown = Frozen(dict.fromkeys(COLUMNS, False) | {"title": True})

    def told(title, **more):
        row = Frozen({"pk": 1, "number": "86", "url": "/suggestions/1/", "title": title, "is_motion": False})
        return line.render(Context({"row": row, "shown": shown, **more}))

    first = told("关于修堤的建议")
    assert "关于修堤的建议" in first
    assert told("关于修堤的建议", number="87", user="别人") == first
    assert "关于<b>修路" not in told("关于<b>修路</b>的建议")
    assert "关于修堤的建议" not in told("关于修路的建议")


def test_equal_frozen_values_have_one_hash_and_others_are_others():
    row = {"title": "修路", "due_on": date(2026, 6, 18)}
    assert len({Frozen(row), Frozen(dict(row)), Frozen(row | {"title": "修堤"})}) == 2


def test_a_fragment_kept_by_a_mark_is_drawn_once_for_it_and_each_time_without_one():
    line = Template('{% kept_by mark "suggestions/docket/_list_row.html" row=row shown=shown %}')
    shown = dict.fromkeys(COLUMNS, False) | {"title": True}

    def told(mark, title):
        row = {"pk": 1, "number": "86", "url": "/suggestions/1/", "title": title, "is_motion": False}
        return line.render(Context({"row": row, "shown": shown, "mark": mark}))

    assert "修堤" in told("a", "修堤")
    assert "修堤" in told("a", "修路")  # equal marks: the same page, its values are not looked at
    assert "修路" in told("b", "修路")
    assert "修桥" in told("", "修桥")
    assert "修渠" in told("", "修渠")


def test_an_address_of_any_length_is_shown_and_a_long_one_is_not_remembered():
    kept = ui._keeping(most=8)
    short, long = "q=" + "路" * 10, "q=" + "路" * ui.LONGEST
    for query, drawn in ((short, True), (short, False), (long, True), (long, True)):
        with (assertTemplateUsed if drawn else assertTemplateNotUsed)("_pager.html"):
            assert "page=3" in kept("_pager.html", number=2, count=100, size=25, note="", query=query)


def test_the_pager_keeps_every_condition_of_the_address():
    line = Template('{% kept "_pager.html" number=2 count=100 size=25 note="" query="state=in_hand&state=closed&q=" %}')
    assert 'href="?state=in_hand&amp;state=closed&amp;q=&amp;page=3" rel="next"' in line.render(Context())
