"""Out of the house: the digest of the day, and claim, send, mark for every message (发送)."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.accounts.models import User
from congress.kit.dates import said
from congress.notices.channels import Message, channels
from congress.notices.models import Delivery, Notice, Wish
from congress.notices.posting import Wishes, enclose

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)  # after which a claimed message counts as abandoned by a killed worker
SHIFT_SECONDS = 300  # a run stops well before its own claims could look abandoned
MAX_ATTEMPTS = 8
LONGEST_WAIT = timedelta(minutes=2**MAX_ATTEMPTS)
_BATCH = 200


def make_digests(*, at):
    """Gather for each person what may wait, once a day from the hour of the digest on; returns how many digests."""
    if timezone.localtime(at).hour < settings.NOTICE_DIGEST_HOUR:
        return 0
    waiting = Notice.objects.filter(waits_for_digest=True).order_by().values_list("recipient", flat=True).distinct()
    return sum(_digest_for(user, at=at) for user in User.objects.filter(pk__in=list(waiting)))


@transaction.atomic
def _digest_for(user, *, at):
    """The digests of one person; what he has read meanwhile is left out, what comes after it waits for tomorrow."""
    today = timezone.localdate(at)
    wanting = [code for code, wish in Wishes([user]).of(user) if wish == Wish.DIGEST]
    waiting = list(Notice.objects.of(user).filter(waits_for_digest=True).order_by("pk"))
    unread = [notice for notice in waiting if notice.is_unread]
    digests = [_open_digest(user, code, today, at=at) for code in wanting] if unread else []
    new = [digest for digest, is_new in digests if is_new]
    enclose((digest, notice) for digest in new for notice in unread)
    if new or not digests:
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(waits_for_digest=False)
    return len(new)


def _open_digest(user, code, today, *, at):
    return Delivery.objects.get_or_create(
        recipient=user,
        channel=code,
        key=f"digest:{today}",
        defaults={"digest_on": today, "created_at": at, "not_before": at},
    )


def deliver(*, at):
    """Send every message that is due; returns how many went out. Several workers share the work by their claims."""
    ends, sent, last = time.monotonic() + SHIFT_SECONDS, 0, 0
    while batch := list(_due(at).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        for pk in batch:
            if time.monotonic() > ends:
                return sent
            sent += _deliver_one(pk, at=at)
        last = batch[-1]
    return sent


def _due(at):
    """Waiting messages whose time has come, and claimed ones whose worker is gone.

    What lies further ahead than any wait was written under a clock that has since been set back: it is due.
    """
    State = Delivery.State
    come = Q(not_before__lte=at) | Q(not_before__gt=at + LONGEST_WAIT)
    abandoned = Q(claimed_at__lte=at - LEASE) | Q(claimed_at__gt=at + LEASE)
    return Delivery.objects.filter(Q(state=State.WAITING) & come | Q(state=State.CLAIMED) & abandoned)


def _deliver_one(pk, *, at):
    if not _claim(pk, at=at):
        return 0
    delivery = Delivery.objects.select_related("recipient").get(pk=pk)
    try:
        _send(delivery)
    except Exception as error:  # whatever a gateway throws: it is written down and tried again later
        log.warning("message %s failed: %r", delivery.message_id, error)
        _mark_failed(delivery, error, at=at)
        return 0
    Delivery.objects.filter(pk=pk).update(state=Delivery.State.SENT, sent_at=at, error="")
    return 1


def _claim(pk, *, at):
    return _due(at).filter(pk=pk).update(state=Delivery.State.CLAIMED, claimed_at=at, attempts=F("attempts") + 1)


class Unreachable(Exception):
    """The person has no address on this channel any more, or has left."""


def _send(delivery):
    channel = channels().get(delivery.channel)
    to = channel and delivery.recipient.is_active and channel.address_of(delivery.recipient)
    if not to:
        raise Unreachable(delivery.channel)
    subject, body = _words(delivery)
    channel.send(Message(delivery.message_id, to, subject, body))


def _mark_failed(delivery, error, *, at):
    gives_up = delivery.attempts >= MAX_ATTEMPTS or isinstance(error, Unreachable)
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.FAILED if gives_up else Delivery.State.WAITING,
        not_before=at + timedelta(minutes=2**delivery.attempts),
        error=repr(error)[:300],
    )


def _words(delivery):
    """(subject, body) of a message: one notice, or the list of the day."""
    notices = list(delivery.notices.order_by("pk"))
    if delivery.digest_on is None:
        notice = notices[0]
        return notice.title, "\n".join(filter(None, [notice.title, notice.body, _address(notice)])) + "\n"
    subject = _("%(day)s通知%(count)s条") % {"day": said(delivery.digest_on), "count": len(notices)}
    lines = [f"{number}. {notice.title}\n   {_address(notice)}" for number, notice in enumerate(notices, start=1)]
    return subject, "\n".join([subject, "", *lines]) + "\n"


def _address(notice):
    return f"{settings.PORTAL_URL}{notice.url}" if notice.url else ""
