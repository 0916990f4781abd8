"""What others ask of the notices: how many lie unread, and whether something is stuck."""

from django.db.models import Count

from congress.kit.statements import Statement
from congress.notices.models import Delivery, Notice
from congress.notices.writing import unheard


def unread_count(user):
    """The number on the bell of the masthead."""
    return sum(_unread(user=user.pk)) if user.is_authenticated else 0


@Statement
def _unread(user):
    """One row with the number, or none."""
    return Notice.objects.of(user).unread().order_by().values("recipient").values_list(Count("pk"), flat=True)


def oldest_undelivered():
    """Since when the oldest entry waits for its letters, or the oldest message to leave; None: nothing waits."""
    entry = unheard().order_by("pk").values_list("at", flat=True).first()
    message = Delivery.objects.undelivered().order_by("not_before").values_list("not_before", flat=True).first()
    return min(filter(None, [entry, message]), default=None)
