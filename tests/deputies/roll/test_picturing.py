"""Many photos at once: judged by their names, shown only after confirmation (批量照片)."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from congress.files.models import StoredFile
from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.roll import actions, picturing
from deputies.roll.models import Mandate, PortraitBatch, PortraitRow
from tests.factories.organs import CongressFactory, TermFactory
from tests.factories.roll import MandateFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
V = PortraitRow.Verdict


@pytest.fixture(autouse=True)
def _in_a_place_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def term(county):
    return TermFactory(congress=county)


@pytest.fixture
def zhang(county, term):
    return MandateFactory(congress=county, term=term, deputy__name="张桂英", certificate_number="0123")


@pytest.fixture
def li(county, term):
    return MandateFactory(congress=county, term=term, deputy__name="李 强", certificate_number="0124")


def picture(name, *, size=(1200, 1600), place=True):
    exif = Image.Exif()
    if place:
        exif[0x8825] = {1: "N", 2: (30.0, 15.0, 0.0)}
        exif[0x0110] = "Phone"
    buffer = io.BytesIO()
    Image.new("RGB", size, "grey").save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile(name, buffer.getvalue())


def archive(*names, name="照片.zip"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for each in names:
            packed.writestr(each, picture(each).read() if each.endswith("jpg") else b"")
    return SimpleUploadedFile(name, buffer.getvalue())


def verdicts(batch):
    return {row.name: row.verdict for row in batch.rows.all()}


@pytest.mark.parametrize(
    "name",
    ["0123.jpg", "张桂英.jpg", "０１２３ 张桂英.jpg", "张桂英_0123.jpg", "0123张桂英.JPG", "张桂英（免冠）.jpeg",
     "1-张桂英.jpg"],
)  # fmt: skip
def test_a_file_is_matched_by_number_or_name(county, clerk, zhang, li, name):
    row = picturing.upload([picture(name)], congress=county, by=clerk).rows.get()
    assert (row.verdict, row.mandate) == (V.MATCHED, zhang)


def test_each_file_has_its_verdict_and_only_what_matched_is_kept(county, clerk, term, zhang, li):
    MandateFactory.create_batch(2, congress=county, term=term, deputy__name="王伟")
    gone = MandateFactory(congress=county, term=term, deputy__name="赵离任")
    Mandate.objects.filter(pk=gone.pk).update(state=Mandate.State.ENDED)
    batch = picturing.upload(
        [
            picture("张桂英.jpg"), picture("0123.jpg"), picture("王伟.jpg"), picture("赵离任.jpg"),
            picture("0123李强.jpg"), SimpleUploadedFile("李强.jpg", b"no picture"),
        ],
        congress=county, by=clerk,
    )  # fmt: skip
    assert verdicts(batch) == {
        "张桂英.jpg": V.MATCHED, "0123.jpg": V.TWICE, "王伟.jpg": V.AMBIGUOUS, "赵离任.jpg": V.UNKNOWN,
        "0123李强.jpg": V.AMBIGUOUS, "李强.jpg": V.BAD,
    }  # fmt: skip
    assert StoredFile.objects.count() == 1


def test_a_bad_picture_leaves_the_seat_free_for_a_good_one(county, clerk, zhang):
    batch = picturing.upload(
        [SimpleUploadedFile("张桂英.jpg", b"no picture"), picture("0123.jpg")], congress=county, by=clerk
    )
    assert verdicts(batch) == {"张桂英.jpg": V.BAD, "0123.jpg": V.MATCHED}


def test_where_and_with_what_it_was_taken_is_gone_and_it_is_small(county, clerk, zhang):
    stored = picturing.upload([picture("张桂英.jpg")], congress=county, by=clerk).rows.get().picture
    with stored.file.open("rb") as file, Image.open(file) as kept:
        assert not kept.getexif()
        assert max(kept.size) == 480


@pytest.mark.parametrize("is_of_windows", [False, True])
def test_an_archive_is_read_whatever_its_names_are_written_in(county, clerk, zhang, li, is_of_windows):
    packed = archive("照片/张桂英.jpg", "照片/李强.jpg", "__MACOSX/照片/._李强.jpg", "照片/Thumbs.db")
    if is_of_windows:
        packed = SimpleUploadedFile("照片.zip", _as_windows(packed.read(), ("照片/张桂英.jpg", "照片/李强.jpg")))
    batch = picturing.upload([packed], congress=county, by=clerk)
    found = dict(batch.rows.filter(verdict=V.MATCHED).values_list("mandate", "name"))
    assert found == {zhang.pk: "张桂英.jpg", li.pk: "李强.jpg"}


def _as_windows(content, names):
    """The same archive with GBK names and without the mark that they are Unicode."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(buffer, "w") as written:
        for name in names:
            written.writestr(zipfile.ZipInfo("x" * len(name.encode("gbk"))), read.read(name))
    made = buffer.getvalue()
    for name in names:
        raw = name.encode("gbk")
        made = made.replace(b"x" * len(raw), raw, 1)
    for name in reversed(names):  # the directory at the end names them again
        raw = name.encode("gbk")
        made = raw.join(made.rsplit(b"x" * len(raw), 1))
    return made


@pytest.mark.parametrize(
    ("packed", "words"),
    [
        (SimpleUploadedFile("a.zip", b"PK\x03\x04 broken"), "已损坏"),
        (SimpleUploadedFile("a.zip", b"not an archive"), "不符"),
        (archive("说明/"), "没有照片"),
    ],
)
def test_an_archive_that_cannot_be_read_is_refused_whole(county, clerk, zhang, packed, words):
    packed.seek(0)
    with pytest.raises(ValidationError, match=words):
        picturing.upload([packed], congress=county, by=clerk)
    assert not PortraitBatch.objects.exists()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_whose_pictures_are_damaged_inside_is_refused_with_words(county, clerk, zhang, method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as packed:
        packed.writestr("0123.jpg", picture("0123.jpg").read())
        entry = packed.getinfo("0123.jpg")
    content = bytearray(buffer.getvalue())
    start = 30 + len("0123.jpg")
    content[start : start + entry.compress_size] = b"\xff" * entry.compress_size
    with pytest.raises(ValidationError, match="压缩包已损坏或者加了密码"):
        picturing.upload([SimpleUploadedFile("a.zip", bytes(content))], congress=county, by=clerk)


def test_too_many_at_once_are_refused(county, clerk, monkeypatch):
    monkeypatch.setattr(picturing, "MOST", 2)
    with pytest.raises(ValidationError, match="最多 2 张"):
        picturing.upload([archive("a.jpg", "b.jpg", "c.jpg")], congress=county, by=clerk)


def test_nothing_is_shown_before_it_is_confirmed_and_a_second_click_changes_nothing(county, clerk, zhang, li):
    batch = picturing.upload([picture("张桂英.jpg"), picture("李强.jpg")], congress=county, by=clerk)
    zhang.deputy.refresh_from_db()
    assert zhang.deputy.portrait is None
    assert [picturing.confirm(batch, by=clerk) for _twice in range(2)] == [2, 0]
    zhang.deputy.refresh_from_db()
    assert zhang.deputy.portrait == batch.rows.get(mandate=zhang).picture
    assert Entry.objects.filter(verb="mandate.portrait").count() == 2
    assert Entry.objects.get(verb="roll.portraits").facts == {"count": 2}


def test_of_a_photo_that_was_replaced_no_bytes_are_left(county, clerk, zhang, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = picturing.upload([picture("张桂英.jpg")], congress=county, by=clerk)
        picturing.confirm(first, by=clerk)
    zhang.refresh_from_db()
    before = zhang.deputy.portrait
    storage, name = before.file.storage, before.file.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.show_portrait(zhang, picture("new.jpg"), by=clerk)
    before.refresh_from_db()
    assert (storage.exists(name), bool(before.file)) == (False, False)
    now = Mandate.objects.get(pk=zhang.pk).deputy.portrait
    assert now.file.storage.exists(now.file.name)


def test_what_is_given_up_leaves_no_picture_behind(county, clerk, zhang, django_capture_on_commit_callbacks):
    batch = picturing.upload([picture("张桂英.jpg")], congress=county, by=clerk)
    path = Path(batch.rows.get().picture.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        picturing.upload([picture("0123.jpg")], congress=county, by=clerk)
    batch.refresh_from_db()
    assert batch.state == PortraitBatch.State.DROPPED
    assert not path.exists()
    assert StoredFile.objects.count() == 1
    assert picturing.confirm(batch, by=clerk) == 0


def test_the_office_uploads_looks_and_confirms(client, county, clerk, zhang):
    client.force_login(clerk)
    address = reverse("roll:portraits", args=[county.code])
    assert "请选择照片" in client.post(address, {}).text
    page = client.post(address, {"photos": [picture("张桂英.jpg"), picture("谁.jpg")]}, follow=True).text
    assert "名册里没有" in page
    batch = PortraitBatch.objects.get()
    picture_shown = client.get(reverse("files:download", args=[batch.rows.get(verdict=V.MATCHED).picture_id]))
    assert b"".join(picture_shown.streaming_content).startswith(b"\xff\xd8")
    answer = client.post(address, {"act": "confirm", "batch": batch.pk}, follow=True)
    assert "已换上 1 张照片" in answer.text
    zhang.deputy.refresh_from_db()
    assert zhang.deputy.portrait_id


def test_who_decides_on_photos_that_a_colleague_settled_meanwhile_is_told_so(client, county, clerk, zhang):
    client.force_login(clerk)
    address = reverse("roll:portraits", args=[county.code])
    for settled, act in ((picturing.drop, "confirm"), (lambda batch: picturing.confirm(batch, by=clerk), "drop")):
        batch = picturing.upload([picture("张桂英.jpg")], congress=county, by=clerk)
        assert settled(batch)
        answer = client.post(address, {"act": act, "batch": batch.pk}, follow=True)
        assert [str(each) for each in answer.context["messages"]] == ["这批照片已经换上或者放弃了，请看现在的照片。"]
    batch = picturing.upload([picture("张桂英.jpg")], congress=county, by=clerk)
    assert "已放弃，照片都没有换。" in client.post(address, {"act": "drop", "batch": batch.pk}, follow=True).text


def test_a_township_shows_photos_of_its_own_deputies_alone(client, county, clerk, zhang):
    town = CongressFactory(township=True, parent=county)
    client.force_login(serving(Role.TOWNSHIP_CLERK, town))
    assert client.get(reverse("roll:portraits", args=[county.code])).status_code == 404
    batch = picturing.upload([picture("张桂英.jpg")], congress=county, by=clerk)
    own = reverse("roll:portraits", args=[town.code])
    client.post(own, {"act": "confirm", "batch": batch.pk})
    batch.refresh_from_db()
    assert batch.state == PortraitBatch.State.CHECKED


def test_the_rows_ask_as_much_for_three_as_for_one(client, county, clerk, term, django_assert_num_queries):
    client.force_login(clerk)
    address = reverse("roll:portraits", args=[county.code])
    for number in (1, 3):
        seats = MandateFactory.create_batch(number, congress=county, term=term)
        picturing.upload([picture(f"{seat.deputy.name}.jpg") for seat in seats], congress=county, by=clerk)
        client.get(address)
        with django_assert_num_queries(7):
            client.get(address)
