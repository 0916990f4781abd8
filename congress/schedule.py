"""Every periodic job of the portal on one page."""

from datetime import timedelta


def every(minutes, task):
    """A job that nobody ran before its next turn is dropped: each turn makes good what the one before missed."""
    return {"task": task, "schedule": timedelta(minutes=minutes), "options": {"expires": minutes * 60}}


BEAT_SCHEDULE = {
    "heartbeat": every(1, "dashboards.heartbeat"),
    "reminders of dates": every(10, "deadlines.remind"),
    "windows of appraisal that have passed": every(10, "appraisals.close_windows"),
    "promises that have fallen due": every(10, "promises.look_back"),
    "promises left over": every(60, "promises.left_over"),
    "tallies left over": every(10, "docket.tallies"),
    "reminders of activities": every(10, "activities.remind"),
    "seats of a term that begins": every(60, "roll.begin"),
    "rosters left over": every(1, "roll.imports"),
    "digest of the week": every(30, "docket.weekly_digest"),
    "rosters that nobody needs any more": every(60, "roll.rosters"),
    "old papers left over": every(1, "docket.imports"),
    "tables of old papers that nobody needs any more": every(60, "docket.tables"),
    "duties that nobody objected to": every(10, "duties.lapse"),
    "new deputies without their training": every(60, "training.onboarding"),
    "assessments with somebody missing": every(60, "assessments.remind"),
    "reports in confidence that lie": every(60, "safeguards.remind_confidants"),
    "quizzes that have ended": every(10, "training.quizzes"),
    "tables of questions left over": every(1, "training.imports"),
    "tables of questions that nobody needs any more": every(60, "training.tables"),
    "answers to residents that nobody rated": every(60, "opinions.close_unrated"),
    "residents whose matter ended long ago": every(60, "opinions.forget"),
    "letters left over": every(1, "notices.letters"),
    "reminders into the inbox": every(1, "notices.reminders"),
    "digest of the day": every(10, "notices.digest"),
    "requests of long ago": every(6 * 60, "procedure.forget_requests"),
    "expired sessions": every(6 * 60, "accounts.sweep_sessions"),
    "messages out of the house": every(1, "notices.deliver"),
}
