"""A group without any training in the year is put forward only with a reason."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from congress.procedure.models import Entry
from deputies.roll.models import DeputyGroup
from deputies.training.actions import nominating
from deputies.training.models import Nomination
from tests.factories.training import AttendanceFactory, TrainingFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 20)


@pytest.fixture
def group(county, others):
    group = DeputyGroup.objects.create(congress=county, name="第一小组")
    group.members.set(others(1))
    return group


@pytest.fixture
def learned(county, term, group):
    AttendanceFactory(activity=TrainingFactory(congress=county, term=term), mandate=group.members.get())


def nominate(group, clerk, **said):
    return nominating.nominate(group, year=2026, on=DAY, by=clerk, **said)


def test_a_group_that_learned_needs_no_reason(group, learned, clerk):
    made = nominate(group, clerk, reason="不用写")
    assert (made.trainings, made.reason) == (1, "")


def test_a_group_without_training_needs_a_reason_that_stays(group, clerk):
    with pytest.raises(ValidationError):
        nominate(group, clerk, reason="  ")
    assert nominate(group, clerk, reason="抗洪抢险，培训改期").reason == "抗洪抢险，培训改期"


def test_training_of_another_year_does_not_count(group, learned, clerk):
    with pytest.raises(ValidationError):
        nominating.nominate(group, year=2025, on=DAY, by=clerk)


def test_twice_put_forward_is_once_and_it_may_be_taken_back(group, learned, clerk):
    assert nominate(group, clerk) == nominate(group, clerk)
    assert nominating.withdraw(group, year=2026, on=DAY, by=clerk) is True
    assert nominating.withdraw(group, year=2026, on=DAY, by=clerk) is False
    assert [entry.verb for entry in Entry.objects.of(group)] == ["group.nominate", "group.withdraw"]


def test_the_leader_puts_nobody_forward(group, learned, leader):
    with pytest.raises(PermissionDenied):
        nominate(group, leader)


def test_the_pages_show_nought_ask_for_the_reason_and_show_it(client, clerk, group, county):
    client.force_login(clerk)
    address = reverse("training:nominate", args=[group.pk, 2026])
    assert "0 人次" in client.get(address).content.decode()
    assert "推荐须写明理由" in client.post(address, {}).content.decode()
    figures = client.post(address, {"reason": "抗洪抢险，培训改期"}).url
    assert "抗洪抢险，培训改期" in client.get(figures).content.decode()
    client.post(address, {"withdraw": "1"})
    assert not Nomination.objects.exists()
    other = DeputyGroup.objects.create(congress=TrainingFactory().congress, name="别县小组")
    assert client.get(reverse("training:nominate", args=[other.pk, 2026])).status_code == 404
