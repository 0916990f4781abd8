"""The protected download (下载)."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views import View

from congress.files.models import StoredFile
from congress.files.readers import may_read, note_taken, shown_name


class DownloadView(View):
    """One stored paper, as a download and never as a page of this site; what is not yours is 404."""

    def get(self, request, pk):
        stored = get_object_or_404(StoredFile.objects.with_bytes(), pk=pk)
        if not may_read(request.user, stored):
            raise Http404
        note_taken(request.user, stored)
        response = FileResponse(
            stored.file.open("rb"),
            as_attachment=True,
            filename=shown_name(request.user, stored),
            content_type=stored.content_type,
        )
        response["Cache-Control"] = "private, no-store"
        return response
