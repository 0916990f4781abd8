"""The server under measure: gunicorn as it is deployed, and what it and PostgreSQL spend on requests (被测服务)."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from django.conf import settings
from django.db import connection

WORKERS, THREADS = 2, 8
_PROC = Path("/proc")


class Server:
    """Gunicorn with two workers on the database of this process, production settings, DEBUG off."""

    def __init__(self, *, port, place):
        self.port, self.place = port, Path(place)

    def __enter__(self):
        env = os.environ | {
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(settings.DATA_DIR),
            "DEBUG": "0",
            "LOG_JSON": "1",
            "CONN_MAX_AGE": "600",
            "COLLECTED_STATIC": "1",
            "STATIC_ROOT": str(self.place / "static"),
        }
        collect = (sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0")
        subprocess.run(collect, cwd=settings.BASE_DIR, env=env, check=True)
        command = (
            *(sys.executable, "-m", "gunicorn", "congress.demo.bench.wsgi", f"--bind=127.0.0.1:{self.port}"),
            *("--worker-class=gthread", f"--workers={WORKERS}", f"--threads={THREADS}", "--keep-alive=60"),
            *("--no-control-socket", "--log-level=warning", "--timeout=600"),
        )
        self.log = (self.place / "gunicorn.log").open("wb")
        self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, stdout=self.log, stderr=self.log)
        self._wait()
        return self

    def __exit__(self, *_exc):
        self.process.terminate()
        self.process.wait(timeout=60)
        self.log.close()

    def _wait(self):
        for _attempt in range(120):
            try:
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                    f"http://127.0.0.1:{self.port}/healthz", timeout=5
                ).close()
                return
            except OSError:  # not up yet
                time.sleep(0.5)
        raise RuntimeError(f"gunicorn does not answer; see {self.place / 'gunicorn.log'}")

    def workers(self):
        children = _PROC / str(self.process.pid) / "task" / str(self.process.pid) / "children"
        return [int(pid) for pid in children.read_text().split()]

    def spent(self):
        """CPU seconds of the workers and of the PostgreSQL processes that serve them, up to now."""
        return sum(_cpu(pid) for pid in (*self.workers(), *backends()))

    def memory(self):
        """Resident bytes of the larger worker."""
        return max(_resident(pid) for pid in self.workers())


def database_url():
    """The address of the database to which this process is turned."""
    here = connection.settings_dict
    user = here["USER"] + (f":{here['PASSWORD']}" if here["PASSWORD"] else "")
    return f"postgres://{user}@{here['HOST'] or '127.0.0.1'}:{here['PORT'] or 5432}/{here['NAME']}"


def backends():
    """The PostgreSQL processes that serve others on this database; none where PostgreSQL is another machine's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall() if _is_postgres(pid)]


def _is_postgres(pid):
    try:
        return "postgres" in (_PROC / str(pid) / "comm").read_text()
    except FileNotFoundError:
        return False


def _cpu(pid):
    """Seconds on a processor, of all threads, to the nanosecond."""
    spent = 0
    for task in (_PROC / str(pid) / "task").glob("*"):
        try:
            spent += int((task / "schedstat").read_text().split()[0])
        except FileNotFoundError:  # a thread that has just ended
            continue
    return spent / 1e9


def _resident(pid):
    status = (_PROC / str(pid) / "status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS:"))
