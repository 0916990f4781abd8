"""Every periodic job of the portal on one page."""

from datetime import timedelta

BEAT_SCHEDULE = {
    # A beat that was away sends its heartbeat when it can; one that nobody ran in time is worth nothing.
    "heartbeat": {
        "task": "dashboards.heartbeat",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "reminders of dates": {"task": "deadlines.remind", "schedule": timedelta(minutes=10)},
    "letters left over": {"task": "notices.letters", "schedule": timedelta(minutes=1)},
    "reminders into the inbox": {"task": "notices.reminders", "schedule": timedelta(minutes=1)},
    "digest of the day": {"task": "notices.digest", "schedule": timedelta(minutes=10)},
    "messages out of the house": {"task": "notices.deliver", "schedule": timedelta(minutes=1)},
}
