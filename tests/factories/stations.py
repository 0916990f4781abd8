"""Liaison stations for tests (联络站)."""

import factory

from liaison.stations.models import LiaisonStation
from tests.factories.organs import CongressFactory


class StationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LiaisonStation

    congress = factory.SubFactory(CongressFactory)
    name = factory.Sequence(lambda n: f"柳{n}镇代表联络站")
    short_name = factory.Sequence(lambda n: f"柳{n}镇站")
