"""The lines that the other rooms put on a desk."""

from collections import Counter

from congress.dashboards.beside.lines import OF_DEPUTY, WORKS
from congress.dashboards.beside.work import Row


def test_every_line_from_another_room_leads_to_a_page_and_no_desk_has_one_twice():
    for works in (WORKS, OF_DEPUTY):
        assert max(Counter(work.code for work in works).values()) == 1
        for work in works:
            row = Row(work, 1)
            assert row.url.startswith("/")
            assert row.api_url is None or row.api_url.startswith("/api/")
