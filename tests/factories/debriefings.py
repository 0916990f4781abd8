"""Debriefings for tests, carried by their own verbs (述职)."""

from datetime import date

import factory

from deputies.debriefings.models import Debriefing, Statement
from tests.factories.accounts import UserFactory
from tests.factories.organs import TermFactory
from tests.factories.roll import MandateFactory


class DebriefingFactory(factory.django.DjangoModelFactory):
    """An oral one, planned for 20 May 2026; nobody reports yet."""

    class Meta:
        model = Debriefing

    term = factory.SubFactory(TermFactory)
    congress = factory.SelfAttribute("term.congress")
    title = "柳溪选区代表述职评议会"
    planned_on = date(2026, 5, 20)
    place = "柳溪镇政府"
    created_by = factory.SubFactory(UserFactory)


class StatementFactory(factory.django.DjangoModelFactory):
    """One deputy of that congress reports."""

    class Meta:
        model = Statement

    debriefing = factory.SubFactory(DebriefingFactory)
    mandate = factory.SubFactory(
        MandateFactory,
        congress=factory.SelfAttribute("..debriefing.congress"),
        term=factory.SelfAttribute("..debriefing.term"),
    )
