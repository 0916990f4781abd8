"""An icon that doesn't exist raises when its page is opened; here all names are tried at once."""

import re

from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

from tests.house.floors import WINGS
from tests.house.test_templates import COMPONENTS, TEMPLATES, template_files

NAMED = re.compile(r"""<c-icon\b[^>]*?\bname="([a-z0-9-]+)"|{%\s*lucide\s+["']([a-z0-9-]+)["']""")
IN_CODE = re.compile(r"""\bicon\s*=\s*"([a-z0-9-]+)"|"icon":\s*"([a-z0-9-]+)\"""")
PASSED_ON = re.compile(r"""<c-(?:[a-z.-]+)\b[^>]*?\sicon="([a-z0-9-]+)\"""")


def icon_names():
    names = {}
    for path in template_files():
        for match in [*NAMED.finditer(path.read_text()), *PASSED_ON.finditer(path.read_text())]:
            names.setdefault(next(filter(None, match.groups())), path.relative_to(TEMPLATES))
    for path in (each for wing in WINGS for each in (TEMPLATES.parent / wing).rglob("*.py")):
        for match in IN_CODE.finditer(path.read_text()):
            names.setdefault(next(filter(None, match.groups())), path.relative_to(TEMPLATES.parent))
    return names


def _exists(name):
    try:
        lucide(name)
    except IconDoesNotExist:
        return False
    return True


def test_every_icon_that_is_named_exists():
    assert {name: str(path) for name, path in icon_names().items() if not _exists(name)} == {}


def test_the_search_for_names_finds_some():
    assert not COMPONENTS.exists() or not template_files() or icon_names()
