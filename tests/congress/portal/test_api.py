"""A resident's mini-program: saying, looking by code, rating, taking back; nobody signs in."""

import io
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from congress.files.models import StoredFile
from congress.portal.models import Profile
from deputies.roll.models import DeputyGroup
from liaison.opinions import actions
from liaison.opinions.models import Opinion
from liaison.stations.models import Hosting
from tests.api import Speaker
from tests.factories.docket import clerk_of, seat
from tests.factories.photos import photo as small_photo
from tests.factories.stations import StationFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
SAID = {"text": "村口的路灯坏了两个月，晚上老人不敢出门。", "place": "柳溪村", "consents": True}


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def station(county):
    return StationFactory(congress=county)


@pytest.fixture
def resident():
    return Speaker()


def said(resident, station, **changes):
    status, told = resident.send("resident-say", body={"station": station.slug} | SAID | changes)
    assert status == 201, told
    return told["code"]


def test_a_resident_says_it_and_follows_it_by_his_code(resident, station):
    code = said(resident, station, name="李秀英", phone="13900009999")
    opinion = Opinion.objects.get()
    assert (opinion.channel, opinion.phone, opinion.station) == ("code", "13900009999", station)
    status, chain = resident.send("resident-look", body={"code": f" {code.lower()} "})
    assert (status, chain["state"], chain["text"]) == (200, "received", SAID["text"])
    assert chain["next_on"] is not None
    assert "李秀英" not in f"{chain}"


def test_what_is_sent_twice_with_one_key_is_heard_once_and_told_its_code_again_for_an_hour(resident, station):
    said = {"station": station.slug} | SAID
    first, again = (resident.send("resident-say", body=said, **{"Idempotency-Key": "k1"}) for _each in range(2))
    assert first == again
    assert first[0] == 201
    assert Opinion.objects.count() == 1
    cache.clear()
    status, told = resident.send("resident-say", body=said, **{"Idempotency-Key": "k1"})
    assert (status, told["code"]) == (409, "already_heard")


def test_whoever_sends_another_word_with_the_same_key_is_told_his_own_code(resident, station):
    headers = {"Idempotency-Key": "1"}
    mine, theirs = (
        resident.send("resident-say", body={"station": station.slug} | SAID | {"text": text}, **headers)[1]["code"]
        for text in ("路灯坏了", "水管坏了")
    )
    assert mine != theirs
    assert Opinion.objects.count() == 2


def test_a_photo_comes_without_its_metadata(resident, station, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    exif = Image.Exif()
    exif[0x010F] = "Mate 60"
    taken = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(taken, "JPEG", exif=exif)
    photo = SimpleUploadedFile("路灯.jpg", taken.getvalue(), "image/jpeg")
    sent = {"station": station.slug} | SAID | {"consents": "true", "photos": photo}
    answer = resident.post(reverse("api:resident-say"), sent)
    assert answer.status_code == 201, answer.content.decode()
    stored = StoredFile.objects.get(case_id=Opinion.objects.get().pk)
    with stored.file.open() as kept:
        assert b"Mate 60" not in kept.read()


def test_without_consent_nothing_is_kept(resident, station):
    for consents in (False, None):
        body = {"station": station.slug} | SAID | {"consents": consents}
        status, refused = resident.send("resident-say", body=body)
        assert (status, set(refused["errors"])) == (400, {"consents"})
    assert not Opinion.objects.exists()


def test_it_goes_to_a_station_or_to_a_deputy_and_not_to_both_or_none(resident, county, station):
    mandate = seat(county)
    group = DeputyGroup.objects.create(congress=county, name="第一小组")
    group.members.add(mandate)
    Hosting.objects.create(station=station, group=group)
    profile = Profile.objects.create(mandate=mandate, is_shown=True)
    assert resident.send("resident-say", body=SAID | {"deputy": profile.slug})[0] == 201
    assert Opinion.objects.get().addressed_to == mandate
    assert resident.send("resident-say", body=SAID)[0] == 400
    assert resident.send("resident-say", body=SAID | {"deputy": profile.slug, "station": station.slug})[0] == 400
    Hosting.objects.all().delete()
    assert resident.send("resident-say", body=SAID | {"deputy": profile.slug})[0] == 201
    assert Opinion.objects.filter(station=None).get().congress == county
    Profile.objects.update(is_shown=False)
    assert resident.send("resident-say", body=SAID | {"deputy": profile.slug})[0] == 404
    assert resident.send("resident-say", body=SAID | {"station": "nowhere"})[0] == 404


def test_he_rates_the_answer_and_reads_it(resident, county, station):
    code = said(resident, station)
    actions.answer_at_once(Opinion.objects.get(), text="村电工换了灯泡。", on=TODAY, by=clerk_of(county))
    status, chain = resident.send("resident-look", body={"code": code})
    assert (chain["answer"], chain["may_rate"], chain["may_withdraw"]) == ("村电工换了灯泡。", True, False)
    body = {"code": code, "grade": "satisfied", "words": "谢谢"}
    status, chain = resident.send("resident-grade", body=body)
    assert (status, chain["grade"], chain["state"]) == (200, "satisfied", "closed")
    status, refused = resident.send("resident-grade", body=body)
    assert (status, refused["state"]) == (409, "closed")


def test_he_takes_it_back_while_nobody_has_settled_it(resident, station):
    code = said(resident, station, name="李秀英", phone="13900009999")
    status, chain = resident.send("resident-withdraw", body={"code": code})
    assert (status, chain["state"]) == (200, "withdrawn")
    assert (Opinion.objects.get().name, Opinion.objects.get().phone) == ("", "")
    assert resident.send("resident-withdraw", body={"code": code})[0] == 409


def test_a_wrong_code_opens_nothing_and_guessing_is_stopped(resident, station, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"resident_wrong_code": "2/5m/ip"}
    code = said(resident, station)
    for name in ("resident-look", "resident-withdraw"):
        assert resident.send(name, body={"code": "7K4P-29MQ"})[0] == 404
    assert resident.send("resident-look", body={"code": code})[0] == 429


def test_photos_have_to_wait_before_they_are_read(resident, station, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"resident_try": "1/5m/ip"}
    statuses = []
    for _each in range(2):
        sent = {"station": station.slug, "text": "路灯", "consents": "false", "photos": small_photo()}
        statuses.append(resident.post(reverse("api:resident-say"), sent).status_code)
    assert statuses == [400, 429]


def test_writing_too_often_has_to_wait(resident, station, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"resident_say": "1/5m/ip"}
    said(resident, station)
    assert resident.send("resident-say", body={"station": station.slug} | SAID)[0] == 429
    assert Opinion.objects.count() == 1
