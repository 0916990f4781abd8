"""Planting the shipped profiles again: what the product has learnt since is added, what stands is left alone."""

import pytest

from congress.rulebook.models import Rule
from tests.factories.rulebook import plant

pytestmark = pytest.mark.django_db


def test_a_code_that_a_standing_version_lacks_is_added():
    Rule.objects.filter(code="weekly_digest").delete()
    before = Rule.objects.count()
    plant()
    assert Rule.objects.filter(code="weekly_digest").count() == Rule.objects.count() - before == 18


def test_a_value_that_stands_is_left_as_it_is():
    rule = Rule.objects.filter(code="reply").first()
    Rule.objects.filter(pk=rule.pk).update(value=77)
    plant()
    rule.refresh_from_db()
    assert rule.value == 77
