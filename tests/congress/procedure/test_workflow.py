from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.accounts.models import User
from congress.procedure import reactions
from congress.procedure.journal import AlreadyRecorded
from congress.procedure.models import Entry
from congress.procedure.workflow import PROCEDURES, Procedure, Step, StepNotOpen, StepTooEarly, says
from suggestions.docket.models import Suggestion
from suggestions.docket.workflow import CASE
from tests.factories.docket import SuggestionFactory, clerk_of, seat_user

pytestmark = pytest.mark.django_db
S = Suggestion.State
MARCH_2 = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture
def registered(county):
    clerk_of(county)
    return SuggestionFactory(congress=county, registered=True)


def assign(case, *, on=None, by=None, **how):
    with CASE.taking("assign", case, on=on or case.stepped_on, by=by or clerk_of(case.congress), **how) as taken:
        taken.facts.update(who="代工委", lead="交通局", co="", organs=[])
    return taken


def test_a_step_moves_the_case_and_writes_its_sentence(registered):
    taken = assign(registered)
    fresh = Suggestion.objects.get(pk=registered.pk)
    assert (fresh.state, fresh.version, fresh.stepped_on) == (S.IN_HAND, registered.version, registered.stepped_on)
    assert taken.entry == Entry.objects.of(registered).last()
    assert str(says("suggestion.assign")) % taken.entry.facts == "代工委交办，主办交通局"


def test_the_object_in_hand_shows_what_the_row_shows(registered):
    assign(registered, holder=registered.congress)
    fresh = Suggestion.objects.get(pk=registered.pk)
    for name in ("state", "version", "stepped_on", "holder_id"):
        assert getattr(registered, name) == getattr(fresh, name)


def test_a_page_opened_before_another_step_cannot_act(registered):
    seen = registered.version
    assign(registered)
    with pytest.raises(StepNotOpen):
        assign(registered, version=seen)


def test_the_state_is_judged_on_the_row_and_not_on_the_page(registered):
    stale = Suggestion.objects.get(pk=registered.pk)
    assign(registered)
    with pytest.raises(StepNotOpen) as refused:
        assign(stale)
    assert refused.value.case.state == S.IN_HAND


def test_who_may_not_take_the_step_changes_nothing(registered):
    with pytest.raises(PermissionDenied):
        assign(registered, by=seat_user(registered))
    assert Suggestion.objects.get(pk=registered.pk).state == S.REGISTERED


def test_a_legal_date_lies_never_before_the_previous_step(registered):
    with pytest.raises(StepTooEarly) as refused:
        assign(registered, on=registered.stepped_on - DAY)
    assert "on" in refused.value.message_dict


def test_what_fails_inside_a_step_undoes_the_step(registered):
    entries = Entry.objects.of(registered).count()
    with (
        pytest.raises(ValidationError),
        CASE.taking("assign", registered, on=registered.stepped_on, by=clerk_of(registered.congress)),
    ):
        raise ValidationError("no")
    assert Suggestion.objects.get(pk=registered.pk).state == S.REGISTERED
    assert Entry.objects.of(registered).count() == entries


def test_a_step_that_keeps_the_state_is_taken_once_per_request(registered):
    assign(registered)
    version = registered.version

    def urge():
        on, by = registered.stepped_on, clerk_of(registered.congress)
        with CASE.taking("urge", registered, on=on, by=by, request_key="k1") as taken:
            taken.facts.update(who="代工委", reason="快", organs=[])

    urge()
    with pytest.raises(AlreadyRecorded):
        urge()
    assert Entry.objects.of(registered).filter(verb="suggestion.urge").count() == 1
    assert Suggestion.objects.get(pk=registered.pk).version == version


def test_a_reaction_runs_inside_the_step_and_can_undo_it(registered, monkeypatch):
    seen = []
    monkeypatch.setitem(reactions._reactions, "suggestion.assign", [seen.append])
    taken = assign(registered)
    assert seen == [taken]

    def refuses(taken):
        raise ValidationError("no")

    other = SuggestionFactory(congress=registered.congress, registered=True)
    monkeypatch.setitem(reactions._reactions, "suggestion.assign", [refuses])
    with pytest.raises(ValidationError):
        assign(other)
    assert Suggestion.objects.get(pk=other.pk).state == S.REGISTERED


def test_the_page_offers_the_steps_that_are_open_to_this_user(registered):
    offered = [step.name for step in CASE.open_steps(registered, clerk_of(registered.congress))]
    assert "assign" in offered
    assert "register" not in offered
    assert "assign" not in [step.name for step in CASE.open_steps(registered, seat_user(registered))]


# Any table, any walk


def _free_table():
    """Three states, every way between them, and a step that stays; the robot may take each."""
    states = [S.DRAFT, S.SUBMITTED, S.RETURNED]
    steps = [
        Step(f"to_{target}", "走", frozenset(states) - {target}, target, "docket.close_suggestion", "走")
        for target in states
    ]
    return Procedure("walk", *steps, Step("stay", "留", frozenset(states), None, "docket.close_suggestion", "留"))


@given(walk=st.lists(st.tuples(st.sampled_from(["draft", "submitted", "returned", None]), st.integers(-2, 4))))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_walk_the_case_is_where_its_last_lawful_step_led(county, walk):
    table, robot = _free_table(), User.objects.robot()
    del PROCEDURES["walk"]
    case = SuggestionFactory(congress=county)
    entries, state, version, last = Entry.objects.of(case).count(), case.state, case.version, None
    on = MARCH_2
    for target, days in walk:
        on += timedelta(days=days)
        lawful = (target is None or target != state) and (last is None or on >= last)
        try:
            with table.taking(f"to_{target}" if target else "stay", case, on=on, by=robot):
                pass
        except (StepNotOpen, StepTooEarly):
            assert not lawful
            continue
        assert lawful
        entries += 1
        if target:
            state, version, last = target, version + 1, on
    fresh = Suggestion.objects.get(pk=case.pk)
    assert (fresh.state, fresh.version, fresh.stepped_on) == (state, version, last)
    assert Entry.objects.of(case).count() == entries
