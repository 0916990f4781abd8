"""The page of a case: what it shows to whom, in how many queries."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from congress.procedure import journal
from suggestions.appraisals import actions as appraisals
from suggestions.appraisals.models import Grade, Rating, Slip
from suggestions.docket import actions
from suggestions.docket.models import Assignment, Suggestion
from tests.factories.docket import STAGES, SuggestionFactory, clerk_of, officer_of, seat, seat_user
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db
# The frame and the case 3, a deputy's seats or what residents said 1, the dossier 6, the appraisal beside it 1; and on
# PostgreSQL their trace, which alone is asked again where nothing has changed.
DRAWN, AGAIN = (12, 4) if connection.vendor == "postgresql" else (11, 11)


def page(client, user, case):
    client.force_login(user)
    return client.get(case.get_absolute_url())


@pytest.mark.parametrize("stage", STAGES)
def test_its_deputy_reads_the_case_in_every_stage(stage, county, client):
    case = SuggestionFactory(congress=county, stage=stage)
    shown = page(client, seat_user(case), case)
    assert shown.status_code == 200
    assert case.title in shown.content.decode()


@pytest.mark.parametrize("stage", STAGES[1:])
def test_the_clerk_reads_the_case_from_its_submission(stage, county, client):
    case = SuggestionFactory(congress=county, stage=stage)
    assert page(client, clerk_of(county), case).status_code == 200


@pytest.mark.parametrize("stage", STAGES[3:])
def test_its_department_reads_the_case_once_it_is_assigned(stage, county, client):
    roads = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, stage=stage, department=roads)
    assert page(client, officer_of(roads), case).status_code == 200


def test_a_draft_is_invisible_to_everybody_else(county, client, clerk, leader):
    case = SuggestionFactory(congress=county)
    for other in (clerk, leader, seat(county).deputy.user):
        assert page(client, other, case).status_code == 404


def test_a_department_reads_nothing_of_a_case_that_is_not_its_own(county, client):
    case = SuggestionFactory(congress=county, assigned=True)
    other = officer_of(DepartmentFactory(congress=county))
    assert page(client, other, case).status_code == 404


def _its_officer(case):
    share = Assignment.objects.filter(round__suggestion=case).order_by("id").first()
    return officer_of(share.organ)


def statements(client, user, case):
    """How many statements the page costs when it is drawn, and when it is asked for again."""
    client.force_login(user)
    client.get(case.get_absolute_url())  # what the process keeps is read
    Suggestion.objects.filter(pk=case.pk).update(title=Concat("title", Value("改")))
    return tuple(_asked(client, case) for _time in range(2))


def _asked(client, case):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(case.get_absolute_url()).status_code == 200
    return len(caught)


def test_the_statements_of_the_page_do_not_grow_with_asks_contacts_and_departments(county, client):
    few = SuggestionFactory(congress=county, replied=True, asks=["一件。"])
    departments = [DepartmentFactory(congress=county) for _each in range(3)]
    helpers = [seat(county) for _each in range(3)]
    many = SuggestionFactory(congress=county, replied=True, co=departments, cosigners=helpers)
    for reader in (lambda case: clerk_of(county), seat_user, _its_officer):
        one, three = (statements(client, reader(case), case) for case in (few, many))
        has_a_seat = reader is seat_user and connection.vendor == "postgresql"  # read beside the trace
        assert one == three == (DRAWN, AGAIN + has_a_seat)


def test_a_rated_case_costs_no_statement_more(county, client):
    few = SuggestionFactory(congress=county, replied=True, asks=["一件。"])
    many = SuggestionFactory(congress=county, replied=True, cosigners=[seat(county) for _each in range(3)])
    for case in (few, many):
        rate(case)
    for reader in (lambda case: clerk_of(county), seat_user):
        one, three = (statements(client, reader(case), case) for case in (few, many))
        has_a_seat = reader is seat_user and connection.vendor == "postgresql"  # read beside the trace
        assert one == three == (DRAWN, AGAIN + has_a_seat)


def rate(case):
    """Its leader is not satisfied with anything, and the office has to judge."""
    slip = Slip.objects.get(survey__round__suggestion=case, counts=True)
    asks = list(case.asks.all())
    appraisals.rate(
        slip,
        attitude=Grade.SATISFIED,
        result=Grade.DISSATISFIED,
        contacted=Rating.Contacted.VISIT,
        comment="还缺管护单位。",
        asks=dict.fromkeys(asks, Grade.DISSATISFIED),
        missing=asks,
        on=slip.survey.opened_on,
        by=slip.mandate.deputy.user,
    )


def buttons(client, user, case):
    return [(each.step, each.is_primary) for each in page(client, user, case).context["dossier"].shown_buttons]


def test_one_step_is_filled_and_it_is_the_readers_own(county, client):
    roads = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, assigned=True, department=roads)
    assert buttons(client, officer_of(roads), case)[-1] == ("accept", True)
    assert not any(is_primary for _step, is_primary in buttons(client, clerk_of(county), case))
    assert not any(is_primary for _step, is_primary in buttons(client, seat_user(case), case))


def test_nobody_is_asked_to_draft_a_reply_before_he_has_heard_the_deputy(county, client):
    roads = DepartmentFactory(congress=county)
    silent = SuggestionFactory(congress=county, accepted=True, department=roads)
    heard = SuggestionFactory(congress=county, contacted=True, department=roads)
    assert buttons(client, officer_of(roads), silent)[-1] == ("contact", True)
    assert buttons(client, officer_of(roads), heard)[-1] == ("draft", True)


def test_what_was_handed_back_is_the_turn_of_whoever_decides_for_its_department_too(county, client):
    roads = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, assigned=True, department=roads)
    share = case.rounds.get().assignments.get()
    with time_machine.travel(f"{share.assigned_on} 10:00+08:00"):
        actions.hand_back(share, reason="不属本单位职责。", on=share.assigned_on, by=officer_of(roads))
        for reader, is_mine in ((officer_of(roads), False), (clerk_of(county), True)):
            turn = first_line(client, reader, case)[0]
            assert (turn.who, turn.clock.rule, turn.is_mine) == (county.office_name, "reassign", is_mine)


def test_after_its_last_day_the_turn_does_not_speak_of_handing_back(county, client):
    roads = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, assigned=True, department=roads)
    for day, what in ((case.due_on, "签收或者提出退办"), (case.due_on + timedelta(days=1), "签收（退办期限已过）")):
        with time_machine.travel(f"{day} 10:00+08:00"):
            assert first_line(client, officer_of(roads), case)[0].what == what


def first_line(client, user, case):
    dossier = page(client, user, case).context["dossier"]
    return dossier.turn, [label for label, _url in dossier.room_steps]


def test_rating_and_judging_stand_in_the_first_line_of_whoever_has_to(county, client):
    case = SuggestionFactory(congress=county, replied=True)
    assert first_line(client, seat_user(case), case)[1] == ["填写评价"]
    assert first_line(client, clerk_of(county), case)[1] == []
    rate(case)
    assert first_line(client, seat_user(case), case)[1] == []
    turn, steps = first_line(client, clerk_of(county), case)
    assert (turn.clock.rule, turn.is_mine) == ("judge", True)
    assert steps == ["研判：维持答复", "研判：重新办理"]


def test_after_a_rating_the_turn_is_the_window_and_departments_read_what_they_read_before(county, client):
    case = SuggestionFactory(congress=county, replied=True)
    slip = Slip.objects.get(survey__round__suggestion=case, counts=True)
    officer = officer_of(case.rounds.get().assignments.get().organ)
    with time_machine.travel(f"{slip.survey.opened_on} 10:00+08:00"):
        before = first_line(client, officer, case)[0]
        appraisals.rate(
            slip,
            attitude=Grade.SATISFIED,
            result=Grade.SATISFIED,
            contacted=Rating.Contacted.VISIT,
            on=slip.survey.opened_on,
            by=seat_user(case),
        )
        assert first_line(client, officer, case)[0] == before
        for reader in (clerk_of(county), seat_user(case)):
            turn = first_line(client, reader, case)[0]
            assert (turn.who, turn.is_mine) == (county.office_name, False)
            assert turn.clock.due_on == slip.survey.closes_on
        client.force_login(clerk_of(county))
        (row,) = client.get("/suggestions/?view=all").context["sheet"].rows
        assert row["holder"] == ""


def test_what_the_office_may_record_for_a_department_is_offered_in_quiet(county, client):
    case = SuggestionFactory(congress=county, assigned=True)
    more = page(client, clerk_of(county), case).context["dossier"].more_buttons
    assert "accept" in [each.step for each in more]


def test_the_turn_names_who_what_and_until_when(county, client):
    roads = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, assigned=True, department=roads)
    with time_machine.travel("2026-03-10 10:00+08:00"):
        turn = page(client, officer_of(roads), case).context["dossier"].turn
    assert (turn.who, turn.is_mine, turn.clock.rule) == (str(roads), True, "return")
    assert turn.days_left == (turn.clock.due_on - date(2026, 3, 10)).days


def test_earlier_rounds_are_folded_behind_the_present_one(county, client):
    case = SuggestionFactory(congress=county, replied=True)
    actions.rework(case, reason="第三条没有说由谁管护", on=date(2026, 6, 1), by=clerk_of(county))
    dossier = page(client, clerk_of(county), case).context["dossier"]
    assert dossier.current.handling.number == 2
    assert [each.handling.number for each in dossier.earlier] == [1]
    assert not any(row.answers for row in dossier.asks)
    assert all(row.answers for row in dossier.earlier[0].asks)


def test_a_reply_that_is_not_signed_is_its_departments_alone(county, client):
    roads = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, drafted=True, department=roads)
    shown = page(client, officer_of(roads), case).context["dossier"].asks
    hidden = page(client, seat_user(case), case).context["dossier"].asks
    assert all(row.answers for row in shown)
    assert not any(row.answers for row in hidden)


def test_what_is_written_around_a_rating_is_kept_from_the_departments(county, client):
    roads = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, replied=True, department=roads)
    journal.record(case, "survey.rate", by=seat_user(case), facts={"who": "周德顺代表"})
    told = [sentence.text for sentence in page(client, officer_of(roads), case).context["dossier"].timeline]
    assert not any("评价" in text and "填写" in text for text in told)
    assert any("填写" in sentence.text for sentence in page(client, clerk_of(county), case).context["dossier"].timeline)


# ---- what is drawn from memory


def test_a_page_that_was_kept_shows_at_once_what_became_of_the_case(county, client, clerk):
    case = SuggestionFactory(congress=county, registered=True)
    roads = DepartmentFactory(congress=county, name="县交通局", short_name="交通局")
    assert "交通局" not in page(client, clerk, case).content.decode()
    actions.assign(case, lead=roads, on=case.registered_on, by=clerk)
    assert "交通局" in page(client, clerk, case).content.decode()
    roads.short_name = "交运局"  # no step of the case, and shown all the same
    roads.save()
    assert "交运局" in page(client, clerk, case).content.decode()


def test_a_page_that_was_kept_for_one_reader_is_not_shown_to_another(county, client, clerk):
    roads = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, assigned=True, department=roads, protects_identity=True)
    name = case.lead.deputy.name
    for _time in range(2):
        assert name in page(client, clerk, case).content.decode()
        assert name not in page(client, officer_of(roads), case).content.decode()


def test_a_page_that_was_kept_counts_its_days_anew_each_day(county, client, clerk):
    with time_machine.travel("2026-03-10 09:00+08:00"):
        case = SuggestionFactory(congress=county, registered=True, since=date(2026, 3, 9))
        assert "余" in page(client, clerk, case).content.decode()
    with time_machine.travel("2026-08-10 09:00+08:00"):
        assert "超" in page(client, clerk, case).content.decode()
