"""What residents say, for tests (民情)."""

from datetime import date

import factory

from liaison.opinions.models import Opinion, code_index
from tests.factories.accounts import UserFactory
from tests.factories.stations import StationFactory


class OpinionFactory(factory.django.DjangoModelFactory):
    """A lamp that does not burn, written at a station's code on 2 March 2026; its query code is the sequence."""

    class Meta:
        model = Opinion

    station = factory.SubFactory(StationFactory)
    congress = factory.SelfAttribute("station.congress")
    channel = Opinion.Channel.CODE
    text = "村口的路灯坏了两个月，晚上老人不敢出门。"
    place = "柳溪村"
    heard_on = date(2026, 3, 2)
    recorded_by = factory.SubFactory(UserFactory)
    code_index = factory.Sequence(lambda n: code_index(f"{n:012}".replace("0", "A").replace("1", "B")))
