"""The user of a session, with what rooms above want to know of him on every page, in one statement (登录用户)."""

from congress.accounts.models import User
from congress.kit.statements import Statement

_with_him = {}


def read_with_user(name):
    """Register `function() → expression on User`: its value stands on whoever signed in, under this name."""

    def register(function):
        _with_him[name] = function
        return function

    return register


def user_of_session(pk):
    """The active user of this id, or None."""
    return next(iter(_active(user=pk)), None)


@Statement
def _active(user):
    """His phone stays enciphered where it lies: few pages need it."""
    beside = {name: function() for name, function in _with_him.items()}
    return User.objects.filter(pk=user, is_active=True).defer("phone").annotate(**beside)
