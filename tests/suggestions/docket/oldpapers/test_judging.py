"""A verdict for every row: what is unknown is told and kept, what is not ours or not a paper is refused."""

import pytest

from suggestions.docket.models import ImportRow
from tests.factories.docket import SuggestionFactory
from tests.factories.organs import DepartmentFactory, SessionFactory, TermFactory
from tests.factories.roll import DelegationFactory, DeputyFactory, MandateFactory
from tests.suggestions.docket.oldpapers.tables import paper

V = ImportRow.Verdict


def told(line, name):
    cell = line.cells[name]
    return cell.verdict, cell.at


def test_a_paper_of_known_people_and_departments_is_new(check, tian, water):
    line = check(paper())[0]
    assert (line.verdict, line.messages) == (V.NEW, [])
    assert line.paper.people == [("田禾", tian)]
    assert line.paper.units == [("lead", "县水务局", water)]
    assert (line.paper.result_class, line.paper.serial) == ("B", 12)


def test_unknown_proposer_and_department_are_warnings_that_name_cell_value_and_reason(check):
    line = check(paper())[0]
    assert line.verdict == V.WARNING
    assert told(line, "proposer") == ("warning", "E2")
    assert told(line, "unit") == ("warning", "F2")
    assert any("田禾" in message and "名册里没有" in message for message in line.messages)


def test_a_department_is_known_without_the_letter_of_its_county(check, county, tian):
    roads = DepartmentFactory(congress=county, name="县交通运输局", short_name="县交通局")
    for printed in ("交通运输局", "交通局", f"{county.region}交通运输局"):
        assert check(paper(承办单位=printed))[0].paper.units == [("lead", printed, roads)]


@pytest.mark.parametrize(
    "changes",
    [
        {"案别": "政协提案"}, {"届次": "政协十届一次"}, {"领衔代表": "周强委员"}, {"领衔代表": "中共界别（某某等人）"},
        {"案别": "", "案由": "关于整修青石渠的提案"},
    ],
)  # fmt: skip
def test_items_of_the_consultative_conference_are_errors(check, changes):
    assert check(paper(**changes))[0].verdict == V.ERROR


def test_a_paper_of_the_congress_whose_title_says_otherwise_is_told_and_taken(check, tian, water):
    line = check(paper("关于整修青石渠的提案"))[0]
    assert line.verdict == V.WARNING
    assert told(line, "title") == ("warning", "D2")


def test_a_row_without_a_title_is_no_paper(check):
    assert check(paper(""))[0].verdict == V.ERROR


def test_a_day_to_come_and_a_day_that_is_none_are_errors(check, tian, water):
    lines = check(paper(答复日期="2099-01-01"), paper("关于修桥的建议", 编号="13", 交办日期="昨天"))
    assert [line.verdict for line in lines] == [V.ERROR, V.ERROR]


def test_a_day_without_a_year_stays_as_it_was_printed(check, tian, water):
    line = check(paper(交办日期="3月19日"))[0]
    assert line.verdict == V.WARNING
    assert [(each["label"], each["text"]) for each in line.paper.remarks] == [("交办日期", "3月19日")]


def test_a_reply_before_its_assignment_is_told(check, tian, water):
    line = check(paper(交办日期="2024-06-01", 答复日期="2024-03-05"))[0]
    assert told(line, "replied_on")[0] == "warning"


def test_the_session_of_the_row_counts_where_it_is_known(check, county, session, tian, water):
    old = SessionFactory(congress=county, term=TermFactory(congress=county, number=17), number=3)
    MandateFactory(congress=county, term=old.term, deputy=tian.deputy)
    lines = check(
        paper(届次="十七届三次"),
        paper("关于修桥的建议", 届次="十六届一次"),
        paper("关于修路的建议", 届次="2019", 编号="3"),
    )
    assert [line.paper.session for line in lines] == [old, session, session]
    assert [line.verdict for line in lines] == [V.NEW, V.WARNING, V.WARNING]


def test_a_number_that_carries_its_session_is_read(check, tian, water):
    line = check(paper(编号="182015", 届次="十八届二次"))[0]
    assert (line.paper.serial, line.verdict) == (15, V.WARNING)


def test_two_papers_of_one_number_are_both_kept_and_one_has_the_place(check, tian, water):
    first, second = check(paper(), paper("关于修桥的建议"))
    assert (first.paper.serial, first.verdict) == (12, V.NEW)
    assert (second.paper.serial, second.verdict) == (None, V.WARNING)
    assert second.paper.number.printed == "12"


def test_the_same_row_twice_is_an_error(check, tian, water):
    assert [line.verdict for line in check(paper(), paper())] == [V.NEW, V.ERROR]


def test_a_number_that_a_standing_case_has_is_an_error_and_the_same_paper_no_change(
    check, county, session, tian, water
):
    standing = SuggestionFactory(congress=county, registered=True)
    same = {"编号": f"闭{standing.serial}", "届次": ""}
    standing.session = session
    standing.save()
    lines = check(paper("关于修桥的建议", **same), paper(standing.title, **same))
    assert [line.verdict for line in lines] == [V.ERROR, V.DUPLICATE]


def test_people_of_one_name_are_told_apart_by_delegation_or_not_at_all(check, county, term, water):
    stone = DelegationFactory(congress=county, name="青石代表团")
    seats = [
        MandateFactory(congress=county, term=term, deputy=DeputyFactory(name="田禾"), delegation=each)
        for each in (stone, None)
    ]
    unsure, sure = check(paper(), paper("关于修桥的建议", 编号="13", 领衔代表="青石代表团田禾"))
    assert unsure.paper.people == [("田禾", None)]
    assert sure.paper.people == [("田禾", seats[0])]


def test_a_class_or_field_that_the_congress_lacks_stays_as_it_was_printed(check, tian, water):
    lines = check(paper(类别="E"), paper("关于修桥的建议", 编号="13", 类别="农业农村"))
    assert [line.verdict for line in lines] == [V.WARNING, V.WARNING]
    assert [line.paper.remarks[0]["text"] for line in lines] == ["E", "农业农村"]


def test_two_departments_in_the_column_of_the_lead_each_answer(check, tian, water):
    line = check(paper(承办单位="县水务局；县交通局", 会办单位="县财政局等"))[0]
    assert [(role, name) for role, name, _organ in line.paper.units] == [
        ("separate", "县水务局"), ("separate", "县交通局"), ("co", "县财政局"),
    ]  # fmt: skip


def test_a_long_title_is_cut_and_stands_whole_in_the_text(check, tian, water):
    title = "关于" + "整修水渠" * 40 + "的建议"
    line = check(paper(title))[0]
    assert (len(line.paper.title), line.paper.situation) == (120, title)


def test_the_clerk_may_leave_a_row_out(check, tian, water):
    assert check(paper(), decisions={("", 2): "skip"})[0].decision == "skip"


def test_a_table_needs_no_more_than_titles_and_one_other_column(check):
    line = check(["关于修桥的建议", ""], head=("标题", "编号"))[0]
    assert line.verdict == V.NEW


def test_what_is_not_ours_is_told_that_and_nothing_else(check):
    line = check(paper(案别="政协提案", 领衔代表="王珂、田丰", 承办单位="县河道局"))[0]
    assert line.messages == ["案别“政协提案”：是政协提案，不归人大办理，不能导入。"]


def test_a_namesake_of_another_term_is_told_and_not_taken_for_the_proposer(check, county):
    MandateFactory(congress=county, term=TermFactory(congress=county, number=17), deputy=DeputyFactory(name="田禾"))
    line = check(paper())[0]
    assert line.verdict == V.WARNING
    assert line.cells["proposer"].message == "名册里只有别届的同名代表，待关联。"
    assert line.paper.people == [("田禾", None)]


def test_names_that_nobody_knows_are_told_once_a_cell(check, tian):
    line = check(paper(领衔代表="王珂、田禾、田丰等12位代表"))[0]
    assert line.cells["proposer"].message == "名册里没有，待关联：王珂、田丰。"
    assert line.cells["unit"].message == "承办单位里没有，待关联。"


@pytest.mark.parametrize(
    ("printed", "is_ours"),
    [
        ("十八届二次", True), ("县十八届二次", True), ("第十八届人民代表大会第二次会议", True),
        ("县第十八届人大第二次会议", True), ("衡阳市十八届二次", False), ("市十八届二次", False),
        ("乡十八届二次", False), ("十八届全国人大二次", False),
    ],
)  # fmt: skip
def test_a_session_of_another_congress_is_none_of_ours(check, session, tian, water, printed, is_ours):
    line = check(paper(届次=printed))[0]
    assert (line.verdict == V.NEW, line.paper.serial) == (is_ours, 12 if is_ours else None)
    assert line.paper.session == session


def test_the_county_by_its_name_is_ours(check, county, tian, water):
    assert check(paper(届次=f"{county.region}十八届二次"))[0].verdict == V.NEW


def test_a_number_of_a_session_that_is_not_registered_takes_no_place(check, tian, water):
    line, own = check(paper(届次="十六届一次"), paper("关于修桥的建议"))
    assert (line.paper.serial, line.paper.number.printed) == (None, "12")
    assert (own.paper.serial, own.verdict) == (12, V.NEW)
