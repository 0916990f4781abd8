"""Two pages on one draft: neither overwrites what it has not shown."""

from datetime import date

import pytest
import time_machine

from suggestions.docket import actions
from suggestions.docket.models import Assignment, Suggestion
from tests.factories.docket import SuggestionFactory, officer_of, seat, seat_user

pytestmark = pytest.mark.django_db

FETCHED = {"X-Requested-With": "fetch"}


@pytest.fixture
def case(county):
    return SuggestionFactory(congress=county)


@pytest.fixture
def deputy(client, case):
    client.force_login(seat_user(case))
    return client


@pytest.fixture
def saves(django_capture_on_commit_callbacks):
    """Post, and let happen what follows a commit."""

    def save(client, url, fields, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, fields, **kwargs)

    return save


def page_of(client, case, **written):
    """What a browser sends from a page opened now, with other words in it."""
    form = client.get(f"/suggestions/{case.pk}/write/").context["form"]
    fields = {name: form[name].value() for name in ("kind", "title", "situation", "analysis", "draft_key", "shown")}
    return fields | {"ask": form.asks()} | written


def test_an_old_page_that_saves_itself_leaves_a_newer_text_alone_and_says_so(deputy, case, saves):
    old = page_of(deputy, case, situation="旧页面上的话。")
    saves(deputy, f"/suggestions/{case.pk}/write/", page_of(deputy, case, situation="新写的话。"))
    told = saves(deputy, f"/suggestions/{case.pk}/write/save/", old).json()
    assert told["refused"]
    assert "别的页面" in told["message"]
    case.refresh_from_db()
    assert case.situation == "新写的话。"


def test_an_old_page_takes_back_no_tick_and_no_co_signer(deputy, case, saves):
    address, other = f"/suggestions/{case.pk}/write/", seat(case.congress)
    old = page_of(deputy, case)
    saves(deputy, address, page_of(deputy, case) | {"protects_identity": "on", "cosigners": [other.pk]})
    assert saves(deputy, address, old).status_code == 422
    case.refresh_from_db()
    assert case.protects_identity
    assert case.cosigners.get().mandate == other


def test_who_saves_an_old_page_again_after_being_told_means_it(deputy, case, saves):
    address = f"/suggestions/{case.pk}/write/"
    old = page_of(deputy, case, situation="旧页面上的话。")
    saves(deputy, address, page_of(deputy, case, situation="新写的话。"))
    refused = saves(deputy, address, old)
    assert refused.status_code == 422
    assert "旧页面上的话。" in refused.content.decode()
    saves(deputy, address, old | {"shown": refused.context["form"]["shown"].value()})
    case.refresh_from_db()
    assert case.situation == "旧页面上的话。"


def test_a_page_goes_on_from_what_it_saved_itself(deputy, case, saves):
    page = page_of(deputy, case)
    for words in ("一", "一二", "一二三"):
        assert "refused" not in saves(deputy, f"/suggestions/{case.pk}/write/save/", page | {"situation": words}).json()
    case.refresh_from_db()
    assert case.situation == "一二三"


def test_a_page_that_made_its_draft_does_not_overwrite_it_after_it_was_rewritten_elsewhere(deputy, case, saves):
    page = {
        "kind": "suggestion",
        "title": "关于修路的建议",
        "situation": "坑多。",
        "ask": ["修路。"],
        "draft_key": "k7",
    }
    saved = saves(deputy, "/suggestions/write/save/", page).json()
    made = Suggestion.objects.get(title="关于修路的建议")
    saves(deputy, saved["page"], page_of(deputy, made, situation="在手机上改过。"))
    assert saves(deputy, saved["autosave"], page | {"situation": "坑多路窄。"}).json()["refused"]
    made.refresh_from_db()
    assert made.situation == "在手机上改过。"


@pytest.fixture
def share(county):
    with time_machine.travel("2026-06-01 10:00+08:00"):
        case = SuggestionFactory(congress=county, contacted=True)
        yield Assignment.objects.get(round__suggestion=case)


def reply_page(client, share, text):
    form = client.get(f"/suggestions/shares/{share.pk}/draft/").context["form"]
    fields = {name: form[name].value() for name in ("version", "request_key", "on", "shown") if name in form.fields}
    for ask in actions.asks_of(share):
        fields |= {f"result_class_{ask.pk}": "A", f"text_{ask.pk}": text}
    return fields


def test_two_officers_do_not_overwrite_each_others_draft(client, share, saves):
    address = f"/suggestions/shares/{share.pk}/draft/save/"
    first = officer_of(share.organ)
    client.force_login(first)
    old = reply_page(client, share, "甲写的。")
    client.force_login(officer_of(share.organ))
    saves(client, address, reply_page(client, share, "乙写的。"), headers=FETCHED)
    client.force_login(first)
    assert saves(client, address, old, headers=FETCHED).json()["refused"]
    page = saves(client, address, old)
    assert page.status_code == 200
    assert "甲写的。" in page.content.decode()
    assert {answer.text for answer in share.reply.answers.all()} == {"乙写的。"}


def test_an_old_page_does_not_send_its_own_words_to_the_head(client, share, saves):
    client.force_login(officer_of(share.organ))
    old = reply_page(client, share, "旧页面上的。")
    saves(client, f"/suggestions/shares/{share.pk}/draft/save/", reply_page(client, share, "新写的。"), headers=FETCHED)
    page = saves(client, f"/suggestions/shares/{share.pk}/draft/", old)
    assert "再保存一次" in page.content.decode()
    share.refresh_from_db()
    assert share.state == Assignment.State.IN_HAND


def test_a_refused_reply_can_be_mended_and_sent_from_the_same_page(client, share, saves):
    client.force_login(officer_of(share.organ))
    page = reply_page(client, share, "写好了。")
    saves(client, f"/suggestions/shares/{share.pk}/draft/save/", page, headers=FETCHED)
    empty = {name: "" for name in page if name.startswith("text_")}
    saves(client, f"/suggestions/shares/{share.pk}/draft/", page | empty)
    saves(client, f"/suggestions/shares/{share.pk}/draft/", page)
    share.refresh_from_db()
    assert share.state == Assignment.State.DRAFTED


def test_what_a_browser_without_scripts_keeps_wrongly_is_shown_again(client, share, saves):
    client.force_login(officer_of(share.organ))
    page = reply_page(client, share, "写到一半。")
    ask = actions.asks_of(share).first()
    shown = saves(client, f"/suggestions/shares/{share.pk}/draft/save/", page | {f"promised_on_{ask.pk}": "二〇二六"})
    assert shown.status_code == 200
    assert "写到一半。" in shown.content.decode()
    assert date(2026, 6, 1) == shown.context["form"].today
