"""How often a stranger may write or guess (限流): enough for a village behind one address, not for a machine."""

from allauth.core import ratelimit

SAY, WRONG_CODE = "resident_say", "resident_wrong_code"


def is_too_often(request, action, *, dry_run=False):
    return not ratelimit.consume(request, action=action, dry_run=dry_run)
