"""The pages of the assessment: who sees what, what the list saves, what they cost."""

import io
from datetime import date
from decimal import Decimal as D

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.dashboards.beside import rows_beside
from congress.procedure.models import Entry
from deputies.assessments import actions
from deputies.assessments.models import Assessment, AwardList, Marking, Method, RatingSheet
from deputies.roll.models import DeputyGroup
from tests.deputies.assessments.conftest import OPENED
from tests.factories.assessments import MethodFactory
from tests.factories.organs import CongressFactory
from tests.people import serving

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("january")]
ALL = ("deputy", "group", "township", "office")


@pytest.fixture
def january():
    with time_machine.travel("2026-01-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def assessment(method, deputy, open_year):
    return open_year(method)


@pytest.fixture
def sheet(assessment, deputy):
    return RatingSheet.objects.get(mandate=deputy)


def page(client, user, name, *args, status=200, **query):
    client.force_login(user)
    answer = client.get(reverse(f"assessments:{name}", args=args), query)
    assert answer.status_code == status
    return answer.content.decode() if status == 200 else answer


def stage(assessment, rater):
    return assessment.method.stages.get(rater=rater)


def filled(client, user, assessment, rater, **by_name):
    """Post the list of one rater with these marks by the deputy's name."""
    its = stage(assessment, rater)
    dimensions = list(its.method.dimensions.all())
    data = {"row": []}
    for marking in Marking.objects.filter(stage=its).select_related("sheet__mandate__deputy"):
        data["row"].append(marking.pk)
        data[f"m{marking.pk}-version"] = marking.version
        for dimension, value in zip(dimensions, by_name.get(marking.sheet.mandate.deputy.name, ()), strict=False):
            data[f"m{marking.pk}-mark_{dimension.pk}"] = value
    client.force_login(user)
    return client.post(reverse("assessments:rate", args=[assessment.pk, its.pk]), data)


@pytest.mark.parametrize("more", [0, 2])
def test_the_pages_cost_as_much_for_three_as_for_one(
    client, clerk, deputy_user, assessment, sheet, seat, rate, more, method
):
    for number in range(more):
        mandate = seat(f"代表{number}")
        own = RatingSheet.objects.create(assessment=assessment, mandate=mandate)
        Marking.objects.bulk_create(Marking(sheet=own, stage=each) for each in method.stages.all())
    for each in RatingSheet.objects.all():
        rate(each, "deputy", 50, 30)
    cost = {}
    for name, args in (
        ("list", ()),
        ("detail", (assessment.pk,)),
        ("chase", (assessment.pk,)),
        ("rate", (assessment.pk, stage(assessment, "office").pk)),
    ):
        page(client, clerk, name, *args)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(f"assessments:{name}", args=args))
        cost[name] = len(asked)
    assert cost == {"list": 6, "detail": 18, "chase": 6, "rate": 19}


@pytest.mark.parametrize("more", [0, 2])
def test_saving_a_page_costs_as_much_for_three_as_for_one(client, clerk, assessment, seat, method, more):
    names = ["田禾", *(f"代表{number}" for number in range(more))]
    for name in names[1:]:
        own = RatingSheet.objects.create(assessment=assessment, mandate=seat(name))
        Marking.objects.create(sheet=own, stage=stage(assessment, "office"))
    with CaptureQueriesContext(connection) as asked:
        filled(client, clerk, assessment, "office", **dict.fromkeys(names, (50, 30)))
    assert Marking.objects.given().count() == len(names)
    assert len(asked) == 45


def test_the_list_saves_row_by_row_what_was_written_and_leaves_the_rest(client, clerk, assessment, seat, open_year):
    three = [seat(name) for name in ("安一", "白二", "曹三")]
    for mandate in three:
        own = RatingSheet.objects.create(assessment=assessment, mandate=mandate)
        Marking.objects.create(sheet=own, stage=stage(assessment, "office"))
    answer = filled(client, clerk, assessment, "office", 安一=(50, 30.5), 白二=(61, 30), 曹三=(40,))
    text = answer.content.decode()
    assert "已保存 1 名" in text
    assert "有 2 名没有保存" in text
    assert "请填 0 到 60。" in text
    assert "请打分" in text
    given = Marking.objects.given().get()
    assert (given.sheet.mandate, given.points, given.given_by) == (three[0], D("80.5"), clerk)
    assert Entry.objects.filter(verb="marking.give").count() == 1


@pytest.mark.parametrize("odd", ["9" * 30, f"{2**63}", "²", "٣", "\0"])
def test_a_number_that_no_row_can_have_narrows_nothing_and_saves_nothing(client, clerk, assessment, odd):
    its = stage(assessment, "office")
    page(client, clerk, "detail", assessment.pk, delegation=odd, lack=odd)
    page(client, clerk, "rate", assessment.pk, its.pk, delegation=odd)
    assert client.post(reverse("assessments:rate", args=[assessment.pk, its.pk]), {"row": [odd]}).status_code == 302


def test_saving_the_same_page_twice_rates_once(client, clerk, assessment):
    for _twice in range(2):
        filled(client, clerk, assessment, "office", 田禾=(50, 30))
    assert Entry.objects.filter(verb="marking.give").count() == 1


def test_a_row_that_somebody_rated_meanwhile_is_not_overwritten(client, clerk, assessment, sheet, rate):
    its = Marking.objects.get(sheet=sheet, stage__rater="office")
    dimensions = list(assessment.method.dimensions.all())
    rate(sheet, "office", 60, 40)
    client.force_login(clerk)
    data = {"row": [its.pk], f"m{its.pk}-version": 0}
    data |= {f"m{its.pk}-mark_{each.pk}": "1" for each in dimensions}
    text = client.post(reverse("assessments:rate", args=[assessment.pk, its.stage_id]), data).content.decode()
    assert "刚才有人评过" in text
    its.refresh_from_db()
    assert its.points == 100


def test_the_deputy_rates_himself_on_the_phone_and_sees_only_his_own(
    client, deputy_user, assessment, sheet, seat, rate
):
    other = RatingSheet.objects.create(assessment=assessment, mandate=seat("别人"))
    assert "去自评" in page(client, deputy_user, "mine")
    its = Marking.objects.get(sheet=sheet, stage__rater="deputy")
    page(client, deputy_user, "give", its.pk)
    data = {"version": 0, "request_key": "k", "remark": "走访不够"}
    data |= {f"mark_{each.pk}": "30" for each in assessment.method.dimensions.all()}
    for _twice in range(2):
        client.post(reverse("assessments:give", args=[its.pk]), data)
    its.refresh_from_db()
    assert (its.points, Entry.objects.of(sheet).count()) == (D(60), 1)
    page(client, deputy_user, "sheet", other.pk, status=404)
    for rater in ("group", "township", "office"):
        page(client, deputy_user, "give", Marking.objects.get(sheet=sheet, stage__rater=rater).pk, status=404)
        page(client, deputy_user, "rate", assessment.pk, stage(assessment, rater).pk, status=404)


def test_what_others_gave_him_is_shown_to_the_deputy_only_after_the_end(
    client, deputy_user, clerk, assessment, sheet, rate
):
    for rater, marks in zip(ALL, ((60, 40), (41.5, 22.5), (43.5, 24.5), (45.5, 26.5)), strict=True):
        rate(sheet, rater, *marks)
    before = page(client, deputy_user, "sheet", sheet.pk)
    assert "41.5" not in before
    assert "考评结束以后才看得到" in before
    assert "经过" not in before
    actions.close(assessment, on=date(2026, 1, 20), by=clerk)
    after = page(client, deputy_user, "sheet", sheet.pk)
    assert "41.5" in after
    assert "结束的考评" in page(client, deputy_user, "mine")


def test_the_leader_of_a_group_rates_its_members_and_finds_nobody_else(
    client, group_leader, deputy, seat, county, method, open_year, rate
):
    stranger = seat("外组")
    stranger.groups.set([DeputyGroup.objects.create(congress=county, name="城关镇代表小组")])
    assessment = open_year(method)
    assert "待评 1 名，共 1 名" in page(client, group_leader, "mine")
    text = page(client, group_leader, "rate", assessment.pk, stage(assessment, "group").pk)
    assert "田禾" in text
    assert "外组" not in text
    assert "庄严" not in text  # himself
    page(client, group_leader, "sheet", RatingSheet.objects.get(mandate=stranger).pk, status=404)
    page(client, group_leader, "rate", assessment.pk, stage(assessment, "township").pk, status=404)
    filled(client, group_leader, assessment, "group", 田禾=(50, 30), 外组=(1, 1))
    assert [each.sheet.mandate.deputy.name for each in Marking.objects.given()] == ["田禾"]


def test_a_rater_reads_those_before_him_and_not_those_after(client, township_clerk, assessment, sheet, rate):
    rate(sheet, "deputy", 59.5, 39.5)
    rate(sheet, "office", 11.5, 12.5)
    text = page(client, township_clerk, "sheet", sheet.pk)
    assert "59.5" in text
    assert "11.5" not in text
    table = page(client, township_clerk, "detail", assessment.pk)
    assert ">99<" in table
    assert "结束后公开" in table


def test_the_township_sees_its_delegation_and_another_county_nothing(client, township_clerk, assessment, seat, sheet):
    stranger = RatingSheet.objects.create(assessment=assessment, mandate=seat("外乡", delegation=None))
    text = page(client, township_clerk, "detail", assessment.pk)
    assert "田禾" in text
    assert "外乡" not in text
    page(client, township_clerk, "sheet", stranger.pk, status=404)
    elsewhere = serving("npc_clerk", CongressFactory(code="elsewhere"))
    for name, pk in (("detail", assessment.pk), ("sheet", sheet.pk), ("chase", assessment.pk)):
        page(client, elsewhere, name, pk, status=404)


def test_the_leader_reads_all_and_rates_nobody(client, leader, assessment, sheet):
    page(client, leader, "detail", assessment.pk)
    page(client, leader, "rate", assessment.pk, stage(assessment, "office").pk, status=404)
    page(client, leader, "step", assessment.pk, "close", status=404)
    page(client, leader, "open", status=404)


def test_the_office_puts_down_what_others_gave_on_paper_and_the_page_says_so(client, clerk, assessment, sheet):
    assert "代为录入" in page(client, clerk, "rate", assessment.pk, stage(assessment, "township").pk)
    assert "代为录入" not in page(client, clerk, "rate", assessment.pk, stage(assessment, "office").pk)


def test_the_chasing_list_names_who_has_to_act_and_for_whom(client, clerk, assessment, group_leader, sheet):
    text = page(client, clerk, "chase", assessment.pk)
    for said in ("还缺 4 份评定", "组长庄严", "柳溪镇", "田禾"):
        assert said in text
    client.post(
        reverse("assessments:step", args=[assessment.pk, "urge"]),
        {"version": 0, "request_key": "u", "on": "2026-01-20"},
    )
    assert Entry.objects.filter(verb="assessment.urge").count() == 1


def test_closing_asks_about_those_who_are_not_rated_by_all(client, clerk, assessment, sheet):
    url = reverse("assessments:step", args=[assessment.pk, "close"])
    assert "没有评齐 1 名" in page(client, clerk, "step", assessment.pk, "close")
    told = {"version": 0, "request_key": "c", "on": "2026-01-20"}
    assert "还有 1 名没有评齐" in client.post(url, told).content.decode()
    client.post(url, told | {"leaves_open": "on"})
    assert Assessment.objects.get().state == "closed"
    assert "没有评齐" in page(client, clerk, "detail", assessment.pk)
    moved = client.get(reverse("assessments:rate", args=[assessment.pk, stage(assessment, "office").pk]))
    assert moved.url == assessment.get_absolute_url()


def test_the_office_opens_an_assessment_of_the_year_in_which_a_day_lies(client, clerk, method, deputy):
    page(client, clerk, "open")
    told = {"request_key": "o", "method": method.pk, "day": "2025-06-01", "due_on": "2026-02-01"}
    for _twice in range(2):
        client.post(reverse("assessments:open"), told)
    assert [(each.code, each.sheets.count()) for each in Assessment.objects.all()] == [("2025", 1)]


def test_without_a_method_in_force_the_page_leads_to_one(client, clerk):
    assert "起草考评办法" in page(client, clerk, "open")
    assert "还没有布置过考评" in page(client, clerk, "list")


def test_a_method_is_written_from_a_sample_to_its_adoption(client, clerk, county):
    client.force_login(clerk)
    page(client, clerk, "method_create")
    client.post(reverse("assessments:method_create"), {"name": "考评办法", "preset": "ruzhou_form"})
    method = Method.objects.get()
    text = page(client, clerk, "method_write", method.pk)
    assert "联系原选举单位和群众" in text
    data = {"period": "year", "source": "本县文件", "note": ""}
    for prefix, most in (("dimensions", 12), ("stages", 5), ("grades", 6)):
        data |= {f"{prefix}-TOTAL_FORMS": most, f"{prefix}-INITIAL_FORMS": most}
    data |= {"dimensions-0-text": "会议", "dimensions-0-standard": "60", "dimensions-2-text": "联系群众",
             "dimensions-2-standard": "40", "stages-0-rater": "deputy", "stages-0-label": "自评",
             "stages-0-gives": "points", "stages-0-weight": "20", "stages-1-rater": "office",
             "stages-1-label": "部门", "stages-1-gives": "points", "stages-1-weight": "70",
             "grades-0-name": "优秀", "grades-0-at_least": "90"}  # fmt: skip
    client.post(reverse("assessments:method_write", args=[method.pk]), data)
    step = reverse("assessments:method_step", args=[method.pk, "adopt"])
    told = {"request_key": "a", "on": "2026-01-20"}
    assert "相加是 90" in client.post(step, told | {"version": 1}).content.decode()
    client.post(reverse("assessments:method_write", args=[method.pk]), data | {"stages-1-weight": "80"})
    client.post(step, told | {"version": 2})
    method = Method.objects.get()
    assert (method.state, method.full_marks, method.grade_names) == ("adopted", D(100), ["优秀"])
    page(client, clerk, "method", method.pk)
    page(client, clerk, "method_write", method.pk, status=404)
    client.post(reverse("assessments:method_draft", args=[method.pk]))
    assert [each.number for each in Method.objects.order_by("number")] == [1, 2]


def test_the_export_has_a_row_for_each_deputy_the_page_shows(client, clerk, leader, assessment, sheet, rate):
    for rater in ALL:
        rate(sheet, rater, 50, 40)
    client.force_login(clerk)
    url = reverse("assessments:export", args=[assessment.pk])
    book = openpyxl.load_workbook(io.BytesIO(client.post(url).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=3)]
    assert rows[0][:4] == ["姓名", "代表团", "代表自评", "小组评定"]
    assert rows[1] == ["田禾", "柳溪镇代表团", 90, 90, 90, 90, 90, "优秀", "评齐"]
    assert Entry.objects.filter(verb="assessment.export").count() == 1
    client.force_login(leader)
    assert client.post(url).status_code == 404


def test_the_archive_shows_the_assessment_to_whoever_may_read_it(client, clerk, deputy_user, assessment, sheet, rate):
    for rater in ALL:
        rate(sheet, rater, 50, 40)
    url = reverse("duties:archive", args=[sheet.mandate_id])
    client.force_login(deputy_user)
    assert "评定中" in client.get(url).content.decode()
    actions.close(assessment, on=date(2026, 1, 20), by=clerk)
    assert "优秀" in client.get(url).content.decode()


def test_the_list_for_awards_names_its_terms_and_gaps_and_is_exported(client, clerk, leader, assessment, sheet, rate):
    for rater in ALL:
        rate(sheet, rater, 50, 40)
    actions.close(assessment, on=date(2026, 1, 20), by=clerk)
    client.force_login(clerk)
    page(client, clerk, "award_create")
    told = {"name": "优秀代表", "first": "2025-01-01", "last": "2025-12-31", "as_of": "2026-01-20",
            "points_weight": "0", "assessment_weight": "60", "voters_weight": "40", "middle_worth": "60",
            "missing": "apart", "assessments": [assessment.pk]}  # fmt: skip
    wrong = client.post(reverse("assessments:award_create"), told | {"voters_weight": "30"})
    assert "相加应等于 100" in wrong.content.decode()
    client.post(reverse("assessments:award_create"), told)
    award = AwardList.objects.get()
    text = page(client, clerk, "award", award.pk)
    for said in ("考评占 60%", "选民测评占 40%", "没有述职测评", "不排名次", "90.00 优秀"):
        assert said in text
    assert reverse("assessments:sheet", args=[sheet.pk]) in text
    step = reverse("assessments:award_step", args=[award.pk, "settle"])
    client.get(step)
    client.post(step, {"version": 0, "request_key": "s", "on": "2026-01-20"})
    assert "与定稿完全一致" in page(client, clerk, "award", award.pk)
    assert "优秀代表" in page(client, leader, "awards")
    page(client, leader, "award_step", award.pk, "settle", status=404)
    client.force_login(clerk)
    book = openpyxl.load_workbook(io.BytesIO(client.post(reverse("assessments:award_export", args=[award.pk])).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    assert "考评占 60%" in rows[0][0]
    assert rows[2] == [None, "田禾", "柳溪镇代表团", None, None, 90, None, None, "没有述职测评，不排名次"]


def test_a_list_is_nothing_for_deputies_or_another_county(client, county, clerk, deputy, deputy_user):
    award = AwardList.objects.create(
        congress=county, name="名单", first=OPENED, last=OPENED, as_of=OPENED, voters_weight=100, created_by=clerk
    )
    for user in (deputy_user, serving("npc_clerk", CongressFactory(code="elsewhere"))):
        page(client, user, "award", award.pk, status=404)


def test_by_the_grade_alone_the_office_chooses_from_the_grades(client, clerk, county, deputy, open_year, rate):
    stages = (("deputy", "代表自评", 100), ("office", "组织评定", 0, "grade"))
    assessment = open_year(MethodFactory(congress=county, in_turn=True, stages=stages))
    its = Marking.objects.get(stage__rater="office")
    assert "没有待评的了" in page(client, clerk, "rate", assessment.pk, its.stage_id)
    rate(its.sheet, "deputy", 50, 30)
    assert "称职" in page(client, clerk, "rate", assessment.pk, its.stage_id)
    data = {"row": [its.pk], f"m{its.pk}-version": 0, f"m{its.pk}-grade": "称职"}
    client.post(reverse("assessments:rate", args=[assessment.pk, its.stage_id]), data)
    its.refresh_from_db()
    assert its.grade == "称职"


def test_what_waits_stands_on_the_desks_of_those_who_rate(client, clerk, deputy_user, assessment):
    for user, said in ((clerk, "代表考评待评定"), (deputy_user, "代表考评 1 份")):
        client.force_login(user)
        assert said in client.get("/").content.decode()


def test_the_line_of_a_desk_opens_the_assessments_that_it_counts(client, clerk, deputy, open_year, county, rate):
    waiting, finished = (
        open_year(MethodFactory(congress=county)),
        open_year(MethodFactory(congress=county, name="旧办法")),
    )
    for rater in ALL:
        rate(finished.sheets.get(), rater, 50, 30)
    client.force_login(clerk)
    [line] = [row for row in rows_beside(clerk) if row.waiting.code == "assess"]
    assert line.count == 1
    assert list(client.get(line.url).context["page_obj"]) == [waiting]
