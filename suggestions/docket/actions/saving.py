"""Keeping one's own views of the list; no case is touched and nobody else is told, so no journal (我的视图)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from suggestions.docket.models import SavedView

MOST = 20
LONGEST = SavedView._meta.get_field("query").max_length


@transaction.atomic
def save_view(*, name, query, by):
    """Keep these conditions under a name; the same name again takes the new ones."""
    if len(query) > LONGEST:
        raise ValidationError(_("条件太多，存不下。请去掉一些再存。"))
    standing = SavedView.objects.filter(owner=by)
    if not standing.filter(name=name).exists() and standing.count() >= MOST:
        raise ValidationError({"name": _("最多存 %s 个，请先删去不用的。") % MOST})
    view, _created = SavedView.objects.update_or_create(owner=by, name=name, defaults={"query": query})
    return view
