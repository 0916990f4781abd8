"""A change of term: the new roster goes into the next term, the seats of the old one end together."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from congress.accounts.models import User
from congress.procedure.models import Entry
from deputies.roll import actions, tasks, terms
from deputies.roll.models import Import, Mandate
from tests.deputies.roll.rosters import HEAD, as_csv, person
from tests.factories.organs import CongressFactory, TermFactory
from tests.factories.roll import DeputyFactory, MandateFactory

S = Mandate.State
FIRST_SESSION, EVE, AFTER = date(2027, 1, 12), date(2026, 12, 1), date(2027, 2, 1)
SAID = "县第十九届人民代表大会第一次会议"


@pytest.fixture
def coming(county, term):
    return TermFactory(congress=county, number=19, starts_on=FIRST_SESSION)


@pytest.fixture
def sign_in(clerk, client):
    """sign_in() → the browser of the clerk, signed in on the day of the test."""

    def of():
        client.force_login(clerk)
        return client

    return of


@pytest.fixture
def seats(county, term):
    return [MandateFactory(congress=county, term=term, deputy=DeputyFactory(name=name)) for name in ("田禾", "谷雨")]


def at(day):
    return timezone.make_aware(datetime.combine(day, time(8)))


def send(client, congress, *rows, **said):
    upload = SimpleUploadedFile("名册.csv", as_csv([[*HEAD, "代表证号"], *rows]).read())
    return client.post(reverse("roll:imports"), {"congress": congress.pk, "file": upload} | said)


@time_machine.travel(EVE)
def test_before_the_first_session_the_new_roster_goes_into_the_next_term(sign_in, county, seats, coming):
    keeper = sign_in()
    Mandate.objects.filter(pk=seats[0].pk).update(certificate_number="1")
    assert send(keeper, county, [*person("田禾"), "1"], term=coming.pk).status_code == 302
    batch = Import.objects.get()
    assert (batch.term, batch.counts["new"], batch.counts["update"]) == (coming, 1, 0)
    keeper.post(reverse("roll:import_act", args=[batch.pk]), {"act": "confirm"})
    assert Mandate.objects.get(term=coming).started_on == FIRST_SESSION
    assert Mandate.objects.filter(term=seats[0].term, state=S.ACTIVE).count() == 2


@pytest.fixture
def elect(sign_in, county, coming):
    """Somebody brought in with the next term's roster before its first session."""
    with time_machine.travel(EVE):
        keeper = sign_in()
        send(keeper, county, person("禾青"), term=coming.pk)
        keeper.post(reverse("roll:import_act", args=[Import.objects.get().pk]), {"act": "confirm"})
    return Mandate.objects.get(term=coming)


def test_who_is_elected_sits_with_the_first_session_and_not_before(sign_in, elect, coming):
    with time_machine.travel(EVE):
        assert elect.state == S.ELECT
        assert not Mandate.objects.active().filter(pk=elect.pk).exists()
        page = sign_in().get(reverse("roll:list"), {"term": coming.pk, "state": "elect"}).text
        assert "待就任" in page
        assert "禾青" in page
    assert tasks.begin(at=at(FIRST_SESSION - timedelta(days=1))) == 0
    assert [tasks.begin(at=at(AFTER)) for _twice in range(2)] == [1, 0]
    elect.refresh_from_db()
    assert (elect.state, elect.started_on, elect.stepped_on) == (S.ACTIVE, FIRST_SESSION, FIRST_SESSION)
    assert Entry.objects.of(elect).filter(verb="mandate.begin", by__is_robot=True).count() == 1


def test_a_first_session_that_was_put_off_moves_the_beginning(elect, coming):
    coming.starts_on = AFTER
    coming.save()
    assert not actions.begin_terms(on=FIRST_SESSION, by=User.objects.robot())
    assert actions.begin_terms(on=AFTER, by=User.objects.robot()) == [elect]
    elect.refresh_from_db()
    assert elect.started_on == AFTER


def test_whose_election_is_void_never_sits(elect, clerk):
    actions.end(elect, ground="resigned", announcement="公告", on=EVE, by=clerk, version=elect.version)
    assert not actions.begin_terms(on=AFTER, by=User.objects.robot())


@time_machine.travel(EVE)
def test_a_roster_goes_into_the_current_term_where_nothing_is_chosen(sign_in, county, term, coming):
    keeper = sign_in()
    send(keeper, county, [*person("田禾"), "1"])
    assert Import.objects.get().term == term
    shown = keeper.get(reverse("roll:imports")).text
    assert "第十八届（本届）" in shown
    assert "第十九届" in shown


@time_machine.travel(EVE)
def test_a_term_that_is_past_or_of_another_congress_is_refused_beside_the_field(sign_in, county, term, coming):
    keeper = sign_in()
    past = TermFactory(congress=county, number=17, starts_on=date(2017, 1, 10))
    far = TermFactory(congress=CongressFactory(), number=19, starts_on=FIRST_SESSION)
    for each in (past, far):
        assert send(keeper, county, [*person("田禾"), "1"], term=each.pk).context["form"].errors["term"]
    assert not Import.objects.exists()


@time_machine.travel(EVE)
def test_a_deputy_is_entered_into_the_next_term_and_starts_with_its_first_session(sign_in, county, seats, coming):
    keeper = sign_in()
    Mandate.objects.filter(pk=seats[0].pk).update(certificate_number="1")
    address = reverse("roll:create", args=[county.code])
    said = {"name": "田禾", "election": "direct", "sex": "", "certificate_number": "1"}
    assert keeper.post(address, said).context["form"].errors["certificate_number"]
    keeper.post(address, said | {"term": coming.pk})
    seat = Mandate.objects.get(term=coming)
    assert (seat.certificate_number, seat.started_on) == ("1", FIRST_SESSION)
    keeper.post(address, said | {"name": "补选人", "certificate_number": "9", "started_on": "2026-05-01"})
    assert Mandate.objects.get(certificate_number="9").term == seats[0].term
    assert 'name="term"' not in keeper.get(reverse("roll:change", args=[seat.pk])).text


@time_machine.travel(EVE)
def test_the_command_brings_a_roster_into_the_term_that_it_names(county, term, coming, tmp_path):
    file = tmp_path / "名册.csv"
    file.write_bytes(as_csv([HEAD, person("田禾")]).read())
    call_command("import_deputies", file, congress=county.code, term=19, apply=True)
    assert Mandate.objects.get().term == coming


def test_a_term_is_over_with_the_first_session_of_the_next(county, term):
    assert terms.over_on(term, on=AFTER) is None
    term.ends_on = FIRST_SESSION
    assert terms.over_on(term, on=FIRST_SESSION) == FIRST_SESSION
    TermFactory(congress=county, number=19, starts_on=AFTER)
    assert terms.over_on(term, on=FIRST_SESSION) is None
    assert terms.over_on(term, on=AFTER) == AFTER


def test_no_seat_ends_before_the_first_session_of_the_next_congress(seats, term, coming, clerk):
    with pytest.raises(ValidationError, match="还没有届满"):
        actions.end_term(term, announcement=SAID, on=EVE, by=clerk)
    assert set(Mandate.objects.values_list("state", flat=True)) == {S.ACTIVE}


@time_machine.travel(AFTER)
def test_the_seats_of_a_term_that_is_over_end_by_one_press_on_the_day_of_the_session(
    sign_in, clerk, county, seats, term, coming
):
    keeper = sign_in()
    Mandate.objects.filter(pk=seats[1].pk).update(state=S.SUSPENDED)
    gone = MandateFactory(congress=county, term=term, state=S.ENDED, ground="moved", ended_on=date(2024, 5, 1))
    fresh = MandateFactory(congress=county, term=coming, deputy=seats[0].deputy, started_on=FIRST_SESSION)
    assert "第十八届已于 2027年1月12日届满" in keeper.get(reverse("roll:list")).text
    address = reverse("roll:term_end", args=[county.code])
    shown = keeper.get(address).text
    assert "终止 2 名代表的资格" in shown
    refused = keeper.post(address, {"term": term.pk, "announcement": " "})
    assert refused.context["form"].errors["announcement"]
    for _press in range(2):
        answer = keeper.post(address, {"term": term.pk, "announcement": SAID}, follow=True)
        assert answer.status_code == 200
    for seat in seats:
        seat.refresh_from_db()
        assert (seat.state, seat.ground, seat.ended_on) == (S.ENDED, "term_ended", FIRST_SESSION)
        (entry,) = Entry.objects.of(seat)
        assert (entry.verb, entry.by, entry.on) == ("mandate.end", clerk, FIRST_SESSION)
        assert entry.facts == {"ground": "任期届满", "announcement": SAID}
    for seat in (gone, fresh):
        was = (seat.state, seat.ended_on)
        seat.refresh_from_db()
        assert (seat.state, seat.ended_on) == was
    assert "没有届满待办的" in keeper.get(address).text
    assert "届满" not in keeper.get(reverse("roll:list")).text


@time_machine.travel(AFTER)
def test_no_seat_ends_before_the_next_roster_stands_and_the_page_says_so(sign_in, clerk, county, seats, term, coming):
    keeper, address = sign_in(), reverse("roll:term_end", args=[county.code])
    shown = keeper.get(address).text
    assert "下届代表还没有登入名册" in shown
    assert "终止 2 名代表的资格" not in shown
    refused = keeper.post(address, {"term": term.pk, "announcement": SAID})
    assert "请先导入下届名册" in refused.text
    assert set(Mandate.objects.values_list("state", flat=True)) == {S.ACTIVE}
    assert not Entry.objects.filter(verb="mandate.end").exists()


def test_whoever_waits_for_his_seat_takes_it_before_those_of_the_last_term_end(sign_in, county, elect, seats, term):
    with time_machine.travel(AFTER):
        keeper, address = sign_in(), reverse("roll:term_end", args=[county.code])
        assert "终止 2 名代表的资格" in keeper.get(address).text
        keeper.post(address, {"term": term.pk, "announcement": SAID})
    elect.refresh_from_db()
    assert (elect.state, elect.started_on) == (S.ACTIVE, FIRST_SESSION)
    assert Entry.objects.of(elect).get(verb="mandate.begin").by.is_robot
    assert set(Mandate.objects.filter(term=term).values_list("state", flat=True)) == {S.ENDED}


def test_a_term_before_the_last_ends_too_where_the_one_after_it_is_wound_up(county, seats, term, coming, clerk):
    last = TermFactory(congress=county, number=20, starts_on=AFTER)
    MandateFactory(congress=county, term=coming, state=S.ENDED)
    MandateFactory(congress=county, term=last)
    assert len(actions.end_term(term, announcement=SAID, on=AFTER, by=clerk)) == 2


@time_machine.travel(AFTER)
def test_a_seat_with_a_step_of_a_later_day_is_left_to_be_ended_by_itself(sign_in, clerk, county, seats, term, coming):
    keeper = sign_in()
    MandateFactory(congress=county, term=coming)
    actions.suspend(seats[1], ground="detained", announcement="第 1 号报告", on=AFTER, by=clerk, version=0)
    shown = keeper.get(reverse("roll:term_end", args=[county.code])).text
    assert "终止 1 名代表的资格" in shown
    assert "另有 1 名代表" in shown
    assert actions.end_term(term, announcement=SAID, on=AFTER, by=clerk) == [seats[0]]


@time_machine.travel(AFTER)
def test_whoever_keeps_another_roll_ends_no_seat_here(township_clerk, client, county, seats, term, coming):
    MandateFactory(congress=county, term=coming)
    assert actions.end_term(term, announcement=SAID, on=AFTER, by=township_clerk) == []
    client.force_login(township_clerk)
    assert client.get(reverse("roll:term_end", args=[county.code])).status_code == 404
