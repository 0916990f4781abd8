"""Storing an upload after looking what it really is (存文件)."""

import hashlib
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress.files.models import StoredFile

_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
# What papers come in, by ending: how the file must begin, and the type it is served as.
KINDS = {
    "pdf": (b"%PDF", "application/pdf"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "png": (b"\x89PNG", "image/png"),
    "doc": (_OLD_OFFICE, "application/msword"),
    "xls": (_OLD_OFFICE, "application/vnd.ms-excel"),
    "wps": (_OLD_OFFICE, "application/octet-stream"),
    "et": (_OLD_OFFICE, "application/octet-stream"),
    "docx": (_ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (_ZIP, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ofd": (_ZIP, "application/ofd"),
}


def store(upload, *, congress, by, case=None):
    """Keep one upload with its case; refuses what is too large, of no known kind, or not what its name says."""
    name = PurePath(upload.name.replace("\\", "/")).name
    content_type = _checked(upload, name)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return StoredFile.objects.create(
        congress=congress,
        name=_short(name),
        content_type=content_type,
        size=upload.size,
        sha256=digest.hexdigest(),
        file=upload,
        case_kind=case._meta.label_lower if case is not None else "",
        case_id=case.pk if case is not None else None,
        uploaded_by=by,
    )


def _checked(upload, name):
    if not upload.size:
        raise ValidationError(_("“%s”是空文件，请重新选择。") % name)
    if upload.size > settings.UPLOAD_MEGABYTES * 1024**2:
        words = {"name": name, "most": settings.UPLOAD_MEGABYTES}
        raise ValidationError(_("“%(name)s”太大，一个文件最多 %(most)s MB。") % words)
    kind = PurePath(name).suffix.lower().lstrip(".")
    if kind not in KINDS:
        words = {"name": name, "kinds": "、".join(KINDS)}
        raise ValidationError(_("“%(name)s”的类型不能上传；可以上传：%(kinds)s。") % words)
    begins, content_type = KINDS[kind]
    upload.seek(0)
    if not upload.read(len(begins)).startswith(begins):
        raise ValidationError(_("“%s”的内容和后缀对不上，请用原来的软件另存后再上传。") % name)
    return content_type


def _short(name):
    """The name as it is kept: long ones lose their middle, never their ending."""
    most = StoredFile._meta.get_field("name").max_length
    path = PurePath(name)
    return name if len(name) <= most else path.stem[: most - len(path.suffix)] + path.suffix
