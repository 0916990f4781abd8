from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from congress.accounts.models import User
from congress.deadlines.models import Clock
from congress.deadlines.moving import move_all
from congress.procedure import journal
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.roll import actions as roll
from deputies.roll.models import Mandate
from suggestions.appraisals import actions
from suggestions.appraisals.models import Grade, Judgement, Rating, Slip, Survey
from suggestions.docket import actions as docket
from suggestions.docket.models import Assignment, Suggestion
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, seat, seat_user
from tests.factories.organs import TermFactory
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import RuleOverrideFactory

pytestmark = pytest.mark.django_db


def survey_of(case):
    return Survey.objects.get(round__suggestion=case, round__number=case.round_number)


def counting_slip(case):
    return survey_of(case).slips.get(counts=True)


def rate(case, result, *, on=None, slip=None, **fields):
    slip = slip or counting_slip(case)
    fields = {"attitude": Grade.SATISFIED, "contacted": Rating.Contacted.VISIT} | fields
    if result == Grade.DISSATISFIED:
        fields.setdefault("comment", "没有说由谁管。")
    day = on or survey_of(case).opened_on + timedelta(days=3)
    return actions.rate(slip, result=result, on=day, by=slip.mandate.deputy.user, **fields)


def test_a_sent_reply_opens_one_survey_with_a_clock():
    case = SuggestionFactory(replied=True)
    survey = survey_of(case)
    clock = Clock.objects.on_subject(survey).get(rule="evaluation")
    assert (survey.opened_on, survey.closes_on) == (case.replied_on, clock.due_on)
    assert [slip.mandate_id for slip in survey.slips.all()] == [case.lead_id]


def test_cosigners_are_asked_too_but_only_the_lead_counts(county):
    others = [seat(county), seat(county)]
    case = SuggestionFactory(congress=county, cosigners=others, replied=True)
    slips = survey_of(case).slips.all()
    assert [(slip.mandate_id, slip.counts) for slip in slips] == [
        (case.lead_id, True),
        (others[0].pk, False),
        (others[1].pk, False),
    ]


def test_where_the_county_has_the_lead_alone_asked_no_cosigner_is(county):
    RuleOverrideFactory(congress=county, code="rate_each_cosigner", unit="flag", value=False)
    case = SuggestionFactory(congress=county, cosigners=[seat(county)], replied=True)
    assert [slip.mandate_id for slip in survey_of(case).slips.all()] == [case.lead_id]


def test_when_the_lead_has_left_the_next_cosigner_counts(county):
    other = seat(county)
    case = SuggestionFactory(congress=county, cosigners=[other], drafted=True)
    Mandate.objects.filter(pk=case.lead_id).update(state=Mandate.State.ENDED)
    reply(case)
    assert counting_slip(case).mandate_id == other.pk


def re_elected(seat):
    """The same deputy's seat of the next term."""
    term = TermFactory(congress=seat.congress, number=seat.term.number + 1, starts_on=date(2027, 1, 12))
    return MandateFactory(congress=seat.congress, term=term, deputy=seat.deputy)


def test_a_re_elected_deputy_is_asked_on_his_new_seat():
    case = SuggestionFactory(drafted=True)
    new = re_elected(case.lead)
    Mandate.objects.filter(pk=case.lead_id).update(state=Mandate.State.ENDED)
    reply(Suggestion.objects.get(pk=case.pk))
    case.refresh_from_db()
    assert [slip.mandate for slip in survey_of(case).slips.all()] == [new]


def test_what_he_was_asked_on_the_old_seat_he_rates_on_the_new(county):
    case = SuggestionFactory(congress=county, replied=True)
    new, clerk = re_elected(case.lead), clerk_of(county)
    day = survey_of(case).opened_on
    roll.end(case.lead, ground="term_ended", announcement="届满", on=day, by=clerk, version=case.lead.version)
    assert counting_slip(case).mandate == new
    assert rate(case, Grade.BASIC).slip.mandate == new


def test_with_nobody_left_to_ask_the_case_closes_and_is_excluded():
    case = SuggestionFactory(drafted=True)
    Mandate.objects.filter(pk=case.lead_id).update(state=Mandate.State.ENDED)
    reply(case)
    case.refresh_from_db()
    assert (survey_of(case).state, case.state) == (Survey.State.EXCLUDED, Suggestion.State.CLOSED)


def reply(case):
    share = case.rounds.get().assignments.get()
    docket.sign(share, on=share.stepped_on, by=head_of(share.organ))
    case.refresh_from_db()


def test_a_satisfied_rating_stays_sealed_until_the_window_closes_and_then_closes_the_case():
    case = SuggestionFactory(replied=True)
    rate(case, Grade.SATISFIED)
    survey = survey_of(case)
    case.refresh_from_db()
    assert case.state == Suggestion.State.REPLIED
    robot = User.objects.robot()
    assert actions.close_windows(on=survey.closes_on, by=robot) == 0
    assert actions.close_windows(on=survey.closes_on + timedelta(days=1), by=robot) == 1
    assert actions.close_windows(on=survey.closes_on + timedelta(days=1), by=robot) == 0
    case.refresh_from_db()
    assert (survey_of(case).state, case.state) == (Survey.State.ANSWERED, Suggestion.State.CLOSED)


def test_the_window_of_a_reply_put_down_late_runs_from_when_the_deputy_can_read_it():
    case, entered = SuggestionFactory(drafted=True), date(2026, 7, 1)
    share = Assignment.objects.get(round__suggestion=case)
    with time_machine.travel(entered), journal.recorded_as(facts={"late_reason": "纸质答复补录"}):
        docket.sign(share, on=date(2026, 5, 21), by=head_of(share.organ))
    survey = survey_of(case)
    case.refresh_from_db()
    assert case.replied_on == date(2026, 5, 21)
    assert (survey.opened_on, survey.closes_on > entered) == (entered, True)
    assert actions.close_windows(on=entered, by=User.objects.robot()) == 0


def test_the_window_closes_with_its_clock_also_when_that_is_moved(clerk, county):
    case = SuggestionFactory(congress=county, replied=True)
    survey = survey_of(case)
    RuleOverrideFactory(congress=county, code="evaluation", unit="workdays", value=40)
    move_all(county, on=survey.opened_on, by=clerk, reason="节假日安排")
    clock = Clock.objects.on_subject(survey).get(rule="evaluation")
    assert survey.closes_on < clock.due_on == survey_of(case).closes_on
    assert actions.close_windows(on=survey.closes_on + timedelta(days=1), by=User.objects.robot()) == 0


def test_silence_is_no_answer_and_never_satisfied():
    case = SuggestionFactory(replied=True)
    survey = survey_of(case)
    actions.close_windows(on=survey.closes_on + timedelta(days=1), by=User.objects.robot())
    assert survey_of(case).state == Survey.State.SILENT
    assert not Rating.objects.exists()


def test_a_dissatisfied_deputy_says_what_is_missing():
    case = SuggestionFactory(replied=True)
    with pytest.raises(ValidationError):
        rate(case, Grade.DISSATISFIED, comment="")
    assert not Rating.objects.exists()
    rate(case, Grade.DISSATISFIED, comment="", missing=[case.asks.last()])
    assert list(Rating.objects.get().missing.all()) == [case.asks.last()]


def test_dissatisfied_is_judged_and_the_order_opens_the_next_round_with_its_own_clock():
    case = SuggestionFactory(replied=True)
    rate(case, Grade.DISSATISFIED)
    judgement = Judgement.objects.get()
    case.refresh_from_db()
    assert (judgement.state, case.state) == (Judgement.State.PENDING, Suggestion.State.REPLIED)
    day = judgement.opened_on + timedelta(days=2)
    actions.order_rework(judgement, reason="写明管护单位和时间。", on=day, by=clerk_of(case.congress))
    case.refresh_from_db()
    share = case.rounds.get(number=2).assignments.get()
    assert (case.state, case.round_number) == (Suggestion.State.IN_HAND, 2)
    assert Clock.objects.on_subject(share).running().get(rule="rehandle").started_on == day
    assert not Clock.objects.on_subject(share).filter(rule="reply").exists()


def test_the_office_may_let_the_reply_stand():
    case = SuggestionFactory(replied=True)
    rate(case, Grade.DISSATISFIED)
    actions.uphold(
        Judgement.objects.get(),
        reason="已列入明年计划。",
        on=case.replied_on + timedelta(days=5),
        by=clerk_of(case.congress),
    )
    case.refresh_from_db()
    assert case.state == Suggestion.State.CLOSED


def test_a_changed_mind_keeps_the_first_rating_and_drops_the_judgement():
    case = SuggestionFactory(replied=True)
    rate(case, Grade.DISSATISFIED)
    rate(case, Grade.BASIC)
    assert [(each.result, each.is_current) for each in Rating.objects.order_by("id")] == [
        (Grade.DISSATISFIED, False),
        (Grade.BASIC, True),
    ]
    assert Judgement.objects.get().state == Judgement.State.MOOT


def test_a_mind_changed_back_puts_the_case_before_the_office_again():
    case = SuggestionFactory(replied=True)
    for result in (Grade.DISSATISFIED, Grade.SATISFIED, Grade.DISSATISFIED):
        rate(case, result)
    judgement = Judgement.objects.get()
    assert judgement.state == Judgement.State.PENDING
    assert Clock.objects.on_subject(judgement).running().count() == 1


def test_no_journal_entry_tells_a_grade():
    case = SuggestionFactory(replied=True)
    before = set(Entry.objects.values_list("pk", flat=True))
    rate(case, Grade.DISSATISFIED, comment="缺口还在。")
    written = Entry.objects.exclude(pk__in=before)
    assert written
    for entry in written:
        assert not any(word in str(entry.facts) for word in (*Grade.values, *map(str, Grade.labels), "缺口还在"))


def test_a_link_opens_as_often_as_it_is_read_and_rates_once():
    case = SuggestionFactory(replied=True)
    slip = counting_slip(case)
    token = actions.link_token(slip)
    assert actions.slip_by_link(token) == actions.slip_by_link(token) == slip
    given = {"attitude": Grade.SATISFIED, "result": Grade.SATISFIED, "contacted": Rating.Contacted.PHONE}
    robot, day = User.objects.robot(), case.replied_on
    actions.rate(slip, on=day, by=robot, on_behalf_of=seat_user(case), by_link=True, **given)
    assert actions.slip_by_link(token) is None
    with pytest.raises(StepNotOpen):
        actions.rate(slip, on=day, by=robot, on_behalf_of=seat_user(case), by_link=True, **given)
    assert Rating.objects.count() == 1


def test_a_forged_link_opens_nothing():
    assert actions.slip_by_link("abc:def") is None


def test_nothing_can_be_rated_after_the_window():
    case = SuggestionFactory(replied=True)
    survey = survey_of(case)
    actions.close_windows(on=survey.closes_on + timedelta(days=1), by=User.objects.robot())
    with pytest.raises(StepNotOpen):
        rate(case, Grade.SATISFIED, slip=Slip.objects.get(), on=date(2027, 1, 1))
