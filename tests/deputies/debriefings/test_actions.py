"""A debriefing from its plan to the published result."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from congress.notices.models import Notice
from congress.notices.writing import write_letters
from congress.procedure.models import Entry
from congress.procedure.telling import sentence_of
from congress.procedure.workflow import StepNotOpen
from deputies.activities import actions as activities
from deputies.activities.kinds import Kind as ActivityKind
from deputies.activities.models import Activity, Invitation
from deputies.debriefings import actions
from deputies.debriefings.figures import result_of
from deputies.debriefings.models import Debriefing, Statement
from deputies.debriefings.wordings import ASPECTS, WORDINGS
from deputies.duties import actions as duties
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import Mandate
from tests.factories.activities import ActivityFactory
from tests.factories.debriefings import DebriefingFactory
from tests.factories.docket import seat
from tests.factories.roll import MandateFactory

MAY_1, MAY_20, JUNE_1 = date(2026, 5, 1), date(2026, 5, 20), date(2026, 6, 1)
S = Debriefing.State


@pytest.fixture
def mine(county, deputy_user):
    return seat(county, user=deputy_user)


@pytest.fixture
def arranged(county, mine, clerk):
    """arranged(deputies, …) → a planned debriefing of the county."""

    def arrange(*deputies, **fields):
        debriefing = DebriefingFactory.build(congress=county, term=mine.term, created_by=clerk, **fields)
        return actions.arrange(debriefing, deputies or [mine], on=MAY_1, by=clerk)

    return arrange


@pytest.fixture
def counted(arranged, clerk):
    """counted(satisfied, basic, dissatisfied, …) → a held debriefing with these slips on its first report."""

    def count(*numbers, returned=None, handed_out=None, **fields):
        debriefing = arranged(**fields)
        actions.hold(debriefing, on=MAY_20, by=clerk)
        statement = debriefing.statements.get()
        valid = sum(numbers)
        counts = {("", grade): number for (grade, _words), number in zip(debriefing.grades, numbers, strict=True)}
        returned = valid if returned is None else returned
        actions.tally(
            statement,
            handed_out=returned if handed_out is None else handed_out,
            returned=returned,
            valid=valid,
            counts=counts,
            on=MAY_20,
            by=clerk,
        )
        return debriefing

    return count


def test_a_debriefing_is_planned_held_judged_and_published(counted, clerk, mine):
    debriefing = counted(30, 8, 2, returned=41, handed_out=42)
    actions.evaluate(debriefing, on=MAY_20, by=clerk)
    actions.publish(debriefing, how="会场当场宣布", on=MAY_20, by=clerk)
    debriefing.refresh_from_db()
    statement = Statement.objects.get()
    assert (debriefing.state, debriefing.held_on, statement.told_on) == (S.PUBLISHED, MAY_20, MAY_20)
    result = result_of(statement, fails_above=50)
    assert result.lines[0].cells == (("满意", 30, "75.00"), ("基本满意", 8, "20.00"), ("不满意", 2, "5.00"))
    verbs = list(Entry.objects.of(debriefing).values_list("verb", flat=True))
    assert verbs == [
        "debriefing.arrange", "duty.register", "debriefing.hold", "debriefing.tally", "debriefing.evaluate",
        "debriefing.publish",
    ]  # fmt: skip


def test_holding_it_writes_one_duty_record_for_each_who_reported(county, arranged, mine, clerk):
    other = MandateFactory(congress=county, term=mine.term)
    debriefing = arranged(mine, other)
    actions.hold(debriefing, spoke=[mine], on=MAY_20, by=clerk)
    record = DutyRecord.objects.get()
    assert (record.mandate, record.kind, record.held_on) == (mine, Kind.DEBRIEFING, MAY_20)
    assert [statement.mandate for statement in debriefing.statements.all()] == [mine]


def test_a_report_handed_in_is_kept_of_a_deputy_who_did_not_report(county, arranged, mine, clerk, deputy_user):
    other = MandateFactory(congress=county, term=mine.term)
    debriefing = arranged(mine, other)
    actions.hand_in(debriefing.statements.get(mandate=mine), text="联系选民五十名。", on=MAY_1, by=deputy_user)
    actions.hold(debriefing, spoke=[other], on=MAY_20, by=clerk)
    kept = debriefing.statements.get(mandate=mine)
    assert (kept.text, kept.is_missed) == ("联系选民五十名。", True)
    assert [each.mandate for each in Statement.objects.done()] == [other]
    assert [each.mandate for each in debriefing.statements.reporting()] == [other]
    assert not DutyRecord.objects.filter(mandate=mine).exists()
    write_letters(at=timezone.now())
    told = Notice.objects.get(recipient=deputy_user, verb="debriefing.hold")
    assert "没有述职" in told.title
    assert "报告保留" in told.body


def test_who_did_not_report_is_neither_counted_nor_waited_for(county, arranged, mine, clerk, deputy_user):
    other = MandateFactory(congress=county, term=mine.term)
    debriefing = arranged(mine, other)
    missed = debriefing.statements.get(mandate=mine)
    actions.hand_in(missed, text="联系选民五十名。", on=MAY_1, by=deputy_user)
    actions.hold(debriefing, spoke=[other], on=MAY_20, by=clerk)
    slips = {"handed_out": 3, "returned": 3, "valid": 3, "counts": {("", "satisfied"): 3}, "on": MAY_20, "by": clerk}
    with pytest.raises(ValidationError, match="没有述职"):
        actions.tally(missed, **slips)
    with pytest.raises(ValidationError, match="没有述职"):
        actions.hand_in(missed, text="再补一段。", on=MAY_20, by=deputy_user)
    actions.tally(debriefing.statements.get(mandate=other), **slips)
    actions.evaluate(debriefing, on=MAY_20, by=clerk)
    actions.publish(debriefing, how="公告栏", on=MAY_20, by=clerk)
    told = dict(debriefing.statements.values_list("mandate", "told_on"))
    assert told == {other.pk: MAY_20, mine.pk: None}
    write_letters(at=timezone.now())
    assert not Notice.objects.filter(recipient=deputy_user, verb="debriefing.publish").exists()


@pytest.fixture
def meeting(mine, clerk):
    """The debriefing as an activity, to which the deputy is called."""
    meeting = ActivityFactory(
        term=mine.term, kind=ActivityKind.DEBRIEFING, state=Activity.State.ANNOUNCED, created_by=clerk, hours=2
    )
    Invitation.objects.create(activity=meeting, mandate=mine)
    return meeting


def duty_of(mandate):
    rows = DutyRecord.objects.filter(mandate=mandate, kind=Kind.DEBRIEFING)
    return [(row.source_kind, row.outcome, row.state, row.hours) for row in rows]


REPORTED = [("debriefings.debriefing", "done", "registered", 2)]


@pytest.mark.parametrize("outcome", ["present", "leave", "absent", ""])
@pytest.mark.parametrize("first", ["list", "hold"])
def test_one_duty_comes_out_of_a_debriefing_that_is_an_activity_whatever_the_order(
    arranged, meeting, mine, clerk, outcome, first
):
    def put_down():
        activities.mark(meeting, {mine.pk: "present"}, at=timezone.now(), on=MAY_20, by=clerk)
        activities.mark(meeting, {mine.pk: outcome}, at=timezone.now(), on=MAY_20, by=clerk)

    debriefing = arranged(activity=meeting)
    if first == "list":
        put_down()
    actions.hold(debriefing, on=MAY_20, by=clerk)
    if first == "hold":
        put_down()
    assert duty_of(mine) == REPORTED


def test_a_change_of_the_meeting_makes_no_second_duty(arranged, meeting, mine, clerk):
    actions.hold(arranged(activity=meeting), on=MAY_20, by=clerk)
    activities.mark(meeting, {mine.pk: "present"}, at=timezone.now(), on=MAY_20, by=clerk)
    activities.change(meeting, title="柳溪选区述职评议会", on=MAY_20, by=clerk)
    assert duty_of(mine) == REPORTED


def test_a_row_struck_before_it_was_held_stands_again_once_he_reported(arranged, meeting, mine, clerk):
    debriefing = arranged(activity=meeting, title=meeting.title, place=meeting.place, planned_on=MAY_20)
    activities.mark(meeting, {mine.pk: "present"}, at=timezone.now(), on=MAY_20, by=clerk)
    duties.strike(DutyRecord.objects.get(), finding="点错。", on=MAY_20, by=clerk)
    actions.hold(debriefing, on=MAY_20, by=clerk)
    assert duty_of(mine) == REPORTED


def test_whoever_listens_keeps_the_row_of_the_list_and_an_objection_reaches_the_rate(
    county, arranged, meeting, mine, clerk
):
    listener = MandateFactory(congress=county, term=mine.term)
    Invitation.objects.create(activity=meeting, mandate=listener)
    debriefing = arranged(activity=meeting)
    activities.mark(meeting, {mine.pk: "present", listener.pk: "present"}, at=timezone.now(), on=MAY_20, by=clerk)
    actions.hold(debriefing, on=MAY_20, by=clerk)
    assert [row[0] for row in duty_of(listener)] == ["activities.activity"]
    record = duties.object_to(
        DutyRecord.objects.get(mandate=mine), objection="我请了假。", on=MAY_20, by=mine.deputy.user
    )
    duties.correct(record, changes={"outcome": "leave"}, finding="已核对。", on=JUNE_1, by=clerk)
    assert not Statement.objects.done().exists()
    activities.mark(meeting, {mine.pk: "absent"}, at=timezone.now(), on=JUNE_1, by=clerk)
    assert [row[:2] for row in duty_of(mine)] == [("debriefings.debriefing", "leave")]


def test_a_written_debriefing_is_held_only_with_the_report(arranged, clerk, deputy_user):
    debriefing = arranged(mode=Debriefing.Mode.WRITTEN)
    with pytest.raises(ValidationError):
        actions.hold(debriefing, on=MAY_20, by=clerk)
    file = SimpleUploadedFile("述职报告.pdf", b"%PDF-1.7\n1 0 obj\n")
    actions.hand_in(debriefing.statements.get(), upload=file, on=MAY_1, by=deputy_user)
    actions.hold(debriefing, on=MAY_20, by=clerk)
    assert Statement.objects.done().get().file.name == "述职报告.pdf"


def test_an_empty_report_is_refused_and_a_published_one_stands(counted, clerk, deputy_user):
    debriefing = counted(3, 0, 0)
    statement = debriefing.statements.get()
    with pytest.raises(ValidationError):
        actions.hand_in(statement, text=" ", on=MAY_20, by=deputy_user)
    actions.evaluate(debriefing, on=MAY_20, by=clerk)
    actions.publish(debriefing, how="公告栏", on=MAY_20, by=clerk)
    statement = Statement.objects.select_related("debriefing").get()
    with pytest.raises(ValidationError):
        actions.hand_in(statement, text="补写", on=MAY_20, by=deputy_user)


@pytest.mark.parametrize(
    ("slips", "counts", "field"),
    [
        ((40, 41, 40), (30, 8, 2), "returned"),
        ((42, 40, 41), (30, 9, 2), "valid"),
        ((42, 41, 40), (30, 8, 3), "count__satisfied"),
        ((42, 41, 40), (30, 8, 1), "count__satisfied"),
    ],
)
def test_slips_whose_sums_do_not_fit_are_refused(arranged, clerk, slips, counts, field):
    debriefing = arranged()
    actions.hold(debriefing, on=MAY_20, by=clerk)
    handed_out, returned, valid = slips
    with pytest.raises(ValidationError) as refused:
        actions.tally(
            debriefing.statements.get(),
            handed_out=handed_out,
            returned=returned,
            valid=valid,
            counts={("", grade): number for (grade, _words), number in zip(debriefing.grades, counts, strict=True)},
            on=MAY_20,
            by=clerk,
        )
    assert field in refused.value.error_dict
    assert debriefing.statements.get().valid is None


def test_each_aspect_adds_up_to_the_valid_slips_too(arranged, clerk):
    debriefing = arranged(by_aspects=True)
    actions.hold(debriefing, on=MAY_20, by=clerk)
    counts = {(aspect, "satisfied"): 3 for aspect in ("", *dict(ASPECTS))}
    said = {"handed_out": 3, "returned": 3, "valid": 3, "on": MAY_20, "by": clerk}
    with pytest.raises(ValidationError):
        actions.tally(debriefing.statements.get(), counts=counts | {("contact", "satisfied"): 2}, **said)
    actions.tally(debriefing.statements.get(), counts=counts, **said)
    assert len(result_of(debriefing.statements.get(), fails_above=50).lines) == 6


@pytest.mark.parametrize("wording", WORDINGS)
def test_every_set_of_words_can_be_counted(counted, wording):
    numbers = [5] * len(WORDINGS[wording])
    statement = counted(*numbers, wording=wording).statements.get()
    assert sum(tally.count for tally in statement.tallies.all()) == statement.valid


def test_nothing_is_judged_before_it_is_held_nor_published_before_all_are_counted(arranged, clerk):
    debriefing = arranged()
    with pytest.raises(StepNotOpen):
        actions.publish(debriefing, how="公告栏", on=MAY_1, by=clerk)
    actions.hold(debriefing, on=MAY_20, by=clerk)
    with pytest.raises(ValidationError):
        actions.evaluate(debriefing, on=MAY_20, by=clerk)


def test_a_wrong_count_is_put_right_before_the_result_goes_out(counted, clerk):
    debriefing = counted(3, 0, 0)
    actions.evaluate(debriefing, on=MAY_20, by=clerk)
    said = {"handed_out": 4, "returned": 4, "valid": 4, "counts": {("", "satisfied"): 4}, "on": MAY_20, "by": clerk}
    with pytest.raises(ValidationError):
        actions.tally(debriefing.statements.get(), **said)
    actions.correct(debriefing, why="漏数一张", on=MAY_20, by=clerk)
    actions.tally(debriefing.statements.get(), **said)
    assert debriefing.statements.get().valid == 4


def test_a_failed_evaluation_changes_no_mandate(counted, clerk, mine):
    debriefing = counted(9, 10, 20)
    actions.evaluate(debriefing, on=MAY_20, by=clerk)
    actions.publish(debriefing, how="当场宣布", on=MAY_20, by=clerk)
    before = Mandate.objects.filter(pk=mine.pk).values().get()
    assert result_of(debriefing.statements.get(), fails_above=50).has_failed is True
    assert (before["state"], before["ground"], before["version"]) == (Mandate.State.ACTIVE, "", mine.version)
    assert not Entry.objects.of(mine).exists()


def test_exactly_half_of_the_slips_against_does_not_fail(counted):
    assert result_of(counted(10, 10, 20).statements.get(), fails_above=50).has_failed is False


def test_the_result_is_told_to_those_who_reported(counted, clerk, deputy_user):
    debriefing = counted(3, 0, 0)
    actions.evaluate(debriefing, on=MAY_20, by=clerk)
    actions.publish(debriefing, how="公告栏", on=MAY_20, by=clerk)
    write_letters(at=timezone.now())
    told = (
        Notice.objects.filter(recipient=deputy_user, verb__startswith="debriefing.")
        .order_by("id")
        .values_list("verb", flat=True)
    )
    assert list(told) == ["debriefing.arrange", "debriefing.publish"]


def test_deputies_of_the_townships_report_together_with_those_of_the_county(arranged, mine, township):
    of_township = MandateFactory(congress=township)
    assert arranged(mine, of_township).statements.count() == 2
    with pytest.raises(ValidationError):
        arranged(MandateFactory())


def test_a_plan_may_change_until_it_is_held(county, arranged, mine, clerk):
    debriefing, other = arranged(), MandateFactory(congress=county, term=mine.term)
    actions.arrange(debriefing, [other], on=MAY_1, by=clerk)
    assert [statement.mandate for statement in debriefing.statements.all()] == [other]
    actions.hold(debriefing, on=MAY_20, by=clerk)
    with pytest.raises(ValidationError):
        actions.arrange(debriefing, [mine], on=JUNE_1, by=clerk)
    with pytest.raises(ValidationError):
        actions.arrange(DebriefingFactory.build(congress=county, term=mine.term), [], on=MAY_1, by=clerk)


def test_a_page_opened_before_somebody_changed_the_plan_changes_nothing(county, arranged, mine, clerk):
    debriefing, other = arranged(), MandateFactory(congress=county, term=mine.term)
    actions.arrange(debriefing, [mine, other], on=MAY_1, by=clerk, version=0)
    stale = Debriefing.objects.get(pk=debriefing.pk)
    stale.place = "镇政府"
    with pytest.raises(ValidationError, match="已经被别人改过"):
        actions.arrange(stale, [mine], on=MAY_1, by=clerk, version=0)
    debriefing.refresh_from_db()
    assert (debriefing.version, debriefing.place == "镇政府", debriefing.statements.count()) == (1, False, 2)


def test_a_change_judged_on_what_was_read_earlier_does_not_undo_that_it_was_held(arranged, mine, clerk):
    debriefing = arranged()
    stale = Debriefing.objects.get(pk=debriefing.pk)
    actions.hold(debriefing, on=MAY_20, by=clerk)
    with pytest.raises(ValidationError, match="已经举行"):
        actions.arrange(stale, [mine], on=MAY_20, by=clerk)
    assert Debriefing.objects.get().state == S.HELD


def test_whoever_handed_in_his_report_is_not_taken_out_of_the_plan(county, arranged, mine, clerk):
    silent = MandateFactory(congress=county, term=mine.term)
    debriefing = arranged(mine, silent)
    statement = debriefing.statements.get(mandate=mine)
    actions.hand_in(statement, text="联系选民五十名。", on=MAY_1, by=clerk)
    with pytest.raises(ValidationError) as refused:
        actions.arrange(debriefing, [silent], on=MAY_1, by=clerk)
    assert f"{mine}已提交报告，不能去掉。" in refused.value.message_dict["deputies"]
    actions.arrange(debriefing, [mine], on=MAY_1, by=clerk)
    assert Entry.objects.of(debriefing).get(verb="debriefing.change").facts["removed"] == [silent.pk]
    assert debriefing.statements.get().text == "联系选民五十名。"


def test_the_report_of_a_deputy_whose_seat_ended_stays_when_the_plan_changes(county, arranged, mine, clerk):
    other = MandateFactory(congress=county, term=mine.term)
    debriefing = arranged(mine, other)
    actions.hand_in(debriefing.statements.get(mandate=mine), text="联系选民五十名。", on=MAY_1, by=clerk)
    Mandate.objects.filter(pk=mine.pk).update(state=Mandate.State.ENDED)
    actions.arrange(debriefing, [other], on=MAY_1, by=clerk)
    assert debriefing.statements.get(mandate=mine).is_handed_in


def test_a_report_is_judged_by_how_things_stand_now(county, arranged, mine, clerk, deputy_user):
    other = MandateFactory(congress=county, term=mine.term)
    debriefing = arranged(mine, other)
    stale, taken_out = (debriefing.statements.select_related("debriefing").get(mandate=each) for each in (mine, other))
    actions.arrange(debriefing, [mine], on=MAY_1, by=clerk)
    with pytest.raises(ValidationError, match="不再请您述职"):
        actions.hand_in(taken_out, text="补写", on=MAY_1, by=clerk)
    actions.cancel(debriefing, reason="改为书面", on=MAY_1, by=clerk)
    with pytest.raises(ValidationError, match="不能再改"):
        actions.hand_in(stale, text="补写", on=MAY_1, by=deputy_user)


def test_a_cancelled_one_counts_for_nobody(arranged, clerk):
    actions.cancel(arranged(), reason="改为书面", on=MAY_1, by=clerk)
    assert not Statement.objects.done().exists()


def test_a_deputy_holds_and_publishes_nothing(arranged, deputy_user):
    with pytest.raises(PermissionDenied):
        actions.hold(arranged(), on=MAY_20, by=deputy_user)


def test_a_debriefing_is_seen_by_its_office_and_by_those_who_report(
    county, arranged, clerk, leader, deputy_user, committee_clerk, auditor, township_clerk
):
    debriefing = arranged()
    stranger = seat(county).deputy.user
    people = (clerk, leader, deputy_user, committee_clerk, auditor, township_clerk, stranger)
    for person in people:
        sees = Debriefing.objects.visible_to(person).filter(pk=debriefing.pk).exists()
        assert sees is person.has_perm("debriefings.view_debriefing", debriefing)
    assert [Debriefing.objects.visible_to(person).count() for person in people] == [1, 1, 1, 0, 0, 0, 0]


def test_the_same_plan_sent_twice_stands_once(arranged):
    arranged()
    with pytest.raises(ValidationError):
        arranged()
    assert Debriefing.objects.count() == 1
    assert arranged(title="柳溪选区第二次述职").pk


def objected(debriefing, mandate):
    """His record of that debriefing, to which he objects."""
    record = DutyRecord.objects.get(mandate=mandate, kind=Kind.DEBRIEFING)
    return duties.object_to(record, objection="那天我请了假。", on=MAY_20, by=mandate.deputy.user)


def test_whoever_is_found_not_to_have_reported_counts_in_no_rate(arranged, clerk, mine):
    other = seat(mine.congress)
    debriefing = actions.hold(arranged(mine, other), on=MAY_20, by=clerk)
    duties.correct(
        objected(debriefing, mine), changes={"outcome": "leave"}, finding="已核对请假条。", on=JUNE_1, by=clerk
    )
    assert [each.mandate for each in debriefing.statements.all()] == [other]
    assert "不计入这次述职" in sentence_of(Entry.objects.of(debriefing).get(verb="debriefing.take_off"))


def test_a_report_handed_in_outlives_a_corrected_record_and_counts_again_when_that_is_put_right(
    arranged, clerk, mine, deputy_user
):
    debriefing = arranged(mine)
    actions.hand_in(debriefing.statements.get(), text="联系选民五十名。", on=MAY_1, by=deputy_user)
    actions.hold(debriefing, on=MAY_20, by=clerk)
    duties.correct(
        objected(debriefing, mine), changes={"outcome": "leave"}, finding="已核对请假条。", on=JUNE_1, by=clerk
    )
    kept = debriefing.statements.get()
    assert (kept.text, kept.is_missed) == ("联系选民五十名。", True)
    write_letters(at=timezone.now())
    assert Notice.objects.filter(recipient=deputy_user, verb="debriefing.take_off").exists()
    record = DutyRecord.objects.get(mandate=mine, kind=Kind.DEBRIEFING)
    duties.object_to(record, objection="我在场。", on=JUNE_1, by=deputy_user)
    duties.correct(record, changes={"outcome": "done"}, finding="已核对录像。", on=JUNE_1, by=clerk)
    assert debriefing.statements.get().is_missed is False


def test_a_debriefing_that_voters_have_judged_stands(counted, clerk, mine):
    debriefing = counted(30, 8, 2)
    duties.strike(objected(debriefing, mine), finding="登记有误。", on=JUNE_1, by=clerk)
    assert debriefing.statements.get().mandate == mine
