"""Speaking to the REST interface in tests (接口)."""

import json

from django.test import Client
from django.urls import reverse


class Speaker(Client):
    """A client that sends and reads JSON, as one person."""

    def __init__(self, user=None):
        super().__init__()
        if user is not None:
            self.force_login(user)

    def read(self, name, *args, **query):
        """The body of a GET that succeeds."""
        answer = self.get(reverse(f"api:{name}", args=args), query)
        assert answer.status_code == 200, (answer.status_code, answer.content.decode())
        return answer.json()

    def send(self, name, *args, body=None, method="post", **headers):
        """(status, body) of a request that changes something."""
        address = reverse(f"api:{name}", args=args)
        text = json.dumps({} if body is None else body)
        answer = self.generic(method.upper(), address, text, content_type="application/json", headers=headers)
        return answer.status_code, answer.json() if answer.content else None
