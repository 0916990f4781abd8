"""On a phone the conditions of a list stand behind one button that says how many are set (条件)."""

import pytest
from django.urls import reverse

from tests.factories.organs import TermFactory
from tests.factories.rulebook import plant
from tests.factories.scores import VersionFactory

pytestmark = pytest.mark.django_db

LISTS = {
    "roll:list": {"delegation": "1", "mark": "women"},
    "duties:list": {"kind": "visit", "outcome": "done"},
    "activities:list": {"kind": "inspection", "organ": "1"},
    "scores:list": {"delegation": "1", "kind": "leader"},
    "opinions:list": {"tier": "county", "late": "1"},
    "training:hours": {"delegation": "1", "none": "1"},
    "office:people": {"role": "npc_clerk", "state": "locked"},
}


@pytest.mark.parametrize(("name", "query"), LISTS.items())
def test_conditions_that_a_phone_folds_away_are_counted_on_their_button(client, county, clerk, name, query):
    plant()
    VersionFactory(scheme__congress=county)
    TermFactory(congress=county)
    client.force_login(clerk)
    address = reverse(name, args=[county.code] if name.startswith("office:") else [])
    for asked, count in (({}, 0), (query, 2)):
        button = client.get(address, asked).text.split('<details class="fold">')[1].split("</details>")[0]
        assert ('<span class="num">2</span>' in button) == (count == 2)
        assert ('class="num"' in button) == bool(count)
