from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from congress.accounts.tasks import sweep_sessions
from congress.schedule import BEAT_SCHEDULE

pytestmark = pytest.mark.django_db


def test_expired_sessions_are_swept_and_the_others_stay():
    now = timezone.now()
    Session.objects.create(session_key="over", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="open", session_data="", expire_date=now + timedelta(hours=1))
    sweep_sessions.delay()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_the_sweep_is_on_the_schedule():
    assert sweep_sessions.name in {job["task"] for job in BEAT_SCHEDULE.values()}
