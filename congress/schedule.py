"""Every periodic job of the portal on one page."""

from datetime import timedelta

BEAT_SCHEDULE = {
    # A beat that was away sends its heartbeat when it can; one that nobody ran in time is worth nothing.
    "heartbeat": {
        "task": "dashboards.heartbeat",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
}
