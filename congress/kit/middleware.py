"""What every request passes."""

from django_structlog.middlewares import RequestMiddleware


class RequestLog(RequestMiddleware):
    """Logs requests without their query: what people search for are names."""

    @staticmethod
    def format_request(request):
        return f"{request.method} {request.path}"
