"""The deputy's pages: writing, saving by itself, seconding, his own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from suggestions.docket import actions
from suggestions.docket.models import Cosigner, Suggestion
from tests.factories.docket import ASKS, SuggestionFactory, clerk_of, seat, seat_user, session_of

pytestmark = pytest.mark.django_db

TITLE = "关于解决上坝村雨季进村道路积水问题的建议"
WRITTEN = {"kind": "suggestion", "title": TITLE, "situation": "今年积水四次。", "ask": ["修边沟。", "", "加涵管。"]}


@pytest.fixture
def mandate(county):
    session_of(county)
    return seat(county)


@pytest.fixture
def deputy(client, mandate):
    client.force_login(mandate.deputy.user)
    return client


def test_what_was_written_is_a_draft_with_its_asks_in_order(deputy, mandate):
    answer = deputy.post("/suggestions/write/", WRITTEN)
    case = Suggestion.objects.get()
    assert answer.url == f"/suggestions/{case.pk}/write/"
    assert (case.state, case.title, case.lead) == ("draft", TITLE, mandate)
    assert [ask.text for ask in case.asks.all()] == ["修边沟。", "加涵管。"]


def test_preview_leads_to_submission_and_submission_to_the_case(deputy):
    preview = deputy.post("/suggestions/write/", WRITTEN | {"preview": "1"})
    form = deputy.get(preview.url).context["form"]
    fields = {name: form[name].value() for name in ("version", "request_key", "on") if name in form.fields}
    deputy.post(preview.url, fields)
    assert Suggestion.objects.get().state == Suggestion.State.SUBMITTED


def test_a_draft_saves_itself_again_and_again_into_one(deputy):
    key = {"draft_key": "k1"}
    first = deputy.post("/suggestions/write/save/", WRITTEN | key).json()
    deputy.post("/suggestions/write/save/", WRITTEN | key | {"title": "关于修路的建议"})
    deputy.post(first["autosave"], WRITTEN | {"title": "关于修桥的建议"})
    assert list(Suggestion.objects.values_list("title", flat=True)) == ["关于修桥的建议"]
    assert first["message"].endswith("已存")


def test_nothing_written_makes_no_draft(deputy):
    deputy.post("/suggestions/write/save/", {"kind": "suggestion", "title": "", "ask": [""]})
    assert not Suggestion.objects.exists()


def test_an_empty_form_is_not_taken_to_its_preview(deputy):
    page = deputy.post("/suggestions/write/", {"kind": "suggestion", "title": "", "ask": [""], "preview": "1"})
    assert page.status_code == 422
    assert page.context["form"].errors["title"] == ["还没有写内容。请先写标题和情况。"]
    assert not Suggestion.objects.exists()


def test_a_page_that_saves_itself_is_told_where_its_draft_is_opened_again(deputy):
    saved = deputy.post("/suggestions/write/save/", WRITTEN | {"draft_key": "k1"}).json()
    assert TITLE in deputy.get(saved["page"]).content.decode()


def test_a_title_of_ten_thousand_characters_is_refused_and_nothing_is_lost(deputy):
    page = deputy.post("/suggestions/write/", WRITTEN | {"title": "水" * 10000})
    assert page.status_code == 422
    assert page.context["form"].errors["title"]
    assert "今年积水四次。" in page.content.decode()
    assert "加涵管。" in page.content.decode()


def test_rare_characters_and_emoji_are_kept(deputy):
    deputy.post("/suggestions/write/", WRITTEN | {"title": "关于𬭎㵲村🌊积水的建议"})
    assert Suggestion.objects.get().title == "关于𬭎㵲村🌊积水的建议"


def test_an_upload_that_is_not_what_its_name_says_is_refused_beside_the_text(deputy):
    upload = SimpleUploadedFile("图.pdf", b"not a pdf")
    page = deputy.post("/suggestions/write/", WRITTEN | {"attachments": upload})
    assert page.status_code == 422
    assert "今年积水四次。" in page.content.decode()


def test_an_attachment_stands_with_its_case(deputy, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    deputy.post("/suggestions/write/", WRITTEN | {"attachments": SimpleUploadedFile("照片.pdf", b"%PDF-1.4")})
    case = Suggestion.objects.get()
    assert [(stored.name, stored.case_id) for stored in case.attachments.all()] == [("照片.pdf", case.pk)]


def test_the_picker_of_co_signers_says_how_many_are_chosen_and_who(deputy, mandate, county):
    first, second = seat(county, "彭志远"), seat(county, "吕春梅")
    assert "还没有选附议代表" in deputy.get("/suggestions/write/").content.decode()
    deputy.post("/suggestions/write/", WRITTEN | {"cosigners": [first.pk, second.pk]})
    page = deputy.get(f"/suggestions/{Suggestion.objects.get().pk}/write/")
    assert sorted(page.context["form"].chosen_people) == ["吕春梅", "彭志远"]
    assert f"已选 2 人：{'、'.join(page.context['form'].chosen_people)}" in page.content.decode()


def test_anothers_draft_can_not_be_opened_or_written_over(deputy, county):
    other = SuggestionFactory(congress=county)
    assert deputy.get(f"/suggestions/{other.pk}/write/").status_code == 404
    assert deputy.post(f"/suggestions/{other.pk}/write/", WRITTEN).status_code == 404
    assert deputy.post(f"/suggestions/{other.pk}/write/save/", WRITTEN).status_code == 404


def test_a_clerk_has_no_page_to_write_as_a_deputy(client, county):
    client.force_login(clerk_of(county))
    assert client.get("/suggestions/write/").status_code == 404
    assert client.get("/suggestions/mine/").status_code == 404


def test_what_is_submitted_is_not_written_on(deputy, mandate, county):
    case = SuggestionFactory(congress=county, lead=mandate, submitted=True)
    deputy.post(f"/suggestions/{case.pk}/write/", WRITTEN)
    case.refresh_from_db()
    assert case.title != TITLE


def test_an_invited_deputy_reads_and_signs_what_he_read(client, county):
    helper = seat(county)
    case = SuggestionFactory(congress=county)
    actions.invite(case, mandates=[helper], by=seat_user(case))
    client.force_login(helper.deputy.user)
    page = client.get(f"/suggestions/{case.pk}/cosign/")
    assert ASKS[0] in page.content.decode()
    client.post(f"/suggestions/{case.pk}/cosign/", {"answer": "confirm", "text_hash": page.context["text_hash"]})
    signed = Cosigner.objects.get()
    assert (signed.state, signed.signed_hash) == (Cosigner.State.CONFIRMED, case.text_hash())


def test_a_text_changed_meanwhile_is_shown_again_instead_of_signed(client, county):
    helper = seat(county)
    case = SuggestionFactory(congress=county)
    actions.invite(case, mandates=[helper], by=seat_user(case))
    client.force_login(helper.deputy.user)
    answer = client.post(f"/suggestions/{case.pk}/cosign/", {"answer": "confirm", "text_hash": "older"})
    assert answer.status_code == 409
    assert Cosigner.objects.get().state == Cosigner.State.INVITED


def test_nobody_signs_who_was_not_asked(deputy, county):
    case = SuggestionFactory(congress=county)
    assert deputy.get(f"/suggestions/{case.pk}/cosign/").status_code == 404


def test_my_page_tells_apart_what_i_lead_what_i_signed_and_what_waits(deputy, mandate, county):
    mine = SuggestionFactory(congress=county, lead=mandate)
    signed = SuggestionFactory(congress=county, cosigners=[mandate], submitted=True)
    asked = SuggestionFactory(congress=county)
    actions.invite(asked, mandates=[mandate], by=seat_user(asked))
    page = deputy.get("/suggestions/mine/").context
    assert (page["led"], page["seconded"], page["asked"]) == ([mine], [signed], [asked])
