"""Pages of the frame: the switches of its look, the gallery of components, the errors with words of their own."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from congress.kit import gallery

LOOK_DAYS = 400


@login_not_required
@require_POST
def switch_elder(request):
    """Turn the elder mode on or off and remember it (适老)."""
    return remember_look(_back(request), "elder", is_on=request.COOKIES.get("elder") != "1")


@require_POST
def choose_ground(request):
    """Show the pages behind the sign-in on dark or on light ground, and remember it (深色、浅色)."""
    return remember_look(_back(request), "dark", is_on=request.POST.get("ground") == "dark")


def _back(request):
    return HttpResponseRedirect(page_named(request, "next", default="/"))


def page_named(request, name, *, default):
    """The page of ours that a form names as the one it came from; anything else is not followed."""
    target = request.POST.get(name, "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else default


def remember_look(response, name, *, is_on):
    """Keep a choice in the reader's browser."""
    value = "1" if is_on else "0"
    response.set_cookie(name, value, max_age=LOOK_DAYS * 86400, samesite="Lax", httponly=True)
    return response


class GalleryView(TemplateView):
    """Every component in every state, on light or on dark ground (组件)."""

    template_name = "congress/kit/gallery.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("kit.view_gallery"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        dark = self.request.GET.get("ground") == "dark"
        form = gallery.specimen()
        return super().get_context_data(is_dark=dark, states=gallery.STATES, form=form, page=gallery.page(), **kwargs)


def bad_request(request, exception):
    """A request that can't be read; too large a one has its own words, for the reader can mend that."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status = 413 if too_big else 400
    return render(request, f"{status}.html", status=status)


def csrf_failure(request, reason=""):
    """The form was open too long, or came from elsewhere; nothing was changed."""
    return render(request, "403_csrf.html", status=403)
