"""The page of a step: who finds it, what it refuses, what a page that is out of date is told."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from congress.procedure.models import Entry
from suggestions.docket import actions
from suggestions.docket.models import Assignment
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of, seat, seat_user
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-03-12 10:00+08:00"):
        yield


@pytest.fixture
def share(county):
    case = SuggestionFactory(congress=county, assigned=True)
    return Assignment.objects.get(round__suggestion=case)


def address(share, step):
    return f"/suggestions/shares/{share.pk}/{step}/"


def sent(client, share, step, **fields):
    page = client.get(address(share, step))
    form = page.context["form"]
    base = {name: form[name].value() for name in ("version", "request_key", "on") if name in form.fields}
    return base | fields


def test_a_step_shows_only_what_it_needs(client, share):
    client.force_login(officer_of(share.organ))
    form = client.get(address(share, "hand_back")).context["form"]
    assert [field.name for field in form.own_fields()] == ["reason", "to"]


def test_a_hand_back_after_its_last_day_is_not_offered_and_its_page_says_so_before_a_word_is_written(
    client, share, county
):
    officer, clerk, page = officer_of(share.organ), clerk_of(county), share.suggestion.get_absolute_url()
    share.refresh_from_db()
    assert share.due_on is not None
    for day, who, is_offered in (
        (share.due_on, officer, True), (share.due_on + timedelta(days=1), officer, False),
        (share.due_on + timedelta(days=1), clerk, True),
    ):  # fmt: skip
        with time_machine.travel(datetime.combine(day, time(10), tzinfo=timezone.get_current_timezone())):
            client.force_login(who)
            assert (address(share, "hand_back") in client.get(page).content.decode()) is is_offered
            told = client.get(address(share, "hand_back")).content.decode()
            said = f"退办期限是{share.due_on.month}月{share.due_on.day}日，已经过了"
            assert (said in told) is (day > share.due_on)


def test_only_who_records_for_others_is_asked_for_dates_and_papers(client, county):
    case = SuggestionFactory(congress=county, submitted=True)
    deputy, clerk, page = seat_user(case), clerk_of(county), f"/suggestions/{case.pk}/withdraw/"
    client.force_login(clerk)
    assert "日期与代录" in client.get(page).content.decode()
    client.force_login(deputy)
    form = client.get(page).context["form"]
    assert "日期与代录" not in client.get(page).content.decode()
    said = {"version": form["version"].value(), "request_key": "a", "reason": "问题已经解决。", "on": "2026-01-01"}
    assert client.post(page, said).status_code == 302
    entry = Entry.objects.of(case).get(verb="suggestion.withdraw")
    assert (entry.on, entry.by) == (TODAY, deputy)


def test_a_step_taken_returns_to_the_case(client, share):
    client.force_login(officer_of(share.organ))
    answer = client.post(address(share, "accept"), sent(client, share, "accept"))
    assert answer.url == share.suggestion.get_absolute_url()
    share.refresh_from_db()
    assert (share.state, share.accepted_on) == (Assignment.State.IN_HAND, TODAY)


def test_a_step_that_is_not_mine_does_not_exist(client, share, county):
    for stranger in (officer_of(DepartmentFactory(congress=county)), seat(county).deputy.user):
        client.force_login(stranger)
        assert client.get(address(share, "accept")).status_code == 404
    client.force_login(seat_user(share.suggestion))
    assert client.get(address(share, "accept")).status_code == 404


def test_an_unknown_step_does_not_exist(client, share):
    client.force_login(officer_of(share.organ))
    assert client.get(address(share, "release")).status_code == 404


def test_a_page_opened_before_somebody_was_faster_says_so(client, share):
    client.force_login(officer_of(share.organ))
    fields = sent(client, share, "hand_back", reason="不属本单位职责")
    actions.accept(Assignment.objects.get(pk=share.pk), on=TODAY, by=head_of(share.organ))
    answer = client.post(address(share, "hand_back"), fields)
    assert answer.status_code == 409
    assert "已由他人办理" in answer.content.decode()
    assert "办理中" in answer.content.decode()


def test_a_button_pressed_twice_is_one_step(client, share):
    client.force_login(officer_of(share.organ))
    fields = sent(client, share, "accept")
    first = client.post(address(share, "accept"), fields)
    again = client.post(address(share, "accept"), fields)
    assert (first.status_code, again.status_code) == (302, 302)
    assert Entry.objects.of(share.suggestion).filter(verb="share.accept").count() == 1


def test_a_contact_sent_twice_is_recorded_once(client, share):
    actions.accept(Assignment.objects.get(pk=share.pk), on=TODAY, by=officer_of(share.organ))
    client.force_login(officer_of(share.organ))
    fields = sent(client, share, "contact", method="visit", opinion="同意先修缺口。")
    client.post(address(share, "contact"), fields)
    client.post(address(share, "contact"), fields)
    assert share.contacts.count() == 1


def test_a_second_contact_written_after_going_back_is_not_lost(client, share):
    actions.accept(Assignment.objects.get(pk=share.pk), on=TODAY, by=officer_of(share.organ))
    client.force_login(officer_of(share.organ))
    fields = sent(client, share, "contact", method="visit", opinion="同意先修缺口。")
    for opinion in ("同意先修缺口。", "还要明确管护单位。"):
        client.post(address(share, "contact"), fields | {"opinion": opinion})
    assert [each.opinion for each in share.contacts.order_by("pk")] == ["同意先修缺口。", "还要明确管护单位。"]


def test_a_day_in_the_past_needs_a_reason_which_the_journal_keeps(client, share):
    client.force_login(officer_of(share.organ))
    fields = sent(client, share, "accept", on="2026-03-10")
    refused = client.post(address(share, "accept"), fields)
    assert refused.context["form"].errors["late_reason"]
    client.post(address(share, "accept"), fields | {"late_reason": "当天纸质签收"})
    entry = Entry.objects.of(share.suggestion).get(verb="share.accept")
    assert (entry.on, entry.facts["late_reason"]) == (date(2026, 3, 10), "当天纸质签收")


@pytest.mark.parametrize("day", ["2026-03-13", "2026-03-01"])
def test_a_day_to_come_or_before_the_last_step_is_refused_beside_the_date(client, share, day):
    client.force_login(officer_of(share.organ))
    actions.accept(Assignment.objects.get(pk=share.pk), on=TODAY, by=officer_of(share.organ))
    fields = sent(client, share, "contact", opinion="好", method="phone")
    answer = client.post(address(share, "contact"), fields | {"on": day, "late_reason": "补录"})
    assert answer.context["form"].errors["on"]


def test_the_office_records_for_a_department_and_names_for_whom(client, share, county):
    officer = officer_of(share.organ)
    client.force_login(clerk_of(county))
    fields = sent(client, share, "accept")
    assert client.post(address(share, "accept"), fields).context["form"].errors["on_behalf_of"]
    client.post(address(share, "accept"), fields | {"on_behalf_of": officer.pk})
    entry = Entry.objects.of(share.suggestion).get(verb="share.accept")
    assert (entry.by, entry.on_behalf_of) == (clerk_of(county), officer)


def test_an_officer_signs_only_in_the_name_of_his_head(client, county):
    with time_machine.travel("2026-06-01 10:00+08:00"):
        case = SuggestionFactory(congress=county, drafted=True)
        share = Assignment.objects.get(round__suggestion=case)
        head = head_of(share.organ)
        client.force_login(officer_of(share.organ))
        fields = sent(client, share, "sign")
        assert client.post(address(share, "sign"), fields).context["form"].errors["on_behalf_of"]
        client.post(address(share, "sign"), fields | {"on_behalf_of": head.pk})
        share.refresh_from_db()
        assert (share.state, share.reply.signed_by) == (Assignment.State.DONE, head)
