"""What others ask of the notices: how many lie unread, and whether something is stuck."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from congress.accounts.signed_in import read_with_user
from congress.notices.models import Delivery, Notice
from congress.notices.writing import unheard


def unread_count(user):
    """The number on the bell of the masthead; whoever came by a session brought it along."""
    if hasattr(user, "unread"):
        return user.unread
    return Notice.objects.of(user).unread().count() if user.is_authenticated else 0


@read_with_user("unread")
def _unread():
    mine = Notice.objects.filter(recipient=OuterRef("pk")).unread().order_by().values("recipient")
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number")), 0)


def oldest_undelivered():
    """Since when the oldest entry waits for its letters, or the oldest message to leave; None: nothing waits."""
    entry = unheard().order_by("pk").values_list("at", flat=True).first()
    message = Delivery.objects.undelivered().order_by("not_before").values_list("not_before", flat=True).first()
    return min(filter(None, [entry, message]), default=None)
