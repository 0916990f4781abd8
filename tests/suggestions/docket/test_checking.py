"""Checking what came in, one after the other; correcting and urging later."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from congress.procedure.models import Entry
from deputies.roll import actions as roll
from suggestions.docket import actions
from suggestions.docket.models import Category, Suggestion
from tests.api import Speaker
from tests.factories.docket import SuggestionFactory, seat, seat_user
from tests.factories.organs import TermFactory
from tests.factories.roll import MandateFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
S = Suggestion.State


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def roads(county):
    return Category.objects.create(congress=county, name="交通")


def url(case, step):
    return reverse("docket:step", args=[case.pk, step])


def household(client, case, step):
    """The hidden part of the step's page as the browser would send it back."""
    form = client.get(url(case, step)).context["form"]
    return {"version": form.initial["version"], "request_key": form.initial["request_key"], "on": f"{TODAY}"}


def take(client, case, step, **fields):
    return client.post(url(case, step), household(client, case, step) | fields)


def test_registering_leads_to_the_next_that_waits(client, county, clerk, roads):
    first, second = (SuggestionFactory(congress=county, submitted=True) for _ in range(2))
    client.force_login(clerk)
    response = take(client, first, "register", category=roads.pk)
    assert response.url == url(second, "register")
    first.refresh_from_db()
    assert (first.state, first.category, first.printed_number) == (S.REGISTERED, roads, "闭1")


def test_after_the_last_one_the_case_itself_is_shown(client, county, clerk, roads):
    case = SuggestionFactory(congress=county, submitted=True)
    client.force_login(clerk)
    assert take(client, case, "register", category=roads.pk).url == case.get_absolute_url()


def test_the_queue_opens_the_oldest_case(client, county, clerk):
    younger = SuggestionFactory(congress=county, submitted=True, since=date(2026, 3, 10))
    older = SuggestionFactory(congress=county, submitted=True, since=date(2026, 3, 3))
    client.force_login(clerk)
    assert client.get(reverse("docket:queue", args=["register"])).url == url(older, "register")
    assert client.get(url(older, "register")).context["queue"]["next_url"] == url(younger, "register")


def test_the_number_is_foretold_and_a_taken_one_is_refused_beside_its_field(client, county, clerk, roads):
    SuggestionFactory(congress=county, registered=True)
    case = SuggestionFactory(congress=county, submitted=True)
    client.force_login(clerk)
    assert "闭2" in client.get(url(case, "register")).content.decode()
    response = take(client, case, "register", category=roads.pk, printed_number="闭1")
    assert "printed_number" in response.context["form"].errors
    case.refresh_from_db()
    assert case.state == S.SUBMITTED


@pytest.mark.parametrize(
    ("step", "state"), [("return", S.RETURNED), ("reject", S.REJECTED), ("turn_to_letter", S.LETTER)]
)
def test_a_refusal_carries_its_codes_and_words(client, county, clerk, step, state):
    case = SuggestionFactory(congress=county, submitted=True)
    client.force_login(clerk)
    take(client, case, step, codes=["R08"], reason="两件事请分开提。")
    case.refresh_from_db()
    assert case.state == state
    entry = Entry.objects.of(case).last()
    assert (entry.facts["codes"], entry.facts["reason"]) == (["R08"], "两件事请分开提。")


def test_a_refusal_without_a_reason_is_asked_again(client, county, clerk):
    case = SuggestionFactory(congress=county, submitted=True)
    client.force_login(clerk)
    response = take(client, case, "return", reason="")
    assert set(response.context["form"].errors) == {"codes", "reason"}


def over(lead, clerk):
    """His term is over."""
    roll.end(lead, ground="term_ended", announcement="届满", on=TODAY, by=clerk, version=lead.version)


def test_what_is_returned_after_the_term_goes_to_the_new_seat_of_a_re_elected_deputy(client, county, clerk):
    case = SuggestionFactory(congress=county, submitted=True)
    term = TermFactory(congress=county, number=case.lead.term.number + 1, starts_on=TODAY)
    new = MandateFactory(congress=county, term=term, deputy=case.lead.deputy)
    over(case.lead, clerk)
    client.force_login(clerk)
    take(client, case, "return", codes=["R08"], reason="请分开提。")
    case.refresh_from_db()
    assert (case.state, case.lead) == (S.RETURNED, new)
    client.force_login(new.deputy.user)
    assert client.get(reverse("docket:rewrite", args=[case.pk])).status_code == 200
    actions.submit(case, on=TODAY, by=new.deputy.user)


def test_what_nobody_could_revise_is_not_returned_but_may_become_a_letter(client, county, clerk):
    case = SuggestionFactory(congress=county, submitted=True)
    over(case.lead, clerk)
    client.force_login(clerk)
    refused = take(client, case, "return", codes=["R08"], reason="请分开提。")
    assert "退回以后没有人修改" in refused.text
    case.refresh_from_db()
    assert case.state == S.SUBMITTED
    take(client, case, "turn_to_letter", codes=["R08"], reason="您已不再担任代表。")
    case.refresh_from_db()
    assert case.state == S.LETTER


def test_reasons_come_with_their_law(client, county, clerk):
    case = SuggestionFactory(congress=county, submitted=True)
    client.force_login(clerk)
    codes = dict(client.get(url(case, "reject")).context["form"].fields["codes"].choices)
    assert "没有具体内容（" in codes["R07"]


def test_similar_cases_stand_beside_the_check(client, county, clerk):
    near = SuggestionFactory(congress=county, title="关于修建柳溪大桥的建议", registered=True)
    case = SuggestionFactory(congress=county, title="关于新建柳溪大桥的建议", submitted=True)
    client.force_login(clerk)
    assert [row["pk"] for row in client.get(url(case, "register")).context["alike"]] == [near.pk]


def test_a_page_opened_before_somebody_else_checked_says_so(client, county, clerk, roads):
    case = SuggestionFactory(congress=county, submitted=True)
    client.force_login(clerk)
    stale = household(client, case, "register")
    take(client, case, "reject", codes=["R07"], reason="没有具体内容。")
    response = client.post(url(case, "register"), stale | {"category": roads.pk})
    assert response.status_code == 409
    assert "不予受理" in response.content.decode()


def test_the_check_is_the_office_s_alone(client, county, leader, deputy_user, township_clerk):
    case = SuggestionFactory(congress=county, lead=seat(county, user=deputy_user), submitted=True)
    for reader in (leader, deputy_user, township_clerk):
        client.force_login(reader)
        assert client.get(url(case, "register")).status_code == 404
    assert client.get(reverse("docket:queue", args=["assign"])).status_code in {302, 404}


def test_a_correction_leaves_both_titles_in_the_journal(client, county, clerk, roads):
    case = SuggestionFactory(congress=county, title="关于修路的建议", category=roads, registered=True)
    client.force_login(clerk)
    fields = {"title": "关于修桥的建议", "category": roads.pk, "printed_number": case.printed_number}
    take(client, case, "correct", **fields, reason="打印有误")
    case.refresh_from_db()
    entry = Entry.objects.of(case).last()
    assert case.title == "关于修桥的建议"
    assert (entry.facts["before"], entry.facts["after"]) == ({"title": "关于修路的建议"}, {"title": "关于修桥的建议"})


def test_an_old_page_does_not_undo_what_a_colleague_has_corrected(client, county, clerk, roads):
    case = SuggestionFactory(congress=county, title="关于修路的建议", category=roads, registered=True)
    fields = {"title": case.title, "category": roads.pk, "printed_number": case.printed_number, "reason": "印错了"}
    client.force_login(clerk)
    old = household(client, case, "correct") | fields | {"printed_number": "闭99"}
    take(client, case, "correct", **fields | {"title": "关于修桥的建议"})
    assert client.post(url(case, "correct"), old).status_code == 409
    sent = {name: old[name] for name in ("version", *fields)}
    assert Speaker(clerk).send("suggestion-step", case.pk, "correct", body=sent)[0] == 409
    case.refresh_from_db()
    assert (case.title, case.printed_number) == ("关于修桥的建议", fields["printed_number"])


def test_a_correction_without_a_change_is_refused(client, county, clerk, roads):
    case = SuggestionFactory(congress=county, category=roads, registered=True)
    client.force_login(clerk)
    fields = {"title": case.title, "category": roads.pk, "printed_number": case.printed_number, "reason": "看错"}
    assert "没有改动" in take(client, case, "correct", **fields).content.decode()


def test_urging_names_the_departments_that_owe(client, county, clerk):
    case = SuggestionFactory(congress=county, accepted=True)
    client.force_login(clerk)
    take(client, case, "urge", reason="请抓紧答复。")
    entry = Entry.objects.of(case).last()
    assert entry.verb == "suggestion.urge"
    assert len(entry.facts["organs"]) == 1


def test_a_deputy_urges_nobody(client, county):
    case = SuggestionFactory(congress=county, accepted=True)
    client.force_login(seat_user(case))
    assert client.get(url(case, "urge")).status_code == 404
