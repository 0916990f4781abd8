"""Whom residents are told that they will meet at a station (接待预告)."""

from django.db.models import Prefetch

from deputies.activities.models import Invitation
from deputies.roll.models import Deputy, Mandate


def only_expected(path):
    """Read the calls under that path without those who have leave and those whose seat is suspended or has ended."""
    calls = Invitation.objects.expected().filter(mandate__state=Mandate.State.ACTIVE).select_related("mandate__deputy")
    return Prefetch(path, queryset=calls.defer(*Deputy.personal("mandate__deputy")))
