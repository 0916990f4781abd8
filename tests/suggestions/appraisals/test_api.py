"""Rating over REST: the page's form, the page's seal."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suggestions.appraisals import actions
from suggestions.appraisals.models import Grade, Judgement, Rating, Survey
from suggestions.docket.models import Suggestion
from tests.api import Speaker
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of, seat, seat_user

pytestmark = pytest.mark.django_db
GIVEN = {"attitude": "satisfied", "result": "satisfied", "contacted": "visit"}
BAD = {"attitude": "basic", "result": "dissatisfied", "contacted": "phone", "comment": "缺口还在那里。"}
SECRETS = ("缺口还在那里", "不满意", "基本满意", "dissatisfied", "basic", "研判", "judge")


@pytest.fixture
def case(county):
    return SuggestionFactory(congress=county, replied=True)


@pytest.fixture(autouse=True)
def soon_after_the_reply(case):
    with time_machine.travel(case.replied_on + timedelta(days=2), tick=False) as clock:
        yield clock


@pytest.fixture
def share(case):
    return case.rounds.get().assignments.get()


def slip_of(case):
    return Survey.objects.get(round__suggestion=case).slips.get(counts=True)


def test_the_deputy_finds_the_reply_rates_it_and_changes_his_mind(case):
    deputy, ask = Speaker(seat_user(case)), case.asks.first()
    (row,) = deputy.read("slip-list")["results"]
    assert (row["suggestion"], row["state"]) == (case.pk, "open")
    shown = deputy.read("slip-detail", row["id"])
    assert [answer["ask"] for answer in shown["answers"]] == list(case.asks.values_list("pk", flat=True))
    assert deputy.send("slip-rate", row["id"], body=BAD | {"missing": [ask.pk]})[0] == 200
    assert deputy.read("slip-list")["results"] == []
    shown = deputy.read("slip-detail", row["id"])
    assert (shown["rating"]["result"], shown["missing"]) == ("dissatisfied", [ask.pk])
    status, shown = deputy.send("slip-rate", row["id"], body=GIVEN)
    assert (status, shown["rating"]["result"], shown["missing"]) == (200, "satisfied", [])
    assert Rating.objects.count() == 2


def test_the_same_rating_sent_twice_is_one(case):
    deputy = Speaker(seat_user(case))
    for _each in range(2):
        assert deputy.send("slip-rate", slip_of(case).pk, body=GIVEN, **{"Idempotency-Key": "k1"})[0] == 200
    assert Rating.objects.count() == 1


def test_the_form_of_the_page_judges_the_rating(case):
    deputy, slip = Speaker(seat_user(case)), slip_of(case)
    status, refused = deputy.send("slip-rate", slip.pk, body=BAD | {"comment": ""})
    assert (status, set(refused["errors"])) == (400, {"missing"})
    status, refused = deputy.send("slip-rate", slip.pk, body={"attitude": "great"})
    assert (status, set(refused["errors"])) == (400, {"attitude", "result", "contacted"})


def test_a_closed_survey_takes_no_rating(case):
    survey = Survey.objects.get()
    actions.settle(survey, on=survey.closes_on + timedelta(days=1), by=clerk_of(case.congress))
    status, refused = Speaker(seat_user(case)).send("slip-rate", slip_of(case).pk, body=GIVEN)
    assert (status, refused["code"], refused["state"]) == (409, "step_not_open", "silent")


def test_nobody_finds_the_slip_of_another(county, case, share):
    for user in (seat(county).deputy.user, officer_of(share.organ), head_of(share.organ)):
        speaker = Speaker(user)
        assert speaker.read("slip-list", show="all")["results"] == []
        assert speaker.get(reverse("api:slip-detail", args=[slip_of(case).pk])).status_code == 404
        assert speaker.send("slip-rate", slip_of(case).pk, body=GIVEN)[0] == 404


def test_the_office_puts_down_a_paper_slip_in_the_deputys_name(case):
    assert Speaker(clerk_of(case.congress)).send("slip-rate", slip_of(case).pk, body=GIVEN)[0] == 200
    assert Rating.objects.get().slip.mandate_id == case.lead_id


def everything_read(speaker, case, share):
    """The bodies of every address at which a department meets the case."""
    addresses = [
        reverse("api:suggestion-list"),
        reverse("api:suggestion-list") + "?view=dissatisfied",
        reverse("api:suggestion-detail", args=[case.pk]),
        reverse("api:suggestion-steps", args=[case.pk]),
        reverse("api:share-steps", args=[share.pk]),
        reverse("api:appraisal-detail", args=[case.pk]),
        reverse("api:slip-list") + "?show=all",
        reverse("api:judgement-list"),
        reverse("api:notice-list"),
        reverse("api:waiting"),
    ]
    return "".join(speaker.get(address).content.decode() for address in addresses)


def test_a_sealed_grade_never_reaches_a_department(case, share):
    assert Speaker(seat_user(case)).send("slip-rate", slip_of(case).pk, body=BAD)[0] == 200
    judgement = Judgement.objects.get()
    for user in (officer_of(share.organ), head_of(share.organ)):
        told = everything_read(Speaker(user), case, share)
        assert case.title in told
        assert [word for word in SECRETS if word in told] == []
        assert Speaker(user).read("appraisal-detail", case.pk)["is_sealed"]
        assert Speaker(user).get(reverse("api:judgement-detail", args=[judgement.pk])).status_code == 404
        assert Speaker(user).read("suggestion-list", view="dissatisfied")["count"] == 0


def test_the_office_and_the_raters_read_the_grade_at_once(case):
    Speaker(seat_user(case)).send("slip-rate", slip_of(case).pk, body=BAD)
    for user in (clerk_of(case.congress), seat_user(case)):
        told = Speaker(user).read("appraisal-detail", case.pk)
        assert (told["is_sealed"], told["rating"]["result"]) == (False, "dissatisfied")


def test_after_the_window_the_department_reads_the_grade(case, share, soon_after_the_reply):
    Speaker(seat_user(case)).send("slip-rate", slip_of(case).pk, body=GIVEN)
    after = Survey.objects.get().closes_on + timedelta(days=1)
    soon_after_the_reply.move_to(after)
    actions.close_windows(on=after, by=clerk_of(case.congress))
    told = Speaker(head_of(share.organ)).read("appraisal-detail", case.pk)
    assert (told["is_sealed"], told["rating"]["result"]) == (False, Grade.SATISFIED)


def test_a_case_that_nobody_was_asked_about_has_no_appraisal(county, case):
    fresh = SuggestionFactory(congress=county, submitted=True)
    address = reverse("api:appraisal-detail", args=[fresh.pk])
    assert Speaker(clerk_of(county)).get(address).status_code == 404


def test_the_office_judges_a_dissatisfied_rating(case):
    Speaker(seat_user(case)).send("slip-rate", slip_of(case).pk, body=BAD)
    clerk = Speaker(clerk_of(case.congress))
    (row,) = clerk.read("judgement-list")["results"]
    assert {step["name"] for step in clerk.read("judgement-steps", row["id"])} == {"order", "uphold"}
    status, refused = clerk.send("judgement-step", row["id"], "order", body={"version": row["version"]})
    assert (status, set(refused["errors"])) == (400, {"reason"})
    body = {"version": row["version"], "reason": "补修缺口。"}
    assert clerk.send("judgement-step", row["id"], "order", body=body)[0] == 200
    case.refresh_from_db()
    assert (case.state, case.round_number) == (Suggestion.State.IN_HAND, 2)
    deputy = Speaker(seat_user(case))
    assert deputy.send("judgement-step", row["id"], "order", body=body)[0] == 404


def test_slips_cost_the_same_for_one_and_for_three(county, case):
    deputy, address = Speaker(seat_user(case)), reverse("api:slip-list")

    def cost():
        deputy.get(address)
        with CaptureQueriesContext(connection) as spent:
            assert deputy.get(address).status_code == 200
        return len(spent)

    one = cost()
    for _each in range(2):
        SuggestionFactory(congress=county, lead=case.lead, replied=True)
    assert len(deputy.read("slip-list")["results"]) == 3
    assert one == cost() == 5
