"""Mail gateways for tests."""

from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    """A gateway that is down."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("the gateway is down")
