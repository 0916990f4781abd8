"""Who a signed-in session belongs to; who signs in is judged by `actions.attempt`, which counts failures."""

from django.contrib.auth.backends import BaseBackend

from congress.accounts.signed_in import user_of_session


class SessionBackend(BaseBackend):
    """Recognises whom a session has signed in, and signs nobody in. Permissions are asked of `rules` alone."""

    def get_user(self, user_id):
        return user_of_session(user_id)
