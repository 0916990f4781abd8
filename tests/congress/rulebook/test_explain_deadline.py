import json

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def explain(capsys, *arguments):
    call_command("explain_deadline", *arguments)
    return json.loads(capsys.readouterr().out)


def test_it_prints_the_day_the_steps_and_the_article(capsys):
    answer = explain(capsys, "--profile", "national", "--rule", "reply", "--from", "2026-03-20")
    assert answer["due"] == "2026-06-22"
    assert answer["provisional"] is False
    assert answer["article"] == "代表法第五十一条"
    assert (
        answer["steps"][1]
        == "2026年3月21日（周六）：交办之日3月20日不计入，从3月21日起算。依据：民法典第二百零一条（参照）。"
    )


@pytest.mark.parametrize(
    "rule", ["reply", "reply_difficult", "return", "assign", "co_opinion", "evaluation", "rehandle"]
)
def test_every_rule_of_every_profile_has_an_answer(capsys, rule):
    for profile in [
        "national",
        "zhejiang",
        "chongqing",
        "qingdao",
        "shandong",
        "henan",
        "beijing",
        "shanghai",
        "township_2_4",
    ]:
        for level in ("county", "township"):
            arguments = ("--profile", profile, "--rule", rule, "--from", "2026-01-05", "--level", level)
            assert explain(capsys, *arguments)["due"] > "2026-01-05"


def test_the_township_profile_is_read_at_township_level_unless_told_otherwise(capsys):
    arguments = ["--profile", "township_2_4", "--rule", "reply", "--from", "2026-06-01"]
    assert explain(capsys, *arguments)["due"] == "2026-08-03"
    assert explain(capsys, *arguments, "--level", "county")["due"] == "2026-09-01"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--profile", "atlantis", "--rule", "reply", "--from", "2026-03-20"], "没有口径“atlantis”"),
        (["--profile", "national", "--rule", "publication", "--from", "2026-03-20"], "没有期限“publication”"),
        (["--profile", "national", "--rule", "reply", "--from", "2026-02-30"], "“2026-02-30”不是日期"),
        (["--profile", "national", "--rule", "reply", "--from", "9999-12-30"], "超出了日历的范围"),
    ],
)
def test_bad_input_is_said_in_json_and_leaves_with_2(capsys, arguments, said):
    with pytest.raises(SystemExit) as left:
        call_command("explain_deadline", *arguments)
    assert left.value.code == 2
    assert said in json.loads(capsys.readouterr().out)["error"]
