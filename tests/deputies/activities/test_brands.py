"""The register of brands: which township is known for what, and how far it has come (人大品牌)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.activities.models import Campaign
from tests.factories.organs import CongressFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
MARCH_1 = date(2026, 3, 1)
STAGES = ["growing"] * 5 + ["named"] * 6 + ["stopped"]


def brand(congress, name="石桥夜话", stage="named"):
    return Campaign.objects.create(
        congress=congress, kind="brand", stage=stage, name=name, theme="院坝听意见", starts_on=MARCH_1
    )


def listed(client, user, **query):
    client.force_login(user)
    return client.get(reverse("activities:campaigns"), query)


@pytest.fixture
def town_clerk(township):
    return serving(Role.TOWNSHIP_CLERK, township)


SAID = {"kind": "brand", "stage": "growing", "name": "柳溪夜话", "theme": "听意见", "starts_on": "2026-03-01"}


def test_twelve_brands_stand_with_their_townships_and_stages(client, county, clerk, town_clerk, township):
    towns = [
        CongressFactory(township=True, parent=county, region=f"{number}号镇", position=number) for number in range(12)
    ]
    for town, stage in zip(reversed(towns), STAGES, strict=True):
        brand(town, name=f"{town.region}品牌", stage=stage)
    Campaign.objects.create(congress=county, kind="topic", name="青石河治理", theme="水", starts_on=MARCH_1)
    shown = listed(client, clerk, kind="brand")
    rows = list(shown.context["page_obj"])
    assert [(row.congress.region, row.stage) for row in rows] == [
        (town.region, stage) for town, stage in zip(towns, reversed(STAGES), strict=True)
    ]
    assert [count for _code, _label, count in shown.context["stages"]] == [5, 6, 1]
    assert {code: count for code, _label, count in shown.context["tabs"]}["brand"] == 12
    assert "青石河治理" not in shown.text
    assert all(f'<td data-l="县、乡镇">{town.region}</td>' in shown.text for town in towns)
    stopped = listed(client, clerk, kind="brand", stage="stopped")
    assert [row.name for row in stopped.context["page_obj"]] == ["0号镇品牌"]
    assert len(listed(client, clerk, kind="nonsense", stage="stopped").context["page_obj"]) == 13
    assert list(listed(client, town_clerk, kind="brand").context["page_obj"]) == [], "each township keeps its own"


def test_the_township_keeps_its_brand_and_the_county_only_reads_it(client, clerk, township, town_clerk):
    client.force_login(town_clerk)
    form = client.get(reverse("activities:campaign_create"), {"kind": "brand"}).context["form"]
    assert (form["kind"].value(), form["stage"].value()) == ("brand", "growing")
    client.post(reverse("activities:campaign_create"), SAID | {"congress": township.pk})
    kept = Campaign.objects.get()
    assert (kept.congress, kept.stage) == (township, "growing")
    change = reverse("activities:campaign_change", args=[kept.pk])
    shown = client.get(change).context["shown"]
    client.post(change, SAID | {"stage": "named", "shown": shown})
    stale = client.post(change, SAID | {"stage": "stopped", "shown": shown})
    assert "已经被别人改过" in stale.text, "a stage that the page has not shown is not written over"
    kept.refresh_from_db()
    assert kept.stage == "named"
    entries = Entry.objects.filter(verb="campaign.keep").order_by("seq")
    assert [entry.facts["stage"] for entry in entries] == ["growing", "named"]
    client.force_login(clerk)
    assert "已命名" in client.get(kept.get_absolute_url()).text
    assert client.post(change, SAID | {"stage": "stopped"}).status_code == 404
    refused = client.post(reverse("activities:campaign_create"), SAID | {"congress": township.pk, "name": "另一个"})
    assert refused.context["form"].errors["congress"]


def test_a_brand_without_its_stage_comes_back_with_a_word_and_nothing_else_has_one(client, township, town_clerk):
    client.force_login(town_clerk)
    answer = client.post(reverse("activities:campaign_create"), SAID | {"congress": township.pk, "stage": ""})
    assert answer.context["form"].errors["stage"] == ["请选这个品牌现在是培育中、已命名还是已停止。"]
    known = brand(township)
    client.post(reverse("activities:campaign_change", args=[known.pk]), SAID | {"kind": "topic", "stage": "named"})
    known.refresh_from_db()
    assert (known.kind, known.stage) == ("topic", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=known.pk).update(stage="named")


def test_the_register_costs_the_same_for_one_brand_and_for_three(
    client, county, clerk, township, django_assert_num_queries
):
    client.force_login(clerk)
    for names in (("一",), ("二", "三")):
        for name in names:
            brand(township, name=name)
        listed(client, clerk, kind="brand")
        with django_assert_num_queries(6):
            client.get(reverse("activities:campaigns"), {"kind": "brand"})
