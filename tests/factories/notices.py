"""Notices in somebody's inbox for tests (通知)."""

import factory
from django.utils import timezone

from congress.notices.models import Notice
from tests.factories.accounts import UserFactory


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    recipient = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"entry:{n}")
    verb = "suggestion.assign"
    title = factory.Sequence(lambda n: f"请办理第{n}件建议")
    url = "/suggestions/1/"
    created_at = factory.LazyFunction(timezone.now)

    class Params:
        urgent = factory.Trait(is_urgent=True)
        is_read = factory.Trait(read_at=factory.LazyFunction(timezone.now))
