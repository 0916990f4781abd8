"""The office's sheet: awards, speeches, meetings elsewhere (H05, A22)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from deputies.duties import actions
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord, Sheet
from deputies.roll import actions as roll
from tests.factories.docket import seat
from tests.factories.duties import MARCH_2

pytestmark = pytest.mark.django_db


def enter(county, clerk, names, **changes):
    values = {"kind": Kind.AWARD, "title": "县优秀代表建议", "held_on": MARCH_2, "key": "the form", "on": MARCH_2}
    return actions.enter(county, names=names, by=clerk, **values | changes)


def test_names_and_numbers_are_read_as_a_clerk_writes_them(county, clerk):
    one, two, three = seat(county, "田秀英"), seat(county, "高 山"), seat(county, certificate_number="0103")
    enter(county, clerk, "田秀英、高山（请假）\n\n0103　缺席 ")
    said = {row.mandate: row.outcome for row in DutyRecord.objects.all()}
    assert said == {one: "done", two: "leave", three: "absent"}


def test_an_award_stands_in_the_archive_after_the_deputy_has_read_it(county, clerk):
    one = seat(county, "田秀英")
    enter(county, clerk, "田秀英")
    record = DutyRecord.objects.get()
    assert record.state == DutyRecord.State.REGISTERED
    actions.confirm({record.pk: 0}, on=MARCH_2, by=one.deputy.user)
    assert DutyRecord.objects.verified().filter(mandate=one, kind=Kind.AWARD).exists()


def test_the_form_pressed_twice_is_one_sheet(county, clerk):
    seat(county, "田秀英")
    assert enter(county, clerk, "田秀英") == enter(county, clerk, "田秀英")
    assert (Sheet.objects.count(), DutyRecord.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("names", "changes", "field", "words"),
    [
        ("田秀英、无此人", {}, "names", "名册里没有：无此人"),
        ("高山", {}, "names", "同名"),
        ("、 \n", {}, "names", "请写代表姓名"),
        ("田秀英", {"held_on": date(2026, 3, 3)}, "held_on", "晚于今天"),
        ("田秀英", {"held_on": date(2016, 3, 2)}, "held_on", "这一天田秀英还不是这一届的代表"),
        ("田秀英", {"kind": Kind.SUGGESTION}, "kind", "自动记入"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(county, clerk, names, changes, field, words):
    seat(county, "田秀英"), seat(county, "高山"), seat(county, "高山")
    with pytest.raises(ValidationError) as refused:
        enter(county, clerk, names, **changes)
    assert words in "".join(refused.value.message_dict[field])
    assert not Sheet.objects.exists()


def test_a_suspended_deputy_is_not_entered(county, clerk):
    away = seat(county, "田秀英")
    roll.suspend(away, ground="detained", announcement="〔2026〕1号", on=date(2026, 3, 1), by=clerk, version=0)
    with pytest.raises(ValidationError, match="田秀英在暂停"):
        enter(county, clerk, "田秀英")


def test_only_the_office_fills_a_sheet(county, leader):
    seat(county, "田秀英")
    with pytest.raises(PermissionDenied):
        enter(county, leader, "田秀英")


def test_the_page_of_the_sheet(client, county, clerk, leader):
    one = seat(county, "田秀英")
    with time_machine.travel(date(2026, 3, 5), tick=False):
        client.force_login(clerk)
        form = client.get(reverse("duties:enter")).context["form"]
        data = {"key": form["key"].value(), "kind": "award", "title": "优秀代表", "held_on": "2026-03-04"}
        refused = client.post(reverse("duties:enter"), data | {"quantity": "1", "names": "田秀"})
        assert "名册里没有" in refused.content.decode()
        answer = client.post(reverse("duties:enter"), data | {"quantity": "1", "names": "田秀英"}, follow=True)
    assert "田秀英" in answer.content.decode()
    sheet = Sheet.objects.get()
    client.force_login(leader)
    assert client.get(sheet.get_absolute_url()).status_code == 200
    client.force_login(one.deputy.user)
    assert client.get(sheet.get_absolute_url()).status_code == 404


def test_a_deputy_reads_his_row_but_not_the_sheet_with_the_others(client, county, clerk):
    one = seat(county, "田秀英")
    sheet = enter(county, clerk, "田秀英")
    address = reverse("duties:archive", args=[one.pk])
    for user, is_shown in ((clerk, True), (one.deputy.user, False)):
        client.force_login(user)
        assert (sheet.get_absolute_url() in client.get(address, {"year": "term"}).content.decode()) == is_shown
