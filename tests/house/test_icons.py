"""An icon that doesn't exist raises when its page is opened; here all names are tried at once."""

import re

import pytest
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

from congress.dashboards.context import Door, _phone_doors
from tests.house.test_templates import named, template_files

AS_COMPONENT = re.compile(r"""<c-icon\b[^>]*?\bname=["']([^"'{}]+)["']""")
AS_TAG = re.compile(r"""{%\s*icon\s+["']([^"']+)["']""")


def named_in_templates(pattern):
    """{name: a template that draws it}"""
    return {name: named(path) for path in template_files() for name in pattern.findall(path.read_text())}


def named_in_the_menu():
    """A template draws these by variable, so they are asked of the menu itself."""
    return {door.icon: door.label for door in [*_phone_doors(), Door("", "", "")]}


def _exists(name):
    try:
        lucide(name)
    except IconDoesNotExist:
        return False
    return True


SOURCES = {
    "component": lambda: named_in_templates(AS_COMPONENT),
    "tag": lambda: named_in_templates(AS_TAG),
    "menu": named_in_the_menu,
}


@pytest.mark.parametrize("source", SOURCES)
def test_every_icon_that_is_named_exists(source):
    names = SOURCES[source]()
    assert names, "the search for names finds none"
    assert {name: where for name, where in names.items() if not _exists(name)} == {}


def test_a_name_that_is_no_icon_is_noticed():
    assert AS_TAG.findall('{% icon "no-such-icon" %}') == ["no-such-icon"]
    assert AS_COMPONENT.findall('<c-icon name="no-such-icon" class="big" />') == ["no-such-icon"]
    assert not _exists("no-such-icon")
