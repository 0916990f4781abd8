"""The year ends: a new rule is tried on the year's records, and the period is closed (积分的旅程)."""

from datetime import date

import pytest
from django.utils import timezone

from deputies.duties.models import DutyRecord
from deputies.roll.models import Mandate
from deputies.scores.models import Item, PeriodClose, Standing, Version
from tests.factories.activities import DutyRecordFactory
from tests.factories.docket import seat, session_of


@pytest.fixture
def seats(county):
    session_of(county)
    return [seat(county, name) for name in ("田桂英", "宋长河", "米春来")]


@pytest.fixture
def year(seats):
    """Last year's records: one deputy went on four inspections, one on one, the third on none."""
    year = timezone.localdate().year - 1
    for each, times in zip(seats, (4, 1, 0), strict=True):
        for month in range(1, times + 1):
            day = date(year, month, 12)
            DutyRecordFactory(mandate=each, held_on=day, registered_on=day)
    return year


def test_a_new_rule_is_tried_before_it_counts_and_a_closed_year_stands_still(at, clerk, seats, year):
    before = list(Mandate.objects.order_by("pk").values_list("state", "ground"))
    office = at(clerk).follow("履职活动").follow("积分").look().follow("建立积分办法").look()
    office.fill(name="县人大代表履职积分").press("建立草稿").look()
    office.open(Version.objects.get().get_absolute_url()).look().follow("施行").look()
    office.fill(effective_from=f"{year}-01-01").press("施行").look()

    office.open(Version.objects.get().scheme.get_absolute_url()).look().follow("起草新版").look().press(
        "建立草稿"
    ).look()
    draft = Version.objects.get(number=2)
    item = next(each for each in Item.objects.filter(version=draft) if "inspection" in each.kinds)
    office.open(f"/scores/versions/{draft.pk}/items/{item.pk}/").look().fill(points="20", at_most="").press(
        "保存"
    ).look()
    office.open(f"/scores/versions/{draft.pk}/simulate/?year={year}").look().says("变化最大的二十名").says("田桂英")
    assert not PeriodClose.objects.exists()

    office.open(f"/scores/?period={year}").look().says("待结转").follow("结转").look().says("将要写下的前十")
    office.press("结转").look()
    standing = list(Standing.objects.order_by("rank", "pk").values_list("mandate", "points"))
    assert standing[0][0] == seats[0].pk
    DutyRecord.objects.filter(mandate=seats[0]).update(held_on=date(year - 1, 1, 1))
    office.open(f"/scores/?period={year}").look().says("差额")
    assert list(Standing.objects.order_by("rank", "pk").values_list("mandate", "points")) == standing
    assert list(Mandate.objects.order_by("pk").values_list("state", "ground")) == before
