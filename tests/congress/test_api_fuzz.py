"""Strange requests at every operation of the REST interface: never an error of ours, always what the schema says.

Bounded and always the same: so many requests an operation and person, from a fixed seed. Each operation meets the
same county, for what it did is undone before the next.
"""

from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from rest_framework.throttling import SimpleRateThrottle
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from congress.accounts.actions import issue_token
from deputies.activities import actions as activities
from liaison.opinions.models import Opinion
from suggestions.appraisals.models import Slip
from suggestions.docket import actions
from suggestions.docket.models import Assignment, Cosigner
from tests.factories.activities import ActivityFactory
from tests.factories.docket import SuggestionFactory, clerk_of, officer_of, seat
from tests.factories.duties import claimed, registered
from tests.factories.notices import NoticeFactory
from tests.factories.opinions import OpinionFactory
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db
REQUESTS = {"deputy": 6, "officer": 4, "stranger": 3}  # for each operation
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


class Undone(Exception):
    """Leaves the county as it was."""


@pytest.fixture(autouse=True)
def _one_connection():
    """The requests run in the test's own transaction, as those of Django's client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def people(county):
    """Who speaks: a deputy with work in every room, the officer of a department, and nobody."""
    water = DepartmentFactory(congress=county)
    lead = seat(county)
    return {"deputy": lead.deputy.user, "officer": officer_of(water), "stranger": None, "lead": lead, "water": water}


@pytest.fixture
def known(people, county):
    """The numbers that are there, by the first word of an address."""
    lead, water = people["lead"], people["water"]
    since = timezone.localdate() - timedelta(days=85)
    drafts = SuggestionFactory(congress=county, lead=lead)
    other = SuggestionFactory(congress=county)
    actions.save_draft(other, asks=["修复缺口。"], cosigners=[lead], by=other.lead.deputy.user)
    handled = SuggestionFactory(congress=county, lead=lead, department=water, assigned=True)
    replied = SuggestionFactory(congress=county, lead=lead, department=water, replied=True, since=since)
    NoticeFactory(recipient=people["deputy"])
    OpinionFactory(station__congress=county, addressed_to=lead)
    now = timezone.now()
    activity = ActivityFactory(
        congress=county, term=lead.term, starts_at=now, ends_at=now + timedelta(hours=2), pre_study="有关规定"
    )
    activities.invite(activity, [lead], on=timezone.localdate(), by=clerk_of(county))
    activities.announce(activity, on=timezone.localdate(), by=clerk_of(county))
    return {
        "activities": [activity.pk],
        "duties": [registered(lead).pk, claimed(lead).pk],
        "calls": list(activity.invitations.values_list("pk", flat=True)),
        "opinions": list(Opinion.objects.values_list("pk", flat=True)),
        "suggestions": [drafts.pk, handled.pk, replied.pk],
        "appraisals": [replied.pk],
        "shares": list(Assignment.objects.values_list("pk", flat=True)),
        "invitations": list(Cosigner.objects.values_list("pk", flat=True)),
        "slips": list(Slip.objects.values_list("pk", flat=True)),
        "notices": list(people["deputy"].notices.values_list("pk", flat=True)),
    }


@pytest.mark.parametrize("person", ["deputy", "officer", "stranger"])
def test_no_request_makes_the_interface_fail_or_break_its_word(monkeypatch, people, known, person):
    for scope in SimpleRateThrottle.THROTTLE_RATES:
        monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, scope, None)
    schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
    portal = get_wsgi_application()
    schema.app = lambda environ, start: portal(environ | {"REMOTE_ADDR": "127.0.0.1"}, start)
    tried = 0
    for found in schema.get_all_operations():
        tried += _tried(found.ok(), people[person], known, REQUESTS[person])
    assert tried >= 50


def _tried(operation, user, known, requests):
    room = operation.path.split("/")[3]
    headers = {}
    try:
        with transaction.atomic():
            if user is not None:
                headers["Authorization"] = f"Bearer {issue_token(user, at=timezone.now())[1]}"
            _speak(operation, headers, known.get(room, []), requests)
            raise Undone
    except Undone:
        return 1


def _speak(operation, headers, numbers, requests):
    modes = [schemathesis.GenerationMode.POSITIVE]
    if operation.body or operation.query:
        modes.append(schemathesis.GenerationMode.NEGATIVE)
    strategies = [operation.as_strategy(generation_mode=mode) for mode in modes]

    @seed(20260301)
    @settings(
        max_examples=requests,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(strategies), number=st.sampled_from(numbers) if numbers else st.none())
    def ask(case, number):
        if number is not None and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = number
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)

    ask()
