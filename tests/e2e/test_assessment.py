"""The assessment: a deputy rates himself on the phone, the office by keyboard, a list comes of it (考评的旅程)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deputies.assessments import actions
from deputies.assessments.models import Assessment, AwardList, Marking, Method
from deputies.scores.windows import year
from tests.e2e.screen import PHONE
from tests.factories.assessments import MethodFactory
from tests.factories.docket import seat, session_of


@pytest.fixture
def seats(county, deputy_user):
    session_of(county)
    return [seat(county, "田桂英", user=deputy_user), *(seat(county, name) for name in ("宋长河", "米春来"))]


@pytest.fixture
def assessment(county, seats, clerk):
    """Last year's, rated by the deputy and the office."""
    today = timezone.localdate()
    method = MethodFactory(congress=county, stages=(("deputy", "代表自评", 20), ("office", "代表部门评定", 80)))
    return actions.open_assessment(method, year(today.year - 1), due_on=today + timedelta(days=5), on=today, by=clerk)


def test_a_deputy_rates_himself_on_the_phone(at, assessment, deputy_user):
    phone = at(deputy_user, PHONE).open(reverse("assessments:mine")).look().follow("去自评").look()
    for field in phone.page.locator("input[type=number]").all():
        field.fill("38.5")
    phone.says("77").press("保存").look().says("您已经自评")
    assert Marking.objects.given().get().points == 77


def test_the_office_rates_many_by_keyboard_alone_closes_and_draws_up_a_list(keys, at, assessment, clerk, seats):
    for marking in Marking.objects.filter(stage__rater="deputy"):
        dimensions = assessment.method.dimensions.all()
        actions.give(
            marking, marks={each.pk: each.standard - 2 for each in dimensions}, on=assessment.opened_on, by=clerk
        )
    office = keys(clerk)
    office.open(assessment.get_absolute_url()).looks().link("去评定 3 名").looks()
    rows = list(Marking.objects.filter(stage__rater="office").order_by("sheet__mandate__deputy__strokes", "pk"))
    first, second = assessment.method.dimensions.all()
    office.write(f"m{rows[0].pk}-mark_{first.pk}", "50")
    office.keys.press("Enter")
    office.types("45.5")
    office.keys.press("ArrowDown")
    office.keys.press("=")
    for row, value in zip(rows, ("30", "25", "38"), strict=True):
        office.write(f"m{row.pk}-mark_{second.pk}", value)
    office.button("保存本页").says("已保存 3 名").looks()
    given = Marking.objects.filter(stage__rater="office")
    assert sorted(given.values_list("points", flat=True)) == [70.5, 80, 96]

    screen = at(clerk).open(reverse("assessments:chase", args=[assessment.pk])).look().says("都评齐了")
    screen.open(assessment.get_absolute_url()).follow("结束考评").look().press("结束考评").look().says("已结束")
    assert Assessment.objects.get().state == "closed"
    screen.open(assessment.sheets.first().get_absolute_url()).look()
    screen.open(reverse("assessments:list")).look().follow("评优名单").look().follow("新建名单").look()
    screen.fill(name="优秀代表候选名单", points_weight="0", assessment_weight="100", voters_weight="0")
    screen.page.get_by_label("代表考评", exact=False).first.check()
    screen.press("排出名单").look().says("考评占 100%").follow("定稿").look().press("定稿").look()
    assert AwardList.objects.get().rows.count() == 3


def test_a_method_is_drafted_from_a_sample(at, clerk, seats):
    screen = at(clerk).open(reverse("assessments:methods")).look().follow("起草考评办法").look()
    screen.fill(name="县人大代表履职考评办法").press("起草").look().follow("改草稿").look()
    screen.press("保存").look().follow("施行").look().press("施行").look().says("施行中")
    assert Method.objects.get().state == "adopted"
