"""The sweep of reminders, and the clocks that give it work (提醒)."""

import threading
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from congress.deadlines.models import Clock, Reminder
from congress.deadlines.reminding import remind
from suggestions.docket.models import Standing

ALL_DUE = timedelta(days=60)
BENCH = "bench"  # the kind of the clocks that only the sweep sees


YESTERDAY = timedelta(days=-1)


def _sweep_yesterday():
    """What an ordinary day finds done: the county's clocks as they were spoken of the day before."""
    return {"made": remind(on=timezone.localdate() + YESTERDAY)}


def _sweep_today():
    return {"made": remind(on=timezone.localdate())}


def _sweep_all():
    """The day on which every clock of the bench falls due; the county's own are late by then."""
    return {"made": remind(on=timezone.localdate() + ALL_DUE)}


def fill_clocks(wanted):
    """Let so many clocks run, held by departments; `empty_clocks` takes them away again."""
    empty_clocks()
    missing = max(0, wanted - Clock.objects.running().count())
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO "{Clock._meta.db_table}" (congress_id, case_kind, case_id, subject_kind, subject_id, rule,
                measured_by, holder_id, started_on, due_on, provisional, article, steps, state, version)
            SELECT congress_id, %s, suggestion_id, %s, suggestion_id, 'reply', 'reply', organ_id, %s, %s, false, '',
                '[]', 'running', 1
            FROM "{Standing._meta.db_table}" WHERE organ_id IS NOT NULL ORDER BY suggestion_id LIMIT %s""",
            [BENCH, BENCH, timezone.localdate(), timezone.localdate() + ALL_DUE, missing],
        )
        cursor.execute(f'ANALYZE "{Clock._meta.db_table}"')
    return Clock.objects.running().count()


def empty_clocks():
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{Reminder._meta.db_table}" WHERE "on" >= %s', [timezone.localdate() + YESTERDAY])
        cursor.execute(f'DELETE FROM "{Clock._meta.db_table}" WHERE case_kind = %s', [BENCH])


class LongestTransaction:
    """Watches for how long others keep a transaction, and so their locks, open on this database."""

    def __enter__(self):
        self.seconds, self._over = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_exc):
        self._over.set()
        self._thread.join()

    def _watch(self):
        try:
            while not self._over.wait(0.02):
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT extract(epoch FROM max(clock_timestamp() - xact_start)) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        " AND backend_type = 'client backend'"
                    )
                    self.seconds = max(self.seconds, float(cursor.fetchone()[0] or 0))
        finally:
            connection.close()


PIECES = {"sweep_before": _sweep_yesterday, "sweep": _sweep_today, "sweep_all": _sweep_all}
