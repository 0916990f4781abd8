"""What an upload really is: kinds by content, size, and archives that would burst."""

import zipfile
from dataclasses import dataclass

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Kind:
    """One kind of file that may be stored: its type, and the first bytes by which it is known."""

    content_type: str
    starts: tuple = ()


_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_ZIP = (b"PK\x03\x04",)
KINDS = {
    "pdf": Kind("application/pdf", (b"%PDF",)),
    "doc": Kind("application/msword", _OLE),
    "wps": Kind("application/vnd.ms-works", _OLE + _ZIP),
    "xls": Kind("application/vnd.ms-excel", _OLE),
    "et": Kind("application/vnd.ms-excel", _OLE + _ZIP),
    "docx": Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
    "ofd": Kind("application/ofd", _ZIP),
    "jpg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    "png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",)),
}
SHEETS = ("xlsx", "xls", "et", "csv")
# Text has no first bytes, and an archive may hold anything: taken only where a table or many pictures are expected.
_ON_REQUEST = {"csv": Kind("text/csv"), "zip": Kind("application/zip", _ZIP)}


def check(upload, *, kinds=None):
    """The content type of an upload by its content; ValidationError in Chinese when it must not be stored.

    `kinds` narrows the allow-list, e.g. to spreadsheets. Leaves the file at its start.
    """
    allowed = {name: (KINDS | _ON_REQUEST)[name] for name in kinds} if kinds else KINDS
    extension = upload.name.rsplit(".", 1)[-1].lower() if "." in upload.name else ""
    if extension not in allowed:
        raise ValidationError(_("不能上传这种文件。可以上传：%s。") % "、".join(sorted(allowed)))
    if upload.size > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        raise ValidationError(_("文件太大，不能超过 %s MB。请压缩图片或者分几次上传。") % limit)
    if not upload.size:
        raise ValidationError(_("文件是空的。"))
    upload.seek(0)
    head = upload.read(262)
    upload.seek(0)
    kind = allowed[extension]
    is_other = not head.startswith(kind.starts) if kind.starts else b"\x00" in head or filetype.guess(head)
    if is_other:
        found = filetype.guess(head)
        words = _("内容其实是 %s") % found.extension if found else _("内容和扩展名不符")
        raise ValidationError(
            _("文件 %(name)s %(words)s，请用原来的软件另存后再上传。") % {"name": upload.name, "words": words}
        )
    if head.startswith(_ZIP):
        check_archive(upload)
    return kind.content_type


def check_archive(upload):
    """Refuse an archive that would unpack beyond all measure (zip bomb)."""
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise ValidationError(_("文件已损坏，打不开。请用原来的软件另存后再上传。")) from None
    finally:
        upload.seek(0)
    if len(entries) > settings.ARCHIVE_MAX_ENTRIES or sum(e.file_size for e in entries) > settings.ARCHIVE_MAX_BYTES:
        raise ValidationError(_("文件解压后太大，不能上传。"))
