"""A drive is kept by its congress's clerk, read by the township below, and closed with what came of it (专项行动)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.procedure.models import Entry
from deputies.activities import actions, drives
from deputies.activities.models import Campaign
from tests.factories.activities import DriveFactory
from tests.factories.organs import CongressFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
SAID = {
    "kind": "drive", "stage": "", "name": "关注民生提建议，五级代表在行动", "theme": "走村入户听民声",
    "starts_on": "2026-03-01", "ends_on": "2026-05-31", "hears_residents": "on", "is_published": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


def test_the_clerk_keeps_closes_and_reopens_a_drive_and_the_journal_says_so(client, county, clerk):
    client.force_login(clerk)
    client.post(reverse("activities:campaign_create"), SAID | {"congress": county.pk})
    drive = Campaign.objects.get()
    assert (drive.hears_residents, drive.is_published, drive.closed_on) == (True, True, None)
    assert "正在开展" in client.get(drive.get_absolute_url()).text
    close = reverse("activities:campaign_close", args=[drive.pk])
    for _time in range(2):
        client.post(close, {"outcome": "办成实事 12 件。"})
    drive.refresh_from_db()
    assert (drive.closed_on, drive.outcome) == (TODAY, "办成实事 12 件。")
    assert "已结束" in client.get(drive.get_absolute_url()).text
    client.post(reverse("activities:campaign_reopen", args=[drive.pk]))
    drive.refresh_from_db()
    assert (drive.closed_on, drive.outcome) == (None, "办成实事 12 件。")
    verbs = Entry.objects.filter(case_id=drive.pk, verb__startswith="campaign.").order_by("seq")
    assert list(verbs.values_list("verb", flat=True)) == ["campaign.keep", "campaign.close", "campaign.reopen"]


def test_what_a_drive_is_it_stays_so_that_what_was_put_to_it_belongs_somewhere(client, county, clerk):
    drive = DriveFactory(congress=county)
    client.force_login(clerk)
    change = reverse("activities:campaign_change", args=[drive.pk])
    client.post(change, SAID | {"kind": "topic"})
    drive.refresh_from_db()
    assert (drive.kind, drive.name) == ("drive", SAID["name"])


def test_nothing_else_hears_residents_or_is_public(client, county, clerk):
    client.force_login(clerk)
    client.post(reverse("activities:campaign_create"), SAID | {"congress": county.pk, "kind": "topic"})
    topic = Campaign.objects.get()
    assert (topic.kind, topic.hears_residents, topic.is_published) == ("topic", False, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=topic.pk).update(is_published=True)
    assert client.get(reverse("activities:campaign_close", args=[topic.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.close_campaign(topic, on=TODAY, by=clerk)


def test_a_township_reads_the_drive_of_its_county_and_keeps_none_but_its_own(client, county, township, township_clerk):
    above = DriveFactory(congress=county)
    topic = Campaign.objects.create(congress=county, kind="topic", name="青石河治理", theme="水", starts_on=TODAY)
    elsewhere = DriveFactory(congress=CongressFactory())
    client.force_login(township_clerk)
    assert client.get(above.get_absolute_url()).status_code == 200
    assert client.get(topic.get_absolute_url()).status_code == 404
    assert client.get(elsewhere.get_absolute_url()).status_code == 404
    for name in ("campaign_change", "campaign_close"):
        assert client.get(reverse(f"activities:{name}", args=[above.pk])).status_code == 404
    assert client.post(reverse("activities:campaign_reopen", args=[above.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.close_campaign(above, on=TODAY, by=township_clerk)


def test_who_may_choose_which_drive_on_which_day(county, township):
    running, county_only = DriveFactory(congress=county), DriveFactory(congress=township)
    over = DriveFactory(congress=county, ends_on=date(2026, 3, 10))
    closed = DriveFactory(congress=county, closed_on=date(2026, 3, 10))
    DriveFactory(congress=county, starts_on=date(2026, 4, 1))
    DriveFactory(congress=CongressFactory())

    def names(found):
        return set(found)

    assert names(drives.offered([county.pk], on=TODAY)) == {running}
    assert names(drives.offered([township.pk], on=TODAY)) == {running, county_only}
    assert names(drives.offered([county.pk], on=TODAY, kept=closed.pk)) == {running, closed}
    assert names(drives.offered_to_office([county.pk], on=TODAY)) == {running, over}


def test_what_is_put_to_a_drive_comes_from_its_congress_or_below_while_it_is_not_closed(county, township):
    drive, of_township = DriveFactory(congress=county), DriveFactory(congress=township)
    drives.check(drive, [township.pk])
    drives.check(None, [township.pk])
    with pytest.raises(ValidationError, match="不是本级人大或者上一级人大的"):
        drives.check(of_township, [county.pk])
    drive.closed_on = TODAY
    with pytest.raises(ValidationError, match="已经结束"):
        drives.check(drive, [county.pk])
    drives.check(drive, [county.pk], before=drive.pk)
