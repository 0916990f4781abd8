from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from congress.procedure.journal import broken_link
from congress.procedure.models import Entry
from suggestions.docket.models import Category, NumberSeries, Suggestion
from tests.factories.docket import SuggestionFactory, clerk_of, seat, session_of
from tests.factories.rulebook import plant

AT_ONCE = 20


@pytest.fixture
def replanted(transactional_db):
    """The tables as the migrations fill them, before and after: this test really commits."""
    plant()
    yield
    connection.close()


@pytest.fixture(scope="module", autouse=True)
def _leave_the_rulebook_as_it_was(django_db_blocker, django_db_setup):
    yield
    with django_db_blocker.unblock():
        plant()
        connection.close()


def sent(url, user, form):
    client = Client()
    client.force_login(user)
    try:
        return client.post(url, form).status_code
    finally:
        connection.close()


def test_twenty_identical_requests_at_once_register_one_case_under_one_number(replanted, county):
    case = SuggestionFactory(congress=county, submitted=True)
    category = Category.objects.create(congress=county, name="农业水利")
    user = clerk_of(county)
    url = reverse("docket:check", args=[case.pk, "register"])
    client = Client()
    client.force_login(user)
    form = client.get(url).context["form"]
    filled = {name: form[name].value() for name in ("version", "request_key")}
    filled |= {"on": case.submitted_on, "late_reason": "会议期间纸质办理。", "category": category.pk}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = set(pool.map(lambda _each: sent(url, user, filled), range(AT_ONCE)))
    assert statuses <= {302, 409}
    case = Suggestion.objects.get(pk=case.pk)
    assert (case.state, case.serial) == (Suggestion.State.REGISTERED, 1)
    assert Entry.objects.filter(verb="suggestion.register").count() == 1
    assert NumberSeries.objects.get().last == 1
    assert broken_link(case) is None


def test_one_form_sent_twenty_times_at_once_makes_one_draft(replanted, county):
    session_of(county)
    user = seat(county).deputy.user
    written = {"kind": "suggestion", "title": "修缮村小操场", "situation": "开裂。", "ask": "修缮。", "draft_key": "k"}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = set(pool.map(lambda _each: sent(reverse("docket:write"), user, written), range(AT_ONCE)))
    assert statuses <= {302, 422}
    assert Suggestion.objects.count() == 1
