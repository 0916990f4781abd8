"""When beat and a worker last showed that they live: two marks in the cache."""

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

BEAT = "beat"
WORKER = "worker"


def note(who):
    cache.set(f"heartbeat:{who}", timezone.now().isoformat(), timeout=None)


def last(who):
    """The instant of the last mark, or None where there is none yet."""
    marked = cache.get(f"heartbeat:{who}")
    return marked and datetime.fromisoformat(marked)
