"""What every request passes."""

from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import bind_contextvars


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
