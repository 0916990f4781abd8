"""The event behind a row: its page, without asking the database (来源)."""

from django.apps import apps

from congress.organs.hats import hats_of
from deputies.duties.models import Sheet
from deputies.roll.seats import seats_of

# They speak of many deputies, and none reads of the others.
_FOR_THE_OFFICE = frozenset({Sheet._meta.label_lower, "training.contest"})


def source_url(record, *, reader):
    """The page of what made this row, or None where nobody but the deputy did or this reader has no business there.

    The deputy goes to his own events, the office and the leaders of the congress to all.
    """
    if not record.source_id:
        return None
    watches = record.congress_id in hats_of(reader).watches
    is_own = record.mandate_id in seats_of(reader)
    if not watches and (not is_own or record.source_kind in _FOR_THE_OFFICE):
        return None
    model = apps.get_model(record.source_kind)
    page = getattr(model, "get_absolute_url", None)
    return page(model(pk=record.source_id)) if page else None


def source_name(record):
    """What kind of event it was: 活动, 建议, 接待 …"""
    return str(apps.get_model(record.source_kind)._meta.verbose_name) if record.source_kind else ""
