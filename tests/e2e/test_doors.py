"""Every number is a door: the leader goes from each figure to exactly as many cases (journey 4)."""

import re
from datetime import timedelta

import pytest

from suggestions.appraisals.actions import rate
from suggestions.appraisals.models import Grade, Slip
from suggestions.docket.models import Category
from tests.factories.docket import SuggestionFactory, clerk_of, officer_of, seat_user

STAGES = ("submitted", "registered", "assigned", "accepted", "contacted", "drafted", "replied", "closed")


@pytest.fixture
def cases(county, water, roads):
    """A case in every stage, twice after the reply, in two departments and two categories."""
    kinds = list(Category.objects.filter(congress=county))
    cases = [
        SuggestionFactory(
            congress=county, stage=stage, department=(water, roads)[place % 2], category=kinds[place % len(kinds)]
        )
        for place, stage in enumerate((*STAGES, "replied", "closed"))
    ]
    for case, result in ((cases[-2], Grade.SATISFIED), (cases[-4], Grade.DISSATISFIED)):
        slip = Slip.objects.get(survey__round__suggestion=case)
        given = {"attitude": Grade.SATISFIED, "result": result, "contacted": "visit", "comment": "没有说由谁管。"}
        rate(slip, on=case.replied_on + timedelta(days=2), by=seat_user(case), **given)
    return cases


def listed(screen):
    """How many cases the list in front of us says it has, and how many rows it shows; or promises, in their ledger."""
    if "/promises/" in screen.page.url:
        said = screen.page.locator(".views a[aria-current] .n").inner_text()
        return int(said), screen.page.locator("table.tbl tbody tr").count()
    said = re.search(r"符合条件 (\d+) 件", screen.page.locator(".page-sub").inner_text())
    return int(said[1]), screen.page.locator("table.lst tbody tr").count()


def doors(screen, selector, number):
    """[(address, number)] of all the doors of this kind on the page."""
    return [(door.get_attribute("href"), number(door)) for door in screen.page.locator(selector).all()]


def counted(figure):
    """The number of cases or promises in a figure: that of a rate is the first of its formula."""
    is_number = re.search("[件条]", figure.locator(".v").inner_text())
    words = figure.locator(".v" if is_number else ".f").inner_text()
    return int(re.search(r"\d+", words)[0])


def open_each(screen, found):
    assert found
    for address, number in found:
        screen.open(address)
        rows = min(number, 50)
        assert listed(screen) == (number, rows), address


def test_each_figure_of_the_cockpit_opens_its_cases(cases, leader, at):
    screen = at(leader).open("/cockpit/").look()
    figures = screen.page.locator("a.fig")
    assert figures.count() == 8 + 4
    # 落实 counts asks, not cases: its door leads to the replies that hold them.
    of_cases = [figure for figure in figures.all() if "诉求" not in figure.inner_text()]
    found = [(figure.get_attribute("href"), counted(figure)) for figure in of_cases]
    tables = doors(
        screen,
        "#departments tbody td a, #categories tbody td a",
        lambda door: int(door.inner_text()),
    )
    assert sum(number for _address, number in tables) >= 8
    open_each(screen, found + tables)
    screen.look()


@pytest.mark.parametrize("who", ["clerk", "officer"])
def test_each_number_of_a_desk_opens_its_cases(cases, water, county, at, who):
    screen = at(clerk_of(county) if who == "clerk" else officer_of(water))
    open_each(screen, doors(screen, "table.todo td.n a", lambda door: int(door.inner_text())))
