"""What a township's own congress heard and reports upward (乡镇人大报县级交办)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from congress.dashboards.beside.opinions import RECEIVED, UPWARD
from congress.deadlines.models import Clock
from congress.notices.models import Notice
from congress.organs.roles import Role
from liaison.opinions import actions
from liaison.opinions.models import Opinion
from tests.api import Speaker
from tests.factories.opinions import OpinionFactory
from tests.factories.organs import CongressFactory, DepartmentFactory
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
MARCH_20 = date(2026, 3, 20)
S = Opinion.State


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(MARCH_20, tick=False):
        yield


@pytest.fixture
def opinion(township):
    plant()
    return OpinionFactory(station=StationFactory(congress=township, township=township))


@pytest.fixture
def bureau(county):
    return DepartmentFactory(congress=county, name="青禾县住建局")


def on_his_desk(work, user):
    rows = work.rows(user)
    return [] if rows is None else list(rows)


def test_a_township_reports_it_to_the_county_which_owes_it_from_then_on_and_hears_of_it(
    opinion, township_clerk, clerk, county
):
    assert on_his_desk(RECEIVED, township_clerk) == [opinion]
    actions.escalate(opinion, on=MARCH_20, by=township_clerk)
    assert Clock.objects.running().get(subject_id=opinion.pk).holder_id == county.pk
    assert on_his_desk(UPWARD, clerk) == [opinion]
    assert on_his_desk(UPWARD, township_clerk) == []


def test_the_letter_goes_to_the_countys_office(opinion, township_clerk, clerk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.escalate(opinion, on=MARCH_20, by=township_clerk)
    letters = Notice.objects.filter(title__startswith="请交办到县级部门")
    assert list(letters.values_list("recipient", flat=True)) == [clerk.pk]


def test_the_countys_clerk_hands_it_to_a_county_department_on_its_page(client, opinion, township_clerk, clerk, bureau):
    actions.escalate(opinion, on=MARCH_20, by=township_clerk)
    client.force_login(clerk)
    assert reverse("opinions:step", args=[opinion.pk, "route"]) in client.get(opinion.get_absolute_url()).text
    page = client.get(reverse("opinions:step", args=[opinion.pk, "route"]))
    assert bureau.organ_ptr in page.context["form"].fields["organ"].queryset
    form = page.context["form"]
    sent = {name: form[name].value() for name in ("version", "request_key", "on") if name in form.fields}
    client.post(page.request["PATH_INFO"], sent | {"organ": bureau.pk})
    opinion.refresh_from_db()
    assert (opinion.state, opinion.tier, opinion.organ_id) == (S.ROUTED, "county", bureau.pk)


def test_he_hands_it_out_over_rest_as_well(opinion, township_clerk, clerk, bureau):
    actions.escalate(opinion, on=MARCH_20, by=township_clerk)
    opinion.refresh_from_db()
    body = {"version": opinion.version, "on": "2026-03-20", "organ": bureau.pk}
    status, _told = Speaker(clerk).send("opinion-step", opinion.pk, "route", body=body)
    assert status == 200
    opinion.refresh_from_db()
    assert opinion.organ_id == bureau.pk


def test_what_the_department_then_does_is_like_any_other(opinion, township_clerk, clerk, bureau, officer):
    actions.escalate(opinion, on=MARCH_20, by=township_clerk)
    actions.route(opinion, organ=bureau, on=MARCH_20, by=clerk)
    actions.send_back(opinion, reason="属交通局", on=MARCH_20, by=officer(bureau))
    assert Clock.objects.running().get(subject_id=opinion.pk).holder_id == opinion.station_id
    actions.escalate(opinion, on=MARCH_20, by=township_clerk)
    actions.route(opinion, organ=bureau, on=MARCH_20, by=clerk)
    actions.answer(opinion, text="修好了", on=MARCH_20, by=officer(bureau))
    opinion.refresh_from_db()
    assert opinion.state == S.ANSWERED


def test_before_it_is_reported_the_county_reads_it_and_handles_nothing(client, opinion, clerk, bureau):
    assert clerk.has_perm("opinions.view_opinion", opinion)
    with pytest.raises((PermissionDenied, ValidationError)):
        actions.route(opinion, organ=bureau, on=MARCH_20, by=clerk)
    client.force_login(clerk)
    assert client.get(reverse("opinions:step", args=[opinion.pk, "route"])).status_code == 404
    assert not clerk.has_perm("opinions.handle", opinion)


def test_a_township_hands_out_to_its_own_bodies_alone(opinion, township, township_clerk, bureau):
    own = DepartmentFactory(congress=township)
    with pytest.raises(ValidationError):
        actions.route(opinion, organ=bureau, on=MARCH_20, by=township_clerk)
    actions.route(opinion, organ=own, on=MARCH_20, by=township_clerk)
    assert opinion.organ_id == own.pk


def test_the_office_of_another_county_has_nothing_to_do_with_it(opinion, township_clerk):
    stranger = serving(Role.NPC_CLERK, CongressFactory())
    actions.escalate(opinion, on=MARCH_20, by=township_clerk)
    assert not stranger.has_perm("opinions.handle", opinion)
    assert on_his_desk(UPWARD, stranger) == []
