from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from congress.accounts.models import User
from congress.deadlines.ledger import disagreeing
from congress.deadlines.models import Clock
from congress.demo import cases, people, seed
from congress.notices.models import Notice
from congress.organs.models import Congress
from congress.portal.models import Publication, Story
from congress.procedure.journal import broken_link
from congress.rulebook.book import rules_for
from deputies.debriefings.models import Debriefing
from deputies.pledges import counters
from deputies.pledges.contacting import coverage, reaching_residents
from deputies.pledges.lights import Light
from deputies.pledges.models import CardTemplate, FollowUp, Pledge, Tie
from deputies.pledges.quotas import grid
from deputies.roll.models import Mandate
from deputies.safeguards.models import Budget, Confidant, HelpRequest, ProtectedReport, Spending
from deputies.scores.boards import in_force
from deputies.scores.models import PeriodClose, Scheme, Version
from deputies.scores.simulation import simulate
from deputies.training.onboarding import gaps_of, trained
from suggestions.appraisals.models import Judgement
from suggestions.docket import batches
from suggestions.docket.models import Suggestion
from suggestions.promises.figures import keeping_of
from suggestions.promises.models import Promise

DAY = date(2026, 6, 16)


@pytest.fixture
def small(monkeypatch, db):
    """The demonstration county with few people and one case of every kind."""
    for name, number in (("DEPUTIES", 40), ("STANDING", 3), ("TOWNSHIP_DEPUTIES", 3)):
        monkeypatch.setattr(people, name, number)
    monkeypatch.setattr(cases, "LAST_YEAR", (("A", 2), ("B", 1), ("C", 1)))
    monkeypatch.setattr(cases, "THIS_YEAR", tuple((stage, 1) for stage, _number in cases.THIS_YEAR))
    return seed.build(on=DAY)


def test_the_county_has_a_case_in_every_state_and_every_journal_holds(small):
    assert set(Suggestion.objects.values_list("state", flat=True)) == set(Suggestion.State.values)
    assert Judgement.objects.pending().count() == 1
    assert Suggestion.objects.filter(round_number=2).count() == 1
    assert [case for case in Suggestion.objects.all() if broken_link(case)] == []
    assert list(disagreeing(Clock.objects.all())) == []
    assert Clock.objects.overdue(on=DAY).exists()


def test_its_promises_met_every_fate_and_the_public_sees_what_was_kept(monkeypatch, db):
    for name, number in (("DEPUTIES", 40), ("STANDING", 3), ("TOWNSHIP_DEPUTIES", 3)):
        monkeypatch.setattr(people, name, number)
    monkeypatch.setattr(cases, "LAST_YEAR", (("A", 1), ("B", 13)))
    monkeypatch.setattr(cases, "THIS_YEAR", tuple((stage, 1) for stage, _number in cases.THIS_YEAR))
    county = seed.build(on=DAY)
    keeping = keeping_of(county.congress, on=DAY)
    assert keeping.kept > keeping.kept_late > 0
    assert keeping.overdue > 0
    assert keeping.ahead > 0
    assert Promise.objects.to_look_back().exists()
    assert Publication.objects.published().filter(part=Publication.Part.KEPT).exists()
    assert [promise for promise in Promise.objects.all() if broken_link(promise)] == []


def test_planting_it_writes_no_letters(small):
    assert not Notice.objects.exists()


def test_deputies_have_reports_scores_pledges_and_contacts(small):
    _have_reported_and_will_again()
    _are_scored_with_a_draft_to_be_tried(small)
    _promise_and_keep_in_touch(small)
    _newcomers_are_trained_or_owe_it(small)
    _reach_residents_and_fill_cards(small)
    _townships_work_and_some_lag_behind(small)
    _ask_for_help_and_are_answered()
    _spend_and_some_spend_too_much()
    _report_to_two_in_confidence()
    _stories_are_public_or_wait(small)
    assert Mandate.objects.filter(deputy__has_fixed_income=False, duties__state="settled").exists()


def _have_reported_and_will_again():
    published = Debriefing.objects.filter(state="published", held_on__lt=DAY)
    assert published.count() == 3
    assert all(each.valid for debriefing in published for each in debriefing.statements.all())
    assert Debriefing.objects.get(state="planned").planned_on > DAY


def _are_scored_with_a_draft_to_be_tried(small):
    scheme = Scheme.objects.get(congress=small.congress)
    assert in_force(scheme, on=DAY).number == 1
    close = PeriodClose.objects.get(state="published")
    assert close.standings.count() == people.DEPUTIES
    draft = scheme.versions.get(state=Version.State.DRAFT)
    assert simulate(close.rules, draft, DAY.year - 1).moved


def _promise_and_keep_in_touch(small):
    assert set(Pledge.objects.values_list("state", flat=True)) == set(Pledge.State.values)
    assert CardTemplate.objects.count() == 3
    lines = coverage(small.congress, on=DAY).lines
    assert sorted(bool(line.shortfall) for line in lines) == [False, True, True]
    assert set(FollowUp.objects.values_list("state", flat=True)) == set(FollowUp.State.values)
    assert Tie.objects.filter(kind=Tie.Kind.MENTOR).exists()


def _ask_for_help_and_are_answered():
    assert set(HelpRequest.objects.values_list("state", flat=True)) == set(HelpRequest.State.values)
    assert HelpRequest.objects.overdue(on=DAY).exists()
    assert HelpRequest.objects.open().filter(holder__parent=None).exists()


def _spend_and_some_spend_too_much():
    left = sorted(budget.amount - budget.spent for budget in Budget.objects.with_spent())
    assert left[0] < 0 < left[1]
    assert Spending.objects.filter(struck_on__isnull=False).count() == 1
    assert Spending.objects.filter(activity__isnull=False).exists()


def _report_to_two_in_confidence():
    assert set(ProtectedReport.objects.values_list("state", flat=True)) == set(ProtectedReport.State.values)
    assert Confidant.objects.standing(on=DAY).count() == 2


def _stories_are_public_or_wait(county):
    states = list(Story.objects.filter(congress=county.congress).values_list("state", flat=True))
    assert sorted(states) == ["agreed", "asked", "published", "published"]
    assert all(each.is_agreed for each in Story.objects.readable())


def _newcomers_are_trained_or_owe_it(county):
    gaps = gaps_of(county.congress, county.term, on=DAY)
    assert [gap.seat.is_by_election for gap in gaps] == [True, True]
    late, open_still = gaps
    assert -14 < late.days_left < 0 < open_still.days_left
    assert Mandate.objects.filter(trained(), is_by_election=True).count() == 1
    assert [gaps_of(each, each.terms.get(), on=DAY) for each in county.townships] == [[]] * len(county.townships)


def _reach_residents_and_fill_cards(county):
    reached = reaching_residents(county.congress, year=DAY.year)
    assert sum(line.total >= 2 for line in reached) > len(reached) / 2
    seats = [line.seat for line in reached]
    filled = [
        card
        for template in CardTemplate.objects.filter(audience=CardTemplate.Audience.DEPUTY)
        for card in counters.cards(template, seats, year=DAY.year).values()
    ]
    assert any(card.is_complete for card in filled)
    assert any(card.met == len(card.counters) - 1 for card in filled)


def _townships_work_and_some_lag_behind(small):
    rows = grid(small.townships, year=DAY.year, on=DAY)
    assert {cell.light for row in rows for cell in row.cells} >= {Light.DONE, Light.LATE}
    assert sum(not row.having(Light.LATE) for row in rows) > len(rows) / 2
    assert rules_for(small.congress, on=DAY).flag("weekly_digest")
    assert batches.of(small.congress, on=DAY).coming(DAY) > DAY


def test_it_is_planted_once_and_says_who_can_sign_in(small):
    said = StringIO()
    call_command("seed_demo", stdout=said)
    assert "stands already" in said.getvalue()
    assert Congress.objects.filter(code=seed.CODE).count() == 1
    call_command("seed_demo", accounts=True, stdout=said)
    for login, *_rest in people.ACCOUNTS:
        assert login in said.getvalue()
        assert User.objects.get(username=login).check_password(people.PASSWORD)
