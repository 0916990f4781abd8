"""Which seats a signed-in deputy holds, read once per request (本人资格)."""

from dataclasses import dataclass, replace

from congress.kit.statements import Statement
from congress.organs.hats import Hats, hats_of
from deputies.roll.models import Mandate


def seats_of(user):
    """Ids of the mandates of this user that are in force or suspended; a suspended one still shows its cases."""
    if not hats_of(user).deputy_in:  # nobody else holds a seat: staff pages ask for none
        return frozenset()
    if not hasattr(user, "_seats"):
        user._seats = tuple(_of_user(user=user.pk))
    return frozenset(pk for pk, _congress, _state in user._seats)


@Statement
def _of_user(user):
    return Mandate.objects.filter(deputy__user=user).values_list("pk", "congress_id", "state")


def active_seats_of(user):
    """Ids of the mandates with which the user may act today."""
    seats_of(user)
    return frozenset(pk for pk, _congress, state in getattr(user, "_seats", ()) if state == Mandate.State.ACTIVE)


@dataclass(frozen=True)
class Reader:
    """What decides which rows somebody reads, and nothing else of him: the user of a statement that is built once."""

    pk: int
    _hats: Hats
    _seats: tuple
    is_authenticated: bool = True

    @classmethod
    def of(cls, user):
        seats_of(user)
        hats = replace(hats_of(user), places=None, home=None)  # more than ids: nothing may ask for them
        return cls(user.pk, hats, getattr(user, "_seats", ()))

    def within(self, congress):
        """The same reader with this one of the congresses that he watches."""
        only = frozenset({congress})
        return replace(self, _hats=replace(self._hats, watches=only, clerk_of=self._hats.clerk_of & only))
