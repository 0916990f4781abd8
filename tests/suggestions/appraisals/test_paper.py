"""Slips filled in on paper: their own day, and those that come in after the window (纸质征询意见表)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from congress.accounts.models import User
from congress.procedure.models import Entry
from suggestions.appraisals import actions
from suggestions.appraisals.models import Grade, Judgement, Rating, Survey
from suggestions.docket import tallies
from suggestions.docket.models import Suggestion
from tests.api import Speaker
from tests.factories.docket import SuggestionFactory, clerk_of, seat_user

pytestmark = pytest.mark.django_db
GIVEN = {"attitude": Grade.SATISFIED, "contacted": Rating.Contacted.VISIT, "request_key": "k1"}


@pytest.fixture
def case(county):
    return SuggestionFactory(congress=county, replied=True)


@pytest.fixture
def survey(case):
    return Survey.objects.get(round__suggestion=case)


@pytest.fixture
def address(survey):
    return reverse("appraisals:rate", args=[survey.slips.get(counts=True).pk])


@pytest.fixture
def on_day():
    """on_day(day) → that day is today, until the test ends."""
    travels = []

    def travel(day):
        travels.append(time_machine.travel(day, tick=False))
        travels[-1].start()

    yield travel
    for each in reversed(travels):
        each.stop()


@pytest.fixture
def office(client, case, survey, on_day):
    on_day(survey.opened_on + timedelta(days=5))
    client.force_login(clerk_of(case.congress))
    return client


@pytest.fixture
def afterwards(office, case, survey, on_day):
    """The window has closed, and nobody had rated."""
    on_day(survey.closes_on + timedelta(days=3))
    actions.close_windows(on=survey.closes_on + timedelta(days=1), by=User.objects.robot())
    assert Survey.objects.get().state == Survey.State.SILENT
    office.force_login(clerk_of(case.congress))  # the idle session of that other day has ended
    return office


def test_the_day_on_the_slip_is_the_day_of_the_rating_and_the_journal_says_that_it_came_later(
    office, case, survey, address
):
    day = survey.opened_on + timedelta(days=2)
    assert "意见表上的日期" in office.get(address).text
    office.post(address, GIVEN | {"result": Grade.DISSATISFIED, "comment": "缺口", "rated_on": day})
    assert Rating.objects.get().rated_on == day
    assert Judgement.objects.get().opened_on == survey.opened_on + timedelta(days=5)  # the office's days run from today
    entry = Entry.objects.of(case).get(verb="survey.rate")
    assert (entry.on, entry.facts["late_reason"]) == (day, "照纸质征询意见表录入")


@pytest.mark.parametrize("days", [-1, 6])
def test_a_day_before_the_reply_or_to_come_is_refused_beside_its_field(office, survey, address, days):
    day = survey.opened_on + timedelta(days=days)
    page = office.post(address, GIVEN | {"result": Grade.SATISFIED, "rated_on": day})
    assert page.context["form"].errors["rated_on"]
    assert not Rating.objects.exists()


def test_the_deputy_himself_is_not_asked_for_a_day(client, case, survey, address, on_day):
    on_day(survey.opened_on + timedelta(days=5))
    client.force_login(seat_user(case))
    assert "意见表上的日期" not in client.get(address).text
    client.post(address, GIVEN | {"result": Grade.BASIC, "rated_on": survey.opened_on})
    assert Rating.objects.get().rated_on == survey.opened_on + timedelta(days=5)


def test_an_older_paper_is_kept_and_leaves_what_the_deputy_has_said_since(office, case, survey, address):
    slip = survey.slips.get(counts=True)
    today, day = survey.opened_on + timedelta(days=5), survey.opened_on + timedelta(days=2)
    online = {"attitude": "satisfied", "result": "satisfied", "contacted": "visit"}
    actions.rate(slip, **online, on=today, by=seat_user(case))
    told = GIVEN | {"result": Grade.DISSATISFIED, "comment": "缺口", "rated_on": day}
    page = office.post(address, told, follow=True)
    assert "不改变现在的评价" in page.text
    slip.refresh_from_db()
    assert (slip.current_rating.result, slip.answered_on) == (Grade.SATISFIED, today)
    assert set(slip.ratings.values_list("result", "is_current")) == {("satisfied", True), ("dissatisfied", False)}
    assert not Judgement.objects.exists()
    assert "不改变它" in Entry.objects.of(case).filter(verb="survey.rate").last().facts["late_reason"]


def test_a_paper_of_the_same_day_or_a_later_one_replaces_it_as_before(office, case, survey, address):
    slip, day = survey.slips.get(counts=True), survey.opened_on + timedelta(days=2)
    online = {"attitude": "satisfied", "result": "satisfied", "contacted": "visit"}
    actions.rate(slip, **online, on=day, by=seat_user(case))
    office.post(address, GIVEN | {"result": Grade.DISSATISFIED, "comment": "缺口", "rated_on": day})
    assert slip.current_rating.result == Grade.DISSATISFIED
    assert Judgement.objects.exists()


def counted(congress, day):
    """The figures of the congress, without what counts nought."""
    return {code: n for code, n in tallies.of_congress(congress, on=day).whole.items() if n}


def test_a_slip_of_the_window_that_comes_in_late_counts_and_the_case_stays_closed(afterwards, case, survey, address):
    assert "补录纸质评价" in afterwards.get(case.get_absolute_url()).text
    assert "补录说明" in afterwards.get(address).text
    told = GIVEN | {"result": Grade.BASIC, "rated_on": survey.closes_on}
    assert "reason" in afterwards.post(address, told).context["form"].errors
    for _twice in range(2):
        assert (
            afterwards.post(address, told | {"reason": "代表交表晚了"}).headers["Location"] == case.get_absolute_url()
        )
    case.refresh_from_db()
    assert (Survey.objects.get().state, case.state) == (Survey.State.ANSWERED, Suggestion.State.CLOSED)
    assert (Rating.objects.get().rated_on, Rating.objects.get().result) == (survey.closes_on, Grade.BASIC)
    assert Entry.objects.of(case).get(verb="survey.add").facts["late_reason"] == "代表交表晚了"
    told = counted(case.congress, survey.closes_on)
    assert told["result_basic"] == 1
    tallies.recount(case.congress)
    assert counted(case.congress, survey.closes_on) == told
    assert "补录纸质评价" not in afterwards.get(case.get_absolute_url()).text


def test_a_dissatisfied_one_is_judged_as_it_would_have_been(afterwards, case, survey, address):
    told = {"result": Grade.DISSATISFIED, "comment": "缺口还在", "rated_on": survey.closes_on, "reason": "交表晚了"}
    afterwards.post(address, GIVEN | told)
    case.refresh_from_db()
    assert (Survey.objects.get().state, case.state, case.closed_on) == ("answered", Suggestion.State.REPLIED, None)
    judgement, clerk = Judgement.objects.get(), clerk_of(case.congress)
    today = survey.closes_on + timedelta(days=3)
    assert judgement.opened_on == today
    actions.order_rework(judgement, reason="补修缺口。", on=today, by=clerk)
    case.refresh_from_db()
    assert (case.state, case.round_number) == (Suggestion.State.IN_HAND, 2)


def test_a_judgement_that_lets_the_reply_stand_closes_the_case_again(afterwards, case, survey, address):
    told = {"result": Grade.DISSATISFIED, "comment": "缺口还在", "rated_on": survey.closes_on, "reason": "交表晚了"}
    afterwards.post(address, GIVEN | told)
    today = survey.closes_on + timedelta(days=3)
    actions.uphold(Judgement.objects.get(), reason="已修好。", on=today, by=clerk_of(case.congress))
    case.refresh_from_db()
    assert (case.state, case.closed_on) == (Suggestion.State.CLOSED, today)


def test_a_slip_filled_in_after_the_window_is_refused(afterwards, survey, address):
    day = survey.closes_on + timedelta(days=1)
    page = afterwards.post(address, GIVEN | {"result": Grade.BASIC, "rated_on": day, "reason": "交表晚了"})
    assert "不在评价期内" in page.text
    assert Survey.objects.get().state == Survey.State.SILENT


def test_the_deputy_himself_finds_the_window_closed(afterwards, client, case, address):
    client.force_login(seat_user(case))
    assert client.get(address).status_code == 409
    assert client.post(address, GIVEN | {"result": Grade.BASIC}).status_code == 409


def test_programs_of_the_office_name_the_day_as_well(afterwards, case, survey):
    speaker, slip = Speaker(clerk_of(case.congress)), survey.slips.get(counts=True)
    body = {"attitude": "basic", "result": "basic", "contacted": "none", "rated_on": survey.closes_on.isoformat()}
    assert set(speaker.send("slip-rate", slip.pk, body=body)[1]["errors"]) == {"reason"}
    assert speaker.send("slip-rate", slip.pk, body=body | {"reason": "交表晚了"})[0] == 200
    assert Rating.objects.get().rated_on == survey.closes_on
