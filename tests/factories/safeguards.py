"""Requests for help for tests, carried by their own verbs (履职保障)."""

from datetime import date

import factory

from deputies.safeguards import actions
from deputies.safeguards.models import HelpRequest
from tests.factories.docket import seat
from tests.factories.organs import CongressFactory


class HelpRequestFactory(factory.django.DjangoModelFactory):
    """What a deputy, who can sign in, asked on 2 March 2026."""

    class Meta:
        model = HelpRequest

    congress = factory.SubFactory(CongressFactory)
    mandate = factory.LazyAttribute(lambda request: seat(request.congress))
    kind = HelpRequest.Kind.TIME
    text = "单位不批视察的假。"
    on = date(2026, 3, 2)

    @classmethod
    def _create(cls, model_class, *, congress, mandate, **told):
        return actions.ask(mandate, by=mandate.deputy.user, **told)
