"""Every periodic job of the portal on one page."""

BEAT_SCHEDULE = {}
