import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories.organs import CongressFactory
from tests.factories.rulebook import CongressProfileFactory, RuleOverrideFactory

pytestmark = pytest.mark.django_db
APRIL_1 = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"rulebook:{name}", args=args), query)


def test_the_profiles_stand_side_by_side_and_say_what_is_a_product_default(client, clerk):
    text = page(client, clerk, "profiles").text
    for name in ("全国", "浙江", "重庆", "青岛", "山东", "河南", "北京", "上海", "乡镇两个月、四个月"):
        assert name in text
    assert "10 个工作日" in text
    assert "产品默认" in text


def test_a_profile_shows_every_value_with_its_article(client, deputy_user):
    text = page(client, deputy_user, "profile", "chongqing").text
    assert "《重庆市人民代表大会代表建议批评和意见工作条例》第十三条（依第三十九条参照）" in text
    assert "<td>2 个月</td>" not in page(client, deputy_user, "profile", "national", level="county").text
    assert (
        "《重庆市乡镇人民代表大会工作条例》第十六条"
        in page(client, deputy_user, "profile", "chongqing", level="township").text
    )


@pytest.mark.parametrize(
    "address", ["/rulebook/profiles/atlantis/", "/rulebook/calendar/1066/", "/rulebook/congresses/none/"]
)
def test_what_is_not_there_is_404(client, clerk, address):
    client.force_login(clerk)
    assert client.get(f"/rulebook/{address}").status_code == 404


@time_machine.travel(APRIL_1)
def test_a_congress_sees_what_binds_it_and_where_it_comes_from(client, clerk, county):
    CongressProfileFactory(congress=county, code="shandong", ground="第三次主任会议决定")
    RuleOverrideFactory(congress=county, code="evaluation", unit="workdays", value=12, article="本县办法第二十条")
    text = page(client, clerk, "congress", county.code).text
    for said in ("山东", "第三次主任会议决定", "12 个工作日", "本县办法第二十条", "本级口径", "另定"):
        assert said in text


def test_only_the_keeper_is_offered_to_change_rules(client, leader, deputy_user, county):
    for user in (leader, deputy_user):
        assert "另定" not in page(client, user, "congress", county.code).text


def test_the_rules_of_another_county_are_not_there(client, clerk):
    assert page(client, clerk, "congress", CongressFactory().code).status_code == 404


def test_a_county_clerk_reads_and_keeps_the_rules_of_his_townships(client, clerk, township_clerk, township, county):
    assert "另定" in page(client, clerk, "congress", township.code).text
    assert "另定" in page(client, township_clerk, "congress", township.code).text
    assert page(client, township_clerk, "congress", county.code).status_code == 404


def test_the_door_leads_to_ones_own_congress(client, clerk, county):
    assert page(client, clerk, "mine").url == reverse("rulebook:congress", args=[county.code])


def test_the_calendar_shows_holidays_and_days_worked_instead(client, leader):
    text = page(client, leader, "calendar_year", 2026).text
    assert "工作日 248 天" in text
    assert "春节调休上班" in text
    assert "都是暂定的" not in text
    assert reverse("deadlines:day", args=[2026, 5, 1]) not in text


def test_a_year_without_a_notice_says_so(client, clerk):
    text = page(client, clerk, "calendar_year", 2027).text
    assert "落在这一年的期限都是暂定的" in text
    assert reverse("deadlines:import_year", args=[2027]) in text


@time_machine.travel(APRIL_1)
def test_a_date_is_worked_out_with_its_reasons(client, deputy_user):
    asked = {"profile": "national", "level": "county", "rule": "reply", "start": "2026-03-20"}
    text = page(client, deputy_user, "try", **asked).text
    assert "答复期限为什么是 6月22日" in text
    assert "6月20日是端午节假期，最后一日顺延到休息日结束的次日6月22日。" in text
    assert "请填写 2000 年到 2100 年" in page(client, deputy_user, "try", **asked | {"start": "1999-10-14"}).text


@pytest.mark.parametrize(("name", "args", "queries"), [("profiles", (), 40), ("calendar_year", (2026,), 24)])
def test_a_page_costs_a_fixed_number_of_queries(client, clerk, django_assert_max_num_queries, name, args, queries):
    with django_assert_max_num_queries(queries):
        assert page(client, clerk, name, *args).status_code == 200
