"""Every role's pages are open, whole and accessible, on the desk and on the phone (通览)."""

import pytest
from django.urls import reverse

from congress.organs.roles import Role
from suggestions.docket.models import Suggestion
from tests.e2e.screen import DESK, PHONE
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of, seat_user

EVERYBODY = ("dashboards:desk", "notices:inbox")
OWN = ("accounts:profile", "accounts:change_password", "notices:preferences", "rulebook:mine", "rulebook:calendar")
STAGES = ("registered", "drafted", "replied")
PAGES = {
    Role.NPC_CLERK: (
        *OWN, "dashboards:cockpit", "dashboards:settings", "docket:list", "docket:record", "docket:saved",
        "roll:list", "roll:imports", "promises:list", "assessments:list", "assessments:methods", "assessments:awards",
    ),
    Role.LEADER: ("dashboards:cockpit", "dashboards:screen", "docket:list"),
    Role.DEPUTY: (*OWN, "docket:mine", "docket:list", "promises:list", "assessments:mine"),
    Role.CASE_OFFICER: ("docket:list",),
    Role.DEPARTMENT_HEAD: ("docket:list",),
    Role.GOVERNMENT_OFFICE: ("docket:list",),
    Role.COMMITTEE_CLERK: ("docket:list",),
    Role.TOWNSHIP_CLERK: ("dashboards:cockpit", "docket:list"),
    Role.AUDITOR: ("dashboards:journal",),
    Role.ADMINISTRATOR: ("dashboards:settings", "kit:gallery"),
    Role.STATION_KEEPER: (),
}  # fmt: skip


@pytest.fixture
def cases(county, water):
    first = SuggestionFactory(congress=county, department=water, stage=STAGES[0])
    rest = [SuggestionFactory(congress=county, department=water, lead=first.lead, stage=stage) for stage in STAGES[1:]]
    return [first, *rest]


@pytest.mark.parametrize("role", PAGES)
def test_the_pages_of_a_role_are_whole_and_accessible(role, cases, person, water, at):
    known = {
        Role.NPC_CLERK: lambda: clerk_of(cases[0].congress),
        Role.DEPUTY: lambda: seat_user(cases[0]),
        Role.CASE_OFFICER: lambda: officer_of(water),
        Role.DEPARTMENT_HEAD: lambda: head_of(water),
    }
    user = known.get(role, lambda: person(role))()
    screen = at(user, PHONE if role == Role.DEPUTY else DESK)
    for name in (*EVERYBODY, *PAGES[role]):
        screen.open(reverse(name)).look()
    if role in known:
        for case in Suggestion.objects.visible_to(user):
            screen.open(case.get_absolute_url()).look()


def test_the_pages_are_readable_on_dark_ground(cases, at):
    screen = at(clerk_of(cases[0].congress)).open(reverse("accounts:profile"))
    screen.press("换成深色")
    for name in ("accounts:profile", "dashboards:desk", "dashboards:cockpit", "docket:list", "roll:list"):
        screen.open(reverse(name)).look()
    screen.open(cases[-1].get_absolute_url()).look()


def test_the_door_is_whole_and_accessible(county, window):
    screen = window()
    for name in ("accounts:sign_in", "accounts:activate"):
        screen.open(reverse(name)).look()
