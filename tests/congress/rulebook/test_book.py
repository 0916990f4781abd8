import datetime as dt

import pytest

from congress.rulebook.book import Book, Stages, deadline, rules_for
from congress.rulebook.codes import CODES, UnknownRule
from congress.rulebook.models import Level, ProfileVersion, Rule, RuleProfile
from congress.rulebook.seeds import read_shipped
from tests.factories.rulebook import CongressProfileFactory, RuleOverrideFactory, plant

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 20)


def test_a_congress_that_chose_nothing_follows_the_national_profile(county):
    reply = rules_for(county, on=TODAY).period("reply")
    assert (reply.unit, reply.value, reply.article) == ("months", 3, "代表法第五十一条")
    assert reply.is_product_default is False
    assert rules_for(county, on=TODAY).rule("return").is_product_default is True


@pytest.mark.parametrize(
    ("profile", "code", "unit", "value"),
    [
        ("zhejiang", "return", "days", 10),
        ("zhejiang", "co_opinion", "months", 2),
        ("chongqing", "assign", "workdays", 10),
        ("chongqing", "co_opinion", "workdays", 30),
        ("chongqing", "evaluation", "workdays", 20),
        ("chongqing", "rehandle", "months", 2),
        ("qingdao", "return", "workdays", 5),
        ("shandong", "assign", "days", 5),
        ("shandong", "return", "days", 5),
        ("henan", "evaluation", "workdays", 10),
        ("beijing", "evaluation", "workdays", 15),
        ("beijing", "rehandle", "months", 2),
        ("shanghai", "assign", "workdays", 7),
        ("shanghai", "return", "workdays", 7),
    ],
)
def test_a_province_has_its_own_periods(county, profile, code, unit, value):
    CongressProfileFactory(congress=county, code=profile)
    rule = rules_for(county, on=TODAY).period(code)
    assert (rule.unit, rule.value, rule.is_product_default) == (unit, value, False)


def test_township_values_belong_to_each_profile():
    def months(profile, level):
        rules = Book.of_profile(profile, level=level).on(TODAY)
        return rules.period("reply").value, rules.period("reply_difficult").value

    short = {"chongqing", "shandong", "township_2_4"}
    for profile in RuleProfile.objects.values_list("code", flat=True):
        assert months(profile, Level.COUNTY) == (3, 6)
        assert months(profile, Level.TOWNSHIP) == ((2, 4) if profile in short else (3, 6))


def test_a_township_reads_its_own_level(county, township):
    for congress, needed in ((county, 10), (township, 5)):
        assert rules_for(congress, on=TODAY).count("motion_min_cosigners") == needed


def test_every_profile_answers_every_code_at_both_levels():
    for profile in RuleProfile.objects.all():
        for level in Level.values:
            rules = {rule.code: rule for rule in Book.of_profile(profile.code, level=level).on(TODAY)}
            assert rules.keys() == CODES.keys()
            for code, rule in rules.items():
                assert rule.unit in CODES[code].units
                assert bool(rule.article) != rule.is_product_default
                if CODES[code].choices and rule.unit == "choice":
                    assert rule.value in dict(CODES[code].choices)


def test_what_is_not_shipped_with_an_article_is_marked_as_product_default():
    shipped = read_shipped()["profiles"]["henan"]["county"]
    for rule in Rule.objects.filter(version__profile__code="henan", level="county", code__in=shipped):
        assert rule.is_product_default is ("law" not in shipped[rule.code])


def test_an_override_counts_from_its_day_on_and_the_later_one_wins(county):
    RuleOverrideFactory(congress=county, value=7, effective_from=dt.date(2026, 2, 1))
    RuleOverrideFactory(congress=county, value=3, effective_from=dt.date(2026, 4, 1))
    book = Book.of(county)
    seen = [book.on(dt.date(2026, month, 1)).period("return") for month in (1, 2, 3, 4)]
    assert [(rule.value, rule.is_override) for rule in seen] == [(10, False), (7, True), (7, True), (3, True)]


def test_a_choice_counts_from_its_day_on(county):
    CongressProfileFactory(congress=county, code="chongqing", effective_from=dt.date(2026, 1, 1))
    CongressProfileFactory(congress=county, code="qingdao", effective_from=dt.date(2026, 6, 1))
    book = Book.of(county)
    assert [book.profile_code_on(dt.date(2026, month, 1)) for month in (1, 5, 6)] == [
        "chongqing",
        "chongqing",
        "qingdao",
    ]
    assert book.profile_code_on(dt.date(2025, 12, 31)) == "national"


def test_a_new_version_of_a_profile_binds_from_its_day_on(county):
    profile = RuleProfile.objects.get(code="national")
    old = profile.versions.get()
    new = ProfileVersion.objects.create(profile=profile, effective_from=dt.date(2026, 7, 1))
    Rule.objects.bulk_create(
        Rule(
            version=new,
            level=rule.level,
            code=rule.code,
            unit=rule.unit,
            value=rule.value,
            article=rule.article or "新",
        )
        for rule in old.rules.exclude(code="reply")
    )
    Rule.objects.create(version=new, level="county", code="reply", unit="months", value=2, article="修订后第五十一条")
    assert deadline(county, "reply", start=dt.date(2026, 6, 30)).due_on == dt.date(2026, 9, 30)
    later = deadline(county, "reply", start=dt.date(2026, 7, 1))
    assert (later.due_on, later.version_id, later.article) == (dt.date(2026, 9, 1), new.pk, "修订后第五十一条")


def test_another_congress_is_not_touched_by_an_override(county, township):
    RuleOverrideFactory(congress=county, value=3)
    assert rules_for(township, on=TODAY).period("return").value == 10


def test_a_book_answers_for_any_day_with_the_same_queries(county, django_assert_num_queries):
    CongressProfileFactory(congress=county, code="shanghai")
    with django_assert_num_queries(6):  # choices, overrides, versions, rules; then calendar year and its publication
        book = Book.of(county)
        for day in range(1, 29):
            assert book.deadline("return", start=dt.date(2026, 3, day))


def test_reminders_of_a_period_without_its_own_are_the_common_ones(county):
    rules = rules_for(county, on=TODAY)
    assert rules.reminders("reply") == Stages((30, 15, 7, 3, 1, 0), (1, 3, 7, 15, 30), 1)
    assert rules.reminders("judge") == Stages((3, 1, 0), (1, 3, 7), 3)


def test_reading_a_rule_as_something_else_is_refused(county):
    rules = rules_for(county, on=TODAY)
    with pytest.raises(TypeError):
        rules.flag("reply")
    with pytest.raises(TypeError):
        rules.period("small_group")
    with pytest.raises(UnknownRule):
        rules.count("no_such_rule")


def test_a_class_that_promises_needs_a_deadline_and_one_that_refuses_a_reason():
    for profile in RuleProfile.objects.all():
        for each in Book.of_profile(profile.code, level=Level.COUNTY).on(TODAY).items("result_scheme"):
            assert each["creates_promise"] == each["needs_deadline"]
            assert each.keys() == {"code", "label", "needs_deadline", "needs_reason", "creates_promise"}


def test_every_intake_reason_names_its_law(county):
    reasons = rules_for(county, on=TODAY).items("intake_reasons")
    assert [each["code"] for each in reasons] == [f"R{number:02}" for number in range(1, 14)]
    assert all("第" in each["law"] for each in reasons)


def test_planting_twice_changes_nothing():
    before = Rule.objects.count()
    plant()
    assert Rule.objects.count() == before
