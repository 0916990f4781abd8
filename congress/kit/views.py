"""Pages of the frame itself: the elder switch and the errors."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

ELDER_DAYS = 400


@login_not_required
@require_POST
def switch_elder(request):
    """Turn the elder mode on or off and remember it (适老)."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    value = "0" if request.COOKIES.get("elder") == "1" else "1"
    response.set_cookie("elder", value, max_age=ELDER_DAYS * 86400, samesite="Lax", httponly=True)
    return response


def csrf_failure(request, reason=""):
    """The form was open too long, or came from elsewhere; nothing was changed."""
    return render(request, "403_csrf.html", status=403)
