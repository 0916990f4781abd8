"""The table of permissions is complete, and what it promises is what the pages do."""

import pytest
from django.urls import reverse

from congress.organs.roles import Role
from tests.factories.docket import seat
from tests.house.doors import doors
from tests.house.permission_matrix import MATRIX

REFUSED = {403, 404}
ENTERED = {200, 302, 405}


def test_every_url_name_has_its_line_and_every_line_its_url():
    named = {door.name for door in doors()}
    assert {"missing": named - set(MATRIX), "stale": set(MATRIX) - named} == {"missing": set(), "stale": set()}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_enters_where_the_table_says_and_nowhere_else(client, person, role):
    user = person(role)
    if role == Role.DEPUTY:
        seat(user.memberships.get().organ.as_congress, user=user)
    surprises = []
    for door in doors():
        if door.has_parameters or door.name not in MATRIX:
            continue
        client.force_login(user)  # anew: one of the doors signs out
        status = client.get(reverse(door.name)).status_code
        expected = ENTERED if MATRIX[door.name].allows(role) else REFUSED
        if status not in expected and not (door.name == "dashboards:readyz" and status == 503):
            surprises.append((door.name, status))
    assert surprises == []
