"""The inbox: what lies there, opening it, reading all, and how one wants to be told (消息)."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView

from congress.kit.paging import page_of
from congress.notices import actions
from congress.notices.forms import PreferencesForm
from congress.notices.models import Notice

SHOWN = {"all": gettext_lazy("全部"), "unread": gettext_lazy("未读"), "urgent": gettext_lazy("紧急")}


@require_safe
def inbox(request):
    """One's own notices, unread first."""
    shown = request.GET.get("show", "all")
    shown = shown if shown in SHOWN else "all"
    own = Notice.objects.of(request.user)
    counts = own.counts()
    page = page_of(own.shown(shown).inbox_order(), request.GET.get("page"), count=counts[shown])
    choices = [(code, label, counts[code]) for code, label in SHOWN.items()]
    return render(
        request,
        "congress/notices/inbox.html",
        {"page_obj": page, "shown": shown, "choices": choices, "unread_here": counts["unread"]},
    )


@require_POST
def open_notice(request, pk):
    """Read it and go where it leads; only a POST reads, so that nothing that fetches links ahead does."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    actions.read(notice, at=timezone.now())
    return HttpResponseRedirect(notice.url or reverse("notices:inbox"))


@require_POST
def read_all(request):
    count = actions.read_all(request.user, at=timezone.now())
    messages.success(request, _("已将 %(count)s 条标为已读。") % {"count": count})
    return redirect("notices:inbox")


class Preferences(FormView):
    """By which ways one is told outside the portal; the inbox itself always tells."""

    template_name = "congress/notices/preferences.html"
    form_class = PreferencesForm
    success_url = reverse_lazy("notices:inbox")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        form.carry_out(by=self.request.user)
        messages.success(self.request, _("接收设置已保存。"))
        return super().form_valid(form)
