"""Trying to get in, and what is issued, locked and closed."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from congress.accounts import actions
from congress.accounts.models import Activation, User
from tests.factories.accounts import PASSWORD, UserFactory

NOW = timezone.now()


def with_password(password):
    return lambda user: user.check_password(password)


def fail(login, times, at=NOW):
    for _ in range(times):
        with pytest.raises(actions.Refused):
            actions.attempt(login, with_password("不对"), at=at)


def test_a_person_is_known_by_login_name_and_by_phone_however_it_is_spaced(db):
    user = UserFactory(phone="13900001234")
    for login in (user.username, "13900001234", "139 0000 1234", " 139-0000-1234 "):
        assert actions.attempt(login, with_password(PASSWORD), at=NOW) == user


def test_a_login_name_wins_over_a_phone_of_the_same_digits(db):
    UserFactory(phone="13900001234")
    named = UserFactory(username="13900001234")
    assert User.objects.known_as("13900001234") == named


@pytest.mark.parametrize("exists", [True, False])
def test_five_failures_lock_a_name_whether_or_not_anybody_has_it(db, exists):
    login = UserFactory().username if exists else "nobody-at-all"
    fail(login, settings.LOCKOUT_FAILURES - 1)
    with pytest.raises(actions.Locked) as locked:
        actions.attempt(login, with_password("不对"), at=NOW)
    assert locked.value.until == NOW + timedelta(minutes=settings.LOCKOUT_MINUTES)


def test_a_locked_account_refuses_the_right_password_until_the_lock_is_over(db):
    user = UserFactory()
    fail(user.username, settings.LOCKOUT_FAILURES)
    with pytest.raises(actions.Locked):
        actions.attempt(user.username, with_password(PASSWORD), at=NOW + timedelta(minutes=1))
    later = NOW + timedelta(minutes=settings.LOCKOUT_MINUTES)
    assert actions.attempt(user.username, with_password(PASSWORD), at=later) == user


def test_a_success_forgets_the_failures_before_it(db):
    user = UserFactory()
    fail(user.username, settings.LOCKOUT_FAILURES - 1)
    actions.attempt(user.username, with_password(PASSWORD), at=NOW)
    user.refresh_from_db()
    assert (user.failed_attempts, user.locked_until) == (0, None)


def test_the_clerk_can_lift_the_lock(db):
    user = UserFactory()
    fail(user.username, settings.LOCKOUT_FAILURES)
    user.refresh_from_db()
    actions.unlock(user)
    assert actions.attempt(user.username, with_password(PASSWORD), at=NOW) == user


def test_a_closed_account_is_refused_like_one_that_never_was(db):
    user = UserFactory(inactive=True)
    with pytest.raises(actions.Refused):
        actions.attempt(user.username, with_password(PASSWORD), at=NOW)


def test_a_code_is_kept_only_as_a_hash_and_opens_however_it_is_typed(db):
    user = UserFactory()
    code = actions.issue_code(user, at=NOW, by=user)
    assert code not in str(Activation.objects.values().get())
    assert actions.opens(user, f" {code[:5].lower()}-{code[5:]} ", at=NOW)
    assert not actions.opens(UserFactory(), code, at=NOW)


def test_a_code_opens_once_and_not_after_its_day(db):
    user = UserFactory()
    code = actions.issue_code(user, at=NOW, by=user)
    assert not actions.opens(user, code, at=NOW + timedelta(days=settings.ACTIVATION_DAYS))
    assert actions.activate(user, code=code, password="青禾-New-8524", at=NOW)
    assert not actions.activate(user, code=code, password="青禾-Other-8524", at=NOW)
    assert user.check_password("青禾-New-8524")


def test_a_new_code_ends_the_old_code_and_the_password(db):
    user = UserFactory()
    first = actions.issue_code(user, at=NOW, by=user)
    second = actions.issue_code(user, at=NOW, by=user)
    assert not actions.opens(user, first, at=NOW)
    assert actions.opens(user, second, at=NOW)
    assert not user.check_password(PASSWORD)


def test_closing_an_account_takes_its_open_code_away(db):
    user = UserFactory()
    code = actions.issue_code(user, at=NOW, by=user)
    actions.deactivate(user)
    actions.reactivate(user)
    assert not actions.opens(user, code, at=NOW)
