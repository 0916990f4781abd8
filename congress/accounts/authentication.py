"""How the REST interface recognises who asks by a token (令牌认证)."""

import structlog
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from congress.accounts import actions

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; whoever still has to choose a password of his own goes no further."""

    def authenticate(self, request):
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != SCHEME.lower().encode():
            return None
        token = actions.token_of(secret.strip().decode("latin-1"), at=timezone.now())
        if token is None:
            raise AuthenticationFailed(_("令牌无效或者已过期，请重新登录。"), code="token_not_valid")
        if token.user.must_change_password:
            raise PermissionDenied(_("请先登录网页修改密码。"), code="password_first")
        structlog.contextvars.bind_contextvars(user_id=token.user.pk)
        return token.user, token

    def authenticate_header(self, request):
        return SCHEME


class Stranger(BaseAuthentication):
    """For the doors at which nobody is known yet: an old token that a client still sends does no harm."""

    def authenticate(self, request):
        return None

    def authenticate_header(self, request):
        return SCHEME
