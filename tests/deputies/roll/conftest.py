from datetime import date

import pytest

from congress.files.actions import store
from congress.kit.uploads import SHEETS
from deputies.roll import importing
from tests.deputies.roll.rosters import HEAD, as_csv, upload
from tests.factories.organs import TermFactory


@pytest.fixture
def term(county):
    return TermFactory(congress=county, number=18, starts_on=date(2022, 1, 10))


@pytest.fixture
def check(county, term):
    """check(rows, …) → the lines of a roster with HEAD, judged against the roll of the county."""

    def judged(*rows, head=HEAD, decisions=None):
        _headings, lines, _new = importing.check_file(
            as_csv([head, *rows]), name="名册.csv", congress=county, term=term, decisions=decisions
        )
        return lines

    return judged


@pytest.fixture
def take_in(county, term):
    """take_in(rows) → writes a roster into the roll of the county, as the command does."""

    def written(*rows, head=HEAD):
        _headings, lines, new = importing.check_file(as_csv([head, *rows]), name="名册.csv", congress=county, term=term)
        return importing.write(lines, new, congress=county, term=term)

    return written


@pytest.fixture
def bring(county, term, clerk):
    """bring(rows) → an uploaded roster after the worker checked it."""

    def uploaded(*rows, head=HEAD, name="名册.csv"):
        stored = store(upload([head, *rows], name), congress=county, by=clerk, kinds=SHEETS)
        batch = importing.upload(stored, congress=county, term=term, by=clerk)
        importing.check_batch(batch)
        batch.refresh_from_db()
        return batch

    return uploaded
