"""The notice and the sign-in sheet to take away (下载通知、签到表)."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from congress.kit.downloads import document
from deputies.activities.models import Activity
from deputies.activities.papers import notice, sign_in_sheet


class PaperView(View):
    """One paper as .docx, for who runs the activity."""

    def get(self, request, pk, paper):
        found = get_object_or_404(Activity.objects.visible_to(request.user).select_related("organ", "congress"), pk=pk)
        if not request.user.has_perm("activities.organise", found):
            raise Http404
        if paper == "notice":
            content, name = notice(found, on=found.announced_on or timezone.localdate()), _("通知_%s") % found
        else:
            content, name = sign_in_sheet(found), _("签到表_%s") % found
        return document(content, name)
