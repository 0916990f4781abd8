"""Signing a mini-program in and out, and the devices that are (登录、令牌)."""

import structlog
from allauth.core import ratelimit
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import exceptions, mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from congress.accounts import actions, refusals, second_factor
from congress.accounts.authentication import SCHEME, Stranger
from congress.accounts.models import Token
from congress.kit.api import Rows

logger = structlog.get_logger(__name__)


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema speaks of tokens."""

    target_class = "congress.accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": SCHEME.lower()}


class Credentials(serializers.Serializer):
    """What a person types."""

    login = serializers.CharField(max_length=60, help_text="登录名或手机号")
    password = serializers.CharField(max_length=128, trim_whitespace=False)
    code = serializers.CharField(
        max_length=20, required=False, allow_blank=True, help_text="启用了动态口令的人填 6 位动态口令或 8 位备用码"
    )
    device = serializers.CharField(
        max_length=60, required=False, allow_blank=True, help_text="设备叫什么，列在“我的账号”里"
    )


class Issued(serializers.Serializer):
    """The token, shown this once."""

    token = serializers.CharField(help_text="以后放在请求头里：Authorization: Bearer <token>")
    expires_at = serializers.DateTimeField()
    id = serializers.IntegerField(help_text="收回时用")


class SignIn(GenericAPIView):
    """Login name or phone with password, and the second factor of whoever has one; gives a token."""

    authentication_classes = [Stranger]
    permission_classes = [AllowAny]
    throttle_scope = "sign_in"
    serializer_class = Credentials

    @extend_schema(summary="登录，取得令牌", responses={201: Issued}, auth=[])
    @method_decorator(sensitive_variables())
    def post(self, request):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        words, now = serializer.validated_data, timezone.now()
        user = self.enter(words, at=now)
        if user.must_change_password:
            raise exceptions.PermissionDenied(_("请先登录网页修改密码。"), code="password_first")
        token, secret = actions.issue_token(user, device=words.get("device", ""), at=now)
        logger.info("token_issued", account=user.pk, token=token.pk)
        issued = {"token": secret, "expires_at": token.expires_at, "id": token.pk}
        return Response(Issued(issued).data, status=status.HTTP_201_CREATED)

    def enter(self, words, *, at):
        """Whom these words let in; both factors are one attempt, counted and locked like those at the page."""
        code = words.get("code", "")

        def proves(user):
            if not user.check_password(words["password"]):
                return False
            return not code or not second_factor.is_enrolled(user) or second_factor.proves(user, code)

        def is_whole(user):
            return bool(code) or not second_factor.is_enrolled(user)

        if not ratelimit.consume(self.request, action="sign_in_failed", dry_run=True):
            raise exceptions.Throttled(detail=refusals.too_often_words())
        try:
            user = actions.attempt(words["login"], proves, at=at, is_whole=is_whole)
        except actions.Refused as refused:
            ratelimit.consume(self.request, action="sign_in_failed")
            logger.warning("sign_in_refused", door="SignInByToken")
            if isinstance(refused, actions.Locked):
                raise exceptions.AuthenticationFailed(refusals.locked_words(refused.until), code="locked") from refused
            raise exceptions.AuthenticationFailed(refusals.refused_words(), code="refused") from refused
        if not is_whole(user):
            raise exceptions.AuthenticationFailed(_("请再填写动态口令。"), code="second_factor_needed")
        return user


class Device(serializers.ModelSerializer):
    """One device that is signed in."""

    is_this = serializers.SerializerMethodField()

    class Meta:
        model = Token
        fields = ("id", "device", "issued_at", "expires_at", "last_used_at", "is_this")

    def get_is_this(self, token) -> bool:
        return self.context["request"].auth == token


@extend_schema_view(
    list=extend_schema(summary="我登录着的设备"),
    destroy=extend_schema(summary="收回一个令牌"),
)
class TokenApi(mixins.ListModelMixin, mixins.DestroyModelMixin, Rows):
    """One's own tokens: which are open, and ending them."""

    serializer_class = Device
    pagination_class = None
    queryset = Token.objects.none()

    def get_queryset(self):
        return Token.objects.filter(user=self.request.user).open(at=timezone.now())

    def perform_destroy(self, instance):
        actions.revoke_token(instance)
        logger.info("token_revoked", account=self.request.user.pk, token=instance.pk)

    @extend_schema(summary="退出登录：收回正在用的令牌", request=None, responses={204: None})
    @action(detail=False, methods=["post"], url_path="sign-out")
    def sign_out(self, request):
        if isinstance(request.auth, Token):
            self.perform_destroy(request.auth)
        return Response(status=status.HTTP_204_NO_CONTENT)
