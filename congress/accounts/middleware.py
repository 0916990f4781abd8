"""The guards of every request: the sign-in, the idle sign-off, and the password that must be changed first."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware, get_user
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

SEEN = "accounts.seen"
KEPT = "accounts.kept"  # this device stays signed in for days
_IDLE = "idle=1"  # by which the sign-in page says why
_NOTICE_EVERY = 60  # seconds; a session row written on every request would cost more than it tells


class SignInFirst(LoginRequiredMiddleware):
    """Who is not signed in is led to the sign-in, unless the page is public; what a view noted before waits for him."""

    def handle_no_permission(self, request, view_func):
        if note := getattr(view_func, "before_sign_in", None):
            note(request, **request.resolver_match.kwargs)
        answer = super().handle_no_permission(request, view_func)
        if getattr(request, "was_idle", False):
            answer["Location"] += f"&{_IDLE}"
        return answer


def before_sign_in(note):
    """Have `note(request, **kwargs of the address)` called for a stranger who is led away from this view."""

    def mark(view):
        view.before_sign_in = note
        return view

    return mark


def idle_sign_off(get_response):
    """Sign off whoever did nothing for too long (闲置退出); the page that he opened waits behind the sign-in."""

    def middleware(request):
        seen = request.session.get(SEEN)
        if seen is None or not request.user.is_authenticated:
            return get_response(request)
        request.user = get_user(request)  # himself, not the proxy that found him: pages ask him a hundred times
        now = time.time()
        if now - seen > _patience(request):
            logout(request)
            if request.method == "GET" and not request.headers.get("HX-Request"):
                request.was_idle = True
                return get_response(request)
            return lead_away(request, f"{reverse('accounts:sign_in')}?{_IDLE}")
        if now - seen > _NOTICE_EVERY:
            request.session[SEEN] = now
        return get_response(request)

    return middleware


def _patience(request):
    if request.session.get(KEPT):
        return settings.KEEP_SIGNED_IN_DAYS * 24 * 3600
    return settings.IDLE_MINUTES * 60


def password_first(get_response):
    """Whoever was given a password chooses his own before anything else (首次登录改密)."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not request.user.is_authenticated or not request.user.must_change_password:
            return None
        if request.resolver_match.view_name in ("accounts:change_password", "accounts:sign_out"):
            return None
        return lead_away(request, reverse("accounts:change_password"))

    middleware.process_view = process_view
    return middleware


def lead_away(request, address):
    """Lead the whole page away, also where htmx asked for a part of it."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
