from datetime import date
from decimal import Decimal

import pytest

from deputies.assessments import actions
from deputies.assessments.models import Marking
from deputies.roll.models import DeputyGroup
from deputies.scores.windows import year
from tests.factories.assessments import MethodFactory
from tests.factories.organs import TermFactory
from tests.factories.roll import DelegationFactory, DeputyFactory, MandateFactory
from tests.people import serving

OPENED = date(2026, 1, 5)


@pytest.fixture
def term(county):
    return TermFactory(congress=county, number=18, starts_on=date(2022, 1, 10))


@pytest.fixture
def delegation(county, township):
    return DelegationFactory(congress=county, name="柳溪镇代表团", township=township)


@pytest.fixture
def group(county, township):
    return DeputyGroup.objects.create(congress=county, name="柳溪镇代表小组", township=township)


@pytest.fixture
def seat(county, term, delegation, group):
    """seat(name, user=…) → a deputy of the county in the township's delegation and group."""

    def made(name="田禾", *, user=None, **fields):
        fields = {"delegation": delegation} | fields
        mandate = MandateFactory(congress=county, term=term, deputy=DeputyFactory(name=name, user=user), **fields)
        mandate.groups.add(group)
        return mandate

    return made


@pytest.fixture
def deputy(seat, deputy_user):
    return seat("田禾", user=deputy_user)


@pytest.fixture
def group_leader(seat, group, county):
    """The account of the leader of the group, who is a deputy himself."""
    user = serving("deputy", county, user__name="组长庄")
    group.leader = seat("庄严", user=user)
    group.save()
    return user


@pytest.fixture
def open_year(clerk):
    """open_year(method) → the assessment of 2025, opened in January 2026."""

    def made(method, **fields):
        return actions.open_assessment(
            method, year(2025), **({"due_on": date(2026, 1, 31), "on": OPENED, "by": clerk} | fields)
        )

    return made


@pytest.fixture
def method(county):
    return MethodFactory(congress=county)


@pytest.fixture
def rate(clerk):
    """rate(sheet, rater, 50, 40) → that rater's marks, put down by the office unless `by` says otherwise."""

    def given(sheet, rater, *points, grade="", by=None, on=OPENED, **more):
        marking = Marking.objects.get(sheet=sheet, stage__rater=rater)
        dimensions = marking.stage.method.dimensions.all()
        marks = {each.pk: Decimal(str(value)) for each, value in zip(dimensions, points, strict=False)}
        return actions.give(marking, marks=marks, grade=grade, on=on, by=by or clerk, **more)

    return given
