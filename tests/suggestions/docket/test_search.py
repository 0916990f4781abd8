"""Finding cases by their words."""

import pytest

from suggestions.docket import actions
from suggestions.docket.models import Suggestion
from suggestions.docket.search import search, similar
from tests.factories.docket import SuggestionFactory, clerk_of, officer_of, seat, seat_user
from tests.factories.organs import CongressFactory, DepartmentFactory

pytestmark = pytest.mark.django_db


def found(words, user=None):
    cases = Suggestion.objects.visible_to(user) if user else Suggestion.objects.all()
    return {case.title for case in search(cases, words)}


@pytest.fixture
def road(county):
    return SuggestionFactory(
        congress=county,
        title="关于硬化柳溪机耕路的建议",
        situation="雨天泥泞，5G基站也进不去。",
        analysis="",
        asks=["铺水泥路面两公里。"],
        registered=True,
    )


@pytest.fixture
def dyke(county):
    return SuggestionFactory(congress=county, title="关于加固堤防的建议", asks=["补上缺口。"], submitted=True)


@pytest.mark.parametrize("words", ["机耕", "硬化", "泥泞", "水泥", "公里", "5g", "机耕路 水泥", "路", "柳溪机耕路"])
def test_words_of_title_body_and_asks_are_found(words, road, dyke):
    assert road.title in found(words)


@pytest.mark.parametrize("words", ["泥水", "堤防 机耕路面宽", "龙", "xyz"])
def test_what_does_not_stand_together_is_not_found(words, road, dyke):
    assert road.title not in found(words)


def test_words_from_two_cases_find_neither(road, dyke):
    assert found("水泥 缺口") == set()


def test_signs_alone_find_nothing_and_no_words_find_all(road, dyke):
    assert found("！？'\"*") == set()
    assert found("  ") == {road.title, dyke.title}


@pytest.mark.parametrize("words", ["闭1", "第闭1号", " 第 闭1 号 "])
def test_a_case_is_found_by_its_number(words, road, dyke):
    assert found(words) == {road.title}


def test_the_words_follow_a_draft_as_it_is_written(county):
    case = SuggestionFactory(congress=county)
    case.title = "关于增设校车的建议"
    actions.save_draft(case, asks=["增加两台校车。"], by=seat_user(case))
    assert found("校车") == {case.title}
    assert found("机耕路") == set()


def test_a_correction_is_found_by_its_new_title(road):
    by = clerk_of(road.congress)
    actions.correct(
        road, changes={"title": "关于硬化杨坪机耕路的建议"}, reason="地名有误", on=road.registered_on, by=by
    )
    assert found("杨坪") == {"关于硬化杨坪机耕路的建议"}


def test_a_proposer_is_found_by_name_unless_he_is_protected(county):
    open_one = SuggestionFactory(congress=county, lead=seat(county, "贾玉兰"), title="甲", submitted=True)
    SuggestionFactory(congress=county, lead=seat(county, "贾玉芬"), title="乙", protects_identity=True, submitted=True)
    assert found("贾玉兰") == {open_one.title}
    assert found("贾玉芬") == set()


def test_the_search_stays_within_what_the_reader_may_see(road, dyke, county, deputy_user):
    own = SuggestionFactory(congress=county, lead=seat(county, user=deputy_user), title="关于另一条机耕路的建议")
    assert found("机耕", deputy_user) == {own.title}
    assert found("机耕", clerk_of(county)) == {road.title}


def test_a_county_s_words_are_those_of_its_townships_too_and_of_no_other_county(county, road):
    township = CongressFactory(township=True, parent=county)
    below = SuggestionFactory(congress=township, title="关于拓宽杨坪机耕路的建议", submitted=True)
    SuggestionFactory(congress=CongressFactory(), title="关于外县机耕路的建议", submitted=True)

    def found_within(congress):
        return {case.title for case in search(Suggestion.objects.all(), "机耕路", within=[congress.pk])}

    assert found_within(county) == {road.title, below.title}
    assert found_within(township) == {below.title}


def test_similar_titles_are_shown_likest_first(county):
    for title in ("关于修建柳溪大桥的建议", "关于修建柳溪小学食堂的建议", "关于增加公交班次的建议"):
        SuggestionFactory(congress=county, title=title, submitted=True)
    rows = similar("关于新建柳溪大桥的建议", congress=county, user=clerk_of(county))
    assert [row["title"] for row in rows] == ["关于修建柳溪大桥的建议", "关于修建柳溪小学食堂的建议"]


def test_a_title_of_manner_alone_has_nothing_similar(county, dyke):
    assert similar("关于进一步加强的建议", congress=county, user=clerk_of(county)) == []


@pytest.mark.parametrize("words", ["县水利局", "水利局", "青禾县水利局"])
def test_a_department_is_found_by_its_name_and_its_ending(client, county, words):
    water = DepartmentFactory(congress=county, name="青禾县水利局", short_name="县水利局")
    led = SuggestionFactory(congress=county, assigned=True, department=water, title="甲")
    co = SuggestionFactory(congress=county, assigned=True, co=[water], title="乙")
    SuggestionFactory(congress=county, assigned=True, title="丙")
    told = SuggestionFactory(congress=county, submitted=True, title="丁", situation=f"{words}看过现场。")
    for url in ("/suggestions/", "/api/v1/suggestions/"):
        client.force_login(clerk_of(county))
        page = client.get(url, {"q": words})
        rows = page.json()["results"] if "api" in url else page.context["sheet"].rows
        assert {row["title"] for row in rows} == {led.title, co.title, told.title}


def test_a_part_of_a_departments_name_is_a_word_like_any_other(client, county):
    water = DepartmentFactory(congress=county, name="青禾县水利局", short_name="县水利局")
    SuggestionFactory(congress=county, assigned=True, department=water)
    client.force_login(clerk_of(county))
    assert client.get("/suggestions/", {"q": "水利"}).context["page_obj"].paginator.count == 0


def test_a_department_finds_by_a_name_only_what_it_reads_anyhow(client, county):
    water, roads = (DepartmentFactory(congress=county, short_name=name) for name in ("县水利局", "县交通局"))
    shared = SuggestionFactory(congress=county, assigned=True, department=water, co=[roads])
    SuggestionFactory(congress=county, assigned=True, department=water)
    client.force_login(officer_of(roads))
    (row,) = client.get("/suggestions/", {"q": "县水利局"}).context["sheet"].rows
    assert row["pk"] == shared.pk
