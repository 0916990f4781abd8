"""What the REST interface asks of a role beyond its token (接口的登录要求)."""

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import BasePermission

from congress.organs.middleware import must_enrol


class SecondFactorFirst(BasePermission):
    """Whose role demands the second factor enrols on a page before his token opens anything."""

    code = "second_factor_first"
    message = _("您的身份要求启用动态口令，请先登录网页启用。")

    def has_permission(self, request, view):
        return not request.user.is_authenticated or not must_enrol(request.user)
