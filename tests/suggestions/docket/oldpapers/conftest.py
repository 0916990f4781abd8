from datetime import date

import pytest

from congress.files.actions import store
from congress.kit.uploads import SHEETS
from suggestions.docket.oldpapers.bringing import OLD_PAPERS, check_file
from suggestions.docket.oldpapers.writing import write
from tests.deputies.roll.rosters import as_csv
from tests.factories.organs import DepartmentFactory, SessionFactory, TermFactory
from tests.factories.roll import DeputyFactory, MandateFactory
from tests.suggestions.docket.oldpapers.tables import HEAD, upload

TODAY = date(2026, 3, 20)


@pytest.fixture
def term(county):
    return TermFactory(congress=county, number=18, starts_on=date(2022, 1, 10))


@pytest.fixture
def session(county, term):
    return SessionFactory(
        congress=county, term=term, number=2, opened_on=date(2024, 1, 10), closed_on=date(2024, 1, 14)
    )


@pytest.fixture
def water(county):
    return DepartmentFactory(congress=county, name=f"{county.region}水务局", short_name="水务局")


@pytest.fixture
def tian(county, term):
    return MandateFactory(congress=county, term=term, deputy=DeputyFactory(name="田禾"))


@pytest.fixture
def check(county, session):
    """check(rows, …) → the lines of a table, judged against the docket of the county."""

    def judged(*rows, head=HEAD, decisions=None):
        _headings, lines = check_file(
            as_csv([head, *rows]), name="旧件.csv", congress=county, session=session, today=TODAY, decisions=decisions
        )
        return lines

    return judged


@pytest.fixture
def take_in(county, check, clerk):
    """take_in(rows) → the cases of a table that was written down."""

    def written(*rows, head=HEAD):
        lines = check(*rows, head=head)
        return [case for _line, case in write(lines, congress=county, by=clerk, on=TODAY, file_name="旧件.csv")]

    return written


@pytest.fixture
def bring(county, session, clerk):
    """bring(rows) → an uploaded table after the worker checked it."""

    def uploaded(*rows, name="旧件.csv", head=HEAD):
        stored = store(upload(rows, name, head), congress=county, by=clerk, kinds=SHEETS)
        batch = OLD_PAPERS.upload(stored, congress=county, session=session, by=clerk)
        OLD_PAPERS.check(batch)
        return batch

    return uploaded
