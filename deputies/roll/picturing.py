"""Many photos at once: each file is matched by its name to one seat, and shown only after confirmation (批量照片).

Nothing but the cleaned picture is ever kept: an archive is read where it arrives, and what matches nobody is let go.
"""

import lzma
import re
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from congress.files import actions as files
from congress.kit.photos import KINDS, PortraitField, cleaned
from congress.kit.uploads import check
from congress.procedure import journal
from congress.procedure.intake import is_left_lying
from deputies.roll.actions import wear_portrait
from deputies.roll.models import Mandate, PortraitBatch, PortraitRow

MOST = 200  # pictures of one upload
# a password, a way of packing nobody knows, or a stream that is broken though the directory is whole
_UNREADABLE = (RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError)
V, S = PortraitRow.Verdict, PortraitBatch.State
_PARTS = re.compile(r"[\s_\-—,，、.（）()【】\[\]]+")
_NUMBERED = re.compile(r"(?:(\d+)(\D+)|(\D+?)(\d+))$")
_NO_PICTURE = re.compile(r"(^|/)(__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


@dataclass
class Found:
    """What one file is: whose, and its picture once that is clean."""

    name: str
    verdict: str
    said: str = ""
    seat: Mandate | None = None
    picture: object = None


def unpacked(uploads):
    """The pictures of an upload: the files themselves, and what lies in their archives."""
    pictures = []
    for upload in uploads:
        if upload.name.lower().endswith(".zip"):
            pictures += _of_archive(upload)
        else:
            pictures.append(upload)
        if len(pictures) > MOST:
            raise ValidationError(_("一次最多 %s 张照片，请分几次上传。") % MOST)
    if not pictures:
        raise ValidationError(_("压缩包里没有照片。"))
    return pictures


def _of_archive(upload):
    check(upload, kinds=("zip",))
    pictures = []
    with zipfile.ZipFile(upload) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        named = [(entry, _name_of(entry)) for entry in entries]
        named = [(entry, name) for entry, name in named if not _NO_PICTURE.search(name)]
        if len(named) > MOST:
            raise ValidationError(_("一次最多 %s 张照片，请分几次上传。") % MOST)
        for entry, name in named:
            if entry.file_size > settings.UPLOAD_MAX_BYTES:
                raise ValidationError(_("压缩包里的 %s 太大，请缩小以后再传。") % name)
            try:
                content = archive.read(entry)
            except _UNREADABLE:
                raise ValidationError(_("压缩包已损坏或者加了密码，请去掉密码，重新压缩成 ZIP 再上传。")) from None
            pictures.append(SimpleUploadedFile(PurePosixPath(name).name, content))
    return pictures


def _name_of(entry):
    """The name of a file as it was meant: Chinese Windows writes GBK and does not say so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gbk")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


class Seats:
    """The seats of a congress in force, known by certificate number and by name."""

    def __init__(self, congress):
        self.by_number, self.by_name = {}, defaultdict(list)
        seats = Mandate.objects.filter(congress=congress).exclude(state=Mandate.State.ENDED)
        for seat in seats.select_related("deputy", "delegation").order_by("pk"):
            self.by_name[_plain(seat.deputy.name)].append(seat)
            if seat.certificate_number:
                self.by_number[_plain(seat.certificate_number)] = seat

    def named(self, file_name):
        """(seat, why none): whose picture a file is, by the whole of its name first, then by its parts."""
        stem = unicodedata.normalize("NFKC", file_name.rsplit(".", 1)[0]).strip()
        whole = _plain(stem)
        if whole in self.by_number:
            return self.by_number[whole], ""
        if whole in self.by_name:
            return _one_of(self.by_name[whole])
        return self._by_parts(stem)

    def _by_parts(self, stem):
        parts = [_plain(part) for part in _PARTS.split(stem) if part]
        parts += [_plain(each) for part in parts if (found := _NUMBERED.match(part)) for each in found.groups() if each]
        numbered = {self.by_number[part].pk: self.by_number[part] for part in parts if part in self.by_number}
        named = {seat.pk: seat for part in parts for seat in self.by_name.get(part, ())}
        if numbered and named:
            both = [seat for pk, seat in named.items() if pk in numbered]
            return (both[0], "") if len(both) == 1 else (None, _("证号和姓名对不上，是两个人的。"))
        return _one_of(list((numbered or named).values()))


def _plain(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def _one_of(seats):
    if len(seats) == 1:
        return seats[0], ""
    if not seats:
        return None, ""
    where = "、".join(str(seat.delegation or seat.certificate_number) for seat in seats)
    return None, _("有 %(n)s 位：%(where)s。请用代表证号命名。") % {"n": len(seats), "where": where}


def judge(pictures, congress):
    """One verdict for each file; a picture is cleaned only where it is somebody's."""
    seats, taken, rows = Seats(congress), {}, []
    for upload in pictures:
        name = PurePosixPath(upload.name.replace("\\", "/")).name[:200]
        seat, why = seats.named(name)
        if seat is None:
            rows.append(Found(name, V.AMBIGUOUS if why else V.UNKNOWN, why))
        elif seat.pk in taken:
            rows.append(Found(name, V.TWICE, _("和 %s 是同一位代表。") % taken[seat.pk], seat))
        else:
            rows.append(_cleaned(name, upload, seat))
            if rows[-1].verdict == V.MATCHED:
                taken[seat.pk] = name
    return rows


def _cleaned(name, upload, seat):
    try:
        check(upload, kinds=KINDS)
        return Found(name, V.MATCHED, "", seat, cleaned(upload, longest=PortraitField.LONGEST))
    except ValidationError as problem:
        return Found(name, V.BAD, " ".join(problem.messages), seat)


@transaction.atomic
def upload(uploads, *, congress, by):
    """Judge many photos and keep them for confirmation; an earlier upload that nobody confirmed is let go."""
    found = judge(unpacked(uploads), congress)
    for before in PortraitBatch.objects.filter(congress=congress, state=S.CHECKED):
        drop(before)
    batch = PortraitBatch.objects.create(congress=congress, by=by)
    rows = [
        PortraitRow(
            batch=batch, name=row.name, verdict=row.verdict, said=row.said[:300], mandate=row.seat,
            picture=files.store(row.picture, congress=congress, by=by, case=row.seat) if row.picture else None,
        )
        for row in found
    ]  # fmt: skip
    PortraitRow.objects.bulk_create(rows)
    return batch


@transaction.atomic
def confirm(batch, *, by):
    """Show the matched photos from now on, all of them or none; returns how many. A second click changes nothing."""
    if not PortraitBatch.objects.filter(pk=batch.pk, state=S.CHECKED).update(state=S.APPLIED):
        return 0
    matched = batch.rows.filter(verdict=V.MATCHED).select_related("mandate__deputy__portrait", "picture")
    rows = list(matched.order_by("pk"))
    for row in rows:
        wear_portrait(row.mandate, row.picture, by=by)
    if rows:
        journal.record(batch.congress, "roll.portraits", by=by, facts={"count": len(rows)}, congress=batch.congress)
    return len(rows)


def tidy(*, on):
    """Give up the photos that nobody confirmed in time; how many uploads."""
    waiting = PortraitBatch.objects.filter(state=S.CHECKED).select_related("congress")
    return sum(drop(batch) for batch in waiting if is_left_lying(batch, on=on))


@transaction.atomic
def drop(batch):
    """Nobody wants these photos: they go, with their files; returns whether they still waited."""
    if not PortraitBatch.objects.filter(pk=batch.pk, state=S.CHECKED).update(state=S.DROPPED):
        return False
    pictures = [row.picture for row in batch.rows.exclude(picture=None).select_related("picture")]
    batch.rows.all().delete()
    for picture in pictures:
        picture.delete()
        transaction.on_commit(lambda kept=picture.file: kept.delete(save=False))
    return True
