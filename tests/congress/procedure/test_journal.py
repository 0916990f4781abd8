from datetime import date

import pytest
from django.db import transaction

from congress.procedure import journal
from congress.procedure.models import Chain, Entry
from tests.factories.docket import SuggestionFactory

pytestmark = pytest.mark.django_db
MARCH_2 = date(2026, 3, 2)


@pytest.fixture
def case(county):
    return SuggestionFactory(congress=county)


def write(case, by, count=3):
    return [journal.record(case, "suggestion.nod", by=by, on=MARCH_2, facts={"times": n}) for n in range(count)]


def test_entries_of_a_case_are_numbered_and_chained(case, clerk):
    write(case, clerk)
    entries = list(Entry.objects.of(case))
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous_hash for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert journal.broken_link(case) is None


def test_every_case_has_a_chain_of_its_own(case, clerk, county):
    other = SuggestionFactory(congress=county)
    write(case, clerk), write(other, clerk, count=1)
    assert [entry.seq for entry in Entry.objects.of(other)] == [1]
    assert Chain.objects.filter(kind="docket.suggestion").count() == 2


@pytest.mark.parametrize(
    "change",
    [{"verb": "suggestion.shake"}, {"on": date(2026, 3, 1)}, {"facts": {"times": 7}}, {"seq": 9}, {"hash": "0" * 64}],
    ids=str,
)
def test_an_altered_entry_is_found(case, clerk, change):
    altered = write(case, clerk)[1]
    Entry.objects.filter(pk=altered.pk).update(**change)
    assert journal.broken_link(case) is not None


def test_a_missing_entry_is_found_by_the_one_after_it(case, clerk):
    _first, second, third = write(case, clerk)
    second.delete()
    assert journal.broken_link(case) == third


def test_the_same_request_is_recorded_once(case, clerk):
    journal.record(case, "suggestion.nod", by=clerk, request_key="a1")
    with pytest.raises(journal.AlreadyRecorded), transaction.atomic():
        journal.record(case, "suggestion.nod", by=clerk, request_key="a1")
    journal.record(SuggestionFactory(congress=case.congress), "suggestion.nod", by=clerk, request_key="a1")


def test_a_part_speaks_in_the_journal_of_its_whole(county, clerk):
    case = SuggestionFactory(congress=county, accepted=True)
    share = case.current_round.assignments.get()
    entry = journal.record(share, "share.nod", by=clerk)
    assert entry == Entry.objects.of(case).last()


def test_an_entry_is_told_of_only_after_the_commit(case, clerk, django_capture_on_commit_callbacks):
    heard = []
    journal.recorded.connect(lambda entry, **_: heard.append(entry.pk), weak=False, dispatch_uid="test")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            [entry] = write(case, clerk, count=1)
            assert heard == []
        assert heard == [entry.pk]
    finally:
        journal.recorded.disconnect(dispatch_uid="test")


def test_a_listener_that_fails_harms_nobody(case, clerk, django_capture_on_commit_callbacks):
    def fails(**_):
        raise ValueError

    journal.recorded.connect(fails, weak=False, dispatch_uid="test")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            [entry] = write(case, clerk, count=1)
    finally:
        journal.recorded.disconnect(dispatch_uid="test")
    assert Entry.objects.filter(pk=entry.pk).exists()
