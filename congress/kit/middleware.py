"""What every request passes."""

from django_structlog.middlewares import RequestMiddleware


class RequestLog(RequestMiddleware):
    """Logs requests without their query: what people search for are names."""

    @staticmethod
    def format_request(request):
        return f"{request.method} {request.path}"

    def __call__(self, request):
        """Monitoring asks for health every few seconds: that is no news."""
        if request.path in ("/healthz", "/readyz"):
            return self.get_response(request)
        return super().__call__(request)
