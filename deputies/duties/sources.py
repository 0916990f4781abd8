"""The event behind a row: its page, without asking the database (来源)."""

from django.apps import apps


def source_url(record):
    """The page of what made this row, or None where the deputy claimed it himself or the event has no page."""
    if not record.source_id:
        return None
    model = apps.get_model(record.source_kind)
    page = getattr(model, "get_absolute_url", None)
    return page(model(pk=record.source_id)) if page else None


def source_name(record):
    """What kind of event it was: 活动, 建议, 接待 …"""
    return str(apps.get_model(record.source_kind)._meta.verbose_name) if record.source_kind else ""
