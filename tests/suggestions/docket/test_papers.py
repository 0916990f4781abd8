"""The papers that are taken away: the assignment list, and the reply."""

import io

import pytest
from django.urls import reverse
from docx import Document
from docx.shared import Mm, Pt

from congress.deadlines.models import Clock
from suggestions.docket.models import Assignment
from tests.factories.docket import SuggestionFactory, seat, seat_user
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def water(county):
    return DepartmentFactory(congress=county, name="县水利局", short_name="水利局")


def share_of(case):
    return Assignment.objects.get(round__suggestion=case, role="lead")


def taken(client, user, name, *args, **query):
    client.force_login(user)
    response = client.get(reverse(name, args=args), query)
    return response, Document(io.BytesIO(response.content)) if response.status_code == 200 else None


def words(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_reply_follows_the_order_of_the_form(client, county, water, clerk):
    case = SuggestionFactory(congress=county, lead=seat(county, "周德顺"), replied=True, department=water)
    response, document = taken(client, clerk, "docket:reply_letter", share_of(case).pk)
    text = words(document)
    parts = (
        "分类：B", "青水函〔2026〕18号", "关于青禾县第十八届人民代表大会第五次会议闭1号建议的答复",
        "周德顺代表：", f"《{case.title}》", "一、", "承诺事项：修复上段1.2公里，2026年10月31日前完成，责任人韩立民",
        "三、", "感谢", "县水利局", "2026年5月21日", "抄送：",
    )  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert response["Content-Disposition"].startswith("attachment")


def test_the_reply_is_laid_out_as_an_official_letter(client, county, water, clerk):
    case = SuggestionFactory(congress=county, replied=True, department=water)
    _response, document = taken(client, clerk, "docket:reply_letter", share_of(case).pk)
    section = document.sections[0]
    margins = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    for margin, wanted in zip(margins, (37, 28, 35, 26), strict=True):
        assert abs(margin - Mm(wanted)) < Mm(1)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("仿宋_GB2312", Pt(16))
    title = next(each for each in document.paragraphs if each.text.startswith("关于青禾县"))
    assert (title.runs[0].font.name, title.runs[0].font.size) == ("方正小标宋简体", Pt(22))
    head = section.first_page_header
    assert head.paragraphs[0].text == "县水利局"
    assert "thickThinSmallGap" in head._element.xml
    assert "thinThickSmallGap" in section.first_page_footer._element.xml
    assert 'w:linePitch="580"' in section._sectPr.xml


def test_a_draft_is_taken_by_its_department_alone(client, county, water, clerk, officer):
    case = SuggestionFactory(congress=county, drafted=True, department=water)
    share = share_of(case)
    assert taken(client, clerk, "docket:reply_letter", share.pk)[0].status_code == 404
    _response, document = taken(client, officer(water), "docket:reply_letter", share.pk)
    assert "（未签发）" in words(document)


def test_a_reply_reaches_its_deputy_and_no_other(client, county, water):
    case = SuggestionFactory(congress=county, replied=True, department=water)
    share = share_of(case)
    assert taken(client, seat_user(case), "docket:reply_letter", share.pk)[0].status_code == 200
    stranger = seat(county).deputy.user
    assert taken(client, stranger, "docket:reply_letter", share.pk)[0].status_code == 404


def test_a_protected_name_stands_on_no_paper_of_a_department(client, county, water, officer, clerk):
    lead = seat(county, "贾玉兰")
    case = SuggestionFactory(congress=county, lead=lead, protects_identity=True, replied=True, department=water)
    reader = officer(water)
    for name, key in (("docket:reply_letter", share_of(case).pk), ("docket:assignment_list", water.pk)):
        response, document = taken(client, reader, name, key)
        assert "贾玉兰" not in words(document) + response["Content-Disposition"]
    assert "贾玉兰" not in words(taken(client, clerk, "docket:assignment_list", water.pk)[1])
    assert "贾玉兰代表：" in words(taken(client, clerk, "docket:reply_letter", share_of(case).pk)[1])


def test_the_list_of_a_department_holds_what_it_was_given(client, county, water, clerk):
    roads = DepartmentFactory(congress=county)
    led = SuggestionFactory(congress=county, assigned=True, department=water, co=[roads])
    helped = SuggestionFactory(congress=county, assigned=True, department=roads, co=[water])
    other = SuggestionFactory(congress=county, assigned=True, department=roads)
    _response, document = taken(client, clerk, "docket:assignment_list", water.pk)
    text = words(document)
    assert "共 2 件：主办 1 件，会办 1 件" in text
    assert led.title in text
    assert helped.title in text
    assert other.title not in text
    assert "签收单位" in text
    head, *rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert len(rows) == 2
    assert (head[0], head[-1]) == ("编号", "答复或会办意见期限")
    days = {title: last for _number, title, *_rest, last in rows}
    clocks = Clock.objects.running().filter(subject_kind="docket.assignment")
    reply = clocks.get(subject_id=share_of(led).pk, rule="reply")
    opinion = clocks.get(case_id=helped.pk, rule="co_opinion")
    assert days == {led.title: f"{reply.due_on}", helped.title: f"{opinion.due_on}"}


def test_lists_are_narrowed_by_the_day_of_assignment(client, county, water, clerk):
    case = SuggestionFactory(congress=county, assigned=True, department=water)
    day = share_of(case).assigned_on
    client.force_login(clerk)
    page = client.get(reverse("docket:assignment_lists"), {"from": day, "to": day})
    assert [(row["organ__name"], row["lead"], row["co"]) for row in page.context["rows"]] == [("县水利局", 1, 0)]
    assert not client.get(reverse("docket:assignment_lists"), {"from": "2030-01-01"}).context["rows"]
    query = {"from": "2030-01-01"}
    assert taken(client, clerk, "docket:assignment_list", water.pk, **query)[0].status_code == 404


def test_nobody_takes_the_list_of_a_department_that_is_not_his(client, county, water, officer, leader, deputy_user):
    SuggestionFactory(congress=county, assigned=True, department=water)
    elsewhere = officer(DepartmentFactory(congress=county))
    for reader in (elsewhere, leader, deputy_user):
        assert taken(client, reader, "docket:assignment_list", water.pk)[0].status_code == 404
    assert taken(client, officer(water), "docket:assignment_list", water.pk)[0].status_code == 200
