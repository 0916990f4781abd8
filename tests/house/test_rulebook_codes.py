"""What the rulebook says decides something, or says that it does not."""

import re

from django.conf import settings

from congress.rulebook.codes import CODES

ROOMS = ("congress", "deputies", "suggestions", "liaison")
KEPT_APART = re.compile(r"(migrations|rulebook/(codes|lines|seeds)\.py)")


def _asked_for():
    """The codes that stand in the code of some room as a text."""
    files = [path for room in ROOMS for path in (settings.BASE_DIR / room).rglob("*.py")]
    texts = [path.read_text() for path in files if not KEPT_APART.search(path.as_posix())]
    words = {word for text in texts for word in re.findall(r'"([a-z_0-9]+)"', text)}
    return {code for code in CODES if code in words}


def test_every_rule_is_asked_for_by_some_room_or_says_that_it_is_there_to_be_read():
    unread = {code for code, each in CODES.items() if not each.is_told} - _asked_for()
    assert unread == set()
