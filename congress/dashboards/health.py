"""Is the portal alive, and are all its parts at work (健康检查)."""

from datetime import timedelta

from celery import current_app
from django.db import connection
from django.utils import timezone

from congress.dashboards import heartbeat
from congress.notices.questions import oldest_undelivered

HEARTBEAT_LIMIT = timedelta(minutes=3)  # it comes every minute
DELIVERY_LIMIT = timedelta(minutes=15)  # the sweep comes every minute


class Unwell(Exception):
    """A part does not do its work."""


def findings(*, only=()):
    """Every part (or only these) with how it is; the parts that are bad by name."""
    parts, bad = {}, []
    for name in only or EXAMINATIONS:
        try:
            parts[name] = EXAMINATIONS[name]()
        except Exception as error:  # whatever breaks inside a part is the finding
            bad.append(name)
            parts[name] = str(error) if isinstance(error, Unwell) else type(error).__name__
    return parts, bad


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _broker():
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0.2, timeout=5)
    return "ok"


def _heard_of(who):
    at = heartbeat.last(who)
    if at is None:
        raise Unwell("not heard of yet")
    silent = timezone.now() - at
    if silent > HEARTBEAT_LIMIT:
        raise Unwell(f"silent for {silent.total_seconds():.0f} s")
    return f"{silent.total_seconds():.0f} s ago"


def _beat():
    return _heard_of(heartbeat.BEAT)


def _worker():
    return _heard_of(heartbeat.WORKER)


def _notices():
    since = oldest_undelivered()
    if since is None:
        return "nothing waits"
    waiting = timezone.now() - since
    words = f"the oldest waits for {max(waiting.total_seconds(), 0):.0f} s"  # one to be tried again lies ahead
    if waiting > DELIVERY_LIMIT:
        raise Unwell(words)
    return words


EXAMINATIONS = {
    "database": _database,
    "broker": _broker,
    "beat": _beat,
    "worker": _worker,
    "notices": _notices,
}
