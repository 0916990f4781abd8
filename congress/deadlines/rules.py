"""Whose clocks a user may see (期限权限); the case itself is asked for by the room that owns it."""

from django.apps import apps
from django.db.models import Q

from congress.deadlines.models import Clock
from congress.organs.hats import hats_of

SEALED = frozenset({"judge"})  # that it runs, and until when, tells how the deputy rated: for the office alone


def visible_to(user):
    """Clocks a user may see on a case that he may see: offices all of them, everybody else what is not sealed."""
    return Clock.objects.filter(Q(congress__in=hats_of(user).watches) | ~Q(rule__in=SEALED))


def cases_of(clocks, user):
    """{clock: case} for the clocks whose case the user may see; one query a kind of case."""
    wanted = {}
    for clock in clocks:
        wanted.setdefault(clock.case_kind, set()).add(clock.case_id)
    seen = {kind: apps.get_model(kind).objects.visible_to(user).in_bulk(ids) for kind, ids in wanted.items()}
    found = {clock: seen[clock.case_kind].get(clock.case_id) for clock in clocks}
    return {clock: case for clock, case in found.items() if case is not None}
