"""A promise stands in the ledger from the reply until it is found kept."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.accounts.models import User
from congress.deadlines.actions import move
from congress.deadlines.models import Clock
from congress.procedure.journal import broken_link
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from suggestions.docket import actions as docket
from suggestions.docket.models import Answer, Assignment, Suggestion
from suggestions.promises import actions
from suggestions.promises.models import LookBack, Promise, Word
from tests.factories.docket import (
    SuggestionFactory,
    answers_for,
    clerk_of,
    handled_again,
    head_of,
    officer_of,
    seat,
    seat_user,
)
from tests.factories.organs import DepartmentFactory, SessionFactory, TermFactory
from tests.factories.photos import photo
from tests.factories.promises import promise_of, promised

pytestmark = pytest.mark.django_db
S = Promise.State
DUE, AUTUMN, AFTER = date(2026, 10, 31), date(2026, 9, 1), date(2026, 11, 1)


@pytest.fixture
def promise(county):
    return promised(county)


def running(promise, rule="promise"):
    return Clock.objects.on_case(promise).running().filter(rule=rule).first()


def report(promise, on=AUTUMN, **fields):
    told = {"words": "上段已修复。", "done_on": on - timedelta(days=2)} | fields
    return actions.report(promise, on=on, by=officer_of(promise.organ), **told)


def look(promise, outcome, on, **fields):
    by = clerk_of(promise.congress)
    return actions.look_back(promise, outcome=outcome, words="到现场看过。", on=on, by=by, **fields)


def test_a_signed_reply_enters_its_promise_with_its_day_and_its_clock(promise):
    assert (promise.what, promise.responsible) == ("修复上段1.2公里", "韩立民")
    assert promise.first_due_on == promise.owed_on == promise.due_on == DUE
    assert promise.state == S.OPEN
    clock = running(promise)
    assert (clock.due_on, clock.holder_id) == (DUE, promise.organ_id)
    assert broken_link(promise) is None


def test_closing_the_case_leaves_the_promise_and_its_clock_standing(county):
    promise = promise_of(SuggestionFactory(congress=county, closed=True))
    assert promise.suggestion.state == Suggestion.State.CLOSED
    assert running(promise) is not None
    assert Suggestion.objects.get(pk=promise.suggestion_id).due_on is None


def test_an_answer_without_a_day_is_owed_by_the_period_of_the_rulebook(county):
    case = SuggestionFactory(congress=county, drafted=True)
    Answer.objects.filter(reply__assignment__round__suggestion=case).update(promised_on=None, result_class="A")
    share = Assignment.objects.get(round__suggestion=case)
    docket.sign(share, on=date(2026, 5, 21), by=head_of(share.organ))
    promise = promise_of(case)
    assert not promise.is_dated
    assert promise.due_on == promise.first_due_on == running(promise).due_on == date(2027, 5, 21)


def test_the_calendar_shifts_all_dates_of_what_nobody_has_said_and_only_the_running_one_of_what_was_put_off(county):
    case = SuggestionFactory(congress=county, drafted=True)
    Answer.objects.filter(reply__assignment__round__suggestion=case).update(promised_on=None, result_class="A")
    share = Assignment.objects.get(round__suggestion=case)
    docket.sign(share, on=date(2026, 5, 21), by=head_of(share.organ))
    promise, later = promise_of(case), date(2027, 5, 25)
    move(running(promise), later, "move", on=AUTUMN, by=clerk_of(county), reason="放假安排公布")
    promise.refresh_from_db()
    assert promise.first_due_on == promise.owed_on == promise.due_on == later
    actions.ask_extension(promise, until=date(2027, 9, 1), reason="雨季。", on=AUTUMN, by=officer_of(promise.organ))
    actions.grant(promise, on=AUTUMN, by=clerk_of(county))
    promise.refresh_from_db()
    assert (promise.first_due_on, promise.owed_on, promise.due_on) == (later, date(2027, 9, 1), date(2027, 9, 1))


def test_the_department_reports_with_photos_and_the_office_is_called_to_look(promise):
    row = report(promise, photos=[photo()], papers=[photo("验收单.png")])
    promise.refresh_from_db()
    assert (promise.state, promise.done_on) == (S.REPORTED, AUTUMN - timedelta(days=2))
    assert (row.photos.count(), row.papers.count()) == (1, 1)
    assert running(promise) is None
    assert running(promise, "look_back").holder_id == promise.congress_id
    waiting = promise.look_backs.get()
    assert (waiting.cause, waiting.report) == (LookBack.Cause.REPORTED, row)


def test_reported_twice_is_reported_once(promise):
    report(promise)
    with pytest.raises(StepNotOpen):
        report(promise)
    assert promise.reports.count() == 1


def test_nobody_but_its_department_and_the_office_reports(county, promise):
    for user in (officer_of(DepartmentFactory(congress=county)), seat_user(promise.suggestion)):
        with pytest.raises(PermissionDenied):
            actions.report(promise, words="好了。", done_on=AUTUMN, on=AUTUMN, by=user)


def test_a_look_back_that_finds_it_kept_ends_it(promise):
    report(promise)
    look(promise, LookBack.Outcome.KEPT, AUTUMN, photos=[photo()])
    promise.refresh_from_db()
    assert (promise.state, promise.done_on) == (S.KEPT, AUTUMN - timedelta(days=2))
    assert not promise.is_kept_late
    assert not Clock.objects.on_case(promise).running().exists()
    assert promise.look_backs.get().photos.count() == 1


def test_what_was_not_kept_opens_again_to_a_new_day_which_makes_up_for_nothing(promise):
    report(promise)
    later = date(2026, 12, 20)
    look(promise, LookBack.Outcome.BROKEN, AFTER, new_due_on=later)
    promise.refresh_from_db()
    assert (promise.state, promise.due_on, promise.owed_on, promise.first_due_on) == (S.OPEN, later, DUE, DUE)
    assert (promise.done_on, running(promise).due_on) == (None, later)
    report(promise, on=date(2026, 12, 10))
    look(promise, LookBack.Outcome.KEPT, date(2026, 12, 12))
    promise.refresh_from_db()
    assert promise.is_kept_late
    assert list(promise.look_backs.values_list("outcome", flat=True)) == ["kept", "broken"]


def test_partly_without_a_new_day_is_owed_by_the_old_one(promise):
    look(promise, LookBack.Outcome.PARTLY, AFTER)
    promise.refresh_from_db()
    assert (promise.state, promise.due_on) == (S.OPEN, DUE)
    assert promise.is_overdue(AFTER)
    assert running(promise).due_on == DUE


def test_an_extension_counts_only_when_it_is_granted_and_the_first_day_stays(promise):
    officer, clerk, later = officer_of(promise.organ), clerk_of(promise.congress), date(2026, 12, 31)
    actions.ask_extension(promise, until=later, reason="汛期停工。", on=AUTUMN, by=officer)
    promise.refresh_from_db()
    assert (promise.state, promise.due_on) == (S.ASKED, DUE)
    with pytest.raises(PermissionDenied):
        actions.grant(promise, on=AUTUMN, by=officer)
    actions.grant(promise, on=AUTUMN, by=clerk)
    promise.refresh_from_db()
    assert (promise.state, promise.due_on, promise.owed_on, promise.first_due_on) == (S.OPEN, later, later, DUE)
    assert running(promise).due_on == later
    with pytest.raises((StepNotOpen, ValidationError)):
        actions.grant(promise, on=AUTUMN, by=clerk)


def test_an_extension_asked_after_the_day_does_not_make_it_in_time(promise):
    later = date(2026, 12, 31)
    actions.ask_extension(promise, until=later, reason="招标流标。", on=AFTER, by=officer_of(promise.organ))
    actions.grant(promise, on=AFTER, by=clerk_of(promise.congress))
    promise.refresh_from_db()
    assert (promise.due_on, promise.owed_on) == (later, DUE)


def test_what_was_put_off_with_leave_waits_for_no_look_back_until_its_new_day(promise):
    robot, later = User.objects.robot(), date(2026, 12, 31)
    actions.call_due(on=AFTER, by=robot)
    actions.ask_extension(promise, until=later, reason="招标流标。", on=AFTER, by=officer_of(promise.organ))
    actions.grant(promise, on=AFTER, by=clerk_of(promise.congress))
    assert not promise.look_backs.exists()
    assert running(promise, "look_back") is None
    assert actions.call_due(on=later + timedelta(days=1), by=robot) == 1


def test_a_refused_extension_leaves_the_day(promise):
    actions.ask_extension(promise, until=AFTER, reason="忙。", on=AUTUMN, by=officer_of(promise.organ))
    actions.refuse(promise, reason="按期完成。", on=AUTUMN, by=clerk_of(promise.congress))
    promise.refresh_from_db()
    assert (promise.state, promise.due_on, promise.asked_until) == (S.OPEN, DUE, None)


def test_a_passed_day_calls_for_a_look_back_once(promise):
    robot = User.objects.robot()
    assert actions.call_due(on=DUE, by=robot) == 0
    assert actions.call_due(on=AFTER, by=robot) == 1
    assert actions.call_due(on=AFTER, by=robot) == 0
    assert promise.look_backs.get().cause == LookBack.Cause.DUE
    look(promise, LookBack.Outcome.BROKEN, AFTER + timedelta(days=3))
    assert actions.call_due(on=AFTER + timedelta(days=4), by=robot) == 0


def rework(case, *, promises, on):
    """Handled again: the department answers once more, with or without a promise."""

    def answers(share):
        if not promises:
            return answers_for(share, result_class="A", promise="", promised_on=None)
        told = answers_for(share)
        told[1] |= {"promise": "修复上段全部缺口", "promised_on": date(2027, 3, 31)}
        return told

    handled_again(case, answers=answers, on=on)


def test_the_promise_of_the_next_round_takes_the_place_of_the_earlier_with_a_trace(promise):
    rework(promise.suggestion, promises=True, on=AUTUMN)
    promise.refresh_from_db()
    new = promise.replaced_by
    assert (promise.state, new.what, new.round.number) == (S.REPLACED, "修复上段全部缺口", 2)
    assert running(promise) is None
    assert running(new).due_on == date(2027, 3, 31)
    assert "promise.replace" in Entry.objects.of(promise).values_list("verb", flat=True)


def test_a_reply_that_only_calls_it_done_does_not_take_the_promise_away(promise):
    rework(promise.suggestion, promises=False, on=AUTUMN)
    promise.refresh_from_db()
    assert promise.state == S.OPEN


def test_a_paper_entered_late_replaces_what_was_looked_at_meanwhile(promise):
    looked = AUTUMN + timedelta(days=20)
    look(promise, LookBack.Outcome.PARTLY, looked)
    rework(promise.suggestion, promises=True, on=AUTUMN)
    promise.refresh_from_db()
    assert (promise.state, promise.stepped_on) == (S.REPLACED, looked)
    assert promise.replaced_by.made_on == AUTUMN + timedelta(days=1)


def test_a_kept_promise_is_not_replaced(promise):
    report(promise)
    look(promise, LookBack.Outcome.KEPT, AUTUMN)
    rework(promise.suggestion, promises=True, on=AFTER)
    promise.refresh_from_db()
    assert promise.state == S.KEPT


def test_a_withdrawn_suggestion_ends_what_was_promised_for_it(promise):
    case = promise.suggestion
    docket.rework(case, reason="缺口还在。", on=AUTUMN, by=clerk_of(case.congress))
    docket.withdraw(case, reason="已解决。", on=AUTUMN, by=seat_user(case))
    promise.refresh_from_db()
    assert (promise.state, running(promise)) == (S.ENDED, None)


def test_the_deputys_word_calls_for_another_look_at_what_is_called_kept(promise):
    report(promise)
    look(promise, LookBack.Outcome.KEPT, AUTUMN)
    lead = promise.suggestion.lead
    actions.speak(
        promise, mandate=lead, said=Word.Said.NOT_KEPT, text="又塌了", on=AFTER, by=seat_user(promise.suggestion)
    )
    assert promise.look_backs.pending().get().cause == LookBack.Cause.DEPUTY
    look(promise, LookBack.Outcome.BROKEN, AFTER)
    promise.refresh_from_db()
    assert (promise.state, promise.done_on) == (S.OPEN, None)


def test_only_deputies_to_whom_it_was_promised_speak(county, promise):
    stranger = seat(county)
    with pytest.raises(PermissionDenied):
        actions.speak(promise, mandate=stranger, said=Word.Said.SEEN, on=AFTER, by=stranger.deputy.user)


def test_replies_from_before_the_ledger_are_entered_once_the_later_round_above_the_earlier(promise):
    rework(promise.suggestion, promises=True, on=AUTUMN)
    Promise.objects.update(replaced_by=None)
    Promise.objects.all().delete()
    robot = User.objects.robot()
    assert actions.write_left_over(on=AFTER, by=robot) == 2
    assert actions.write_left_over(on=AFTER, by=robot) == 0
    first, second = Promise.objects.order_by("round__number")
    assert (first.state, first.replaced_by, first.made_on) == (S.REPLACED, second, date(2026, 5, 21))
    assert (second.state, second.due_on) == (S.OPEN, date(2027, 3, 31))


def test_a_draft_is_no_promise(county):
    SuggestionFactory(congress=county, drafted=True)
    assert actions.write_left_over(on=AFTER, by=User.objects.robot()) == 0


def test_a_promise_of_an_earlier_term_is_red_on_the_day_after(county):
    """U3: promised in 2024 for 2025-06-30, unpaid on 2025-07-01, and the next term has begun."""
    SessionFactory(congress=county, term=TermFactory(congress=county, number=17), number=4, opened_on=date(2024, 1, 9))
    promise = promised(county, since=date(2024, 3, 1))
    SessionFactory(congress=county, term=TermFactory(congress=county, number=18), number=1, opened_on=date(2025, 1, 9))
    Promise.objects.filter(pk=promise.pk).update(due_on=date(2025, 6, 30), owed_on=date(2025, 6, 30))
    overdue = Promise.objects.overdue(on=date(2025, 7, 1))
    for user in (officer_of(promise.organ), clerk_of(county), seat_user(promise.suggestion)):
        assert promise in overdue.visible_to(user)
    assert not Promise.objects.overdue(on=date(2025, 6, 30)).exists()
