"""Which seats a signed-in deputy holds, read once per request (本人资格)."""

from congress.organs.hats import hats_of
from deputies.roll.models import Mandate


def seats_of(user):
    """Ids of the mandates of this user that are in force or suspended; a suspended one still shows its cases."""
    if not hats_of(user).deputy_in:  # nobody else holds a seat: staff pages ask for none
        return frozenset()
    if not hasattr(user, "_seats"):
        user._seats = tuple(Mandate.objects.filter(deputy__user=user).values_list("pk", "congress_id", "state"))
    return frozenset(pk for pk, _congress, _state in user._seats)


def active_seats_of(user):
    """Ids of the mandates with which the user may act today."""
    seats_of(user)
    return frozenset(pk for pk, _congress, state in getattr(user, "_seats", ()) if state == Mandate.State.ACTIVE)
