"""Every published way to assess loads as data, can be adopted once its blanks are filled, and rates correctly."""

from decimal import Decimal as D

import pytest

from deputies.assessments import actions
from deputies.assessments.models import Method, RatingSheet, Stage
from deputies.assessments.presets import presets
from deputies.scores.windows import year
from tests.deputies.assessments.conftest import OPENED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", list(presets()))
def test_a_sample_becomes_a_draft_with_all_that_is_public_and_nothing_else(county, clerk, code):
    sample = presets()[code]
    method = actions.create_method(congress=county, name=sample.name, preset=code, on=OPENED, by=clerk)
    assert [each.text for each in method.dimensions.all()] == [each["text"] for each in sample.dimensions]
    assert [each.label for each in method.stages.all()] == [each["label"] for each in sample.stages]
    assert method.state == Method.State.DRAFT
    if code != "product_default":
        assert {each.standard for each in method.dimensions.all()} == {None}


@pytest.mark.parametrize("code", list(presets()))
def test_every_sample_rates_from_the_first_mark_to_the_result(county, clerk, deputy, code, rate):
    method = actions.create_method(congress=county, name="考评", preset=code, on=OPENED, by=clerk)
    method.dimensions.filter(standard=None).update(standard=D(10))
    actions.adopt(method, on=OPENED, by=clerk)
    assessment = actions.open_assessment(method, year(2025), due_on=OPENED, on=OPENED, by=clerk)
    sheet = assessment.sheets.get()
    standards = [each.standard for each in method.dimensions.all()]
    for stage in method.stages.all():
        if stage.gives == Stage.Gives.GRADE:
            rate(sheet, stage.rater, grade=method.grade_names[0])
        else:
            rate(sheet, stage.rater, *standards)
    actions.close(assessment, on=OPENED, by=clerk)
    got = RatingSheet.objects.get()
    best = method.grades[0]["name"] if method.grades else ""
    if code == "yinchuan_2017":  # six times ten are sixty of a hundred
        best = "较好"
    assert (got.points, got.grade) == (sum(standards).quantize(D("0.01")), best)


def test_the_form_of_ruzhou_has_seven_dimensions_and_four_raters():
    sample = presets()["ruzhou_form"]
    assert len(sample.dimensions) == 7
    assert [each["label"] for each in sample.stages] == ["代表自评", "小组评定", "乡镇街道评定", "代表部门评定"]
