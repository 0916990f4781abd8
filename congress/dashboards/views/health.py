"""What monitoring asks: alive, ready."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congress.dashboards import health


@require_safe
@never_cache
@login_not_required
def healthz(request):
    """This process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(request):
    """Every part is at work, or 503 and the names of those that are not."""
    parts, bad = health.findings()
    return JsonResponse({"ready": not bad, "bad": bad, "parts": parts}, status=503 if bad else 200)
