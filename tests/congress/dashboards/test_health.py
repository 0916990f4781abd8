import pytest
import time_machine
from celery import current_app
from django.core.cache import cache
from django.core.management import CommandError, call_command

from congress.dashboards import heartbeat, tasks
from congress.procedure import journal

pytestmark = pytest.mark.django_db
NOON = "2026-03-02T12:00:00+08:00"


@pytest.fixture
def everybody_at_work():
    heartbeat.note(heartbeat.BEAT)
    heartbeat.note(heartbeat.WORKER)


def test_alive_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_when_every_part_is_at_work(client, everybody_at_work):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["bad"] == []


def test_a_portal_that_was_just_started_names_beat_and_worker(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["bad"] == ["beat", "worker"]


@pytest.mark.parametrize("who", [heartbeat.BEAT, heartbeat.WORKER])
def test_a_part_that_fell_silent_is_named(client, who):
    other = {heartbeat.BEAT: heartbeat.WORKER, heartbeat.WORKER: heartbeat.BEAT}[who]
    with time_machine.travel(NOON, tick=False) as clock:
        heartbeat.note(who)
        clock.shift(181)
        heartbeat.note(other)
        answer = client.get("/readyz")
    assert answer.json()["bad"] == [who]
    assert answer.json()["parts"][who] == "silent for 181 s"


def test_a_broker_that_does_not_answer_is_named(client, everybody_at_work, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["bad"] == ["broker"]


def test_a_journal_entry_that_nobody_was_told_of_is_named_after_a_quarter_of_an_hour(client, county, clerk):
    with time_machine.travel(NOON, tick=False) as clock:
        journal.record(county, "congress.noted", by=clerk)
        clock.shift(899)
        heartbeat.note(heartbeat.BEAT)
        heartbeat.note(heartbeat.WORKER)
        assert client.get("/readyz").json()["parts"]["notices"] == "the oldest waits for 899 s"
        clock.shift(2)
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["bad"] == ["notices"]


def test_the_heartbeat_marks_the_worker_that_runs_it_and_the_beat_that_sent_it(client):
    tasks.beat_once()
    assert heartbeat.last(heartbeat.WORKER) is not None
    assert heartbeat.last(heartbeat.BEAT) is None
    tasks.after_task_publish.send(sender=tasks.HEARTBEAT)
    assert heartbeat.last(heartbeat.BEAT) is not None


def test_nobody_has_to_sign_in_or_gets_a_cookie(client, everybody_at_work):
    assert not client.get("/readyz").cookies
    assert cache.get("heartbeat:worker")


def test_the_command_says_the_same_of_one_part(capsys):
    heartbeat.note(heartbeat.BEAT)
    call_command("check_health", "beat")
    assert capsys.readouterr().out == '{"beat": "0 s ago"}\n'
    with pytest.raises(CommandError, match="Bad: worker"):
        call_command("check_health", "worker", "database")
