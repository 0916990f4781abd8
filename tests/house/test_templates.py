"""Templates: none is unused, none carries a style or a script of its own, every address in them exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from tests.house.floors import WINGS

TEMPLATES = settings.BASE_DIR / "templates"
COMPONENTS = TEMPLATES / settings.COTTON_DIR
ERROR_PAGES = {"400.html", "403.html", "403_csrf.html", "404.html", "413.html", "429.html", "500.html"}  # found by name
INLINE = re.compile(r"<style\b|\bstyle\s*=|<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)


def template_files():
    return sorted(TEMPLATES.rglob("*.html"))


def named(path):
    return path.relative_to(TEMPLATES).as_posix()


def _sources():
    """Everything that may name a template: our code, and the templates themselves."""
    code = [path for wing in WINGS for path in Path(settings.BASE_DIR / wing).rglob("*.py")]
    return {path: path.read_text() for path in [*code, *template_files()]}


def _uses(path):
    """How others name this template: by path, or as a component tag."""
    if path.is_relative_to(COMPONENTS):
        tag = path.relative_to(COMPONENTS).with_suffix("").as_posix().replace("/", ".")
        return [f"<c-{tag.removesuffix('.index')}", f"<c-{tag.removesuffix('.index').replace('_', '-')}"]
    return [named(path)]


def test_no_template_is_unused():
    sources = _sources()
    unused = []
    for path in template_files():
        others = [text for source, text in sources.items() if source != path]
        if named(path) not in ERROR_PAGES and not any(use in text for use in _uses(path) for text in others):
            unused.append(named(path))
    assert unused == []


def test_a_table_whose_rows_are_picked_together_says_which_box_picks_a_row():
    """Without `data-pick` on them the bar of what to do with the rows would never be shown."""
    lists = {named(path): path.read_text() for path in template_files() if "data-pick-all" in path.read_text()}
    rows = {name: text for name, text in lists.items() if not re.search(r"data-pick(?![-\w])", text)}
    assert rows.keys() == {"suggestions/docket/_list_table.html"}  # its rows are files of their own
    assert "data-pick " in (TEMPLATES / "suggestions/docket/_list_row.html").read_text()


@pytest.mark.parametrize("path", template_files(), ids=named)
def test_a_template_compiles_and_carries_no_inline_style_or_script(path):
    get_template(named(path))
    found = INLINE.search(COMMENT.sub("", path.read_text()))
    assert found is None, found


def test_the_conditions_of_a_long_list_fold_away_on_a_phone():
    """A list narrowed by more than three selects keeps them behind one button there (components/fold.html)."""
    bars = {
        named(path): bar
        for path in template_files()
        for bar in re.findall(r'<form class="querybar.*?</form>', path.read_text(), re.DOTALL)
    }
    assert len(bars) > 20
    assert [name for name, bar in bars.items() if bar.count("<select") > 3 and "<c-fold" not in bar] == []
