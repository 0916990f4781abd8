"""Run what docker-compose.yml runs, without containers: its very commands, environment and health checks.

    DATABASE_URL=postgres://… REDIS_URL=redis://… .venv/bin/python -m scripts.compose

PostgreSQL and Redis are this machine's; the database named should be an empty one. Everything else is taken from the
file: migrate runs to its end, web, worker and beat start beside it, and each one's own health check must pass. Ends
with 0 when all were healthy and ended in order. PORT (8000) replaces the port of the web server.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
OURS = ("web", "worker", "beat")
HEALTHY_WITHIN = 180  # seconds
_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def read():
    """The file as docker would read it, anchors and merges resolved."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def filled(text, env):
    """A value with its ${VARIABLES}: what must be given and is not is an error, as docker makes it one."""

    def value(match):
        name, kind, rest = match.groups()
        if env.get(name):
            return env[name]
        if kind == "?":
            raise KeyError(f"{name}: {rest}")
        return rest or ""

    return _VARIABLE.sub(value, str(text))


def image():
    """(command, environment) that the Dockerfile gives to every service that names no other."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    last = text[text.rindex("\nFROM ") :]
    env = dict(pair.split("=", 1) for line in re.findall(r"^ENV (.*)$", last, re.M) for pair in line.split())
    return json.loads(re.search(r"^CMD (\[.*\])$", last, re.M)[1]), env


def command_of(service, default):
    given = service.get("command")
    return given.split() if isinstance(given, str) else given or default


def health_of(service):
    """The words of a service's health check, as they are run inside it."""
    kind, *words = service["healthcheck"]["test"]
    return ["sh", "-c", words[0]] if kind == "CMD-SHELL" else words


class Machine:
    """The services of the file as processes of this machine."""

    def __init__(self, place):
        self.place, self.port = Path(place), os.environ.get("PORT") or "8000"
        self.file, self.processes = read(), {}
        self.default, from_image = image()
        given = {"SECRET_KEY": "x" * 50, "PERSONAL_DATA_KEYS": "y" * 50, "POSTGRES_PASSWORD": "z", "HTTPS": "0"}
        given |= {"ALLOWED_HOSTS": "localhost", "PORTAL_URL": "http://localhost:8000"}
        asked = self.file["services"]["web"]["environment"]
        self.env = os.environ | from_image | {name: filled(value, given) for name, value in asked.items()}
        # What containers would give: their own hosts, directories and path.
        self.env |= {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
        self.env |= {"DATA_DIR": str(self.place / "data"), "STATIC_ROOT": str(self.place / "collected")}
        self.env["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    def run(self, words):
        """Run a command to its end; whether it went well."""
        return subprocess.run(self._here(words), cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL).returncode == 0

    def start(self, name):
        words = self._here(command_of(self.file["services"][name], self.default))
        print(f"{name}: {' '.join(words)}", flush=True)
        log = (self.place / f"{name}.log").open("wb")
        self.processes[name] = subprocess.Popen(words, cwd=ROOT, env=self.env, stdout=log, stderr=log)

    def _here(self, words):
        return [word.replace(":8000", f":{self.port}") for word in words]

    def is_healthy(self, name):
        """Whether its own health check passes before the time is over, and the process still runs."""
        words, end = health_of(self.file["services"][name]), time.monotonic() + HEALTHY_WITHIN
        while time.monotonic() < end:
            if name in self.processes and self.processes[name].poll() is not None:
                return False
            if self.run(words):
                return True
            time.sleep(2)
        return False

    def stop(self):
        """End everything in order; whether all went quietly."""
        for process in self.processes.values():
            process.terminate()
        return all(process.wait(timeout=60) in (0, -15) for process in self.processes.values())


def main():
    with tempfile.TemporaryDirectory(prefix="portal-compose-") as place:
        machine = Machine(place)
        machine.run(["python", "manage.py", "collectstatic", "--no-input", "-v", "0"])  # the image does it when built
        migrate = command_of(machine.file["services"]["migrate"], machine.default)
        print(f"migrate: {' '.join(migrate)}", flush=True)
        good = machine.run(migrate)
        try:
            for name in OURS if good else ():
                machine.start(name)
            for name in OURS if good else ():
                healthy = machine.is_healthy(name)
                print(f"{name}: {'healthy' if healthy else 'NOT HEALTHY'}", flush=True)
                if not healthy:
                    sys.stderr.write((machine.place / f"{name}.log").read_text()[-3000:])
                good &= healthy
        finally:
            good &= machine.stop()
        shutil.rmtree(machine.place / "data", ignore_errors=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
