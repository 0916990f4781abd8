"""Requests for help, money and reports in confidence for tests, carried by their own verbs (履职保障)."""

from datetime import date
from decimal import Decimal

import factory

from deputies.safeguards import actions
from deputies.safeguards.models import Budget, Confidant, HelpRequest, ProtectedReport, Spending
from tests.factories.accounts import UserFactory
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


class ConfidantFactory(factory.django.DjangoModelFactory):
    """Somebody of the office, named on 5 January 2026."""

    class Meta:
        model = Confidant

    congress = factory.SubFactory(CongressFactory)
    user = factory.LazyAttribute(lambda confidant: clerk_of(confidant.congress))
    named_on = date(2026, 1, 5)
    named_by = factory.SubFactory(UserFactory)


class ProtectedReportFactory(factory.django.DjangoModelFactory):
    """Of 2 March 2026: a deputy was moved from his post after an inspection."""

    class Meta:
        model = ProtectedReport

    congress = factory.SubFactory(CongressFactory)
    mandate = factory.LazyAttribute(lambda report: seat(report.congress))
    kind = ProtectedReport.Kind.REVENGE
    against = "厂长牛满仓"
    text = "视察以后被调离原岗位。"
    on = date(2026, 3, 2)

    @classmethod
    def _create(cls, model_class, *, congress, mandate, **told):
        return actions.report(mandate, **told)
