"""Letters at once after the commit, and every minute what is left over (通知的后台任务)."""

from django.dispatch import receiver
from django.utils import timezone

from congress.notices import delivering, writing
from congress.procedure.duework import due_work
from congress.procedure.journal import recorded


@receiver(recorded, dispatch_uid="notices.hear_at_once")
def hear_at_once(entry, **kwargs):
    """The inbox fills as soon as the step stands; if this process dies here, the sweep makes it good."""
    if not writing.is_hushed():
        writing.hear(entry, at=timezone.now())


@due_work("notices.letters", order=80)
def write_letters(*, at):
    return writing.write_letters(at=at)


@due_work("notices.reminders", order=82)
def pass_reminders_on(*, at):
    return writing.pass_reminders_on(at=at)


@due_work("notices.digest", order=84)
def make_digests(*, at):
    return delivering.make_digests(at=at)


@due_work("notices.deliver", order=90)
def deliver(*, at):
    return delivering.deliver(at=at)
