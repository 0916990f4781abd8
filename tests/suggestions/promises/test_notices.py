"""Who hears of a promise, and what reminds of its day."""

from datetime import date

import pytest
from django.utils import timezone

from congress.accounts.models import User
from congress.deadlines.models import ESCALATION, Reminder
from congress.deadlines.readers import readers_of
from congress.deadlines.reminding import remind
from congress.notices.models import Notice
from congress.notices.writing import write_letters
from suggestions.promises import actions
from suggestions.promises.models import LookBack, Promise
from tests.factories.docket import clerk_of, head_of, officer_of, seat_user
from tests.factories.promises import promised

pytestmark = pytest.mark.django_db
AUTUMN, AFTER = date(2026, 9, 1), date(2026, 11, 2)


@pytest.fixture
def promise(county):
    return promised(county)


def heard(promise, user):
    """What somebody has been told of the promise itself, oldest first."""
    write_letters(at=timezone.now())
    mine = Notice.objects.filter(recipient=user, case_kind=Promise._meta.label_lower).order_by("pk")
    return [each.title.replace(str(promise), "…") for each in mine]


def test_office_and_deputy_hear_of_a_report_once(promise):
    actions.report(promise, words="好了。", done_on=AUTUMN, on=AUTUMN, by=officer_of(promise.organ))
    assert heard(promise, clerk_of(promise.congress)) == [f"{promise.unit}报告承诺已兑现，请回头看：…"]
    assert heard(promise, seat_user(promise.suggestion)) == [f"{promise.unit}说承诺已兑现，请您看看：…"]


def test_the_department_hears_what_the_office_found(promise):
    clerk = clerk_of(promise.congress)
    actions.look_back(
        promise, outcome=LookBack.Outcome.BROKEN, words="没有动工。", new_due_on=date(2026, 12, 1), on=AFTER, by=clerk
    )
    told = ["回头看：承诺还没有全部兑现，改到2026年12月1日前：…"]
    assert heard(promise, officer_of(promise.organ)) == told
    assert heard(promise, seat_user(promise.suggestion)) == told


def test_a_passed_day_tells_the_office(promise):
    actions.call_due(on=AFTER, by=User.objects.robot())
    assert heard(promise, clerk_of(promise.congress)) == ["承诺到期，请回头看：…"]


def test_the_department_is_reminded_before_and_its_head_and_the_office_after(promise):
    promise_due = promise.due_on
    remind(on=date(2026, 10, 24))
    (before,) = Reminder.objects.filter(clock__rule="promise").select_related("clock")
    assert (before.stage, readers_of([before], on=before.on)[before.pk]) == ("before:7", [officer_of(promise.organ)])
    remind(on=AFTER)
    (late,) = Reminder.objects.filter(clock__rule="promise", stage=ESCALATION).select_related("clock")
    assert late.clock.due_on == promise_due
    assert set(readers_of([late], on=AFTER)[late.pk]) == {head_of(promise.organ), clerk_of(promise.congress)}
