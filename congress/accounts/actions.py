"""What is done to accounts: trying to sign in, opening, activating, resetting, locking and closing them (账号)."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest
from django.utils.crypto import constant_time_compare, salted_hmac

from congress.accounts import second_factor
from congress.accounts.models import Activation, Token, User
from congress.kit.personal import blind_index

# No 0/O, 1/I/L: the code is read aloud on the telephone and typed by people of seventy.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 10
_NOTE_USE_EVERY = timedelta(hours=1)  # a row written on every request would cost more than it tells


class Refused(Exception):
    """An attempt to sign in that failed; it never tells whether the account exists."""


class Locked(Refused):
    """The name may not be tried until some instant (锁定)."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


def attempt(login, proves, *, at, is_whole=lambda user: True):
    """Try one proof of identity for this login: `proves(user)`; failures in a row lock the name.

    The attempt is counted before it is judged, so many guesses at once cannot outrun the lock. Where the proof is not
    the whole one, because a second factor is still asked, earlier failures stay counted: whoever knows the password
    must not get new guesses at the second factor by proving the first again.
    """
    user = User.objects.known_as(login)
    if user is None:
        User().set_password(login)  # the same time as a wrong password takes
        raise _refuse_stranger(login, at=at)
    if not _count(user, at=at):
        user.refresh_from_db(fields=["locked_until"])
        raise Locked(user.locked_until)
    if proves(user):
        if is_whole(user):
            unlock(user)
        else:
            _uncount(user, at=at)
        return user
    user.refresh_from_db(fields=["locked_until"])
    raise Locked(user.locked_until) if user.is_locked(at=at) else Refused()


def _count(user, *, at):
    """Count an attempt against the account; False where it is locked."""
    is_last = Q(failed_attempts__gte=settings.LOCKOUT_FAILURES - 1)
    return User.objects.filter(Q(locked_until__isnull=True) | Q(locked_until__lte=at), pk=user.pk).update(
        failed_attempts=Case(When(is_last, then=Value(0)), default=F("failed_attempts") + 1),
        locked_until=Case(When(is_last, then=Value(at + _lock_time())), default=None),
    )


def _uncount(user, *, at):
    """Take back the count of this very attempt, and the lock where it was the last one allowed."""
    before = Case(
        When(locked_until__gt=at, then=Value(settings.LOCKOUT_FAILURES - 1)),
        default=Greatest(F("failed_attempts") - 1, Value(0)),
    )
    User.objects.filter(pk=user.pk).update(failed_attempts=before, locked_until=None)


def _lock_time():
    return timedelta(minutes=settings.LOCKOUT_MINUTES)


def _refuse_stranger(login, *, at):
    """A name that nobody has is counted and locked like any other, or the lock would betray who exists."""
    key = f"accounts.stranger.{blind_index(login or '-')}"
    failures, until = cache.get(key, (0, None))
    if until is not None and until > at:
        return Locked(until)
    failures += 1
    until = at + _lock_time() if failures >= settings.LOCKOUT_FAILURES else None
    cache.set(key, (0 if until else failures, until), timeout=settings.LOCKOUT_MINUTES * 60 * 4)
    return Locked(until) if until else Refused()


def open_account(*, name, phone="", username="", email=""):
    """Open an account that nobody can enter before a code is issued for it (开户)."""
    user = User(username=username or free_username(), name=name, phone=phone, email=email)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    return user


def free_username(taken=frozenset()):
    """A login name that nobody has: eight digits, easy to type on a phone, not derived from the person."""
    while True:
        username = f"{secrets.randbelow(90_000_000) + 10_000_000}"
        if username not in taken and not User.objects.filter(username=username).exists():
            return username


@transaction.atomic
def issue_code(user, *, at, by):
    """Issue a fresh activation code; the password and every earlier code end with it. Returns the code, once.

    Closing the password also signs the account out everywhere: that is what a reset is for.
    """
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    Activation.objects.filter(user=user, used_at__isnull=True).delete()
    Activation.objects.create(
        user=user,
        code_hash=_hashed(user, code),
        issued_by=by,
        issued_at=at,
        expires_at=at + timedelta(days=settings.ACTIVATION_DAYS),
    )
    user.set_unusable_password()
    user.failed_attempts, user.locked_until = 0, None
    user.save(update_fields=["password", "failed_attempts", "locked_until"])
    user.tokens.all().delete()
    return code


def _hashed(user, code):
    return salted_hmac("congress.accounts.activation", f"{user.pk}:{tidy_code(code)}", algorithm="sha256").hexdigest()


def tidy_code(code):
    """The code as it was issued, however it was spaced or capitalised."""
    return "".join(code.upper().replace("-", "").split())


def opens(user, code, *, at):
    """Whether this is the open code of that user."""
    activation = Activation.objects.filter(user=user, used_at__isnull=True, expires_at__gt=at).first()
    return activation is not None and constant_time_compare(activation.code_hash, _hashed(user, code))


@transaction.atomic
def activate(user, *, code, password, at):
    """Use up the code and set the password which the person chose (激活); False where another tab was first."""
    used = Activation.objects.filter(
        user=user, used_at__isnull=True, expires_at__gt=at, code_hash=_hashed(user, code)
    ).update(used_at=at)
    if used:
        choose_password(user, password)
    return bool(used)


@transaction.atomic
def choose_password(user, password):
    """Set the password which the person himself chose (改密); tokens end with the old one, as sessions do."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    user.tokens.all().delete()


def unlock(user):
    """Lift the lock after failed attempts (解锁)."""
    user.failed_attempts, user.locked_until = 0, None
    user.save(update_fields=["failed_attempts", "locked_until"])


@transaction.atomic
def deactivate(user):
    """Close an account; what it did stays under its name (停用)."""
    Activation.objects.filter(user=user, used_at__isnull=True).delete()
    user.tokens.all().delete()
    user.is_active = False
    user.save(update_fields=["is_active"])


def reactivate(user):
    """Open a closed account again (启用)."""
    user.is_active = True
    user.save(update_fields=["is_active"])


def reset_second_factor(user):
    """Take the second factor off an account whose owner lost his phone (重置动态口令)."""
    second_factor.drop(user)


@transaction.atomic
def issue_token(user, *, device="", at):
    """Let one device in without a session for some days (签发令牌). Returns the token and its secret, once.

    A person has so many devices; one more signs off the one that signed in longest ago.
    """
    kept = user.tokens.open(at=at).order_by("-id").values_list("pk", flat=True)[: settings.TOKENS_PER_PERSON - 1]
    user.tokens.exclude(pk__in=list(kept)).delete()
    secret = secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        token_hash=_token_hash(secret),
        device=device,
        issued_at=at,
        expires_at=at + timedelta(days=settings.TOKEN_DAYS),
    )
    user.last_login = at
    user.save(update_fields=["last_login"])
    return token, secret


def _token_hash(secret):
    return salted_hmac("congress.accounts.token", secret, algorithm="sha256").hexdigest()


def token_of(secret, *, at):
    """The open token of this secret with its user, or None; notes that it is in use."""
    token = Token.objects.open(at=at).filter(token_hash=_token_hash(secret)).select_related("user").first()
    if token and (token.last_used_at is None or at - token.last_used_at > _NOTE_USE_EVERY):
        Token.objects.filter(pk=token.pk).update(last_used_at=at)
    return token


def revoke_token(token):
    """End one token at once (收回令牌)."""
    token.delete()
