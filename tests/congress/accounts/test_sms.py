"""Signing in by a code on the phone, where the county has a channel."""

import re

import pytest
from django.urls import reverse

from tests.congress.accounts.test_sign_in import without_tokens
from tests.factories.accounts import UserFactory

BY_CODE = reverse("accounts:sign_in_by_code")
SENT = []


class Outbox:
    """A channel that keeps what it was given."""

    def send(self, phone, text):
        SENT.append((phone, text))


@pytest.fixture
def channel(settings):
    SENT.clear()
    settings.SMS_CHANNEL = f"{__name__}.Outbox"
    settings.ACCOUNT_RATE_LIMITS = {"sms_code": "1/m/key", "sign_in_failed": "60/5m/ip"}


def test_without_a_channel_nothing_is_offered(client, db):
    assert client.get(BY_CODE).status_code == 404
    assert "手机验证码" not in client.get(reverse("accounts:sign_in")).content.decode()


@pytest.mark.usefixtures("channel")
def test_the_code_on_the_phone_opens_the_portal_once(client, db):
    user = UserFactory(phone="13900001234")
    client.post(BY_CODE, {"send": "1", "phone": "139 0000 1234"})
    (phone, text), code = SENT[0], re.search(r"\d{6}", SENT[0][1]).group()
    assert (phone, code in text) == (user.phone, True)
    assert client.post(BY_CODE, {"phone": user.phone, "code": code}).status_code == 302
    client.post(reverse("accounts:sign_out"))
    assert client.post(BY_CODE, {"phone": user.phone, "code": code}).status_code == 200


@pytest.mark.usefixtures("channel")
def test_asking_for_an_unknown_phone_gets_the_same_answer_and_sends_nothing(client, db):
    UserFactory(phone="13900001234")
    pages = []
    for phone in ("13900001234", "13900009999"):
        page = client.post(BY_CODE, {"send": "1", "phone": phone}).content.decode()
        pages.append(without_tokens(page))
    assert pages[0] == pages[1]
    assert [phone for phone, _text in SENT] == ["13900001234"]


@pytest.mark.usefixtures("channel")
def test_one_phone_is_not_sent_codes_again_and_again(client, db):
    UserFactory(phone="13900001234")
    for spelling in ("13900001234", "139 0000 1234"):
        page = client.post(BY_CODE, {"send": "1", "phone": spelling}).content.decode()
    assert len(SENT) == 1
    assert "太频繁" in page
