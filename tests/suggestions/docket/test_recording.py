"""Papers put down by the clerk, one after the other (代录)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from congress.notices.writing import write_letters
from congress.procedure.models import Entry
from suggestions.docket.models import Category, Cosigner, Suggestion
from tests.factories.docket import seat, session_of
from tests.factories.roll import DelegationFactory

pytestmark = pytest.mark.django_db
TODAY, PAPER_DAY = date(2026, 1, 20), date(2026, 1, 13)


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def roads(county):
    session_of(county)
    return Category.objects.create(congress=county, name="交通")


def paper(client, category, **changes):
    form = client.get(reverse("docket:record")).context["form"]
    fields = {
        "request_key": form["request_key"].value(),
        "on": f"{PAPER_DAY}",
        "kind": "suggestion",
        "printed_number": "",
        "lead": "周德顺",
        "cosigners": "",
        "category": category.pk,
        "title": "关于修复青石河堤防的建议",
        "situation": "堤防有三处缺口。",
        "analysis": "",
        "asks": "1. 修复缺口。\n（二）明确管护单位。\n",
        "wishes_publication": "on",
    }
    return fields | changes


def record(client, category, **changes):
    return client.post(reverse("docket:record"), paper(client, category, **changes))


def test_a_paper_stands_registered_under_its_printed_number(client, county, clerk, roads):
    lead, second = seat(county, "周德顺"), seat(county, "吕春梅")
    client.force_login(clerk)
    record(client, roads, printed_number="86", cosigners="吕春梅")
    case = Suggestion.objects.get()
    assert (case.state, case.printed_number, case.serial) == (Suggestion.State.REGISTERED, "86", 86)
    assert (case.period, case.submitted_on, case.registered_on) == ("in_session", PAPER_DAY, PAPER_DAY)
    assert (case.recorded_by, case.lead, case.category) == (clerk, lead, roads)
    assert list(case.asks.values_list("text", flat=True)) == ["修复缺口。", "明确管护单位。"]
    signature = case.cosigners.get()
    assert (signature.mandate, signature.state, signature.signed_on) == (second, Cosigner.State.CONFIRMED, PAPER_DAY)
    assert signature.signed_hash == case.text_hash()


def test_the_journal_says_for_whom_it_was_put_down(client, county, clerk, roads):
    lead, second = seat(county, "周德顺"), seat(county, "吕春梅")
    client.force_login(clerk)
    record(client, roads, cosigners="吕春梅")
    entries = {entry.verb: entry for entry in Entry.objects.of(Suggestion.objects.get())}
    assert entries["suggestion.submit"].on_behalf_of == lead.deputy.user
    assert entries["cosigner.confirm"].on_behalf_of == second.deputy.user
    assert entries["suggestion.submit"].by == clerk
    assert entries["suggestion.register"].on == PAPER_DAY


def test_who_has_signed_on_paper_is_not_asked_to_and_the_lead_hears_of_no_signature(client, county, clerk, roads):
    lead, second, third = seat(county, "周德顺"), seat(county, "吕春梅"), seat(county, "田禾")
    client.force_login(clerk)
    record(client, roads, cosigners="吕春梅、田禾")
    case = Suggestion.objects.get()
    assert not Entry.objects.of(case).filter(verb="cosigner.invite").exists()
    assert Entry.objects.of(case).filter(verb="cosigner.confirm").count() == 2
    write_letters(at=timezone.now())
    for each in (lead, second, third):
        assert [notice.verb for notice in each.deputy.user.notices.all()] == ["suggestion.register"]


def test_the_next_form_keeps_date_kind_and_category(client, county, clerk, roads):
    seat(county, "周德顺")
    client.force_login(clerk)
    response = client.post(reverse("docket:record"), paper(client, roads), follow=True)
    initial = response.context["form"].initial
    assert (initial["on"], initial["kind"], initial["category"]) == (f"{PAPER_DAY}", "suggestion", roads.pk)
    assert [case.title for case in response.context["entered"]] == ["关于修复青石河堤防的建议"]


def test_the_same_paper_sent_twice_is_one_case(client, county, clerk, roads):
    seat(county, "周德顺")
    client.force_login(clerk)
    fields = paper(client, roads)
    for _ in range(2):
        assert client.post(reverse("docket:record"), fields).status_code == 302
    assert Suggestion.objects.count() == 1


def test_the_next_paper_typed_after_going_back_is_another_case(client, county, clerk, roads):
    seat(county, "周德顺")
    client.force_login(clerk)
    fields = paper(client, roads)
    for title in ("关于修复青石河堤防的建议", "关于延伸3路公交的建议"):
        client.post(reverse("docket:record"), fields | {"title": title})
    assert set(Suggestion.objects.values_list("title", flat=True)) == {
        "关于修复青石河堤防的建议",
        "关于延伸3路公交的建议",
    }


def test_an_unknown_name_is_said_beside_its_field_and_nothing_is_lost(client, county, clerk, roads):
    seat(county, "周德顺")
    client.force_login(clerk)
    response = record(client, roads, lead="周德", cosigners="无此人")
    assert set(response.context["form"].errors) == {"lead", "cosigners"}
    assert "堤防有三处缺口。" in response.content.decode()
    assert not Suggestion.objects.exists()


def test_two_deputies_of_one_name_are_told_apart(client, county, clerk, roads):
    seat(county, "周德顺")
    other = seat(county, "周德顺")
    other.delegation = DelegationFactory(congress=county, name="柳溪镇代表团")
    other.save()
    client.force_login(clerk)
    assert "周德顺（柳溪镇代表团）" in str(record(client, roads).context["form"].errors["lead"])
    record(client, roads, lead="周德顺（柳溪镇代表团）")
    assert Suggestion.objects.get().lead == other


def test_a_number_that_is_taken_leaves_nothing_behind(client, county, clerk, roads):
    seat(county, "周德顺")
    client.force_login(clerk)
    record(client, roads, printed_number="86")
    response = record(client, roads, printed_number="86", title="另一件")
    assert "printed_number" in response.context["form"].errors
    assert Suggestion.objects.count() == 1


def test_a_motion_on_paper_needs_its_signatures(client, county, clerk, roads):
    seat(county, "周德顺")
    client.force_login(clerk)
    response = record(client, roads, kind="motion")
    assert "cosigners" in response.context["form"].errors
    assert not Suggestion.objects.exists()


def test_only_the_office_records(client, county, leader, deputy_user, roads):
    for reader in (leader, deputy_user):
        client.force_login(reader)
        assert client.get(reverse("docket:record")).status_code == 404
