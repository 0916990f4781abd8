"""A day is said in one way: the rooms ask `congress.kit.dates` for its words."""

import re

from django.conf import settings

ROOMS = ("congress", "deputies", "suggestions", "liaison")
OF_THEIR_OWN = re.compile(r"%-?m月|\.month\}月|\"month\": \w+\.month")


def test_no_room_has_words_of_its_own_for_a_day():
    files = [path for room in ROOMS for path in (settings.BASE_DIR / room).rglob("*.py")]
    found = {path.relative_to(settings.BASE_DIR).as_posix() for path in files if OF_THEIR_OWN.search(path.read_text())}
    assert found == {"congress/kit/dates.py"}
