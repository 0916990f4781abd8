"""Somebody who is signed in and asks for pages over one kept connection (访问者)."""

import gzip
import http.client
import re
import threading
import time

from django.conf import settings
from django.db import connection
from django.test import Client

from congress.accounts.middleware import SEEN
from congress.accounts.models import User

_ASSET = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/[^"]+)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """A person of the first county, with a session of his own."""

    def __init__(self, username, port):
        self.user = User.objects.get(username=username)
        self.congress = self.user.memberships.order_by("pk").first().organ_id
        self.port, self.local = port, Client(SERVER_NAME="localhost")
        self.local.force_login(self.user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        session = self.local.session
        session[SEEN] = time.time()  # as the sign-in page notes it
        session.save()
        self.cookies = {name: morsel.value for name, morsel in self.local.cookies.items()}
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def get(self, address, **headers):
        return self._ask("GET", address, None, headers)

    def post(self, address, body):
        return self._ask("POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method, address, body, headers):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.wire.request(method, address, body, {"Host": "localhost", "Cookie": cookies} | headers)
        answer = self.wire.getresponse()
        content = answer.read()
        if answer.status not in (200, 302):
            raise RuntimeError(f"{address} answers {answer.status}")
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _is, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return content

    def token(self, address):
        """What a form of this page must send back."""
        return _TOKEN.search(self.get(address).decode())[1]

    def weight(self, address):
        """(requests, compressed bytes) of a page opened for the first time, with all it asks for."""
        content = self.get(address)
        assets = dict.fromkeys(_ASSET.findall(content.decode()))
        loaded = [self.get(each, **{"Accept-Encoding": "br, gzip"}) for each in assets]
        return 1 + len(loaded), len(gzip.compress(content)) + sum(len(each) for each in loaded)

    def statements(self, address):
        """How many SQL statements the page costs, asked without a server."""
        asked = []

        def note(execute, sql, params, many, context):
            asked.append(sql)
            return execute(sql, params, many, context)

        self.local.get(address)
        with connection.execute_wrapper(note):
            self.local.get(address)
        return len(asked)


def cost(server, act):
    """(seconds by the clock, CPU seconds of server and database) of one request."""
    before, start = server.spent(), time.perf_counter()
    act()
    return time.perf_counter() - start, server.spent() - before


def throughput(visitors, address, *, seconds):
    """Answers a second while so many people ask for a page as fast as they can."""
    answered, end = [], time.perf_counter() + seconds

    def hurry(visitor):
        count = 0
        while time.perf_counter() < end:
            visitor.get(address)
            count += 1
        answered.append(count)

    threads = [threading.Thread(target=hurry, args=[visitor]) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / seconds
