"""Scoring rules and closed periods for tests (积分)."""

from datetime import date
from decimal import Decimal

import factory

from deputies.duties.kinds import Kind
from deputies.scores.models import Item, Scheme, Version
from tests.factories.organs import CongressFactory


class SchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scheme

    congress = factory.SubFactory(CongressFactory)
    name = factory.Sequence(lambda n: f"履职积分（{n}）")


class VersionFactory(factory.django.DjangoModelFactory):
    """A version by the year, in force since 2022; with `draft=True` not yet."""

    class Meta:
        model = Version

    scheme = factory.SubFactory(SchemeFactory)
    number = 1
    state = Version.State.ADOPTED
    effective_from = date(2022, 1, 1)

    class Params:
        draft = factory.Trait(state=Version.State.DRAFT, effective_from=None)


class ItemFactory(factory.django.DjangoModelFactory):
    """Two points for each inspection."""

    class Meta:
        model = Item

    version = factory.SubFactory(VersionFactory)
    code = factory.Sequence(lambda n: f"{n + 1}")
    position = factory.Sequence(lambda n: n % 30000)
    text = factory.Sequence(lambda n: f"参加视察（{n}）")
    kinds = factory.LazyFunction(lambda: [Kind.INSPECTION.value])
    points = Decimal(2)
