"""A small picture as a phone would send it (照片)."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(name="照片.png"):
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6), "grey").save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/png")
