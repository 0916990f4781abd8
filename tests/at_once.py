"""What tests of requests at the same moment share: tables that really commit, and somebody who sends (同时提交)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from tests.factories.rulebook import plant

AT_ONCE = 20


@pytest.fixture
def _replanted_after(django_db_setup, django_db_blocker):
    """The flush of a test that commits takes the rulebook with it: the tests after it find it again."""
    yield
    with django_db_blocker.unblock():
        plant()
        connection.close()


@pytest.fixture
def replanted(_replanted_after, transactional_db):
    """The tables as the migrations fill them: this test really commits."""
    plant()
    yield
    connection.close()


def sent_at_once(url, user, form):
    """The statuses of what one person sends twenty times at the same moment."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return set(pool.map(lambda _each: _sent(url, user, form), range(AT_ONCE)))


def _sent(url, user, form):
    client = Client()
    client.force_login(user)
    try:
        return client.post(url, form).status_code
    finally:
        connection.close()
