"""Storing an upload after looking what it really is (存文件)."""

import hashlib
from functools import partial
from pathlib import PurePath

from django.db import transaction

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


def give_to(stored, case):
    """Let a stored file belong to a case that was made after it; from then on the case's room says who reads it."""
    stored.case_kind, stored.case_id = case._meta.label_lower, case.pk
    stored.save(update_fields=["case_kind", "case_id"])


@transaction.atomic
def empty(stored):
    """Let the bytes go once that is certain; that the file was here, its size and its sum stay (清空)."""
    if not stored.file:
        return
    storage, name = stored.file.storage, stored.file.name
    stored.file = ""
    stored.save(update_fields=["file"])
    transaction.on_commit(partial(storage.delete, name))


def remove(stored):
    """Throw a stored file away, with what is on disk once that is certain; only of what was thrown away itself."""
    stored.delete()
    transaction.on_commit(partial(stored.file.delete, save=False))


def _short(path):
    """The name as it is kept: a long one loses its end, never its ending."""
    most = StoredFile._meta.get_field("name").max_length
    return path.name if len(path.name) <= most else path.stem[: most - len(path.suffix)] + path.suffix
