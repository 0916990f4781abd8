"""What is sent twice makes one thing (防重): a request sent again waits for the first and finds what it made."""

import hashlib
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction

from congress.procedure.models import Sent

REMEMBERED = timedelta(days=30)


@contextmanager
def making(noun, key, *, by):
    """One transaction in which somebody's request makes its thing; whoever sends the same waits until it is over.

    Yields a Sent, whose `made` is the id of what the request has made or None; who makes the thing sets it.
    A request without a key is never the same as another.
    """
    with transaction.atomic():
        sent = _of(noun, key, by) if key else Sent(noun=noun, by=by)
        before = sent.made
        yield sent
        if key and sent.made != before:
            sent.save(update_fields=["made"])


def forget(*, at):
    """Requests that nobody sends again any more; how many."""
    return Sent.objects.filter(at__lt=at - REMEMBERED).delete()[0]


def _of(noun, key, by):
    """Whatever a client sends as its key, a column can keep."""
    told = {"by": by, "noun": noun, "key": hashlib.sha256(key.encode()).hexdigest()}
    sent, _is_first = Sent.objects.select_for_update().get_or_create(**told)
    return sent
