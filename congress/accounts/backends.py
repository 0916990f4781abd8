"""How a signer-in is recognised: by login name or by phone, with a password."""

from django.contrib.auth.backends import BaseBackend

from congress.accounts.models import User
from congress.kit.statements import Statement


class NameOrPhoneBackend(BaseBackend):
    """Login name or phone, with password. Permissions are asked of `rules` alone."""

    def authenticate(self, request, username=None, password=None, **credentials):
        if not username or password is None:
            return None
        user = User.objects.known_as(username)
        if user is None:
            User().set_password(password)  # the same time as a wrong password takes
            return None
        return user if user.check_password(password) else None

    def get_user(self, user_id):
        return next(iter(_active(user=user_id)), None)


@Statement
def _active(user):
    return User.objects.filter(pk=user, is_active=True).defer("phone")  # which few pages need deciphered
