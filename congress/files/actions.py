"""Storing an upload after looking what it really is (存文件)."""

import hashlib
from pathlib import PurePath

from congress.files.models import StoredFile
from congress.kit.uploads import check


def store(upload, *, congress, by, case=None, kinds=None):
    """Keep one upload with its case; refuses what is too large, of no known kind, or not what its name says."""
    content_type = check(upload, kinds=kinds)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return StoredFile.objects.create(
        congress=congress,
        name=_short(PurePath(upload.name.replace("\\", "/"))),
        content_type=content_type,
        size=upload.size,
        sha256=digest.hexdigest(),
        file=upload,
        case_kind=case._meta.label_lower if case is not None else "",
        case_id=case.pk if case is not None else None,
        uploaded_by=by,
    )


def _short(path):
    """The name as it is kept: a long one loses its end, never its ending."""
    most = StoredFile._meta.get_field("name").max_length
    return path.name if len(path.name) <= most else path.stem[: most - len(path.suffix)] + path.suffix
