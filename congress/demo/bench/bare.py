"""What `AuthenticationMiddleware` does, by Django's own means and none of the portal's (裸页的登录)."""

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.utils.crypto import constant_time_compare

from congress.accounts.models import User


def authentication(get_response):
    """The user of the session, found with a plain query; his phone stays enciphered, as Django knows no such field."""

    def middleware(request):
        user = User.objects.defer("phone").get(pk=request.session[SESSION_KEY])
        if not constant_time_compare(request.session[HASH_SESSION_KEY], user.get_session_auth_hash()):
            raise PermissionDenied
        request.user = user
        return get_response(request)

    return middleware
