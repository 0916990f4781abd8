from datetime import timedelta

import pytest
from django.utils import timezone

from congress.procedure import once
from congress.procedure.models import Sent
from congress.procedure.tasks import forget_requests
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def made_with(key, *, by, makes=7, noun="draft"):
    """What stood there before the request made its thing."""
    with once.making(noun, key, by=by) as sent:
        before = sent.made
        sent.made = makes
    return before


def test_a_request_sent_again_finds_what_it_made():
    user = UserFactory()
    assert made_with("a", by=user) is None
    assert made_with("a", by=user) == 7


def test_another_key_another_thing_or_another_person_is_another_request():
    user = UserFactory()
    made_with("a", by=user)
    assert made_with("b", by=user) is None
    assert made_with("a", by=user, noun="theme") is None
    assert made_with("a", by=UserFactory()) is None


def test_without_a_key_every_request_is_a_new_one():
    user = UserFactory()
    assert [made_with("", by=user), made_with("", by=user)] == [None, None]
    assert not Sent.objects.exists()


def test_a_request_that_failed_is_as_if_it_had_not_been_sent():
    user = UserFactory()
    with pytest.raises(ZeroDivisionError), once.making("draft", "a", by=user) as sent:
        sent.made = 1 / 0
    assert made_with("a", by=user) is None


def test_requests_of_long_ago_are_forgotten():
    user = UserFactory()
    made_with("old", by=user)
    Sent.objects.update(at=timezone.now() - once.REMEMBERED - timedelta(hours=1))
    made_with("new", by=user)
    assert forget_requests(at=timezone.now()) == 1
    assert made_with("new", by=user) == 7
