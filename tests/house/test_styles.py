"""A class that no page bears is a rule that nobody sees: it goes from the style sheets with what it dressed."""

import ast
import re

from django.conf import settings

from tests.house.floors import WINGS
from tests.house.test_templates import template_files

SHEETS = settings.BASE_DIR / "congress" / "static" / "css"
SCRIPTS = settings.BASE_DIR / "congress" / "static" / "js"
BORNE = re.compile(r'\bclass="((?:{%.*?%}|{{.*?}}|[^"])*)"', re.DOTALL)
COMPOSED = re.compile(r"([\w-]+-){[{%]")  # class="st-{{ kind }}"
WORD = re.compile(r"[\w-]+")


def dressed():
    """{class: a sheet that has a rule for it}"""
    found = {}
    for path in SHEETS.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for selector in re.findall(r"([^{}]+){", text):
            found.update(dict.fromkeys(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", selector), path.name))
    return found


def borne():
    """(words that a page may bear as a class, beginnings to which it adds a word of its own)"""
    words, beginnings = set(), set()
    for path in template_files():
        for value in BORNE.findall(path.read_text()):
            words.update(WORD.findall(value))
            beginnings.update(COMPOSED.findall(value))
    for path in SCRIPTS.glob("*.js"):
        words.update(WORD.findall(path.read_text()))
    for path in (each for wing in WINGS for each in (settings.BASE_DIR / wing).rglob("*.py")):
        if "migrations" not in path.parts:
            words.update(*map(WORD.findall, _said(path)))
    return words, tuple(beginnings)


def _said(path):
    """The texts in a module that may name a class: short ones, for a docstring dresses nothing."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 60:
            yield node.value


def test_every_class_of_the_style_sheets_is_borne_by_some_page():
    words, beginnings = borne()
    found = dressed()
    assert len(found) > 100, "the search for classes finds too few"
    unseen = {name: sheet for name, sheet in found.items() if name not in words and not name.startswith(beginnings)}
    assert unseen == {}
