"""`check_record`: what was altered behind the application's back is found, and an untouched record passes."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from congress.deadlines import actions as clocks
from congress.deadlines import ledger
from congress.deadlines.models import Clock
from congress.procedure import evidence, journal
from congress.procedure.models import Chain, Entry
from tests.factories.docket import SuggestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(county, clerk):
    """Three cases of three entries each, with a date on every one."""
    cases = SuggestionFactory.create_batch(3, congress=county, title="修堤")
    for case in cases:
        for number in range(3):
            journal.record(case, "suggestion.nod", by=clerk, facts={"times": number})
        clocks.start("reply", case, on=date(2026, 3, 2), by=clerk)
    return cases


def check():
    """(whether it ended well, what it printed)"""
    out = io.StringIO()
    try:
        call_command("check_record", stdout=out)
    except CommandError:
        return False, out.getvalue()
    return True, out.getvalue()


@pytest.mark.parametrize("batch", [1, 2, 3, 500])
def test_an_untouched_record_passes_and_says_how_much_was_checked(cases, batch, monkeypatch):
    monkeypatch.setattr(evidence, "BATCH", batch)
    monkeypatch.setattr(ledger, "BATCH", batch)
    passed, told = check()
    assert passed
    assert f"核验 {Chain.objects.count()} 份、{Entry.objects.count()} 条，不相符 0 份" in told
    assert "核验 3 个，不相符 0 个" in told


def test_an_empty_portal_passes():
    assert check() == (True, "日志：核验 0 份、0 条，不相符 0 份。\n时限：核验 0 个，不相符 0 个。\n")


def alter(entries):
    entries.filter(seq=2).update(facts={"times": 7})


def take_out(entries):
    entries.filter(seq=2).delete()


def cut_off(entries):
    entries.order_by("seq").last().delete()


def take_all(entries):
    entries.all().delete()


def lose_the_chain(entries):
    Chain.objects.filter(kind=entries[0].kind, case_id=entries[0].case_id).delete()


@pytest.mark.parametrize("act", [alter, take_out, cut_off, take_all, lose_the_chain], ids=lambda act: act.__name__)
@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("batch", [1, 2, 500])
def test_whatever_was_done_to_one_journal_is_found_and_named(cases, act, which, batch, monkeypatch):
    monkeypatch.setattr(evidence, "BATCH", batch)
    act(Entry.objects.of(cases[which]))
    passed, told = check()
    assert not passed
    (named,) = [line for line in told.splitlines() if line.startswith("日志不相符")]
    assert f"：建议 {cases[which].pk} 第 " in named
    assert "不相符 1 份" in told


def test_a_date_changed_behind_its_ledgers_back_is_found_and_named(cases):
    clock = Clock.objects.on_case(cases[1]).get()
    Clock.objects.filter(pk=clock.pk).update(due_on=clock.due_on + timedelta(days=10))
    passed, told = check()
    assert not passed
    assert f"{cases[1].pk} 的期限 {clock.pk}（reply）" in told
    assert "核验 3 个，不相符 1 个" in told


def test_it_reads_no_more_statements_for_more_cases(cases, county, clerk, django_assert_num_queries):
    with django_assert_num_queries(7):
        check()
    for case in SuggestionFactory.create_batch(3, congress=county):
        journal.record(case, "suggestion.nod", by=clerk)
    with django_assert_num_queries(7):
        check()
