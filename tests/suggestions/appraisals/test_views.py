from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from suggestions.appraisals import actions
from suggestions.appraisals.models import Grade, Judgement, Rating, Survey
from suggestions.docket.models import Suggestion
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of, seat, seat_user

pytestmark = pytest.mark.django_db
GIVEN = {"attitude": Grade.SATISFIED, "contacted": Rating.Contacted.VISIT, "request_key": "k1"}


@pytest.fixture
def case(county):
    return SuggestionFactory(congress=county, replied=True)


@pytest.fixture(autouse=True)
def _soon_after_the_reply(case):
    with time_machine.travel(case.replied_on + timedelta(days=2), tick=False):
        yield


def slip_of(case):
    return Survey.objects.get(round__suggestion=case).slips.get(counts=True)


def address(case):
    return reverse("appraisals:rate", args=[slip_of(case).pk])


def test_the_deputy_rates_and_the_same_form_sent_twice_is_one_rating(client, case):
    client.force_login(seat_user(case))
    assert client.get(address(case)).status_code == 200
    for _each in range(2):
        answer = client.post(address(case), GIVEN | {"result": Grade.BASIC})
        assert answer.status_code == 302
    assert Rating.objects.count() == 1


def test_a_deputy_who_goes_back_and_chooses_otherwise_has_changed_his_rating(client, case):
    client.force_login(seat_user(case))
    for result in (Grade.SATISFIED, Grade.BASIC):
        client.post(address(case), GIVEN | {"result": result})
    assert slip_of(case).current_rating.result == Grade.BASIC
    assert Rating.objects.count() == 2


def test_dissatisfied_without_a_word_is_told_beside_the_question_and_nothing_is_lost(client, case):
    client.force_login(seat_user(case))
    answer = client.post(address(case), GIVEN | {"result": Grade.DISSATISFIED})
    assert "请勾选哪一条没有办好" in answer.content.decode()
    assert not Rating.objects.exists()


def test_nobody_finds_the_slip_of_another(client, county, case):
    share = case.rounds.get().assignments.get()
    for user in (seat(county).deputy.user, officer_of(share.organ), head_of(share.organ)):
        client.force_login(user)
        assert client.get(address(case)).status_code == 404


def test_the_office_puts_down_a_paper_slip_in_the_deputys_name(client, case):
    client.force_login(clerk_of(case.congress))
    client.post(address(case), GIVEN | {"result": Grade.SATISFIED})
    rating = Rating.objects.get()
    assert rating.slip.mandate_id == case.lead_id


def test_a_link_is_not_used_up_by_looking_and_works_once(client, case):
    url = reverse("appraisals:link", args=[actions.link_token(slip_of(case))])
    assert [client.get(url).status_code for _each in range(3)] == [200, 200, 200]
    sent = client.post(url, GIVEN | {"result": Grade.SATISFIED})
    assert (sent.status_code, Rating.objects.count()) == (200, 1)
    assert client.get(url).status_code == 404


def test_the_department_reads_no_rating_until_the_window_has_closed(client, case):
    share = case.rounds.get().assignments.get()
    slip = slip_of(case)
    actions.rate(
        slip,
        attitude=Grade.BASIC,
        result=Grade.DISSATISFIED,
        contacted=Rating.Contacted.PHONE,
        comment="缺口还在那里。",
        on=case.replied_on + timedelta(days=1),
        by=seat_user(case),
    )
    client.force_login(head_of(share.organ))
    page = client.get(case.get_absolute_url()).content.decode()
    assert "密封中" in page
    assert not any(word in page for word in ("缺口还在那里", "不满意", "基本满意", "研判"))
    client.force_login(clerk_of(case.congress))
    assert "缺口还在那里" in client.get(case.get_absolute_url()).content.decode()


def test_the_office_orders_a_rework_from_the_page(client, case):
    actions.rate(
        slip_of(case),
        attitude=Grade.BASIC,
        result=Grade.DISSATISFIED,
        contacted=Rating.Contacted.PHONE,
        comment="缺口还在那里。",
        on=case.replied_on + timedelta(days=1),
        by=seat_user(case),
    )
    judgement = Judgement.objects.get()
    client.force_login(clerk_of(case.congress))
    url = reverse("appraisals:judge", args=[judgement.pk, "order"])
    assert "缺口还在那里" in client.get(url).content.decode()
    form = client.get(url).context["form"]
    sent = {
        "version": form["version"].value(),
        "request_key": form["request_key"].value(),
        "on": case.replied_on + timedelta(days=2),
        "reason": "补修缺口。",
    }
    assert client.post(url, sent).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.round_number) == (Suggestion.State.IN_HAND, 2)


def test_the_list_of_the_dissatisfied_is_the_offices_alone(client, case):
    actions.rate(
        slip_of(case),
        attitude=Grade.BASIC,
        result=Grade.DISSATISFIED,
        contacted=Rating.Contacted.PHONE,
        comment="缺口还在那里。",
        on=case.replied_on + timedelta(days=1),
        by=seat_user(case),
    )
    url = reverse("docket:list") + "?view=dissatisfied"
    client.force_login(clerk_of(case.congress))
    assert list(client.get(url).context["page_obj"]) == [case.pk]
    client.force_login(head_of(case.rounds.get().assignments.get().organ))
    assert "不满意" not in client.get(url).content.decode()
