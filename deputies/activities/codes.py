"""The code on the organiser's screen: it changes every half minute, so a photo of it opens nothing (签到码)."""

import hashlib
import hmac

STEP = 30  # seconds that a code stands on the screen
_LENGTH = 12


def code_at(activity, at):
    """The code shown at that moment."""
    return _code(activity, _step(at))


def fits(activity, code, *, at):
    """Whether a code is the one on the screen, or the one just before it: a slow phone still gets in."""
    now = _step(at)
    return any(hmac.compare_digest(code.encode(), _code(activity, step).encode()) for step in (now, now - 1))


def _step(at):
    return int(at.timestamp()) // STEP


def _code(activity, step):
    told = f"{activity.pk}:{step}".encode()
    return hmac.new(activity.checkin_secret.encode(), told, hashlib.sha256).hexdigest()[:_LENGTH]
