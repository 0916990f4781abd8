"""Requests for help and money for tests, carried by their own verbs (履职保障)."""

from datetime import date
from decimal import Decimal

import factory

from deputies.safeguards import actions
from deputies.safeguards.models import Budget, HelpRequest, Spending
from tests.factories.docket import clerk_of, seat
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


class BudgetFactory(factory.django.DjangoModelFactory):
    """50,000 for 2026."""

    class Meta:
        model = Budget

    congress = factory.SubFactory(CongressFactory)
    year = 2026
    amount = Decimal(50000)


class SpendingFactory(factory.django.DjangoModelFactory):
    """12,300 for the cars of an inspection, on 14 May 2026."""

    class Meta:
        model = Spending

    budget = factory.SubFactory(BudgetFactory)
    spent_on = date(2026, 5, 14)
    amount = Decimal(12300)
    purpose = "视察租车费"
    by = factory.LazyAttribute(lambda spending: clerk_of(spending.budget.congress))
