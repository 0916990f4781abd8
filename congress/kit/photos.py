"""Photos from phones: turned upright, made smaller, and without the place and device written in them (照片)."""

import io
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from congress.kit.uploads import check

KINDS = ("jpg", "jpeg", "png")
LONGEST_SIDE = 2048  # pixels; enough to read a form that was photographed
MOST_PIXELS = 60_000_000  # what the best phones take; beyond it is an attack on memory
MOST_WHOLE = 25_000_000  # of a picture that can't be made smaller while it is read
_QUALITY = 85


def cleaned(upload, *, longest=LONGEST_SIDE):
    """The photo itself and nothing else, ready for `files.actions.store`; ValidationError where it is none.

    Only the pixels are kept: EXIF with place, time and device, thumbnails, comments are gone (个人信息保护法 Art. 6).
    """
    check(upload, kinds=KINDS)
    try:
        with Image.open(upload, formats=("JPEG", "PNG")) as photo:
            is_png = photo.format == "PNG"
            whole = photo.width * photo.height
            photo.draft("RGB", (longest, longest))  # a JPEG is read no larger than it will be kept
            in_passes = bool(photo.info.get("progressive"))  # all of it lies in memory before any is made smaller
            read = whole if is_png or in_passes else photo.width * photo.height
            if whole > MOST_PIXELS or read > MOST_WHOLE:
                raise ValidationError(_("照片太大，请先在手机上裁剪或者压缩。"))
            pixels = ImageOps.exif_transpose(photo).convert("RGBA" if is_png and photo.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError(_("这张照片打不开，请重新拍一张或者另存后再上传。")) from None
    finally:
        upload.seek(0)
    pixels.thumbnail((longest, longest))
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)  # a picture that has never known its metadata
    buffer = io.BytesIO()
    if is_png:
        bare.save(buffer, "PNG", optimize=True)
    else:
        bare.save(buffer, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    name = f"{PurePath(upload.name).stem}.{'png' if is_png else 'jpg'}"
    kind = "image/png" if is_png else "image/jpeg"
    size = buffer.tell()
    buffer.seek(0)
    return InMemoryUploadedFile(buffer, None, name, kind, size, None)


class PortraitField(forms.FileField):
    """One photo of a person, as small as a card and a board need it."""

    LONGEST = 480

    def __init__(self, **kwargs):
        super().__init__(widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}), **kwargs)

    def clean(self, value, initial=None):
        upload = super().clean(value, initial)
        return cleaned(upload, longest=self.LONGEST) if upload else None


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos at once, each cleaned; a phone offers its camera."""

    def __init__(self, *, most=6, **kwargs):
        self.most = most
        super().__init__(widget=PhotosInput(attrs={"accept": "image/jpeg,image/png"}), **kwargs)

    def clean(self, value, initial=None):
        uploads = [super(PhotosField, self).clean(each, initial) for each in value or [] if each]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.most:
            raise ValidationError(_("一次最多上传 %s 张照片。") % self.most)
        return [cleaned(each) for each in uploads]
