"""Deputies and their seats for tests (名册)."""

from datetime import date

import factory

from deputies.roll.models import Delegation, Deputy, Mandate
from tests.factories.organs import CongressFactory, TermFactory


class DelegationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delegation

    congress = factory.SubFactory(CongressFactory)
    name = factory.Sequence(lambda n: f"第{n}代表团")


class DeputyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Deputy

    name = factory.Sequence(lambda n: f"田禾{n}")


class MandateFactory(factory.django.DjangoModelFactory):
    """A seat in force since the first session of the term."""

    class Meta:
        model = Mandate

    congress = factory.SubFactory(CongressFactory)
    term = factory.SubFactory(TermFactory, congress=factory.SelfAttribute("..congress"))
    deputy = factory.SubFactory(DeputyFactory)
    started_on = date(2022, 1, 10)
