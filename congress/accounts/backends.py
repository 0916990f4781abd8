"""How a signer-in is recognised: by login name or by phone, with a password."""

from django.contrib.auth.backends import BaseBackend

from congress.accounts.models import User
from congress.accounts.signed_in import user_of_session


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
        return user_of_session(user_id)
