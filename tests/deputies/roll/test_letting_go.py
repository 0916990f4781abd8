"""Of a roster nothing lies about that nobody needs any more, and who reads it is who keeps the roll today."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.files.models import StoredFile
from congress.organs.roles import Role
from congress.procedure.models import Entry
from congress.rulebook.models import Unit
from deputies.roll import importing, picturing, tasks
from deputies.roll.models import Import, PortraitBatch
from tests.deputies.roll.rosters import HEAD, id_number, person
from tests.factories.organs import DepartmentFactory
from tests.factories.photos import photo
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import RuleOverrideFactory
from tests.people import serving

S = Import.State
WITH_NUMBER = (*HEAD, "身份证号")


@pytest.fixture(autouse=True)
def _in_a_place_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def numbered(bring):
    """A checked roster with an ID number."""
    return bring([*person("田禾"), id_number()], head=WITH_NUMBER)


def lying(folder):
    return [each for each in Path(folder).rglob("*") if each.is_file()]


def applied(batch):
    importing.confirm(batch, leaves_errors_out=True, by=batch.by)
    importing.apply_batch(batch)
    batch.refresh_from_db()
    return batch


def given_up(batch):
    importing.drop(batch, by=batch.by)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize(("settle", "state"), [(applied, S.APPLIED), (given_up, S.DROPPED)])
def test_of_a_roster_that_was_written_or_given_up_no_bytes_are_left(
    numbered, settle, state, tmp_path, client, clerk, django_capture_on_commit_callbacks
):
    stored = numbered.file
    before = (stored.name, stored.size, stored.sha256)
    assert len(lying(tmp_path)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        batch = settle(numbered)
        assert len(lying(tmp_path)) == 1, "they go once it is certain"
    assert (batch.state, lying(tmp_path)) == (state, [])
    kept = StoredFile.objects.get(pk=stored.pk)
    assert (kept.name, kept.size, kept.sha256) == before
    client.force_login(clerk)
    assert client.get(reverse("files:download", args=[kept.pk])).status_code == 404
    page = client.get(batch.get_absolute_url())
    assert (page.status_code, kept.name in page.text) == (200, True)


def test_of_a_roster_that_cannot_be_read_no_bytes_are_left(bring, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        batch = bring(["田禾"], head=["什么也不是"])
    assert (batch.state, lying(tmp_path)) == (S.REFUSED, [])


def test_a_roster_without_its_file_is_undone_and_gives_back_the_rows_left_out(
    bring, client, clerk, tmp_path, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        batch = applied(bring(person("田禾"), person("谷雨", 性别="未知")))
    assert lying(tmp_path) == []
    client.force_login(clerk)
    told = client.post(reverse("roll:import_left_out", args=[batch.pk]))
    assert told["Content-Type"].startswith("application/vnd.openxml")
    importing.roll_back(batch, by=clerk, reason="传错了文件")
    batch.refresh_from_db()
    assert batch.state == S.UNDONE


def test_who_keeps_the_roll_no_more_downloads_no_roster(numbered, client, clerk, county):
    address = reverse("files:download", args=[numbered.file_id])
    client.force_login(clerk)
    answer = client.get(address)
    assert (answer.status_code, id_number() in b"".join(answer.streaming_content).decode()) == (200, True)
    entry = Entry.objects.filter(verb="roll.export").get()
    assert (entry.by, entry.facts["count"]) == (clerk, 1), "who took it out stands in the journal"
    clerk.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    serving(Role.CASE_OFFICER, DepartmentFactory(congress=county), user=clerk)
    client.force_login(clerk)
    assert client.get(address).status_code == 404
    assert Entry.objects.filter(verb="roll.export").count() == 1


def test_a_colleague_who_keeps_the_roll_reads_it_and_nobody_else(numbered, client, county):
    address = reverse("files:download", args=[numbered.file_id])
    client.force_login(serving(Role.NPC_CLERK, county))
    assert client.get(address).getvalue()
    client.force_login(serving(Role.LEADER, county))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("days", "state"), [(30, S.CHECKED), (31, S.DROPPED)])
def test_a_roster_that_nobody_confirms_is_given_up(numbered, days, state, tmp_path, django_capture_on_commit_callbacks):
    at = numbered.created_at + timedelta(days=days)
    with django_capture_on_commit_callbacks(execute=True):
        made = [tasks.let_rosters_go(at=at), tasks.let_rosters_go(at=at)]
    numbered.refresh_from_db()
    is_gone = state == S.DROPPED
    assert (numbered.state, made) == (state, [int(is_gone), 0])
    assert (numbered.rows.exists(), bool(lying(tmp_path))) == (not is_gone, not is_gone)
    assert Entry.objects.of(numbered).filter(verb="import.drop", by__is_robot=True).exists() == is_gone


def test_a_congress_says_itself_how_long_an_upload_waits(numbered, county):
    RuleOverrideFactory(congress=county, code="import_days", unit=Unit.COUNT, value=7, article="本级决定")
    assert tasks.let_rosters_go(at=numbered.created_at + timedelta(days=8)) == 1


@pytest.mark.parametrize("state", [S.APPLIED, S.DROPPED, S.REFUSED, S.UNDONE])
def test_what_lies_there_from_before_goes_too(numbered, state, tmp_path, django_capture_on_commit_callbacks):
    Import.objects.update(state=state)
    StoredFile.objects.update(case_kind="", case_id=None)
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.let_rosters_go(at=timezone.now()) == 1
    assert lying(tmp_path) == []
    assert tasks.let_rosters_go(at=timezone.now()) == 0


def test_one_that_still_waits_is_read_from_now_on_by_who_keeps_the_roll(numbered, client, clerk):
    StoredFile.objects.update(case_kind="", case_id=None)
    tasks.let_rosters_go(at=timezone.now())
    clerk.memberships.all().delete()
    client.force_login(clerk)
    assert client.get(reverse("files:download", args=[numbered.file_id])).status_code == 404


def test_photos_that_nobody_confirms_are_given_up(county, term, clerk, tmp_path, django_capture_on_commit_callbacks):
    MandateFactory(congress=county, term=term, deputy__name="张桂英")
    batch = picturing.upload([photo("张桂英.png")], congress=county, by=clerk)
    assert len(lying(tmp_path)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.let_rosters_go(at=batch.created_at + timedelta(days=30)) == 0
        assert tasks.let_rosters_go(at=batch.created_at + timedelta(days=31)) == 1
    batch.refresh_from_db()
    assert (batch.state, lying(tmp_path)) == (PortraitBatch.State.DROPPED, [])
