"""The direction of imports is law: it holds, and every contract is seen to break when it is broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.floors import PYPROJECT, WINGS, contracts, floor_of_rooms, our_rooms

LINTER = Path(sys.executable).with_name("lint-imports")

VIOLATIONS = [
    ("floors", "suggestions/docket/papers.py", "import suggestions.appraisals.models"),
    ("floors", "congress/notices/letters.py", "from suggestions.docket import models"),
    ("floors", "congress/kit/shortcuts.py", "from congress.accounts.models import User"),
    ("floors", "congress/dashboards/figures.py", "from congress.demo import apps"),
    ("floors", "deputies/roll/reports.py", "from congress.urls import urlpatterns"),
    ("wing-congress", "congress/organs/lookup.py", "from congress.rulebook.book import rules_for"),
    ("wing-congress", "congress/newcomer/__init__.py", ""),
    ("wing-deputies", "deputies/newcomer/__init__.py", ""),
    ("wing-suggestions", "suggestions/newcomer/__init__.py", ""),
    ("wing-suggestions", "suggestions/docket/late.py", "from suggestions.appraisals import apps"),
    ("wing-liaison", "liaison/newcomer/__init__.py", ""),
    ("anatomy", "congress/organs/models.py", "from congress.organs import rules"),
    ("anatomy", "congress/rulebook/models.py", "from congress.rulebook import urls"),
    ("anatomy", "suggestions/docket/workflow.py", "from suggestions.docket import actions"),
    ("anatomy", "suggestions/docket/rules.py", "from suggestions.docket import workflow"),
    ("anatomy", "congress/deadlines/models.py", "from congress.deadlines.helper import x"),
]


@pytest.fixture
def copy_of_the_house(tmp_path):
    """The code of the four wings and its contracts, to be damaged."""
    for wing in WINGS:
        shutil.copytree(PYPROJECT.parent / wing, tmp_path / wing, ignore=shutil.ignore_patterns("static", "*.pyc"))
    shutil.copy(PYPROJECT, tmp_path)
    return tmp_path


def lint(house, *contract_ids):
    chosen = [part for each in contract_ids for part in ("--contract", each)]
    return subprocess.run(
        [LINTER, "--no-cache", "--no-logo", *chosen], cwd=house, capture_output=True, text=True, check=False
    )


def test_every_import_points_down():
    answer = lint(PYPROJECT.parent)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(("contract", "module", "line"), VIOLATIONS)
def test_a_contract_breaks_when_it_is_violated(copy_of_the_house, contract, module, line):
    damaged = copy_of_the_house / module
    damaged.parent.mkdir(parents=True, exist_ok=True)
    (copy_of_the_house / "congress/deadlines/helper.py").write_text("from congress.deadlines import actions\n")
    with damaged.open("a") as file:
        file.write(f"\n{line}\n")
    answer = lint(copy_of_the_house, contract)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert " BROKEN" in answer.stdout


def test_every_contract_is_seen_to_break():
    assert {contract for contract, _module, _line in VIOLATIONS} == set(contracts())


def test_every_room_has_a_floor_and_an_anatomy():
    engines = {"congress.kit", "congress.procedure"}  # why not these two: pyproject.toml
    assert set(our_rooms()) <= set(floor_of_rooms())
    assert set(contracts()["anatomy"]["containers"]) == set(our_rooms()) - engines


def test_wings_and_floors_tell_the_same_order():
    height = floor_of_rooms()
    for wing in WINGS:
        layers = [layer.split("|") for layer in contracts()[f"wing-{wing}"]["layers"]]
        named = [[height[f"{wing}.{room.strip(' ()')}"] for room in layer if f"{wing}.{room.strip(' ()')}" in height]
                 for layer in layers]  # fmt: skip
        heights = [floor for layer in named for floor in layer]
        assert heights == sorted(heights, reverse=True), wing


def test_a_wing_holds_nothing_but_its_rooms():
    for wing in WINGS:
        source = (PYPROJECT.parent / wing / "__init__.py").read_text()
        allowed = "from congress.celery import app" if wing == "congress" else ""
        lines = [line for line in source.splitlines() if line.startswith(("import ", "from "))]
        assert [line for line in lines if not line.startswith(allowed or "\0")] == [], wing
