"""Signing in by token: the same words, the same lock, the same second factor as at the page."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.accounts import actions, second_factor
from congress.accounts.models import Token
from tests.factories.accounts import PASSWORD, UserFactory

SIGN_IN, ME, TOKENS = reverse("api:sign_in"), reverse("api:me"), reverse("api:token-list")
PROFILE = reverse("accounts:profile")
NOW = "2026-06-01 09:00+08:00"


@pytest.fixture
def user(db):
    return UserFactory(phone="13900001234", name="周德顺")


@pytest.fixture
def secret_of_app(user):
    secret = second_factor.new_secret()
    second_factor.enrol(user, secret)
    return secret


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": login, "password": password, **more}, content_type="application/json")


def bearer(token):
    return {"headers": {"Authorization": f"Bearer {token}"}}


def token_for(client, user, **more):
    return sign_in(client, user.username, **more).json()["token"]


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def test_name_or_phone_and_the_password_give_a_token_that_opens_the_interface(client, user):
    for login in (user.username, "139 0000 1234"):
        answer = sign_in(client, login, device="微信")
        assert answer.status_code == 201
        assert client.get(ME, **bearer(answer.json()["token"])).json()["name"] == "周德顺"


def test_the_token_itself_is_kept_nowhere(client, user):
    secret = token_for(client, user)
    token = Token.objects.get()
    assert secret not in {f"{getattr(token, field.attname)}" for field in Token._meta.fields}


def test_a_token_ends_after_its_days(client, user):
    with time_machine.travel(NOW, tick=False) as clock:
        token = token_for(client, user)
        clock.shift(timedelta(days=settings.TOKEN_DAYS) - timedelta(seconds=1))
        assert client.get(ME, **bearer(token)).status_code == 200
        clock.shift(timedelta(seconds=1))
        refused = client.get(ME, **bearer(token))
        assert (refused.status_code, refused.json()["code"]) == (401, "token_not_valid")


def test_what_is_no_token_is_refused_and_says_how_to_show_one(client, db):
    for header in ("Bearer", "Bearer ", "Bearer 不对".encode().decode("latin-1"), "Bearer a b"):
        refused = client.get(ME, headers={"Authorization": header})
        assert refused.status_code == 401
        assert refused["WWW-Authenticate"] == "Bearer"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, user):
    answers = [sign_in(client, login, "不对") for login in (user.username, "nobody-at-all")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["code"] == "refused"


@pytest.mark.parametrize("exists", [True, False])
def test_after_five_failures_the_name_is_locked_here_and_at_the_page(client, user, exists):
    login = user.username if exists else "nobody-at-all"
    with time_machine.travel(NOW, tick=False):
        for _each in range(settings.LOCKOUT_FAILURES):
            refused = sign_in(client, login, "不对").json()
        assert refused["code"] == "locked"
        assert "09:15" in refused["message"]
        assert sign_in(client, login).json()["code"] == "locked"
        page = client.post(reverse("accounts:sign_in"), {"login": login, "password": PASSWORD})
        assert "已锁定" in page.content.decode()


def test_an_address_that_fails_too_often_has_to_wait_here_too(client, user, settings):
    settings.ACCOUNT_RATE_LIMITS = {"sign_in_failed": "2/5m/ip"}
    for name in ("a", "b"):
        sign_in(client, name, "不对")
    assert sign_in(client, user.username).status_code == 429


def test_whoever_has_a_second_factor_needs_it(client, user, secret_of_app):
    assert sign_in(client, user.username).json()["code"] == "second_factor_needed"
    assert sign_in(client, user.username, code="000000").json()["code"] == "refused"
    assert sign_in(client, user.username, code=code_of(secret_of_app)).status_code == 201


def test_a_code_of_the_second_factor_counts_once(client, user, secret_of_app):
    with time_machine.travel(NOW, tick=False):
        code = code_of(secret_of_app)
        assert [sign_in(client, user.username, code=code).status_code for _each in range(2)] == [201, 401]


@pytest.mark.parametrize("door", ["api", "page"])
def test_the_password_alone_gives_no_new_guesses_at_the_second_factor(client, user, secret_of_app, door):
    for _each in range(settings.LOCKOUT_FAILURES):
        if door == "api":
            sign_in(client, user.username)
        else:
            client.post(reverse("accounts:sign_in"), {"login": user.username, "password": PASSWORD})
        refused = sign_in(client, user.username, code="000000").json()
    assert refused["code"] == "locked"


def test_whoever_must_choose_a_password_first_gets_no_token_and_an_old_one_stands_still(client, user):
    token = token_for(client, user)
    user.must_change_password = True
    user.save()
    assert sign_in(client, user.username).json()["code"] == "password_first"
    assert client.get(ME, **bearer(token)).json()["code"] == "password_first"


@pytest.mark.parametrize(
    "act",
    [
        lambda user: actions.choose_password(user, "青禾-New-8524"),
        lambda user: actions.issue_code(user, at=timezone.now(), by=user),
        actions.deactivate,
    ],
    ids=["another password", "a reset", "a closed account"],
)
def test_what_ends_the_sessions_ends_the_tokens(client, user, act):
    token = token_for(client, user)
    act(user)
    assert client.get(ME, **bearer(token)).status_code == 401


def test_one_sees_ones_own_devices_and_ends_them(client, user):
    token, other = token_for(client, user, device="微信"), token_for(client, user, device="旧手机")
    stranger = UserFactory()
    actions.issue_token(stranger, at=timezone.now())
    rows = client.get(TOKENS, **bearer(token)).json()
    assert [(row["device"], row["is_this"]) for row in rows] == [("旧手机", False), ("微信", True)]
    foreign = reverse("api:token-detail", args=[stranger.tokens.get().pk])
    assert client.delete(foreign, **bearer(token)).status_code == 404
    assert client.delete(reverse("api:token-detail", args=[rows[0]["id"]]), **bearer(token)).status_code == 204
    assert client.get(ME, **bearer(other)).status_code == 401


def test_signing_out_ends_the_token_in_use(client, user):
    token = token_for(client, user)
    assert client.post(reverse("api:token-sign-out"), **bearer(token)).status_code == 204
    assert client.get(ME, **bearer(token)).status_code == 401


def test_a_person_has_only_so_many_devices(client, user):
    tokens = [token_for(client, user) for _each in range(settings.TOKENS_PER_PERSON + 1)]
    opened = [client.get(ME, **bearer(token)).status_code for token in tokens]
    assert opened == [401] + [200] * settings.TOKENS_PER_PERSON


def test_the_profile_lists_the_devices_and_signs_one_off(client, user):
    token = token_for(client, user, device="王师傅的手机")
    client.force_login(user)
    assert "王师傅的手机" in client.get(PROFILE).content.decode()
    revoke = reverse("accounts:revoke_token", args=[Token.objects.get().pk])
    assert client.get(revoke).status_code == 405
    assert client.post(revoke).status_code == 302
    assert client.get(ME, **bearer(token)).status_code == 401
    assert "小程序登录" not in client.get(PROFILE).content.decode()


def test_nobody_signs_off_the_device_of_another(client, user):
    token_for(client, user)
    client.force_login(UserFactory())
    assert client.post(reverse("accounts:revoke_token", args=[Token.objects.get().pk])).status_code == 404
    assert Token.objects.exists()


def test_an_old_token_in_the_header_does_not_bar_the_door(client, user):
    words = {"login": user.username, "password": PASSWORD}
    answer = client.post(SIGN_IN, words, content_type="application/json", **bearer("expired"))
    assert answer.status_code == 201


def test_the_last_use_is_noted_once_an_hour(client, user):
    with time_machine.travel(NOW, tick=False) as clock:
        token = token_for(client, user)
        noted = []
        for _each in range(3):
            client.get(ME, **bearer(token))
            noted.append(Token.objects.get().last_used_at)
            clock.shift(timedelta(minutes=40))
    assert noted[0] == noted[1] != noted[2]


def test_a_session_must_bring_its_csrf_token(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post(reverse("api:notice-read-all")).status_code == 403
