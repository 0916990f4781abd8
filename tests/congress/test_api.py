"""The REST interface as a whole: its schema, its refusals, its limits."""

import pytest
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from rest_framework.throttling import SimpleRateThrottle

from tests.api import Speaker
from tests.factories.accounts import UserFactory
from tests.house.doors import api_doors

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker():
    return Speaker(UserFactory())


def operations(schema):
    return [
        (path, method, operation) for path, methods in schema["paths"].items() for method, operation in methods.items()
    ]


def test_the_schema_is_made_without_a_warning():
    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS, GENERATOR_STATS


def test_every_operation_says_in_chinese_what_it_is_and_how_it_refuses():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    found = operations(schema)
    assert len(found) >= len(api_doors()) - 2  # without the schema itself and its page
    wanting = [
        (path, method)
        for path, method, operation in found
        if not any("一" <= letter <= "鿿" for letter in operation.get("summary", ""))
        or not {"400", "401", "403", "404", "409", "429"} <= set(operation["responses"])
    ]
    assert wanting == []


def test_every_part_of_the_interface_is_said_in_chinese_and_no_other_is(settings):
    found = operations(SchemaGenerator().get_schema(request=None, public=True))
    told = {each["name"] for each in settings.SPECTACULAR_SETTINGS["TAGS"]}
    assert {tag for _path, _method, operation in found for tag in operation["tags"]} == told


def test_the_schema_and_its_page_ask_for_sign_in_and_carry_no_inline_script(client, speaker):
    for name in ("api:schema", "api:docs"):
        assert client.get(reverse(name)).status_code == 401
    assert speaker.get(reverse("api:schema")).status_code == 200
    page = speaker.get(reverse("api:docs"), headers={"Accept": "text/html"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "<style" not in text
    assert text.count("<script") == text.count("<script src=")
    script = speaker.get(reverse("api:docs") + "?script", headers={"Accept": "application/javascript, */*"})
    assert reverse("api:schema").encode() in script.content.replace(b"\\u002D", b"-")


def test_a_stranger_is_told_to_sign_in(client):
    answer = client.get(reverse("api:me"))
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_what_is_not_there_and_what_is_not_done_so_are_told_in_one_shape(speaker):
    for answer, status, code in (
        (speaker.get(reverse("api:notice-detail", args=[10**30])), 404, "not_found"),
        (speaker.get(reverse("api:me") + "nobody/"), 404, "not_found"),
        (speaker.delete(reverse("api:me")), 405, "method_not_allowed"),
        (speaker.post(reverse("api:sign_in"), "<x/>", content_type="text/xml"), 415, "unsupported_media_type"),
        (speaker.post(reverse("api:sign_in"), "{", content_type="application/json"), 400, "parse_error"),
        (speaker.get(reverse("api:me"), headers={"Accept": "application/xml"}), 406, "not_acceptable"),
    ):
        assert (answer.status_code, answer.json().get("code")) == (status, code), answer.content.decode()
        assert answer.json()["message"]


def test_what_is_not_there_is_told_in_chinese(speaker):
    answer = speaker.get(reverse("api:suggestion-detail", args=[1]))
    assert (answer.status_code, answer.json()["message"]) == (404, "没有，或者您看不到。")


@pytest.mark.parametrize(("scope", "name"), [("user", "me"), ("sign_in", "sign_in"), ("anon", "sign_in")])
def test_who_asks_too_often_has_to_wait(monkeypatch, client, speaker, scope, name):
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, scope, "2/min")
    asking = speaker if scope == "user" else client
    answers = [asking.generic("POST" if name == "sign_in" else "GET", reverse(f"api:{name}")) for _each in range(3)]
    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
    assert answers[-1].json()["code"] == "throttled"
    assert int(answers[-1]["Retry-After"]) > 0


def test_one_person_asking_too_often_stops_nobody_else(monkeypatch, speaker):
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "user", "1/min")
    assert [speaker.get(reverse("api:me")).status_code for _each in range(2)] == [200, 429]
    assert Speaker(UserFactory()).get(reverse("api:me")).status_code == 200


def test_half_a_letter_is_no_letter(client):
    answer = client.post(
        reverse("api:sign_in"), r'{"login": "\ud817", "password": "x"}', content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")
