import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from congress.rulebook import actions
from congress.rulebook.book import rules_for
from congress.rulebook.models import CalendarDay, CalendarYear, CongressProfile, RuleOverride, RuleProfile
from congress.rulebook.notice import decode, read_notice
from tests.factories.rulebook import CalendarDayFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)


def override(congress, code, unit, value):
    return actions.override_rule(
        congress, code=code, unit=unit, value=value, article="本县办法第九条", effective_from=DAY
    )


@pytest.mark.parametrize(
    ("unit", "value"), [("months", 2), ("months", 3), ("workdays", 50), ("days", 80), ("calendar_date", "08-05")]
)
def test_a_congress_may_shorten_a_statutory_period(county, unit, value):
    override(county, "reply", unit, value)
    rule = rules_for(county, on=DAY).period("reply")
    assert (rule.unit, rule.value, rule.is_override) == (unit, value, True)


@pytest.mark.parametrize(("unit", "value"), [("months", 4), ("workdays", 80), ("days", 100)])
def test_a_congress_may_not_lengthen_a_statutory_period(county, unit, value):
    with pytest.raises(ValidationError, match="不能比代表法第五十一条规定的期限更长"):
        override(county, "reply", unit, value)


@pytest.mark.parametrize(
    ("code", "unit", "value"), [("motion_min_cosigners", "count", 3), ("contact_required", "flag", False)]
)
def test_what_the_law_fixes_stays(county, code, unit, value):
    with pytest.raises(ValidationError, match="已有规定，不能改动"):
        override(county, code, unit, value)


def test_a_product_default_may_be_set_freely(county):
    override(county, "return", "workdays", 30)
    override(county, "rate_each_cosigner", "flag", False)
    assert rules_for(county, on=DAY).flag("rate_each_cosigner") is False


def test_a_rule_keeps_its_kind(county):
    with pytest.raises(ValidationError, match="不能用这个单位"):
        override(county, "small_group", "days", 5)


def test_the_same_day_again_replaces_what_was_decided(county):
    for code in ("shandong", "henan"):
        profile = RuleProfile.objects.get(code=code)
        actions.choose_profile(county, profile=profile, effective_from=DAY, ground="主任会议")
    assert CongressProfile.objects.get().profile.code == "henan"
    override(county, "return", "days", 9)
    actions.drop_override(override(county, "return", "days", 8))
    assert not RuleOverride.objects.exists()


def test_an_imported_notice_replaces_the_whole_year_and_publishes_it():
    CalendarDayFactory(date=dt.date(2027, 12, 24))
    days = read_notice("日期,类型,节日\n2027-02-06,放假,春节\n2027/2/20,调休上班,春节\n", year=2027)
    actions.import_year(2027, days, source="放假通知")
    rows = CalendarDay.objects.filter(date__year=2027).values_list("date", "is_workday", "name")
    assert list(rows) == [(dt.date(2027, 2, 6), False, "春节"), (dt.date(2027, 2, 20), True, "春节")]
    assert CalendarYear.objects.get(year=2027).is_published


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "表格里没有日期"),
        ("2027-02-30,放假,春节", "没有“2027-02-30”这一天"),
        ("2026-02-06,放假,春节", "不在2027年"),
        ("2027-02-06,大概,春节", "请写明“放假”或者“上班”"),
        ("2027-02-06,放假,春节\n2027-02-06,上班,春节", "重复出现"),
        ("2027-02-06,放假,春节\n初一,放假,春节", "第 2 行：“初一”不是日期"),
        ("PK\x00\x03", "这不是文字表格"),
    ],
)
def test_a_notice_that_cannot_be_read_says_which_line_and_why(text, said):
    with pytest.raises(ValidationError, match=said):
        read_notice(text, year=2027)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_notice_may_come_in_any_usual_encoding(encoding):
    assert read_notice(decode("2027-02-06,休,春节".encode(encoding)), year=2027)[0][1:] == (False, "春节")


def test_bytes_of_no_encoding_are_refused():
    with pytest.raises(ValidationError, match="认不出文件的编码"):
        decode(b"\xff\xff\xff\x81")
