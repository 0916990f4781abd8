"""Work that is no page: the sweep of reminders, a large roster, the figures from the rows (后台工作)."""

import io
import resource
import threading
import time
from datetime import timedelta

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone
from stdnum.cn import ric

from congress.accounts.models import User
from congress.dashboards import standing
from congress.deadlines.models import Clock, Reminder
from congress.deadlines.reminding import remind
from congress.files.actions import store
from congress.organs.models import Congress
from deputies.roll import importing
from suggestions.docket.models import Standing

ROSTER_ROWS = 10_000
BENCH = "bench"  # the kind of the clocks that only the sweep sees


def alone(name):
    """Do one piece of work in a process of its own: {seconds, megabytes, …}."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    made = {"sweep": _sweep_today, "sweep_all": _sweep_all, "again": _sweep_all, "roster": _roster}[name]()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": made.pop("seconds", seconds), "megabytes": peak, "idle_megabytes": before} | made


def _sweep_today():
    return {"made": remind(on=timezone.localdate())}


def _sweep_all():
    """Two years on, every clock that runs is late."""
    return {"made": remind(on=timezone.localdate() + timedelta(days=730))}


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
            [BENCH, BENCH, timezone.localdate(), timezone.localdate() + timedelta(days=60), missing],
        )
        cursor.execute(f'ANALYZE "{Clock._meta.db_table}"')
    return Clock.objects.running().count()


def empty_clocks():
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{Reminder._meta.db_table}" WHERE "on" >= %s', [timezone.localdate()])
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


def _roster():
    """Read, check and write a roster of ten thousand; nothing of it stays."""
    congress = Congress.objects.order_by("pk").first()
    upload = SimpleUploadedFile("名册.xlsx", _sheet(congress))
    by, term = User.objects.robot(), importing.current_term(congress, on=timezone.localdate())
    start = time.perf_counter()
    with transaction.atomic():
        batch = importing.upload(store(upload, congress=congress, by=by), congress=congress, term=term, by=by)
        importing.check_batch(batch)
        importing.confirm(batch, leaves_errors_out=True)
        batch = importing.apply_batch(batch)
        seconds = time.perf_counter() - start
        batch.file.file.delete(save=False)
        transaction.set_rollback(True)
    return {"made": batch.counts["new"], "seconds": seconds}


def _sheet(congress):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("代表")
    sheet.append(["姓名", "性别", "民族", "党派", "出生年月", "身份证号", "手机号", "单位及职务", "代表团", "选区"])
    delegations = list(congress.delegations.values_list("name", flat=True)) or ["第一代表团"]
    family, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "文明建国志强晓春秀英海云山河"
    for number in range(ROSTER_ROWS):
        name = family[number % 16] + given[number // 16 % 14] + given[number // 224 % 14]
        bare = f"110101{1950 + number // 372 % 50}{1 + number % 12:02}{1 + number // 12 % 28:02}{number % 1000:03}"
        sheet.append(
            [name, "男", "汉族", "中共", "1976-05", bare + ric.calc_check_digit(f"{bare}0"), f"139{number:08}", "农民",
             delegations[number % len(delegations)], f"第{number % 180 + 1}选区"]
        )  # fmt: skip
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def recompute(congress, *, on):
    """Seconds to take all figures of a cockpit from the rows."""
    start = time.perf_counter()
    standing.counted(congress, on=on)
    return time.perf_counter() - start
