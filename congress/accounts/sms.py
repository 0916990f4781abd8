"""Sign-in by a code sent to the phone (短信验证码); the channel is a setting, without one nothing is offered."""

import secrets
from typing import Protocol

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from congress.accounts.models import User


class Channel(Protocol):
    """A way to reach a phone; the county names its own in SMS_CHANNEL."""

    def send(self, phone: str, text: str) -> None: ...


def channel():
    """The channel this installation has, or None."""
    return import_string(settings.SMS_CHANNEL)() if settings.SMS_CHANNEL else None


def send_code(phone):
    """Send a sign-in code to the phone if it belongs to somebody; the caller learns nothing either way."""
    user = User.objects.known_as(phone)
    if user is None or not user.phone:
        return
    code = f"{secrets.randbelow(1_000_000):06d}"
    cache.set(_key(user), _hashed(user, code), timeout=settings.SMS_CODE_MINUTES * 60)
    text = _("登录验证码 %(code)s，%(minutes)s 分钟内有效。请不要告诉他人。")
    channel().send(user.phone, text % {"code": code, "minutes": settings.SMS_CODE_MINUTES})


def proves(user, code):
    """Whether this is the code that was sent; a right code is used up. Guesses are limited by the account's lock."""
    held = cache.get(_key(user))
    right = held is not None and constant_time_compare(held, _hashed(user, code))
    # Of two requests with the same right code only the one that removes it is let in.
    return right and cache.delete(_key(user))


def _key(user):
    return f"accounts.sms.{user.pk}"


def _hashed(user, code):
    return salted_hmac("congress.accounts.sms", f"{user.pk}:{code.strip()}", algorithm="sha256").hexdigest()
