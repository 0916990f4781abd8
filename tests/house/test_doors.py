"""Default deny: what is not on the list of public pages asks who you are."""

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from rest_framework.permissions import AllowAny

from tests.house.doors import api_doors, doors, pages
from tests.house.permission_matrix import MATRIX

PUBLIC = {name for name, line in MATRIX.items() if line.is_public}
SIGN_IN = "congress.accounts.middleware.SignInFirst"


def test_the_guard_stands_behind_the_one_who_knows_the_user():
    at = settings.MIDDLEWARE.index
    assert at(SIGN_IN) > at("django.contrib.auth.middleware.AuthenticationMiddleware")


def test_every_page_asks_for_sign_in_except_the_public_ones():
    assert {door.name for door in pages() if not door.asks_for_sign_in} == PUBLIC & {door.name for door in pages()}


def test_every_view_of_the_rest_interface_asks_too():
    """REST framework takes its views out of the sign-in guard, so each must have a permission of its own."""
    open_doors = {
        door.name
        for door in api_doors()
        if not door.view.cls.permission_classes or AllowAny in door.view.cls.permission_classes
    }
    assert open_doors <= PUBLIC


@pytest.mark.django_db
def test_a_stranger_is_led_to_the_sign_in_from_every_page_that_is_not_public(client):
    entered = []
    for door in doors():
        if door.has_parameters or door.name in PUBLIC:
            continue
        answer = client.get(reverse(door.name))
        turned_away = answer.status_code in (401, 403) if door.is_api else _leads_to_sign_in(answer)
        if not turned_away:
            entered.append((door.name, answer.status_code))
    assert entered == []


def _leads_to_sign_in(answer):
    return answer.status_code == 302 and answer["Location"].startswith(reverse(settings.LOGIN_URL))


def test_every_door_without_parameters_has_a_name_that_leads_to_it():
    nameless = []
    for door in doors():
        try:
            door.has_parameters or reverse(door.name)
        except NoReverseMatch:
            nameless.append(door.name)
    assert nameless == []
