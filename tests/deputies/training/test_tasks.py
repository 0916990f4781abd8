"""What time brings: reminders, quizzes that end, tables whose worker was lost; run twice it makes nothing more."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from congress.files.actions import store
from congress.procedure.duework import all_due_work
from congress.schedule import BEAT_SCHEDULE
from deputies.training import tasks
from deputies.training.importing import TABLES
from deputies.training.models import QuestionImport, Quiz
from tests.factories.training import QuizFactory

pytestmark = pytest.mark.django_db


def test_every_due_work_of_the_room_has_its_turn():
    own = {work.name for work in all_due_work() if work.name.startswith("training.")}
    assert own == {"training.onboarding", "training.quizzes", "training.imports", "training.tables"}
    assert own <= {job["task"] for job in BEAT_SCHEDULE.values()}


def test_new_deputies_are_reminded_once(seat):
    at = datetime(2026, 4, 5, 1, 0, tzinfo=UTC)
    assert [tasks.remind_of_onboarding(at=at) for _run in range(2)] == [1, 0]


def test_an_ended_quiz_is_closed_once():
    quiz = QuizFactory(state=Quiz.State.OPEN)
    at = datetime(2026, 4, 5, 1, 0, tzinfo=UTC)
    assert [tasks.close_ended_quizzes(at=at) for _run in range(2)] == [1, 0]
    quiz.refresh_from_db()
    assert quiz.state == Quiz.State.CLOSED


def test_a_table_that_was_handed_over_and_lost_is_made_good(county, clerk):
    upload = SimpleUploadedFile("题库.csv", "题型,题目,答案\n判断,代表可以连选连任。,对\n".encode())
    batch = TABLES.upload(store(upload, congress=county, by=clerk, kinds=("csv",)), congress=county, by=clerk)
    assert tasks.imports(at=timezone.now()) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == (QuestionImport.State.CHECKED, 1)
    assert tasks.imports(at=timezone.now()) == 0
