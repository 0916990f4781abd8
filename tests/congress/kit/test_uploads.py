"""What an upload really is."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from congress.kit.uploads import SHEETS, check

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 300


def archive(*files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files:
            box.writestr(name, content)
    return stream.getvalue()


def test_a_picture_is_known_by_its_first_bytes_and_left_at_its_start():
    upload = SimpleUploadedFile("现场.PNG", PNG)
    assert check(upload) == "image/png"
    assert upload.tell() == 0


def test_a_renamed_picture_is_no_spreadsheet():
    with pytest.raises(ValidationError, match="内容其实是 png"):
        check(SimpleUploadedFile("名册.xlsx", PNG), kinds=SHEETS)


@pytest.mark.parametrize("content", [PNG, "name,姓名".encode("utf-16"), archive(("a", b"1"))])
def test_something_else_is_no_csv(content):
    with pytest.raises(ValidationError, match=r"名册\.csv"):
        check(SimpleUploadedFile("名册.csv", content), kinds=SHEETS)


def test_text_is_taken_only_where_a_table_is_expected():
    assert check(SimpleUploadedFile("名册.csv", "姓名\n田禾\n".encode()), kinds=SHEETS) == "text/csv"
    with pytest.raises(ValidationError, match="不能上传这种文件"):
        check(SimpleUploadedFile("名册.csv", "姓名\n田禾\n".encode()))


@pytest.mark.parametrize("name", ["病毒.exe", "没有扩展名", "页面.html", "图.svg"])
def test_a_kind_that_is_not_on_the_list_is_refused(name):
    with pytest.raises(ValidationError, match="不能上传这种文件"):
        check(SimpleUploadedFile(name, b"MZ"))


def test_an_empty_and_a_too_large_file_are_refused(settings):
    with pytest.raises(ValidationError, match="空的"):
        check(SimpleUploadedFile("a.pdf", b""))
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    with pytest.raises(ValidationError, match="不能超过 1 MB"):
        check(SimpleUploadedFile("a.pdf", b"%PDF" + b"0" * 1024 * 1024))


def test_an_archive_that_would_burst_is_refused_before_it_is_opened(settings):
    settings.ARCHIVE_MAX_BYTES = 1024 * 1024
    bomb = archive(("xl/worksheets/sheet1.xml", b"0" * 5 * 1024 * 1024))
    assert len(bomb) < 100_000
    with pytest.raises(ValidationError, match="解压后太大"):
        check(SimpleUploadedFile("名册.xlsx", bomb), kinds=SHEETS)


def test_an_archive_of_too_many_parts_is_refused(settings):
    settings.ARCHIVE_MAX_ENTRIES = 3
    with pytest.raises(ValidationError, match="解压后太大"):
        check(SimpleUploadedFile("a.docx", archive(*((f"{n}", b"") for n in range(4)))))


def test_a_broken_archive_is_said_to_be_broken():
    with pytest.raises(ValidationError, match="已损坏"):
        check(SimpleUploadedFile("a.docx", archive(("a", b"1"))[:40]))
