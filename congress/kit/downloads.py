"""What is handed out as a file; nobody on the way keeps a copy (下载)."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from congress.kit import documents, exports, pdf


def download(content, name, *, content_type):
    """Bytes as a file of this name."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def document(content, name):
    """A .docx of this name."""
    return download(content, f"{name}.docx", content_type=documents.CONTENT_TYPE)


def pdf_file(content, name):
    """A .pdf of this name."""
    return download(content, f"{name}.pdf", content_type=pdf.CONTENT_TYPE)


def sheet_response(title, columns, rows, note, journalled, *, name):
    """A workbook with today in its name; it is put down in the journal, by `journalled()`, before it is handed out."""
    content = exports.workbook(title, columns, rows, note=note)
    journalled()
    return download(content, f"{name}{timezone.localdate():%Y%m%d}.xlsx", content_type=exports.CONTENT_TYPE)


def note_for(request, count):
    """The line under the title of every table: who made it, when, how many rows."""
    made = timezone.localtime()
    return _("制表：%(name)s　制表时间：%(at)s　共 %(count)s 行") % {
        "name": request.user.name,
        "at": f"{made:%Y-%m-%d %H:%M}",
        "count": count,
    }
