"""Dates as people write them on Chinese papers: read without guessing, and said in one way (日期写法)."""

import re
import time
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from congress.kit.columns import CONTROL, Cell, fail, warn

_DIGITS = {"〇": 0, "○": 0, "零": 0, "o": 0, "О": 0, "0": 0}
_DIGITS |= {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_DIGITS |= {f"{value}": value for value in range(10)}
_NUMBER = r"[0-9〇○零oО一二三四五六七八九两十廿卅]"
_WORDED = re.compile(rf"({_NUMBER}{{2,4}})年(?:({_NUMBER}{{1,3}})月?(?:({_NUMBER}{{1,3}})[日号]?)?)?$")
_NO_YEAR = re.compile(rf"({_NUMBER}{{1,3}})月({_NUMBER}{{1,3}})[日号]?$")
_PARTED = re.compile(r"(\d{4}|\d{2})[./\-](\d{1,2})(?:[./\-](\d{1,2}))?$")
_SOLID = re.compile(r"((?:19|20)\d{2})(\d{2,4})$")
_SERIAL = re.compile(r"([2-5]\d{4})(?:\.\d+)?$")
_TIME = re.compile(r"(?:\s|t)\s*\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?\s*$")
_VAGUE = re.compile(r"(以?后|以?前|左右|前后|上旬|中旬|下旬|底|初)$")
_BLANK = frozenset({"", "无", "-", "--", "—", "/", "\\", "不详", "待定", "空"})
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
_FIRST_YEAR, _LAST_YEAR = 1949, 2100


def today():
    """The day here, as `timezone.localdate` gives it; for what each page asks ten times, found out once a second."""
    return _day_of(int(time.time()))


@lru_cache(maxsize=1)
def _day_of(_second):
    return timezone.localdate()


def read_day(raw):
    """A day as a date, or None with a warning where the paper does not say it to the day; nonsense is an error.

    2024年3月5日 · 2024.3.5 · 二〇二四年三月五日 · 20240305 · 45356 (spreadsheet) · 2017/6/30 16:31:56
    """
    text = unicodedata.normalize("NFKC", CONTROL.sub("", raw)).strip().lower()
    if text in _BLANK:
        return Cell(raw, None)
    text = re.sub(r"\s", "", _TIME.sub("", text))
    if vague := _VAGUE.search(text):
        return warn(raw, None, _("写的是“%s”，没有到日，不作日期。") % vague.group())
    if found := _WORDED.match(text) or _PARTED.match(text):
        return _parted(raw, *found.groups())
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        return warn(raw, None, _("只有年份，没有到日，不作日期。"))
    if _NO_YEAR.match(text):
        return warn(raw, None, _("没有年份，不作日期。"))
    if found := _SERIAL.match(text):
        day = _EPOCH + timedelta(days=int(found[1]))
        return warn(raw, day, _("是表格里的日期序号，读作 %s。") % said(day))
    if found := _SOLID.match(text):
        return _solid(raw, found[1], found[2])
    return fail(raw, _("认不出是哪一天，请改为“2024-03-05”这样的写法。"))


def asked_day(text):
    """The day that an address names, or None; what is no date, or of no year of ours, is overlooked."""
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    return day if day and _is_of_our_years(day) else None


def check_years(day):
    """What every date field of a form refuses: a year mistyped, such as 20266 or 0026 (年份)."""
    if not _is_of_our_years(day):
        words = {"first": _FIRST_YEAR, "last": _LAST_YEAR}
        raise ValidationError(_("年份不对，请填 %(first)s 到 %(last)s 年的日期。") % words)


def _is_of_our_years(day):
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def said(day):
    """2024年3月5日, as a sentence says a day."""
    return f"{day.year}年{day.month}月{day.day}日"


def said_short(day):
    """3月5日, where the year goes without saying."""
    return f"{day.month}月{day.day}日"


def said_moment(at):
    """3月5日 09:30, on the clocks here."""
    here = timezone.localtime(at)
    return f"{said_short(here.date())} {here:%H:%M}"


def number_of(text):
    """A number as it stands in a date: 12, 十二, 二十五, 廿五, 二〇二四; None when it is none."""
    if not text:
        return None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" in text:
        tens, _ten, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return None
        return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    if any(each not in _DIGITS for each in text):
        return None
    return int("".join(f"{_DIGITS[each]}" for each in text))


def _parted(raw, year, month, day):
    year, month, day = number_of(year), number_of(month), number_of(day)
    short_year = year is not None and year < 100
    if short_year:
        year += 2000 if year < 50 else 1900
    if month is None:
        return warn(raw, None, _("只有年份，没有到日，不作日期。"))
    if not 1 <= month <= 12:
        return fail(raw, _("没有这样的日期。"))
    if day is None:
        return warn(raw, None, _("只到月份，没有到日，不作日期。"))
    found = _day(year, month, day)
    if found is None:
        return fail(raw, _("没有这样的日期。"))
    if short_year:
        return warn(raw, found, _("年份只有两位，读作 %s。") % said(found))
    return Cell(raw, found)


def _solid(raw, year, rest):
    """Digits without a sign between them: only where there is one way to read them."""
    if len(rest) == 4:
        found = _day(int(year), int(rest[:2]), int(rest[2:]))
        return Cell(raw, found) if found else fail(raw, _("没有这样的日期。"))
    found = [_day(int(year), int(rest[:cut]), int(rest[cut:])) for cut in range(1, len(rest))]
    found = [each for each in found if each]
    is_month = len(rest) == 2 and 1 <= int(rest) <= 12
    if len(found) == 1 and not is_month:
        return warn(raw, found[0], _("年月日之间没有分隔，读作 %s，请核对。") % said(found[0]))
    if is_month and not found:
        return warn(raw, None, _("只到月份，没有到日，不作日期。"))
    if not found:
        return fail(raw, _("没有这样的日期。"))
    ways = "、".join([*[f"{year}年{int(rest)}月"] * is_month, *[said(each) for each in found]])
    return warn(raw, None, _("年月日之间没有分隔，可以读作%s，不作日期。") % ways)


def _day(year, month, day):
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
