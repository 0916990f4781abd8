"""The tables of lawful steps: each step has its permission and sentence, no state is a trap, no ear is deaf."""

import re

import pytest
import rules
from django.apps import apps

from congress.notices.letters import registered as registered_letters
from congress.procedure import reactions
from congress.procedure.workflow import DESCRIBED, PROCEDURES
from tests.house.floors import PYPROJECT, WINGS

ANNOUNCED = re.compile(r"""\bannounce\(\s*"([a-z_]+\.[a-z_]+)\"""")
RECORDED = re.compile(r"""journal\.record\(\s*[^,]+,\s*"([a-z_]+\.[a-z_]+)\"""")
# States in which a case may begin besides the default of its model.
BORN_IN = {"activity": {"requested"}, "share": {"to_distribute"}, "mandate": {"elect"}}
CHINESE = re.compile(r"[一-鿿]")


def procedures():
    return sorted(PROCEDURES.values(), key=lambda each: each.noun)


def model_of(procedure):
    """The model whose states the table speaks of."""
    state = type(next(iter(next(iter(procedure.steps.values())).sources)))
    return next(model for model in apps.get_models() if getattr(model, "State", None) is state)


def step_verbs():
    return {procedure.verb(name) for procedure in procedures() for name in procedure.steps}


def verbs_in_code(pattern):
    return {
        verb
        for wing in WINGS
        for path in (PYPROJECT.parent / wing).rglob("*.py")
        for verb in pattern.findall(path.read_text())
    }


def test_every_step_has_a_registered_permission():
    missing = [
        (procedure.verb(step.name), step.perm)
        for procedure in procedures()
        for step in procedure.steps.values()
        if not rules.perm_exists(step.perm)
    ]
    assert missing == []


def test_every_step_has_a_chinese_label_and_sentence():
    silent = [
        procedure.verb(step.name)
        for procedure in procedures()
        for step in procedure.steps.values()
        if not CHINESE.search(str(step.label)) or not CHINESE.search(str(step.says))
    ]
    assert silent == []


@pytest.mark.parametrize("procedure", procedures(), ids=lambda each: each.noun)
def test_every_state_can_be_reached(procedure):
    model = model_of(procedure)
    reached = {model._meta.get_field("state").default} | BORN_IN.get(procedure.noun, set())
    reached |= {step.target for step in procedure.steps.values() if step.target is not None}
    assert set(model.State) - reached == set()


@pytest.mark.parametrize("procedure", procedures(), ids=lambda each: each.noun)
def test_every_state_in_which_somebody_has_to_act_can_be_left(procedure):
    model = model_of(procedure)
    left = {
        state
        for step in procedure.steps.values()
        for state in step.sources
        if step.target is not None and step.target != state
    }
    assert set(getattr(model, "OPEN", {model._meta.get_field("state").default})) - left == set()


def test_every_reaction_listens_to_a_verb_that_is_announced():
    spoken = step_verbs() | verbs_in_code(ANNOUNCED)
    assert set(reactions.registered()) - spoken == set()


def test_every_letter_answers_a_verb_that_is_journalled_and_has_words():
    spoken = step_verbs() | verbs_in_code(RECORDED) | set(DESCRIBED)
    letters = registered_letters()
    assert set(letters) - spoken == set()
    wordless = [letter for each in letters.values() for letter in each if not CHINESE.search(str(letter.title))]
    assert wordless == []
