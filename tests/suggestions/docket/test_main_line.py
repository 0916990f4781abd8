"""The main line of a case, carried by the verbs alone: from the draft to the reply."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from congress.deadlines.models import Clock
from congress.notices.models import Notice
from congress.notices.writing import write_letters
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.roll.models import Mandate
from suggestions.docket import actions
from suggestions.docket.models import Assignment, Cosigner, Suggestion
from tests.factories.docket import (
    ASKS,
    STAGES,
    SuggestionFactory,
    answers_for,
    clerk_of,
    head_of,
    officer_of,
    seat,
    seat_user,
    session_of,
)
from tests.factories.organs import DepartmentFactory

S = Suggestion.State
pytestmark = pytest.mark.django_db

MARCH_2, MAY_20 = date(2026, 3, 2), date(2026, 5, 20)
STATES = {
    "draft": S.DRAFT,
    "submitted": S.SUBMITTED,
    "registered": S.REGISTERED,
    "assigned": S.IN_HAND,
    "accepted": S.IN_HAND,
    "contacted": S.IN_HAND,
    "drafted": S.IN_HAND,
    "replied": S.REPLIED,
    "closed": S.CLOSED,
}


def lead_share(case):
    return Assignment.objects.get(round__suggestion=case, role=Assignment.Role.LEAD)


@pytest.mark.parametrize("stage", STAGES)
def test_a_case_reaches_every_stage_by_its_verbs(stage, county):
    assert SuggestionFactory(congress=county, stage=stage).state == STATES[stage]


def test_the_reply_bears_the_class_of_its_worst_answer_and_ends_its_clocks(county):
    case = SuggestionFactory(congress=county, replied=True)
    assert case.result_class == "B"
    running = Clock.objects.on_case(case).running().values_list("rule", flat=True)
    assert set(running) <= {"evaluation"}


def test_every_step_of_a_closed_case_stands_in_its_journal(county):
    case = SuggestionFactory(congress=county, closed=True)
    verbs = [verb for verb in Entry.objects.of(case).values_list("verb", flat=True) if not verb.startswith("survey.")]
    assert verbs == [
        "suggestion.submit", "suggestion.register", "suggestion.assign", "share.accept", "share.contact",
        "share.draft", "share.sign", "suggestion.reply", "suggestion.close",
    ]  # fmt: skip


def test_a_text_changed_after_signing_has_to_be_signed_again(county):
    helper = seat(county)
    case = SuggestionFactory(congress=county, cosigners=[helper])
    assert case.cosigners.get().state == Cosigner.State.CONFIRMED
    case.title = "关于另一件事的建议"
    actions.save_draft(case, asks=["另外的事"], cosigners=[helper], by=seat_user(case))
    assert case.cosigners.get().state == Cosigner.State.INVITED


def cosigner_entries(case):
    return [
        (entry.verb.partition(".")[2], entry.facts["mandates"])
        for entry in Entry.objects.of(case).filter(verb__in=["cosigner.void", "cosigner.release"])
    ]


def test_whose_signature_a_change_voids_is_told_once_however_often_the_page_saves_itself(county):
    helpers = [seat(county), seat(county)]
    case = SuggestionFactory(congress=county, cosigners=helpers)
    for text in ("另外的事", "另外的事。", "另外的事，"):
        actions.save_draft(case, asks=[text], cosigners=helpers, by=seat_user(case))
    assert cosigner_entries(case) == [("void", [each.pk for each in helpers])]
    write_letters(at=timezone.now())
    for helper in helpers:
        title = helper.deputy.user.notices.get(verb="cosigner.void").title
        assert title.endswith(f"请您重新确认附议：{case.title}")


def test_who_is_not_asked_any_more_stands_in_the_journal(county):
    kept, unticked = seat(county), seat(county)
    case = SuggestionFactory(congress=county, cosigners=[kept, unticked])
    actions.save_draft(case, asks=ASKS, cosigners=[kept], by=seat_user(case))
    assert case.cosigners.get().mandate == kept
    assert cosigner_entries(case) == [("release", [unticked.pk])]


@pytest.mark.parametrize("state", ["suspended", "ended"])
def test_a_signer_whom_the_page_no_longer_offers_is_not_taken_off_by_it(county, state):
    kept, gone = seat(county), seat(county)
    case = SuggestionFactory(congress=county, cosigners=[kept, gone])
    Mandate.objects.filter(pk=gone.pk).update(state=state)
    actions.save_draft(case, asks=ASKS, cosigners=[kept], by=seat_user(case))
    assert set(case.cosigners.values_list("mandate", "state")) == {(kept.pk, "confirmed"), (gone.pk, "confirmed")}
    assert cosigner_entries(case) == []


def test_a_signer_who_sits_no_more_does_not_count_for_a_motion_and_is_not_asked_again(county):
    session_of(county)
    helpers = [seat(county) for _each in range(9)]
    case = SuggestionFactory(congress=county, motion=True, cosigners=helpers)
    Mandate.objects.filter(pk=helpers[0].pk).update(state="ended")
    with pytest.raises(ValidationError, match="现在确认的有 9 名"):
        actions.submit(case, on=MAY_20, by=seat_user(case))
    actions.save_draft(case, asks=["改过的。"], cosigners=helpers[1:], by=seat_user(case))
    write_letters(at=timezone.now())
    asked = Notice.objects.filter(verb="cosigner.void").values_list("recipient__deputy__mandates", flat=True)
    assert set(asked) == {each.pk for each in helpers[1:]}


def test_what_was_not_read_is_not_signed(county):
    helper = seat(county)
    case = SuggestionFactory(congress=county)
    actions.invite(case, mandates=[helper], by=seat_user(case))
    with pytest.raises(ValidationError):
        actions.answer_invitation(
            case, mandate=helper, confirms=True, on=MAY_20, by=helper.deputy.user, read_hash="older"
        )
    assert case.cosigners.get().state == Cosigner.State.INVITED


def test_a_motion_needs_its_confirmed_names(county):
    session_of(county)
    case = SuggestionFactory(congress=county, motion=True)
    with pytest.raises(ValidationError) as refused:
        actions.submit(case, on=MAY_20, by=seat_user(case))
    assert "cosigners" in refused.value.error_dict


def test_no_reply_is_signed_before_the_deputy_was_met(county):
    case = SuggestionFactory(congress=county, accepted=True)
    share = lead_share(case)
    actions.draft_reply(share, answers=answers_for(share), fields={}, on=MAY_20, by=officer_of(share.organ))
    with pytest.raises(ValidationError):
        actions.sign(share, on=MAY_20, by=head_of(share.organ))


def test_an_ask_without_an_answer_keeps_the_reply_from_the_head(county):
    case = SuggestionFactory(congress=county, contacted=True)
    share = lead_share(case)
    with pytest.raises(ValidationError):
        actions.draft_reply(share, answers=answers_for(share)[:2], fields={}, on=MAY_20, by=officer_of(share.organ))
    assert lead_share(case).state == Assignment.State.IN_HAND


@pytest.mark.parametrize("missing", [{"result_class": "B", "promise": ""}, {"result_class": "C", "reason": ""}])
def test_a_class_that_promises_or_refuses_says_what_or_why(missing, county):
    case = SuggestionFactory(congress=county, contacted=True)
    share = lead_share(case)
    answers = answers_for(share, **missing)
    with pytest.raises(ValidationError):
        actions.draft_reply(share, answers=answers, fields={}, on=MAY_20, by=officer_of(share.organ))


def test_the_lead_waits_for_the_opinion_of_its_co_handler(county):
    water = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, contacted=True, co=[water])
    share = lead_share(case)
    actions.draft_reply(share, answers=answers_for(share), fields={}, on=MAY_20, by=officer_of(share.organ))
    with pytest.raises(ValidationError):
        actions.sign(share, on=MAY_20, by=head_of(share.organ))


def test_a_draft_can_not_be_written_over_once_it_lies_before_the_head(county):
    case = SuggestionFactory(congress=county, drafted=True)
    share = lead_share(case)
    with pytest.raises(StepNotOpen):
        actions.save_reply(share, answers=[], fields={"opening": "改"}, by=officer_of(share.organ))


def test_a_draft_that_saves_itself_after_the_submission_takes_nothing_of_it_back(county):
    case = SuggestionFactory(congress=county)
    older = Suggestion.objects.get(pk=case.pk)
    actions.submit(case, on=MARCH_2, by=seat_user(case))
    older.title = "晚到的标题"
    with pytest.raises(StepNotOpen):
        actions.save_draft(older, asks=["晚到的诉求。"], by=seat_user(case))
    case.refresh_from_db()
    assert (case.state, case.submitted_on) == (Suggestion.State.SUBMITTED, MARCH_2)
    assert case.title != "晚到的标题"


def test_the_case_is_replied_on_the_day_of_the_latest_reply_whichever_was_entered_last(county):
    case = SuggestionFactory(congress=county, registered=True)
    departments = DepartmentFactory.create_batch(2, congress=county)
    actions.assign(case, lead=None, separate=departments, on=date(2026, 3, 9), by=clerk_of(county))
    for share, day in zip(
        Assignment.objects.filter(round__suggestion=case), (date(2026, 6, 10), date(2026, 6, 2)), strict=True
    ):
        officer = officer_of(share.organ)
        actions.accept(share, on=date(2026, 3, 10), by=officer)
        actions.record_contact(share, method="visit", opinion="同意。", on=date(2026, 4, 1), by=officer)
        actions.draft_reply(share, answers=answers_for(share), fields={}, on=day, by=officer)
        actions.sign(share, on=day, by=head_of(share.organ))
    case.refresh_from_db()
    assert (case.replied_on, case.rounds.get().replied_on) == (date(2026, 6, 10), date(2026, 6, 10))


def test_a_meeting_is_put_down_under_its_own_day_even_after_the_draft_went_to_the_head(county):
    case = SuggestionFactory(congress=county, drafted=True)
    share = lead_share(case)
    share.refresh_from_db()
    met, officer = share.assigned_on + timedelta(days=1), officer_of(share.organ)
    assert met < share.stepped_on
    contact = actions.record_contact(share, method="visit", opinion="再说一次。", on=met, by=officer)
    assert contact.on == met
    with pytest.raises(ValidationError, match="不能早于交办"):
        actions.record_contact(
            share, method="visit", opinion="早了。", on=share.assigned_on - timedelta(days=1), by=officer
        )


def test_another_department_can_not_write_the_draft(county):
    case = SuggestionFactory(congress=county, contacted=True)
    stranger = officer_of(DepartmentFactory(congress=county))
    with pytest.raises(PermissionDenied):
        actions.save_reply(lead_share(case), answers=[], fields={}, by=stranger)


def test_a_hand_back_after_the_window_is_refused(county):
    case = SuggestionFactory(congress=county, assigned=True)
    share = lead_share(case)
    with pytest.raises(ValidationError):
        actions.hand_back(share, reason="不属本单位职责", on=MAY_20, by=officer_of(share.organ))


def test_a_withdrawn_case_ends_its_shares_and_clocks(county):
    case = SuggestionFactory(congress=county, accepted=True)
    actions.withdraw(case, reason="问题已经解决", on=MAY_20, by=clerk_of(county))
    assert lead_share(case).state == Assignment.State.ENDED
    assert not Clock.objects.on_case(case).running().exists()
