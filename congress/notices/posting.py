"""Putting notices into the inboxes and, as each reader wishes, on their way out of the house (投递)."""

from congress.notices.channels import channels
from congress.notices.models import Delivery, Notice, Preference, Wish


def post(notices, *, at):
    """Save these notices and, in the same transaction, the messages that leave the house for them."""
    if not notices:
        return
    wishes = Wishes(notice.recipient for notice in notices)
    for notice in notices:
        notice.waits_for_digest = not notice.is_urgent and wishes.wants(notice.recipient, Wish.DIGEST)
    Notice.objects.bulk_create(notices)
    leaving = [
        (notice, Delivery(recipient=notice.recipient, channel=code, key=notice.key, created_at=at, not_before=at))
        for notice in notices
        for code, wish in wishes.of(notice.recipient)
        if wish == Wish.EACH or (notice.is_urgent and wish != Wish.NONE)
    ]
    Delivery.objects.bulk_create([delivery for _notice, delivery in leaving])
    enclose((delivery, notice) for notice, delivery in leaving)


def enclose(pairs):
    """Note which notices a message carries."""
    through = Delivery.notices.through
    through.objects.bulk_create([through(delivery=delivery, notice=notice) for delivery, notice in pairs])


class Wishes:
    """By which channels these people can be reached and what they want of each, in one query."""

    def __init__(self, users):
        self._users = {user.pk: user for user in users}
        chosen = Preference.objects.filter(user__in=self._users)
        self._chosen = {(row.user_id, row.channel): row.wish for row in chosen}

    def of(self, user):
        """[(channel code, wish)] for the channels that have an address of this person."""
        return [
            (code, self._chosen.get((user.pk, code), channel.default))
            for code, channel in channels().items()
            if channel.address_of(user)
        ]

    def wants(self, user, wish):
        return any(each == wish for _code, each in self.of(user))
