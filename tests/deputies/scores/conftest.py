from datetime import date

import pytest

from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.scores.windows import year
from tests.factories.activities import DutyRecordFactory
from tests.factories.organs import TermFactory
from tests.factories.roll import DeputyFactory, MandateFactory
from tests.factories.scores import ItemFactory, SchemeFactory, VersionFactory


@pytest.fixture
def term(county):
    return TermFactory(congress=county, number=18, starts_on=date(2022, 1, 10))


@pytest.fixture
def seat(county, term):
    """seat(name, …) → a mandate of the county in force since 2022."""

    def made(name="田禾", *, user=None, **fields):
        return MandateFactory(congress=county, term=term, deputy=DeputyFactory(name=name, user=user), **fields)

    return made


@pytest.fixture
def rules(county):
    """rules(items, …) → a version of a scheme of the county, in force since 2022."""

    def made(*items, subject="deputy", shown="own", scheme=None, **fields):
        scheme = scheme or SchemeFactory(congress=county, subject=subject, shown=shown)
        version = VersionFactory(scheme=scheme, **fields)
        for position, item in enumerate(items, start=1):
            ItemFactory(version=version, position=position, **({"code": f"{position}"} | item))
        return version

    return made


@pytest.fixture
def did(clerk):
    """did(mandate, kind, times=…, …) → settled records, one a day from February 2025."""

    def made(mandate, kind=Kind.INSPECTION, times=1, **fields):
        rows = (
            DutyRecordFactory.build(
                **({"held_on": date(2025, 2, 1 + number)} | fields),
                mandate=mandate,
                congress=mandate.congress,
                kind=kind,
                registered_by=clerk,
            )
            for number in range(times)
        )
        return DutyRecord.objects.bulk_create(rows)

    return made


@pytest.fixture
def y2025():
    return year(2025)
