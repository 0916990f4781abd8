"""What every request passes."""

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import Http404
from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import bind_contextvars

from congress.kit.numbers import LARGEST

_policy = cache(build_policy)


class ContentPolicy(CSPMiddleware):
    """What a page may load. No page asks for more or less than the others, so the header is put together once."""

    def process_request(self, request):
        """No page has a script or style of its own that would have to be named by a nonce."""

    def process_response(self, request, response):
        if settings.DEBUG:  # what Django tells a developer of his errors has styles in it
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


class OnlyRows:
    """An address whose number no row can have names nothing: the database would break at it.

    The REST interface says so itself, in its own shape.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_of_a_page = not hasattr(view, "cls")
        if is_of_a_page and any(isinstance(each, int) and each > LARGEST for each in kwargs.values()):
            raise Http404


class RequestLog(RequestMiddleware):
    """Logs requests without their query: what people search for are names."""

    @staticmethod
    def format_request(request):
        return f"{request.method} {request.path}"

    @classmethod
    def bind_ip(cls, request):
        """Where no proxy stands in front the server knows best who asks."""
        if request.headers.get("X-Forwarded-For"):
            super().bind_ip(request)
        else:
            bind_contextvars(ip=request.META.get("REMOTE_ADDR"))

    def __call__(self, request):
        """Monitoring asks for health every few seconds: that is no news."""
        if request.path in ("/healthz", "/readyz"):
            return self.get_response(request)
        return super().__call__(request)
