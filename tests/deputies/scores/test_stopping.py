"""Stopping a scheme: what was closed stands, the running period is finished or dropped, nothing new begins."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from congress.notices.models import Notice
from congress.notices.writing import write_letters
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.scores import actions
from deputies.scores.boards import rules_of
from deputies.scores.models import Scheme, Version
from deputies.scores.views.choosing import Chosen
from deputies.scores.windows import HALF, window_at
from tests.factories.scores import ItemFactory, SchemeFactory, VersionFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
H1, H2_BEFORE = window_at(HALF, TODAY), window_at(HALF, date(2025, 8, 1))
NEXT = window_at(HALF, date(2026, 8, 1))


@pytest.fixture
def scheme(rules, seat, did):
    did(seat(), times=2, held_on=date(2025, 9, 1))
    return rules({}, period=HALF).scheme


def stop(scheme, by, *, drops=False, on=TODAY, **more):
    return actions.stop(scheme, drops_running=drops, why="改用新办法", on=on, by=by, **more)


def codes(scheme, *, on):
    return [each.code for each in Chosen(Scheme.objects.get(pk=scheme.pk), None, on=on).windows][:2]


def test_the_running_period_is_finished_can_be_closed_and_is_the_last(scheme, clerk):
    stop(scheme, clerk)
    assert scheme.ends_on == date(2026, 6, 30)
    assert codes(scheme, on=date(2027, 5, 1)) == ["2026-H1", "2025-H2"]
    assert actions.close_period(scheme, H1, on=date(2026, 7, 2), by=clerk).code == "2026-H1"
    with pytest.raises(ValidationError, match="已经停用，计分到2026年6月30日为止"):
        actions.close_period(scheme, NEXT, on=date(2027, 1, 2), by=clerk)


def test_the_running_period_can_be_dropped_and_is_nowhere_then(scheme, clerk):
    stop(scheme, clerk, drops=True)
    assert scheme.ends_on == date(2025, 12, 31)
    assert rules_of(scheme, H1) is None
    assert codes(scheme, on=TODAY) == ["2025-H2", "2025-H1"]


def test_closed_periods_stand_and_are_read_as_before(scheme, clerk):
    close = actions.close_period(scheme, H2_BEFORE, on=date(2026, 1, 5), by=clerk)
    before = list(close.standings.values_list("mandate", "points", "rank"))
    stop(scheme, clerk, drops=True)
    assert list(close.standings.values_list("mandate", "points", "rank")) == before
    assert actions.publish(close, on=TODAY, by=clerk).state == "published"


def test_a_period_that_was_closed_is_not_taken_back_by_a_day_before_it(scheme, clerk):
    actions.close_period(scheme, H2_BEFORE, on=date(2026, 1, 5), by=clerk)
    with pytest.raises(ValidationError, match="已经结转"):
        stop(scheme, clerk, drops=True, on=date(2025, 12, 20))


def test_one_entry_says_until_when_and_why_and_the_deputies_are_told(scheme, clerk, seat, deputy_user):
    seat("代表", user=deputy_user)
    stop(scheme, clerk)
    with pytest.raises(StepNotOpen):
        stop(scheme, clerk)
    facts = Entry.objects.get(verb="scheme.stop").facts
    assert (facts["until"], facts["running"], facts["why"]) == (
        "2026年6月30日",
        "，2026 年上半年计完为止",
        "改用新办法",
    )
    write_letters(at=timezone.now())
    assert Notice.objects.filter(verb="scheme.stop").get().recipient == deputy_user


def test_only_its_office_stops_a_scheme_and_says_why(scheme, leader, clerk):
    with pytest.raises(PermissionDenied):
        stop(scheme, leader)
    with pytest.raises(ValidationError, match="写明原因"):
        actions.stop(scheme, drops_running=False, why=" ", on=TODAY, by=clerk)


def test_a_draft_is_dropped_first_and_none_begins_afterwards(scheme, clerk):
    draft = actions.draft(scheme, on=TODAY, by=clerk)
    with pytest.raises(ValidationError, match="先删除草稿"):
        stop(scheme, clerk)
    actions.drop(draft, on=TODAY, by=clerk)
    stop(scheme, clerk)
    with pytest.raises(ValidationError, match="已经停用"):
        actions.draft(scheme, on=TODAY, by=clerk)


def test_a_version_that_was_to_come_never_does(scheme, clerk):
    draft = actions.draft(scheme, on=TODAY, by=clerk)
    actions.adopt(draft, effective_from=NEXT.first, on=TODAY, by=clerk)
    stop(scheme, clerk)
    assert Version.objects.get(pk=draft.pk).was_never_in_force
    assert codes(scheme, on=date(2027, 1, 5)) == ["2026-H1", "2025-H2"]


def test_after_its_end_a_deputy_sees_no_running_score_of_it_and_still_the_closed_ones(
    client, scheme, seat, deputy_user, clerk
):
    seat("代表", user=deputy_user)
    actions.close_period(scheme, H2_BEFORE, on=date(2026, 1, 5), by=clerk)
    stop(scheme, clerk)
    client.force_login(deputy_user)
    for day, shown in (("2026-06-30", "2026 年上半年"), ("2026-07-01", "现在没有积分")):
        with time_machine.travel(f"{day} 10:00+08:00", tick=False):
            page = client.get(reverse("scores:mine")).content.decode()
        assert shown in page
        assert "2025 年下半年" in page


def test_the_table_begins_with_what_still_counts_and_marks_what_is_stopped(client, scheme, county, clerk):
    scheme.name = "旧办法"
    scheme.save()
    stop(scheme, clerk, drops=True)
    other = SchemeFactory(congress=county, name="新办法")
    ItemFactory(version=VersionFactory(scheme=other))
    client.force_login(clerk)
    page = client.get(reverse("scores:list")).content.decode()
    assert page.index("新办法") < page.index("旧办法（已停用）")
    old = client.get(reverse("scores:list"), {"scheme": scheme.pk}).content.decode()
    assert "计分到 2025年12月31日 为止" in old


def test_the_page_says_what_happens_and_asks_for_a_confirmation(client, scheme, clerk):
    client.force_login(clerk)
    url = reverse("scores:scheme_step", args=[scheme.pk, "stop"])
    with time_machine.travel("2026-03-10 10:00+08:00", tick=False):
        page = client.get(url).content.decode()
        assert "2026 年上半年计完为止：计到2026年6月30日" in page
        told = {"version": 0, "request_key": "k", "on": "2026-03-10", "running": "drop", "why": "改用新办法"}
        assert "我已经核对" in client.post(url, told).content.decode()
        assert not Scheme.objects.get().is_stopped
        for _twice in range(2):
            client.post(url, told | {"is_sure": "on"})
    assert Scheme.objects.get().ends_on == date(2025, 12, 31)
    assert Entry.objects.filter(verb="scheme.stop").count() == 1
