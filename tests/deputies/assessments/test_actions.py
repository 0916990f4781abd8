"""The verbs of the assessment: who gives what when, what is a result, and what no longer moves."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from congress.accounts.models import User
from congress.notices.models import Notice
from congress.notices.writing import write_letters
from congress.procedure.journal import AlreadyRecorded
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.assessments import actions
from deputies.assessments.models import Assessment, Marking, Method, RatingSheet
from deputies.roll.models import Mandate
from deputies.scores.windows import HALF, window_at
from tests.deputies.assessments.conftest import OPENED
from tests.factories.assessments import MethodFactory

pytestmark = pytest.mark.django_db
ALL = ("deputy", "group", "township", "office")
LATER = date(2026, 1, 20)


@pytest.fixture
def sheet(method, deputy, open_year):
    open_year(method)
    return RatingSheet.objects.get(mandate=deputy)


def verbs(case):
    return list(Entry.objects.of(case).values_list("verb", flat=True))


def test_opening_lays_a_sheet_out_for_every_deputy_in_office_with_one_part_for_each_rater(method, seat, open_year):
    sitting, _gone, new = seat("在任"), seat("离任", state=Mandate.State.ENDED), seat("新任", started_on=LATER)
    assessment = open_year(method)
    assert [each.mandate for each in assessment.sheets.all()] == [sitting]
    assert new.started_on > assessment.last
    assert Marking.objects.counted() == {"total": 4, "given": 0}
    assert verbs(assessment) == ["assessment.open"]


def test_a_period_is_opened_once_by_one_method(method, deputy, open_year):
    open_year(method)
    with pytest.raises(ValidationError, match="已经布置过"):
        open_year(method)


def test_what_was_cancelled_can_be_opened_again(method, deputy, open_year, clerk):
    actions.cancel(open_year(method), reason="截止日期填错", on=OPENED, by=clerk)
    assert open_year(method).is_open


def test_a_method_that_is_a_draft_or_retired_opens_nothing(county, deputy, open_year, clerk):
    draft = MethodFactory(congress=county, state=Method.State.DRAFT)
    with pytest.raises(ValidationError, match="没有施行"):
        open_year(draft)
    retired = actions.retire(MethodFactory(congress=county), on=OPENED, by=clerk)
    with pytest.raises(ValidationError, match="停用"):
        open_year(retired)


def test_each_rating_is_one_step_with_one_entry(sheet, rate, deputy_user):
    rate(sheet, "deputy", 55, 38, by=deputy_user)
    entry = Entry.objects.of(sheet).get()
    assert (entry.verb, entry.by, entry.facts["stage"], entry.facts["gives"]) == (
        "marking.give", deputy_user, "代表自评", "93 分",
    )  # fmt: skip


def test_the_result_is_there_only_when_every_rater_of_the_set_is_in(sheet, rate):
    for rater in ALL[:-1]:
        rate(sheet, rater, 60, 40)
        assert not RatingSheet.objects.complete().exists()
    rate(sheet, "office", 60, 40)
    assert RatingSheet.objects.complete().get() == sheet


def test_closing_writes_down_the_mean_of_the_raters_by_their_weights(sheet, rate, clerk):
    rate(sheet, "deputy", 60, 40)
    rate(sheet, "group", 50, 40)
    rate(sheet, "township", 50, 35.5)
    rate(sheet, "office", 50, 35)
    actions.close(sheet.assessment, on=LATER, by=clerk)
    sheet.refresh_from_db()
    assert (sheet.points, sheet.grade) == (D("88.15"), "称职")  # 10 + 27 + 25.65 + 25.5


def test_closing_with_somebody_missing_says_how_many_and_then_leaves_him_without_a_result(
    sheet, seat, rate, clerk, method
):
    with pytest.raises(ValidationError, match="还有 1 名"):
        actions.close(sheet.assessment, on=LATER, by=clerk)
    rate(sheet, "deputy", 60, 40)
    actions.close(sheet.assessment, leaves_open=True, on=LATER, by=clerk)
    sheet.refresh_from_db()
    assert (sheet.points, sheet.grade) == (None, "")


def test_a_closed_assessment_stands_still(sheet, rate, clerk):
    for rater in ALL:
        rate(sheet, rater, 60, 40)
    actions.close(sheet.assessment, on=LATER, by=clerk)
    with pytest.raises(ValidationError, match="已经结束"):
        rate(sheet, "office", 0, 0, on=LATER)
    with pytest.raises(ValidationError, match="已经结束"):
        actions.excuse(sheet, reason="病假", on=LATER, by=clerk)
    with pytest.raises(StepNotOpen):
        actions.cancel(sheet.assessment, reason="不要了", on=LATER, by=clerk)
    sheet.refresh_from_db()
    assert (sheet.points, sheet.grade) == (D("100.00"), "优秀")


def test_a_mark_lies_between_nothing_and_the_standard_value_in_halves(sheet, rate):
    for wrong in ((61, 40), (-1, 40), (50.3, 40), (50,)):
        with pytest.raises(ValidationError):
            rate(sheet, "office", *wrong)
    assert verbs(sheet) == []


def test_while_it_is_open_a_rater_may_change_what_he_gave_and_both_are_traced(sheet, rate):
    rate(sheet, "office", 60, 40)
    rate(sheet, "office", 50, 30)
    assert [each.facts.get("before") for each in Entry.objects.of(sheet)] == [None, "100 分"]
    marking = Marking.objects.get(sheet=sheet, stage__rater="office")
    assert (marking.points, [each.points for each in marking.marks.all()]) == (D(80), [D(50), D(30)])


def test_the_same_click_twice_rates_once(sheet, rate):
    rate(sheet, "office", 60, 40, request_key="a")
    with pytest.raises(AlreadyRecorded):
        rate(sheet, "office", 60, 40, request_key="a")
    assert verbs(sheet) == ["marking.give"]


def test_a_page_opened_before_somebody_else_rated_cannot_overwrite_him(sheet, rate):
    rate(sheet, "office", 60, 40, version=0)
    with pytest.raises(StepNotOpen):
        rate(sheet, "office", 0, 0, version=0)


@pytest.mark.parametrize("rater", ["group", "township", "office"])
def test_a_deputy_rates_nobody_but_himself(sheet, rate, deputy_user, rater):
    with pytest.raises(PermissionDenied):
        rate(sheet, rater, 60, 40, by=deputy_user)


def test_the_leader_of_a_group_rates_its_members_and_not_himself_as_the_group(
    method, group_leader, deputy, open_year, rate
):
    open_year(method)
    rate(RatingSheet.objects.get(mandate=deputy), "group", 50, 30, by=group_leader)
    own = RatingSheet.objects.get(mandate__deputy__user=group_leader)
    with pytest.raises(PermissionDenied):
        rate(own, "group", 60, 40, by=group_leader)
    rate(own, "deputy", 60, 40, by=group_leader)


def test_the_township_rates_its_delegation_and_nobody_else(sheet, seat, rate, township_clerk, method):
    rate(sheet, "township", 50, 30, by=township_clerk)
    with pytest.raises(PermissionDenied):
        rate(sheet, "office", 50, 30, by=township_clerk)


def test_nobody_elses_township_rates(method, seat, county, open_year, rate, township_clerk):
    stranger = seat("外乡", delegation=None)
    open_year(method)
    with pytest.raises(PermissionDenied):
        rate(RatingSheet.objects.get(mandate=stranger), "township", 50, 30, by=township_clerk)


YUANJIANG = (
    ("deputy", "代表自评", 0), ("group", "小组校核", 0), ("office", "联工委定分", 100),
    ("meeting", "主任会议审定", 0, "grade"),
)  # fmt: skip


def test_where_raters_follow_each_other_nobody_goes_before_his_turn(county, deputy, open_year, rate, clerk):
    open_year(MethodFactory(congress=county, in_turn=True, stages=YUANJIANG))
    sheet = RatingSheet.objects.get()
    with pytest.raises(ValidationError, match="要等“代表自评”评完"):
        rate(sheet, "group", 50, 30)
    assert [each.stage.rater for each in Marking.objects.waiting().ready()] == ["deputy"]
    rate(sheet, "deputy", 60, 40)
    rate(sheet, "group", 58, 40)
    rate(sheet, "office", 55, 36.5)
    with pytest.raises(ValidationError, match="不能再改"):
        rate(sheet, "deputy", 1, 1)
    with pytest.raises(ValidationError, match="请选一个等次"):
        rate(sheet, "meeting", grade="最好")
    rate(sheet, "meeting", grade="优秀")
    actions.close(sheet.assessment, on=LATER, by=clerk)
    sheet.refresh_from_db()
    assert (sheet.points, sheet.grade) == (D("91.50"), "优秀")


def test_by_the_half_year_the_deputy_rates_himself_and_the_office_gives_the_grade(county, deputy, clerk, rate):
    stages = (("deputy", "代表自评", 100), ("office", "组织评定", 0, "grade"))
    method = MethodFactory(congress=county, period=HALF, in_turn=True, stages=stages)
    for day, grade in ((date(2025, 3, 1), "称职"), (date(2025, 9, 1), "优秀")):
        window = window_at(HALF, day)
        assessment = actions.open_assessment(method, window, due_on=date(2026, 1, 31), on=OPENED, by=clerk)
        sheet = assessment.sheets.get()
        rate(sheet, "deputy", 40, 30)
        rate(sheet, "office", grade=grade)
        actions.close(assessment, on=LATER, by=clerk)
    assert list(RatingSheet.objects.order_by("pk").values_list("points", "grade")) == [
        (D("70.00"), "称职"), (D("70.00"), "优秀"),
    ]  # fmt: skip


def test_who_is_excused_is_not_waited_for(sheet, clerk):
    actions.excuse(sheet, reason="长期病假", on=OPENED, by=clerk)
    assert not sheet.assessment.missing().exists()
    actions.close(sheet.assessment, on=LATER, by=clerk)
    assert verbs(sheet) == ["ratingsheet.excuse"]


def test_those_missing_are_reminded_before_the_last_day_and_once_it_has_passed_each_once(
    sheet, rate, deputy_user, township_clerk, clerk
):
    rate(sheet, "township", 60, 40)
    assert actions.remind(on=date(2026, 1, 20), by=User.objects.robot()) == 0
    for day, told in (("2026-01-29", 1), ("2026-01-30", 0), ("2026-02-01", 1), ("2026-02-02", 0)):
        assert actions.remind(on=date.fromisoformat(day), by=User.objects.robot()) == told
    write_letters(at=timezone.now())
    told = Notice.objects.filter(verb="assessment.remind")
    assert {each.recipient for each in told} == {deputy_user, clerk}  # the township has done its part
    assert told.filter(recipient=deputy_user).count() == 2


def test_urging_tells_those_who_are_missing_and_is_refused_when_nobody_is(sheet, rate, clerk, deputy_user):
    actions.urge(sheet.assessment, on=OPENED, by=clerk)
    write_letters(at=timezone.now())
    assert Notice.objects.filter(verb="assessment.urge", recipient=deputy_user).exists()
    for rater in ALL:
        rate(sheet, rater, 60, 40)
    with pytest.raises(ValidationError, match="不用催"):
        actions.urge(sheet.assessment, on=OPENED, by=clerk)


def test_the_lowest_grade_touches_no_mandate(sheet, rate, clerk, deputy):
    for rater in ALL:
        rate(sheet, rater, 0, 0)
    actions.close(sheet.assessment, on=LATER, by=clerk)
    before = (deputy.state, deputy.version, deputy.ended_on)
    deputy.refresh_from_db()
    sheet.refresh_from_db()
    assert (sheet.grade, (deputy.state, deputy.version, deputy.ended_on)) == ("不称职", before)


@pytest.mark.parametrize("who", ["clerk", "leader", "deputy_user", "township_clerk", "group_leader", "committee_clerk"])
def test_what_somebody_may_rate_is_exactly_what_his_list_shows(request, method, deputy, seat, open_year, who):
    person = request.getfixturevalue(who)
    seat("外乡", delegation=None)
    open_year(method)
    fresh = type(person).objects.get(pk=person.pk)
    may = {each.pk for each in Marking.objects.all() if fresh.has_perm("assessments.give", each)}
    assert set(Marking.objects.givable_by(fresh).values_list("pk", flat=True)) == may


def test_a_draft_can_be_written_and_adopting_it_retires_the_version_before(county, clerk):
    first = MethodFactory(congress=county)
    second = actions.draft(first, on=OPENED, by=clerk)
    with pytest.raises(ValidationError, match="已经有一份草稿"):
        actions.draft(first, on=OPENED, by=clerk)
    actions.adopt(second, on=OPENED, by=clerk)
    first.refresh_from_db()
    assert (first.state, second.number) == (Method.State.RETIRED, 2)
    with pytest.raises(ValidationError, match="不能再改"):
        actions.drop(second, on=OPENED, by=clerk)


def test_nobody_adopts_a_draft_that_was_rewritten_since_he_read_it(county, clerk):
    method = actions.draft(MethodFactory(congress=county), on=OPENED, by=clerk)
    values = {name: getattr(method, name) for name in ("period", "in_turn", "grades", "source", "note")}
    parts = {
        "dimensions": [{"block": "", "text": "出席会议", "standard": 10}],
        "stages": [{"rater": "office", "label": "部门", "gives": "points", "weight": 100}],
    }
    fresh = actions.write(method, values=values, on=OPENED, by=clerk, **parts)
    with pytest.raises(StepNotOpen):
        actions.adopt(Method.objects.get(pk=method.pk), on=OPENED, by=clerk, version=method.version)
    assert actions.adopt(fresh, on=OPENED, by=clerk, version=fresh.version).state == Method.State.ADOPTED


def test_a_method_without_standard_values_or_with_weights_that_make_no_hundred_is_not_adopted(county, clerk):
    bare = actions.create_method(congress=county, name="汝州", preset="ruzhou_form", on=OPENED, by=clerk)
    with pytest.raises(ValidationError, match="还没有标准分"):
        actions.adopt(bare, on=OPENED, by=clerk)
    lame = MethodFactory(congress=county, state="draft", stages=(("deputy", "自评", 50), ("office", "部门", 40)))
    with pytest.raises(ValidationError, match="相加是 90"):
        actions.adopt(lame, on=OPENED, by=clerk)


def test_cancelled_assessments_leave_nothing_to_do(sheet, clerk):
    actions.cancel(sheet.assessment, reason="填错", on=OPENED, by=clerk)
    assert not Marking.objects.open().exists()
    assert Assessment.objects.get().reason == "填错"
