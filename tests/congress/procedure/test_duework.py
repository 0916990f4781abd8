import json
from datetime import timedelta
from io import StringIO

import pytest
from celery import current_app
from django.core.management import CommandError, call_command
from django.utils import timezone

from congress.deadlines.models import Clock
from congress.procedure import duework
from congress.schedule import BEAT_SCHEDULE
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of
from tests.factories.organs import DepartmentFactory


def run(at, *flags):
    out = StringIO()
    call_command("run_due_work", *flags, at=at, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_second_run_at_the_same_instant_prints_zeros(county):
    roads = DepartmentFactory(congress=county)
    assert all((officer_of(roads), head_of(roads), clerk_of(county)))
    case = SuggestionFactory(congress=county, accepted=True, department=roads)
    late = Clock.objects.on_case(case).running().get(rule="reply").due_on + timedelta(days=1)
    first = json.loads(run(f"{late}T09:00:00+08:00", "--json"))
    assert first["deadlines.remind"] >= 2
    assert first["notices.reminders"] > first["deadlines.remind"]  # an escalation goes to the head and to the office
    assert first["notices.letters"] > 0
    assert set(json.loads(run(f"{late}T09:00:00+08:00", "--json")).values()) == {0}


@pytest.mark.django_db
def test_without_json_it_prints_a_line_each():
    lines = run("2026-03-01").splitlines()
    assert [line.split(": ")[0] for line in lines[:1]] == ["deadlines.remind"]
    assert len(lines) == len(duework.all_due_work())


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "2026-02-30T09:00"])
def test_an_instant_that_is_none_is_refused(text):
    with pytest.raises(CommandError):
        run(text)


@pytest.mark.parametrize(
    ("text", "hour"), [("2026-03-01T10:30:00", 10), ("2026-03-01", 0), ("2026-03-01T02:00:00Z", 10)]
)
def test_an_instant_without_offset_is_local(monkeypatch, text, hour):
    asked = []
    monkeypatch.setattr(duework, "_works", {"x": duework.DueWork("x", 1, lambda *, at: asked.append(at) or 0)})
    run(text)
    assert timezone.localtime(asked[0]).hour == hour


def test_beat_does_every_due_work_and_the_worker_knows_every_job_of_beat():
    scheduled = {job["task"] for job in BEAT_SCHEDULE.values()}
    assert {work.name for work in duework.all_due_work()} <= scheduled
    assert scheduled <= set(current_app.tasks)
