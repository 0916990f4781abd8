"""The doors as a person meets them."""

import re
import time

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from congress.accounts import actions, second_factor
from tests.factories.accounts import PASSWORD, UserFactory

SIGN_IN = reverse("accounts:sign_in")
ACTIVATE = reverse("accounts:activate")
PROFILE = reverse("accounts:profile")
NEW = "青禾-New-8524"


@pytest.fixture
def user(db):
    return UserFactory(phone="13900001234")


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


def without_tokens(page):
    """A page without what differs from request to request."""
    return re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", page)


def is_in(client):
    return client.get(PROFILE).status_code == 200


def code_of(secret, at=None):
    return format_hotp_value(hotp_value(secret, int(at or time.time()) // 30))


def test_name_or_phone_and_the_password_open_the_portal(client, user):
    for login in (user.username, "139 0000 1234"):
        assert sign_in(client, login).status_code == 302
        assert is_in(client)
        client.post(reverse("accounts:sign_out"))
        assert not is_in(client)


def test_one_comes_back_to_the_page_one_wanted_but_never_to_another_host(client, user):
    assert sign_in(client, user.username, next=PROFILE).url == PROFILE
    client.post(reverse("accounts:sign_out"))
    assert "evil" not in sign_in(client, user.username, next="https://evil.example/").url


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, user):
    pages = [
        without_tokens(sign_in(client, login, "不对").content.decode()) for login in (user.username, "nobody-at-all")
    ]
    assert pages[0] == pages[1]
    assert "不正确" in pages[0]


@pytest.mark.parametrize("exists", [True, False])
def test_after_five_failures_the_page_says_until_when(client, user, exists):
    login = user.username if exists else "nobody-at-all"
    with time_machine.travel("2026-06-01 09:00+08:00", tick=False):
        for _ in range(settings.LOCKOUT_FAILURES):
            page = sign_in(client, login, "不对").content.decode()
        assert "09:15" in page
        assert "已锁定" in sign_in(client, login).content.decode()
    with time_machine.travel("2026-06-01 09:15+08:00", tick=False):
        assert sign_in(client, login).status_code == (302 if exists else 200)


def test_an_address_that_fails_too_often_has_to_wait(client, user, settings):
    settings.ACCOUNT_RATE_LIMITS = {"sign_in_failed": "2/5m/ip"}
    for name in ("a", "b"):
        sign_in(client, name, "不对")
    assert "网络地址" in sign_in(client, user.username).content.decode()
    assert not is_in(client)


def test_signing_out_takes_a_post(client, user):
    client.force_login(user)
    assert client.get(reverse("accounts:sign_out")).status_code == 405


def test_idleness_signs_off_and_says_so(client, user):
    with time_machine.travel("2026-06-01 09:00+08:00", tick=False):
        sign_in(client, user.username)
    with time_machine.travel("2026-06-01 09:29+08:00", tick=False):
        assert is_in(client)
    with time_machine.travel("2026-06-01 09:58+08:00", tick=False):
        assert is_in(client)
    with time_machine.travel("2026-06-01 10:29+08:00", tick=False):
        answer = client.get(f"{PROFILE}?a=1&b=2")
        door = client.get(answer.url)
        assert "长时间没有操作" in door.text
        assert sign_in(client, user.username, next=door.context["next"]).url == f"{PROFILE}?a=1&b=2"
        assert is_in(client)


def test_idleness_closes_no_public_page_and_takes_no_act_along(client, user):
    for method, address, leads_to in (
        ("get", reverse("accounts:activate"), None),
        ("post", PROFILE, f"{SIGN_IN}?idle=1"),
    ):
        with time_machine.travel("2026-06-01 09:00+08:00", tick=False):
            sign_in(client, user.username)
        with time_machine.travel("2026-06-01 10:00+08:00", tick=False):
            answer = getattr(client, method)(address)
            assert (answer.status_code, answer.get("Location")) == (302 if leads_to else 200, leads_to)
            assert not is_in(client)


def test_a_part_of_a_page_asked_for_by_htmx_leads_the_whole_page_to_the_door(client, user):
    with time_machine.travel("2026-06-01 09:00+08:00", tick=False):
        sign_in(client, user.username)
    with time_machine.travel("2026-06-01 10:00+08:00", tick=False):
        assert client.get(PROFILE, headers={"HX-Request": "true"}).headers["HX-Redirect"] == f"{SIGN_IN}?idle=1"


def test_ones_own_phone_stays_signed_in_for_days(client, user):
    with time_machine.travel("2026-06-01 09:00+08:00", tick=False):
        sign_in(client, user.username, keep="on")
    with time_machine.travel("2026-06-07 09:00+08:00", tick=False):
        assert is_in(client)


def test_a_given_password_must_be_changed_before_anything_else(client, db):
    user = UserFactory(fresh=True)
    sign_in(client, user.username)
    change = reverse("accounts:change_password")
    assert client.get(PROFILE).url == change
    assert client.post(change, {"old": PASSWORD, "password": NEW, "again": NEW}).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize("password", ["短-1a", "1234567890123", "password123", "周一海棠春睡x"])
def test_a_weak_password_is_refused_with_the_reason_beside_it(client, db, password):
    user = UserFactory(name="周一海棠春睡")
    sign_in(client, user.username)
    answer = client.post(
        reverse("accounts:change_password"), {"old": PASSWORD, "password": password, "again": password}
    )
    assert answer.context["form"].errors["password"]


def test_guessing_the_old_password_locks_like_guessing_at_the_door(client, user):
    sign_in(client, user.username)
    for _ in range(settings.LOCKOUT_FAILURES):
        client.post(reverse("accounts:change_password"), {"old": "不对", "password": NEW, "again": NEW})
    user.refresh_from_db()
    assert user.is_locked(at=timezone.now())


def test_changing_the_password_signs_the_other_devices_off(client, user):
    other = type(client)()
    sign_in(client, user.username)
    sign_in(other, user.username)
    client.post(reverse("accounts:change_password"), {"old": PASSWORD, "password": NEW, "again": NEW})
    assert is_in(client)
    assert not is_in(other)


def test_a_slip_lets_a_person_in_once_with_a_password_of_his_own(client, db):
    user = UserFactory()
    code = actions.issue_code(user, at=timezone.now(), by=user)
    slip = {"login": user.username, "code": code.lower(), "password": NEW, "again": NEW}
    assert client.get(f"{ACTIVATE}?name={user.username}").context["form"].initial["login"] == user.username
    assert client.post(ACTIVATE, slip).status_code == 302
    assert is_in(client)
    client.post(reverse("accounts:sign_out"))
    assert "没有激活成功" in client.post(ACTIVATE, slip).content.decode()
    assert sign_in(client, user.username, NEW).status_code == 302


def test_looking_at_the_activation_page_uses_nothing_up(client, db):
    user = UserFactory()
    code = actions.issue_code(user, at=timezone.now(), by=user)
    for _ in range(3):
        client.get(f"{ACTIVATE}?name={user.username}")
    assert actions.opens(user, code, at=timezone.now())


def test_a_weak_password_on_the_slip_page_leaves_the_code_open(client, db):
    user = UserFactory()
    code = actions.issue_code(user, at=timezone.now(), by=user)
    client.post(ACTIVATE, {"login": user.username, "code": code, "password": "123", "again": "123"})
    assert actions.opens(user, code, at=timezone.now())


def test_guessing_codes_locks_the_name(client, db):
    user = UserFactory()
    code = actions.issue_code(user, at=timezone.now(), by=user)
    for _ in range(settings.LOCKOUT_FAILURES):
        client.post(ACTIVATE, {"login": user.username, "code": "WRONGCODE2", "password": NEW, "again": NEW})
    answer = client.post(ACTIVATE, {"login": user.username, "code": code, "password": NEW, "again": NEW})
    assert "已锁定" in answer.content.decode()


def test_enrolling_shows_recovery_codes_once_and_the_door_then_asks_for_the_second_factor(client, user):
    sign_in(client, user.username)
    enrol = reverse("accounts:enrol_second_factor")
    secret = client.get(enrol).context["secret"]
    assert "不正确" in client.post(enrol, {"code": "000000"}).content.decode()
    codes = client.post(enrol, {"code": code_of(secret)}).context["codes"]
    client.post(reverse("accounts:sign_out"))

    challenge = reverse("accounts:second_factor")
    assert sign_in(client, user.username).url == challenge
    assert not is_in(client)
    assert client.post(challenge, {"code": "000000"}).status_code == 200
    right = code_of(secret)
    assert client.post(challenge, {"code": right}).status_code == 302
    assert is_in(client)

    client.post(reverse("accounts:sign_out"))
    sign_in(client, user.username)
    assert client.post(challenge, {"code": right}).status_code == 200  # the same code counts once
    assert client.post(challenge, {"code": codes[0]}).status_code == 302
    client.post(reverse("accounts:sign_out"))
    sign_in(client, user.username)
    assert client.post(challenge, {"code": codes[0]}).status_code == 200


def test_the_secret_rests_encrypted(user):
    secret = second_factor.new_secret()
    second_factor.enrol(user, secret)
    assert secret not in str(list(user.authenticator_set.values_list("data", flat=True)))


def test_guessing_the_second_factor_locks_the_account(client, user):
    second_factor.enrol(user, second_factor.new_secret())
    sign_in(client, user.username)
    for _ in range(settings.LOCKOUT_FAILURES):
        page = client.post(reverse("accounts:second_factor"), {"code": "000000"}).content.decode()
    assert "已锁定" in page


def test_the_second_factor_is_asked_only_of_whoever_proved_the_first(client, user):
    second_factor.enrol(user, second_factor.new_secret())
    assert client.get(reverse("accounts:second_factor")).url == SIGN_IN


def test_taking_the_second_factor_off_asks_for_the_password(client, user):
    client.force_login(user)
    second_factor.enrol(user, second_factor.new_secret())
    drop = reverse("accounts:drop_second_factor")
    client.post(drop, {"password": "不对"})
    assert second_factor.is_enrolled(user)
    client.post(drop, {"password": PASSWORD})
    assert not second_factor.is_enrolled(user)
