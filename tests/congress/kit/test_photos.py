"""What leaves a phone with a photo must not enter the portal."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from congress.kit import photos

PLACE = b"SECRET-PLACE"


def jpeg(size=(40, 30), *, orientation=1):
    """A photo as a phone writes it: with place, device and orientation."""
    exif = Image.Exif()
    exif[Base.Make] = "SECRET-PLACE phone"
    exif[Base.Orientation] = orientation
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSMapDatum] = "SECRET-PLACE"
    buffer = io.BytesIO()
    Image.new("RGB", size, "green").save(buffer, "JPEG", exif=exif, comment=PLACE)
    return SimpleUploadedFile("河道 巡查.JPG", buffer.getvalue())


def test_place_device_and_comment_are_gone():
    upload = jpeg()
    assert upload.read().count(PLACE) == 3
    clean = photos.cleaned(upload)
    content = clean.read()
    assert PLACE not in content
    assert not Image.open(io.BytesIO(content)).getexif()
    assert (clean.name, clean.content_type, clean.size) == ("河道 巡查.jpg", "image/jpeg", len(content))


def test_a_photo_taken_sideways_is_turned_upright():
    turned = Image.open(photos.cleaned(jpeg((40, 30), orientation=6)))
    assert turned.size == (30, 40)


def test_a_large_photo_is_made_smaller_and_keeps_its_proportions():
    assert Image.open(photos.cleaned(jpeg((4096, 1024)))).size == (2048, 512)


def test_a_png_stays_one_with_its_transparency_and_loses_its_text():
    buffer = io.BytesIO()
    info = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    info.info["Comment"] = "x"
    info.save(buffer, "PNG", exif=_exif())
    clean = photos.cleaned(SimpleUploadedFile("a.png", buffer.getvalue()))
    kept = Image.open(clean)
    assert (clean.content_type, kept.mode, kept.getpixel((0, 0))[3]) == ("image/png", "RGBA", 0)
    assert not kept.getexif()


def _exif():
    exif = Image.Exif()
    exif[Base.Make] = "SECRET"
    return exif


def test_what_only_begins_like_a_photo_is_refused():
    with pytest.raises(ValidationError, match="打不开"):
        photos.cleaned(SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"\0" * 400))


def test_another_kind_of_file_is_refused():
    with pytest.raises(ValidationError, match="不能上传"):
        photos.cleaned(SimpleUploadedFile("a.pdf", b"%PDF-1.7"))


def test_a_picture_that_would_burst_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS", 100)
    with pytest.raises(ValidationError, match="太大"):
        photos.cleaned(jpeg())


def drawn(size, kind, **how):
    """A picture of one colour, small as a file, however large it is."""
    buffer = io.BytesIO()
    Image.new("L", size).save(buffer, kind, **how)
    return SimpleUploadedFile(f"a.{kind.lower()}", buffer.getvalue())


@pytest.mark.parametrize(
    ("size", "kind", "how"),
    [((5100, 5000), "PNG", {}), ((5100, 5000), "JPEG", {"progressive": True}), ((25_500, 1000), "JPEG", {})],
)
def test_what_can_only_be_read_whole_may_not_be_so_large(size, kind, how):
    with pytest.raises(ValidationError, match="太大"):
        photos.cleaned(drawn(size, kind, **how))


def test_a_jpeg_of_fifty_million_pixels_is_made_smaller_while_it_is_read():
    assert Image.open(photos.cleaned(drawn((8160, 6120), "JPEG"))).size == (2048, 1536)


def test_the_field_takes_several_and_no_more_than_it_says():
    field = photos.PhotosField(required=False, most=2)
    assert field.clean([]) == []
    assert [each.name for each in field.clean([jpeg(), jpeg()])] == ["河道 巡查.jpg"] * 2
    with pytest.raises(ValidationError, match="最多上传 2 张"):
        field.clean([jpeg(), jpeg(), jpeg()])


def test_a_field_that_must_be_filled_says_so():
    with pytest.raises(ValidationError):
        photos.PhotosField().clean([])
