"""What a reader does with his notices: read one, read all, choose how he is told (阅读、设置)."""

from congress.notices.models import Notice, Preference


def read(notice, *, at):
    """Note when it was first read."""
    Notice.objects.filter(pk=notice.pk).unread().update(read_at=at)


def read_all(user, *, at):
    """Read everything that lies unread; returns how many."""
    return Notice.objects.of(user).unread().update(read_at=at)


def choose(user, *, channel, wish):
    """Set what this person wants of one channel from now on."""
    Preference.objects.update_or_create(user=user, channel=channel, defaults={"wish": wish})
