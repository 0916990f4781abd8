"""Who hears of what: nothing is urgent, and nobody is written to about himself by himself."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from congress.notices.models import Notice
from congress.notices.writing import write_letters
from deputies.duties import actions
from deputies.duties.models import DutyRecord
from deputies.duties.tasks import lapse
from deputies.roll import actions as roll
from tests.factories.docket import seat
from tests.factories.duties import MARCH_2, claimed, event, registered, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(county):
    return seat(county, "田秀英")


def letters_to(user):
    write_letters(at=timezone.now())
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("title", "is_urgent"))


def test_a_registration_is_told_to_each_deputy_without_haste(one, clerk):
    registered(one)
    ((title, is_urgent),) = letters_to(one.deputy.user)
    assert title.startswith("请核对您的履职登记")
    assert not is_urgent
    assert Notice.objects.get(recipient=one.deputy.user).url == "/duties/mine/"


def test_an_objection_goes_to_the_office_and_its_decision_back(one, clerk):
    record = registered(one)
    actions.object_to(record, objection="我请了假。", on=MARCH_2, by=one.deputy.user)
    assert [title for title, _urgent in letters_to(clerk)] == [f"田秀英对履职登记有异议，请核实：{record}"]
    actions.uphold(record, finding="没有假条。", on=MARCH_2, by=clerk)
    assert letters_to(one.deputy.user)[-1][0] == "您的履职登记有了处理意见：视察城乡供水一体化工程"
    assert Notice.objects.filter(recipient=one.deputy.user).last().body == "没有假条。"


def test_a_claim_is_checked_by_the_leader_of_the_group_before_the_office(one, county, clerk):
    leader = seat(county)
    group = event(county)
    group.leader = leader
    group.save()
    group.members.set([one, leader])
    claimed(one)
    assert [title for title, _urgent in letters_to(leader.deputy.user)] == [
        "请核实田秀英登记的河道、道路巡查：巡查青石河石桥段"
    ]
    assert letters_to(clerk) == []


def test_a_claim_goes_past_a_leader_who_sits_no_more_or_is_suspended(one, county, clerk):
    for step, ground in ((roll.suspend, "detained"), (roll.end, "resigned")):
        leader, group = seat(county), event(county)
        group.leader = leader
        group.save()
        group.members.set([one, leader])
        step(leader, ground=ground, announcement="公告", on=MARCH_2, by=clerk, version=leader.version)
    claimed(one)
    assert len(letters_to(clerk)) == 1


def test_a_claim_without_group_goes_to_the_township_and_else_to_the_office(one, clerk, township, township_clerk):
    claimed(one)
    assert len(letters_to(clerk)) == 1
    one.delegation.township = township
    one.delegation.save()
    claimed(one, kind="visit")
    assert len(letters_to(township_clerk)) == 1
    assert len(letters_to(clerk)) == 1


def test_a_verified_or_refused_claim_is_told_to_its_deputy(one, clerk):
    good, poor = claimed(one), claimed(one, kind="visit", title="走访")
    actions.verify([good.pk], on=MARCH_2, by=clerk)
    actions.refuse([poor.pk], finding="没有写清。", on=MARCH_2, by=clerk)
    assert [title for title, _urgent in letters_to(one.deputy.user)] == [
        "您登记的河道、道路巡查已核实：巡查青石河石桥段",
        "您登记的走访群众没有认可：走访",
    ]


def test_who_is_taken_off_a_list_hears_of_it(one, clerk, county):
    source = event(county)
    registered(one, source=source)
    actions.withdraw(source, "inspection", [one.pk], on=MARCH_2, by=clerk)
    assert [title for title, _urgent in letters_to(one.deputy.user)][-1].startswith("履职登记已更正")


def test_a_certificate_is_told_with_its_number(one, clerk):
    settled(one)
    actions.certify(one, addressee="青禾一中", first=MARCH_2, last=MARCH_2, key="k", on=MARCH_2, by=clerk)
    assert letters_to(one.deputy.user)[-1][0] == "已为您出具履职证明〔2026〕1号"


def test_the_night_settles_what_nobody_objected_to(one, clerk):
    registered(one)
    at = datetime(2026, 3, 22, tzinfo=UTC)
    assert lapse(at=at) == 1
    assert lapse(at=at) == 0
    assert DutyRecord.objects.get().state == DutyRecord.State.SETTLED
