"""Choices, overrides and calendar days for tests; the profiles and the calendar themselves are planted by migration."""

import datetime as dt
from functools import partial

import factory
from django.apps import apps

from congress.rulebook.models import CalendarDay, CongressProfile, RuleOverride, RuleProfile
from congress.rulebook.seeds import plant_calendar, plant_profiles
from tests.factories.organs import CongressFactory


def plant():
    """Plant profiles and calendar again, after a test that emptied the tables."""
    models = partial(apps.get_model, "rulebook")
    plant_profiles(models)
    plant_calendar(models)


class CongressProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CongressProfile

    class Params:
        code = "zhejiang"

    congress = factory.SubFactory(CongressFactory)
    profile = factory.LazyAttribute(lambda choice: RuleProfile.objects.get(code=choice.code))
    effective_from = dt.date(2022, 1, 1)
    ground = "第3次主任会议决定"


class RuleOverrideFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RuleOverride

    congress = factory.SubFactory(CongressFactory)
    code = "return"
    unit = "workdays"
    value = 7
    article = "本县代表建议办理办法第八条"
    effective_from = dt.date(2022, 1, 1)


class CalendarDayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalendarDay

    date = dt.date(2027, 10, 1)
    is_workday = False
    name = "国庆节"
