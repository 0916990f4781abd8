"""The bare Django page that a bench measures the portal's pages by; part of no portal's addresses."""

from django.http import HttpResponse  # noqa: TID251  what it measures is a bare page
from django.template import Context, Engine
from django.urls import include, path

from suggestions.docket.models import Suggestion

ROWS = 25
PAGE = Engine().from_string(
    "<!doctype html><title>floor</title><p>{{ user.name }}</p><table>"
    "{% for row in rows %}<tr><td>{{ row.printed_number }}</td><td>{{ row.title }}</td>"
    "<td>{{ row.state }}</td><td>{{ row.due_on }}</td></tr>{% endfor %}</table>"
)


def floor(request):
    """The session's user, and 25 rows of one query that an index answers."""
    rows = Suggestion.objects.filter(congress=request.GET["congress"]).order_by("-id")[:ROWS]
    return HttpResponse(PAGE.render(Context({"user": request.user, "rows": rows})))


urlpatterns = [path("floor/", floor), path("", include("congress.urls"))]
