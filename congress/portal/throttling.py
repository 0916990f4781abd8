"""How often a stranger may write or guess (限流): enough for a village behind one address, not for a machine."""

from allauth.core import ratelimit

SAY, TRY, WRONG_CODE = "resident_say", "resident_try", "resident_wrong_code"


def is_too_often(request, action, *, dry_run=False):
    return not ratelimit.consume(request, action=action, dry_run=dry_run)


def shows_too_often(request):
    """Whether photos have to wait: to read one costs memory, whatever becomes of its form, so each try is counted."""
    return bool(request.FILES) and (is_too_often(request, SAY, dry_run=True) or is_too_often(request, TRY))


class TooOften(Exception):
    """Somebody did it more often than his address may."""
