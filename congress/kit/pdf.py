"""PDF from a typst source: boards and cards that are printed as they are (打印件)."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pylopdf_fonts_zh_cn
import segno
import typst

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
CONTENT_TYPE = "application/pdf"


def pdf(source, *, content, images=None):
    """The bytes of a PDF. `source` is a typst file that reads `json("content.json")` and its images by name.

    Text reaches typst only as data, so nothing that somebody typed is ever read as markup.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content.json").write_text(json.dumps(content, ensure_ascii=False, default=str))
        for name, data in (images or {}).items():
            (root / name).write_bytes(data)
        (root / "main.typ").write_text(Path(source).read_text())
        return typst.compile(
            str(root / "main.typ"), root=str(root), font_paths=[str(FONTS)], ignore_system_fonts=True, format="pdf"
        )


def qr_svg(address):
    """A QR code as a picture for a PDF or a page, dark on white, as large as its place."""
    return segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True).encode()
