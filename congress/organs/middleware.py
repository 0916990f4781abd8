"""The guard of those roles for which a congress demands the second factor (必须启用动态口令)."""

from django.urls import reverse

from congress.accounts.middleware import lead_away
from congress.accounts.second_factor import is_enrolled
from congress.organs.hats import hats_of

_OPEN = {"accounts:enrol_second_factor", "accounts:change_password", "accounts:sign_out", "kit:elder"}


def second_factor_first(get_response):
    """Who serves in such a role enrols before anything else; what needs no account stays open to him."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if request.resolver_match.view_name in _OPEN or not must_enrol(request.user):
            return None
        return lead_away(request, f"{reverse('accounts:enrol_second_factor')}?required=1")

    middleware.process_view = process_view
    return middleware


def must_enrol(user):
    """Whether a congress demands it of a role that he holds today, and he has none; whoever came by a session
    brought along whether he has."""
    if not hats_of(user).is_asked_for_second_factor:
        return False
    enrolled = user.has_second_factor if hasattr(user, "has_second_factor") else is_enrolled(user)
    return not enrolled
