"""What everybody reads of a published drive: totals, and nothing of any single case (专项行动公开)."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.activities import ActivityFactory, DriveFactory
from tests.factories.docket import SuggestionFactory, seat
from tests.factories.opinions import OpinionFactory
from tests.factories.organs import TermFactory
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


def test_a_published_drive_shows_its_totals_by_level_and_no_case(client, county, township):
    plant()
    drive = DriveFactory(congress=county, is_published=True, outcome="办成实事 12 件，来电 13812345678。")
    lead = seat(county, "周德顺")
    SuggestionFactory(congress=county, campaign=drive, submitted=True, lead=lead)
    registered = SuggestionFactory(congress=county, campaign=drive, registered=True, lead=lead)
    SuggestionFactory(congress=county, campaign=drive, closed=True, lead=lead)
    SuggestionFactory(congress=township, campaign=drive, registered=True)
    station = StationFactory(congress=county)
    OpinionFactory(station=station, campaign=drive, answered_on=TODAY)
    OpinionFactory(station=station, campaign=drive)
    OpinionFactory(station=station, campaign=drive, state="withdrawn")
    ActivityFactory(term=TermFactory(congress=county, number=19), campaign=drive, state="held")
    page = client.get(reverse("portal:drives"))
    (told,) = page.context["page_obj"]
    assert [(str(label), number) for label, number in told.levels] == [("县级人大代表", 2), ("乡镇人大代表", 1)]
    assert (told.accepted, told.closed, told.heard, told.answered, told.held) == (3, 1, 2, 1, 1)
    assert "正在开展" in page.text
    assert "138****5678" in page.text
    assert registered.title not in page.text
    assert "周德顺" not in page.text
    assert drive.name in client.get(reverse("portal:home")).text


def test_what_is_not_published_nobody_outside_hears_of(client, county, township):
    hidden = DriveFactory(congress=county)
    of_township = DriveFactory(congress=township, is_published=True)
    assert not client.get(reverse("portal:drives")).context["page_obj"].object_list
    for name in ("drives", "home"):
        assert hidden.name not in client.get(reverse(f"portal:{name}")).text
        assert of_township.name in client.get(reverse(f"portal:{name}"), {"at": township.code}).text


def test_the_page_says_what_is_over_and_the_front_page_names_only_what_runs(client, county):
    over = DriveFactory(congress=county, is_published=True, closed_on=TODAY)
    ahead = DriveFactory(congress=county, is_published=True, starts_on=date(2026, 4, 1))
    text = client.get(reverse("portal:drives")).text
    assert "已结束" in text
    assert "还没有开始" in text
    home = client.get(reverse("portal:home")).text
    assert over.name not in home
    assert ahead.name not in home


def test_one_drive_and_three_cost_the_same(client, county):
    def cost():
        with CaptureQueriesContext(connection) as spent:
            client.get(reverse("portal:drives"))
        return len(spent)

    def more(number):
        for _each in range(number):
            SuggestionFactory(
                congress=county, campaign=DriveFactory(congress=county, is_published=True), registered=True
            )

    more(1)
    cost()
    one = cost()
    more(2)
    assert one == cost() == 6
