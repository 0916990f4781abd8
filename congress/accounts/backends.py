"""How a signer-in is recognised: by login name or by phone, with a password."""

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q

from congress.accounts.models import User
from congress.kit.personal import blind_index


class NameOrPhoneBackend(BaseBackend):
    """Login name or phone, with password. Permissions are asked of `rules` alone."""

    def authenticate(self, request, username=None, password=None, **credentials):
        if not username or password is None:
            return None
        user = User.objects.filter(
            Q(username=username) | Q(phone_index=blind_index(username)), is_active=True, is_robot=False
        ).first()
        if user is None:
            User().set_password(password)  # the same time as a wrong password takes
            return None
        return user if user.check_password(password) else None

    def get_user(self, user_id):
        return User.objects.filter(pk=user_id, is_active=True).first()
