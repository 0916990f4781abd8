"""The docket over REST does what its pages do, for whom they do it."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.procedure.models import Entry
from suggestions.docket import actions
from suggestions.docket.models import Assignment, Cosigner, Suggestion
from tests.api import Speaker
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of, seat, seat_user, session_of
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
NAME, HELPER = "周德顺", "吕春梅"
DRAFT = {
    "title": "关于修复青石河左岸堤防的建议",
    "situation": "去年七月的洪水冲开三处缺口。",
    "asks": ["修复三处缺口。", "明确管护单位。"],
}


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def water(county):
    return DepartmentFactory(congress=county, name="县水利局", short_name="水利局")


@pytest.fixture
def writer(county):
    session_of(county)
    return Speaker(seat(county, NAME).deputy.user)


def written(writer, **changes):
    status, case = writer.send("suggestion-list", body=DRAFT | changes)
    assert status == 201, case
    return case


def step(speaker, kind, pk, name, **sent):
    """Ask what the step asks, and take it with the version that was shown."""
    asked = speaker.read(f"{kind}-step", pk, name)
    return speaker.send(f"{kind}-step", pk, name, body={"version": asked["version"], **sent})


# ---- writing


def test_a_deputy_writes_changes_and_submits_a_suggestion(writer, county):
    case = written(writer)
    assert (case["state"], case["proposer"], case["may_edit"]) == ("draft", NAME, True)
    assert [ask["text"] for ask in case["asks"]] == DRAFT["asks"]
    status, case = writer.send("suggestion-detail", case["id"], method="put", body=DRAFT | {"asks": ["只修缺口。"]})
    assert (status, [ask["text"] for ask in case["asks"]]) == (200, ["只修缺口。"])
    status, taken = step(writer, "suggestion", case["id"], "submit")
    assert (status, taken["state"], taken["is_new"]) == (200, "submitted", True)
    assert Suggestion.objects.get(pk=case["id"]).submitted_on == TODAY


def test_what_was_left_out_of_a_draft_has_the_default_of_the_page(writer):
    case = written(writer)
    assert (case["wishes_publication"], case["protects_identity"], case["kind"]) == (True, False, "suggestion")


def test_the_same_draft_sent_twice_is_one_draft(writer):
    ids = {writer.send("suggestion-list", body=DRAFT, **{"Idempotency-Key": "k1"})[1]["id"] for _each in range(2)}
    assert len(ids) == 1 == Suggestion.objects.count()


def test_the_form_of_the_page_judges_the_draft(writer, county):
    status, refused = writer.send("suggestion-list", body=DRAFT | {"asks": ["很长" * 600], "category": 999})
    assert (status, refused["code"], set(refused["errors"])) == (400, "invalid", {"*", "category"})
    assert refused["errors"]["category"][0]["code"] == "invalid_choice"


def test_a_draft_of_the_wrong_shape_is_refused_field_by_field(writer):
    status, refused = writer.send("suggestion-list", body=DRAFT | {"asks": [{"text": "x"}], "cosigners": "吕春梅"})
    assert (status, set(refused["errors"])) == (400, {"asks.0", "cosigners"})
    status, refused = writer.send("suggestion-list", body=["不是对象"])
    assert (status, set(refused["errors"])) == (400, {"*"})


def test_an_incomplete_suggestion_is_not_submitted_and_says_why(writer):
    case = written(writer, asks=[], situation="")
    status, refused = step(writer, "suggestion", case["id"], "submit")
    assert (status, set(refused["errors"])) == (400, {"situation", "asks"})


def test_a_submitted_suggestion_is_not_rewritten(writer):
    case = written(writer)
    step(writer, "suggestion", case["id"], "submit")
    status, refused = writer.send("suggestion-detail", case["id"], method="put", body=DRAFT)
    assert (status, refused["code"], refused["state"]) == (409, "step_not_open", "submitted")


def test_who_holds_no_seat_writes_nothing(county, water):
    for user in (clerk_of(county), officer_of(water)):
        assert Speaker(user).send("suggestion-list", body=DRAFT)[0] == 404
    assert not Suggestion.objects.exists()


def test_the_questions_of_a_draft_name_their_options(writer, county):
    helper = seat(county, HELPER)
    asked = {row["name"]: row for row in writer.read("suggestion-questions")}
    assert {"title", "situation", "kind", "cosigners", "protects_identity"} <= set(asked)
    assert f"{helper.pk}" in {choice["value"] for choice in asked["cosigners"]["choices"]}
    case = written(writer)
    filled = {row["name"]: row["value"] for row in writer.read("suggestion-own-questions", case["id"])}
    assert filled["title"] == DRAFT["title"]


def test_a_photo_is_added_to_the_draft(writer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = written(writer)
    address = reverse("api:suggestion-attachments", args=[case["id"]])
    good = writer.post(address, {"file": SimpleUploadedFile("缺口.pdf", b"%PDF-1.4 x")})
    assert (good.status_code, good.json()["name"]) == (201, "缺口.pdf")
    bad = writer.post(address, {"file": SimpleUploadedFile("缺口.exe", b"MZ")})
    assert (bad.status_code, bad.json()["code"]) == (400, "invalid")
    assert [file["name"] for file in writer.read("suggestion-detail", case["id"])["files"]] == ["缺口.pdf"]
    step(writer, "suggestion", case["id"], "submit")
    late = writer.post(address, {"file": SimpleUploadedFile("后来.pdf", b"%PDF-1.4 x")})
    assert late.status_code == 409


# ---- reading


def test_one_reads_what_ones_list_shows_and_nothing_else(county, water):
    mine, foreign = SuggestionFactory(congress=county, submitted=True), SuggestionFactory(congress=county, draft=True)
    assigned = SuggestionFactory(congress=county, assigned=True, department=water)
    readers = {
        seat_user(mine): {mine.pk},
        seat_user(foreign): {foreign.pk},
        officer_of(water): {assigned.pk},
        clerk_of(county): {mine.pk, assigned.pk},
    }
    for user, cases in readers.items():
        speaker = Speaker(user)
        assert {row["id"] for row in speaker.read("suggestion-list")["results"]} == cases
        for case in (mine, foreign, assigned):
            answer = speaker.get(reverse("api:suggestion-detail", args=[case.pk]))
            assert answer.status_code == (200 if case.pk in cases else 404)


def test_the_list_is_narrowed_as_the_page_is(county, water):
    waiting = SuggestionFactory(congress=county, submitted=True)
    SuggestionFactory(congress=county, assigned=True, department=water)
    clerk = Speaker(clerk_of(county))
    for query in ({"view": "mine"}, {"state": "submitted"}, {"waiting": "check"}, {"q": waiting.title[2:14]}):
        assert waiting.pk in {row["id"] for row in clerk.read("suggestion-list", **query)["results"]}
    assert clerk.read("suggestion-list", waiting="check")["count"] == 1
    (line,) = [line for line in clerk.read("waiting") if line["code"] == "check"]
    assert (line["count"], clerk.get(line["url"]).json()["count"]) == (1, 1)


def cost(speaker, address):
    speaker.get(address)
    with CaptureQueriesContext(connection) as spent:
        assert speaker.get(address).status_code == 200
    return len(spent)


def test_the_list_costs_the_same_for_one_row_and_for_three(county, water):
    clerk, address = Speaker(clerk_of(county)), reverse("api:suggestion-list")
    SuggestionFactory(congress=county, assigned=True, department=water)
    one = cost(clerk, address)
    for _each in range(2):
        SuggestionFactory(congress=county, lead=seat(county), assigned=True, department=water)
    assert one == cost(clerk, address) == 6


def test_a_case_costs_the_same_however_many_asks_and_shares_it_has(county, water):
    clerk = Speaker(clerk_of(county))
    small = SuggestionFactory(congress=county, replied=True, department=water, asks=("一条。",))
    co = [DepartmentFactory(congress=county) for _each in range(2)]
    large = SuggestionFactory(
        congress=county, replied=True, department=water, co=co, cosigners=[seat(county), seat(county)]
    )
    spent = [cost(clerk, reverse("api:suggestion-detail", args=[case.pk])) for case in (small, large)]
    assert spent[0] == spent[1]


# ---- steps


def test_the_steps_of_a_case_are_the_buttons_of_its_page(county, water):
    case = SuggestionFactory(congress=county, assigned=True, department=water)
    share = Assignment.objects.get(round__suggestion=case)
    officer = officer_of(water)
    with time_machine.travel(share.assigned_on):
        rows = {row["name"]: row for row in Speaker(officer).read("suggestion-steps", case.pk)}
    assert set(rows) == {"accept", "hand_back"}
    assert {row["name"] for row in Speaker(officer).read("suggestion-steps", case.pk)} == {"accept"}
    assert rows["accept"]["url"] == reverse("api:share-step", args=[share.pk, "accept"])
    assert rows["accept"]["page"] == f"/suggestions/shares/{share.pk}/accept/"
    recorded = Speaker(clerk_of(county)).read("suggestion-steps", case.pk)
    assert {row["name"] for row in recorded if not row["is_own"]} >= {"accept", "withdraw"}


def test_a_department_accepts_contacts_drafts_and_its_head_signs(county, water):
    case = SuggestionFactory(congress=county, assigned=True, department=water)
    share = Assignment.objects.get(round__suggestion=case)
    officer, head = Speaker(officer_of(water)), Speaker(head_of(water))
    assert step(officer, "share", share.pk, "accept")[0] == 200
    met = {"method": "visit", "opinion": "同意先修缺口。", "place": "石桥村"}
    assert step(officer, "share", share.pk, "contact", **met)[0] == 200
    fields = {row["name"] for row in officer.read("share-step", share.pk, "draft")["questions"]}
    asks = list(case.asks.values_list("pk", flat=True))
    assert {f"text_{ask}" for ask in asks} <= fields
    reply = {f"result_class_{ask}": "A" for ask in asks} | {f"text_{ask}": "已于5月20日完工。" for ask in asks}
    assert step(officer, "share", share.pk, "draft", **reply)[0] == 200
    status, taken = step(head, "share", share.pk, "sign", document_number="青水函〔2026〕18号")
    assert (status, taken["state"]) == (200, "done")
    case.refresh_from_db()
    assert case.state == Suggestion.State.REPLIED


def test_an_officer_signs_only_in_the_name_of_his_head(county, water):
    case = SuggestionFactory(congress=county, drafted=True, department=water)
    share, officer, head = Assignment.objects.get(round__suggestion=case), officer_of(water), head_of(water)
    with time_machine.travel(date(2026, 6, 1), tick=False):
        status, refused = step(Speaker(officer), "share", share.pk, "sign")
        assert (status, set(refused["errors"])) == (400, {"on_behalf_of"})
        assert step(Speaker(officer), "share", share.pk, "sign", on_behalf_of=head.pk)[0] == 200
    assert Entry.objects.of(case).get(verb="share.sign").on_behalf_of == head


def test_the_office_checks_and_assigns(county, water):
    case = SuggestionFactory(congress=county, submitted=True)
    category = county.categories.create(name="农业农村")
    clerk = Speaker(clerk_of(county))
    assert step(clerk, "suggestion", case.pk, "register", category=category.pk)[0] == 200
    assert step(clerk, "suggestion", case.pk, "assign", lead=water.pk, direct=True)[0] == 200
    assert Assignment.objects.get(round__suggestion=case).organ_id == water.pk


def test_a_step_that_is_not_mine_is_not_there(county, water):
    case = SuggestionFactory(congress=county, assigned=True, department=water)
    share, other = Assignment.objects.get(round__suggestion=case), DepartmentFactory(congress=county)
    for user, kind, pk, name in (
        (officer_of(other), "share", share.pk, "accept"),
        (seat_user(case), "share", share.pk, "accept"),
        (officer_of(water), "suggestion", case.pk, "withdraw"),
        (seat(county).deputy.user, "suggestion", case.pk, "withdraw"),
        (clerk_of(county), "suggestion", case.pk, "close"),
        (clerk_of(county), "suggestion", case.pk, "fly"),
    ):
        assert Speaker(user).send(f"{kind}-step", pk, name, body={"version": 0, "reason": "x"})[0] == 404


def test_who_comes_second_is_told_where_the_case_stands(county, water):
    case = SuggestionFactory(congress=county, assigned=True, department=water)
    share, officer = Assignment.objects.get(round__suggestion=case), Speaker(officer_of(water))
    seen = officer.read("share-step", share.pk, "accept")["version"]
    assert officer.send("share-step", share.pk, "accept", body={"version": seen})[0] == 200
    status, refused = officer.send("share-step", share.pk, "accept", body={"version": seen})
    assert (status, refused["code"], refused["state"], refused["state_label"]) == (
        409, "step_not_open", "in_hand", "办理中",
    )  # fmt: skip
    assert officer.get(reverse("api:share-step", args=[share.pk, "accept"])).status_code == 409


def test_the_same_request_twice_is_one_step(county, water):
    case = SuggestionFactory(congress=county, assigned=True, department=water)
    share, officer = Assignment.objects.get(round__suggestion=case), Speaker(officer_of(water))
    seen = officer.read("share-step", share.pk, "accept")["version"]
    body, key = {"version": seen}, {"Idempotency-Key": "k1"}
    taken = [officer.send("share-step", share.pk, "accept", body=body, **key) for _each in range(2)]
    assert [status for status, _body in taken] == [200, 200]
    assert [body["is_new"] for _status, body in taken] == [True, False]
    assert Entry.objects.of(case).filter(verb="share.accept").count() == 1


def test_a_step_recorded_late_says_why(county, water):
    case = SuggestionFactory(congress=county, assigned=True, department=water)
    share, officer = Assignment.objects.get(round__suggestion=case), Speaker(officer_of(water))
    status, refused = step(officer, "share", share.pk, "accept", on="2026-03-12")
    assert (status, set(refused["errors"])) == (400, {"late_reason"})
    assert step(officer, "share", share.pk, "accept", on="2026-03-12", late_reason="会议期间纸质办理")[0] == 200
    status, refused = step(officer, "share", share.pk, "contact", on="明天")
    assert refused["errors"]["on"][0]["code"] == "invalid"


# ---- seconding


def invited(county, **fields):
    helper = seat(county, HELPER)
    case = SuggestionFactory(congress=county, lead=seat(county, NAME), draft=True, **fields)
    actions.save_draft(case, asks=["修复缺口。"], cosigners=[helper], by=seat_user(case))
    return case, Speaker(helper.deputy.user)


def test_a_deputy_reads_and_confirms_what_he_is_asked_to_second(county):
    case, helper = invited(county)
    (row,) = helper.read("invitation-list")["results"]
    assert (row["suggestion"], row["lead"]) == (case.pk, NAME)
    shown = helper.read("invitation-detail", row["id"])
    assert (shown["asks"], shown["is_open"]) == (["修复缺口。"], True)
    status, signed = helper.send("invitation-confirm", row["id"], body={"text_hash": shown["text_hash"]})
    assert (status, signed["state"]) == (200, "confirmed")
    assert helper.read("invitation-list")["results"] == []
    assert Cosigner.objects.get().signed_hash == shown["text_hash"]


def test_a_text_changed_meanwhile_is_not_signed_unread(county):
    case, helper = invited(county)
    (row,) = helper.read("invitation-list")["results"]
    seen = helper.read("invitation-detail", row["id"])["text_hash"]
    actions.save_draft(case, asks=["另一条。"], cosigners=[Cosigner.objects.get().mandate], by=seat_user(case))
    status, refused = helper.send("invitation-confirm", row["id"], body={"text_hash": seen})
    assert (status, "刚刚修改" in refused["message"]) == (400, True)
    assert helper.send("invitation-confirm", row["id"])[0] == 400
    assert Cosigner.objects.get().state == Cosigner.State.INVITED


def test_an_invitation_is_declined_and_is_nobody_elses(county):
    case, helper = invited(county)
    (row,) = helper.read("invitation-list")["results"]
    for other in (Speaker(seat(county).deputy.user), Speaker(seat_user(case)), Speaker(clerk_of(county))):
        assert other.send("invitation-decline", row["id"])[0] == 404
    assert helper.send("invitation-decline", row["id"])[1]["state"] == "declined"


def test_after_submission_nobody_seconds_any_more(county):
    case, helper = invited(county)
    (row,) = helper.read("invitation-list")["results"]
    actions.submit(case, on=TODAY, by=seat_user(case))
    assert helper.read("invitation-list")["results"] == []
    status, refused = helper.send("invitation-decline", row["id"])
    assert (status, refused["state"]) == (409, "submitted")


def test_invitations_cost_the_same_for_one_and_for_three(county):
    case, helper = invited(county)
    one = cost(helper, reverse("api:invitation-list"))
    for _each in range(2):
        more = SuggestionFactory(congress=county, lead=case.lead, draft=True)
        actions.save_draft(more, asks=["一条。"], cosigners=[Cosigner.objects.first().mandate], by=seat_user(case))
    assert one == cost(helper, reverse("api:invitation-list")) == 5


# ---- the protected name


@pytest.fixture
def protected(county, water, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    session_of(county)
    lead, helper = seat(county, NAME), seat(county, HELPER)
    writer = Speaker(lead.deputy.user)
    case = SuggestionFactory(congress=county, lead=lead, cosigners=[helper], draft=True, protects_identity=True)
    address = reverse("api:suggestion-attachments", args=[case.pk])
    writer.post(address, {"file": SimpleUploadedFile(f"{NAME}现场照片.pdf", b"%PDF-1.4 x")})
    clerk = clerk_of(county)
    actions.submit(case, on=date(2026, 3, 3), by=lead.deputy.user)
    actions.register(case, on=date(2026, 3, 4), by=clerk)
    handling = actions.assign(case, lead=water, on=date(2026, 3, 5), by=clerk)
    return case, handling.assignments.get()


def everything_read(speaker, case, share):
    """The bodies of every address at which the case can be met."""
    addresses = [
        reverse("api:suggestion-list"),
        reverse("api:suggestion-list") + f"?q={NAME}",
        reverse("api:suggestion-list") + f"?lead={case.lead_id}",
        reverse("api:suggestion-detail", args=[case.pk]),
        reverse("api:suggestion-steps", args=[case.pk]),
        reverse("api:share-steps", args=[share.pk]),
        reverse("api:appraisal-detail", args=[case.pk]),
        reverse("api:invitation-list") + "?show=all",
        reverse("api:slip-list") + "?show=all",
        reverse("api:notice-list"),
        reverse("api:waiting"),
        reverse("api:me"),
    ]
    names = ("accept", "hand_back", "contact", "draft", "sign")
    addresses += [reverse("api:share-step", args=[share.pk, name]) for name in names]
    return [speaker.get(address).content.decode() for address in addresses]


def test_a_protected_name_never_reaches_a_department(protected, water):
    case, share = protected
    for user in (officer_of(water), head_of(water)):
        told = "".join(everything_read(Speaker(user), case, share))
        assert case.title in told
        assert "一名代表" in told
        assert NAME not in told
        assert HELPER not in told
        assert f'"lead":{case.lead_id}' not in told.replace(" ", "")


def test_a_search_by_the_protected_seat_finds_nothing_for_the_department(protected, water):
    case, _share = protected
    assert Speaker(officer_of(water)).read("suggestion-list", lead=case.lead_id)["count"] == 0
    assert Speaker(seat_user(case)).read("suggestion-list", lead=case.lead_id)["count"] == 1


def test_the_congress_and_those_who_signed_read_the_names(protected, county):
    case, _share = protected
    for user in (clerk_of(county), seat_user(case), case.cosigners.get().mandate.deputy.user):
        told = Speaker(user).read("suggestion-detail", case.pk)
        assert (told["proposer"], [each["name"] for each in told["cosigners"]]) == (NAME, [HELPER])


def test_a_step_refused_does_not_tell_the_protected_name(protected, water):
    _case, share = protected
    officer = Speaker(officer_of(water))
    refusals = [
        officer.send("share-step", share.pk, "contact", body={"version": 0}),
        officer.send("share-step", share.pk, "sign", body={"version": 0}),
        officer.send("share-step", share.pk, "accept", body={"version": 0, "on": "2027-01-01"}),
    ]
    assert [status for status, _body in refusals] == [409, 409, 400]
    assert NAME not in f"{refusals}"
