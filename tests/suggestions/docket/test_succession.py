from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from congress.deadlines.ledger import disagreeing
from congress.deadlines.models import Clock
from congress.notices.writing import write_letters
from congress.organs import actions as organs
from congress.organs.roles import Role
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.activities import actions as activities
from liaison.opinions import actions as opinions
from suggestions.docket import actions, tallies
from suggestions.docket.actions.assigning import distributor_for
from suggestions.docket.models import Assignment, Suggestion
from suggestions.promises.actions import succeed_all
from tests.factories.activities import ActivityFactory
from tests.factories.docket import SuggestionFactory, clerk_of
from tests.factories.opinions import OpinionFactory
from tests.factories.organs import DepartmentFactory
from tests.factories.promises import promised
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def roads(county):
    plant()
    return DepartmentFactory(congress=county, name="县交通局", short_name="交通局")


@pytest.fixture
def housing(county):
    return DepartmentFactory(congress=county, name="县住建局", short_name="住建局")


def abolish(roads, housing):
    organs.abolish(roads, on=TODAY, successor=housing)
    return Assignment.objects.filter(organ=roads)


@pytest.mark.parametrize("stage", ["assigned", "accepted", "drafted"])
def test_an_open_share_goes_over_as_far_as_it_has_come_and_no_date_moves(county, clerk, roads, housing, stage):
    case = SuggestionFactory(congress=county, department=roads, **{stage: True})
    share = abolish(roads, housing).get()
    before = (share.state, share.due_on, set(Clock.objects.running().values_list("rule", "due_on")))
    actions.succeed(share, on=TODAY, by=clerk)
    share.refresh_from_db()
    case.refresh_from_db()
    assert share.organ_id == case.holder_id == housing.pk
    assert (share.state, share.due_on, set(Clock.objects.running().values_list("rule", "due_on"))) == before
    assert set(Clock.objects.on_subject(share).running().values_list("holder", flat=True)) == {housing.pk}
    assert disagreeing(Clock.objects.all()) == []
    entry = Entry.objects.of(case).last()
    assert (entry.verb, entry.facts["organ"], entry.facts["lead"]) == ("share.succeed", "交通局", "住建局")


def test_the_officers_of_the_successor_go_on_and_the_figures_follow(county, clerk, roads, housing, officer, client):
    case = SuggestionFactory(congress=county, department=roads, accepted=True)
    share = abolish(roads, housing).get()
    person = officer(housing)
    assert not Suggestion.objects.visible_to(person).exists()
    actions.succeed(share, on=TODAY, by=clerk)
    assert Suggestion.objects.visible_to(person).get() == case
    assert person.has_perm("docket.handle_share", Assignment.objects.get())
    told = _figures(county)
    assert told[1][housing.pk]
    assert roads.pk not in told[1] or not any(told[1][roads.pk].values())
    tallies.recount(county)
    assert _figures(county) == told


def _figures(county):
    """Of the whole congress and of each department, without what counts nought."""
    sums = tallies.of_congress(county, on=TODAY)
    cells = {pk: {code: n for code, n in cell.items() if n} for pk, cell in sums.departments.items()}
    return {code: n for code, n in sums.whole.items() if n}, {pk: cell for pk, cell in cells.items() if cell}


def test_what_the_successor_handles_already_is_left_for_a_decision(county, clerk, roads, housing):
    SuggestionFactory(congress=county, department=roads, co=[housing], assigned=True)
    share = abolish(roads, housing).get()
    assert [each.is_taken for each in actions.shares_to_hand_over(share.organ)] == [True]
    with pytest.raises(ValidationError, match="已经在承办"):
        actions.succeed(share, on=TODAY, by=clerk)


def test_what_it_promised_goes_over_with_a_trace_and_its_clock(client, county, clerk, roads, housing, officer):
    promise = promised(county, department=roads)
    person, due_on = officer(housing), promise.due_on
    abolish(roads, housing)
    client.force_login(clerk)
    address = reverse("docket:succession", args=[roads.pk])
    assert "没有兑现的承诺 1 条" in client.get(address).text
    for _twice in range(2):
        client.post(address)
    promise.refresh_from_db()
    assert (promise.organ_id, promise.due_on, promise.state) == (housing.pk, due_on, "open")
    assert Clock.objects.on_case(promise).running().get().holder_id == housing.pk
    assert [each.verb for each in Entry.objects.of(promise)].count("promise.succeed") == 1
    client.force_login(person)
    page = client.get(promise.get_absolute_url())
    assert "交通局已撤销，由住建局接着兑现" in page.text
    assert promise.suggestion.get_absolute_url() not in page.text
    assert person.has_perm("promises.report", promise)


def test_what_the_office_owes_on_a_share_stays_with_the_office(county, clerk, roads, housing, officer):
    case = SuggestionFactory(congress=county, department=roads, assigned=True)
    share = Assignment.objects.get(round__suggestion=case)
    actions.hand_back(share, reason="不属本单位职责。", on=share.assigned_on, by=officer(roads))
    before = Clock.objects.running().filter(holder=county).count()
    abolish(roads, housing)
    share.refresh_from_db()
    actions.succeed(share, on=TODAY, by=clerk)
    assert before
    assert Clock.objects.running().filter(holder=county).count() == before


@pytest.fixture
def given_out(county, roads, government_office):
    """What the government office gave out to a department before it was abolished itself."""
    office = government_office.memberships.get().organ
    case = SuggestionFactory(congress=county, assigned=True, department=roads, through=office)
    share = Assignment.objects.get(round__suggestion=case)
    actions.distribute(share, lead=roads, on=share.assigned_on, by=government_office)
    return Assignment.objects.get(parent=share)


@pytest.fixture
def next_office(county):
    """Somebody of the office that takes the place of the government office."""
    office = DepartmentFactory(congress=county, distributor=True, name="县行政审批局", short_name="审批局")
    return serving(Role.GOVERNMENT_OFFICE, office)


def test_what_a_government_office_gave_out_goes_over_with_what_it_has_to_decide(
    client, county, clerk, roads, officer, given_out, next_office
):
    gone, office = given_out.parent.organ, next_office.memberships.get().organ
    actions.hand_back(given_out, reason="不属本单位职责。", on=given_out.assigned_on, by=officer(roads))
    organs.abolish(gone, on=TODAY, successor=office)
    client.force_login(clerk)
    assert "还有 1 件在办，去移交" in client.get(reverse("office:organs", args=[county.code])).text
    page = reverse("docket:succession", args=[gone.pk])
    assert "移交这 1 件" in client.get(page).text
    client.post(page)
    assert "没有要移交的" in client.get(page).text
    decision = Clock.objects.on_subject(given_out).running().get(rule="reassign")
    assert decision.holder_id == office.pk
    assert disagreeing(Clock.objects.all()) == []
    assert Suggestion.objects.visible_to(next_office).get() == given_out.suggestion
    share = Assignment.objects.get(pk=given_out.pk)
    assert next_office.has_perm("docket.decide_hand_back", share)
    actions.decide_hand_back(share, agrees=False, reason="属交通局职责。", on=TODAY, by=next_office)


def test_what_a_department_hands_back_later_is_decided_by_who_took_the_offices_place(
    county, clerk, roads, officer, given_out, next_office
):
    gone, office = given_out.parent.organ, next_office.memberships.get().organ
    organs.abolish(gone, on=TODAY, successor=office)
    actions.succeed(actions.shares_to_hand_over(gone).get(), on=TODAY, by=clerk)
    share = Assignment.objects.get(pk=given_out.pk)
    Clock.objects.on_subject(share).filter(rule="return").update(due_on=TODAY)
    actions.hand_back(share, reason="不属本单位职责。", on=TODAY, by=officer(roads))
    assert Clock.objects.on_subject(share).running().get(rule="reassign").holder_id == office.pk


def test_what_everybody_has_answered_stays_with_the_office_that_gave_it_out(county, clerk, given_out, next_office):
    Assignment.objects.filter(pk=given_out.pk).update(state=Assignment.State.DONE)
    gone = given_out.parent.organ
    organs.abolish(gone, on=TODAY, successor=next_office.memberships.get().organ)
    assert not actions.shares_to_hand_over(gone).exists()


def test_a_share_that_went_over_meanwhile_goes_over_once(county, clerk, roads, housing):
    case = SuggestionFactory(congress=county, department=roads, accepted=True)
    first, second = abolish(roads, housing).get(), Assignment.objects.get(organ=roads)
    actions.succeed(first, on=TODAY, by=clerk)
    with pytest.raises(StepNotOpen):
        actions.succeed(second, on=TODAY, by=clerk)
    assert [each.verb for each in Entry.objects.of(case)].count("share.succeed") == 1


def test_a_department_that_stands_keeps_its_cases(county, clerk, roads):
    SuggestionFactory(congress=county, department=roads, assigned=True)
    with pytest.raises(ValidationError, match="没有撤销"):
        actions.succeed(Assignment.objects.get(), on=TODAY, by=clerk)


def test_nobody_but_the_office_hands_over(county, roads, housing, officer, client):
    SuggestionFactory(congress=county, department=roads, assigned=True)
    person = officer(housing)
    share = abolish(roads, housing).get()
    with pytest.raises(PermissionDenied):
        actions.succeed(share, on=TODAY, by=person)
    client.force_login(person)
    assert client.get(reverse("docket:succession", args=[roads.pk])).status_code == 404


def test_the_office_sees_what_will_move_and_moves_it_once(client, county, clerk, roads, housing):
    SuggestionFactory.create_batch(2, congress=county, department=roads, assigned=True)
    SuggestionFactory(congress=county, department=roads, co=[housing], assigned=True)
    client.force_login(clerk)
    told = {"on": TODAY.isoformat(), "successor": housing.pk}
    answer = client.post(reverse("office:organ_abolish", args=[county.code, roads.pk]), told, follow=True)
    page = reverse("docket:succession", args=[roads.pk])
    assert answer.redirect_chain[-1][0] == page
    assert "移交这 2 件" in answer.text
    assert "住建局已在承办" in answer.text
    for _twice in range(2):
        client.post(page)
    assert Assignment.objects.filter(organ=housing, role="lead").count() == 2
    assert Entry.objects.filter(verb="share.succeed").count() == 2
    assert "还有 1 件在办，去移交" in client.get(reverse("office:organs", args=[county.code])).text


def test_an_organ_of_another_congress_or_one_that_ends_later_is_not_found(client, county, clerk, roads, housing):
    client.force_login(clerk)
    assert client.get(reverse("docket:succession", args=[roads.pk])).status_code == 404
    organs.abolish(roads, on=TODAY + timedelta(days=3), successor=housing)
    assert client.get(reverse("docket:succession", args=[roads.pk])).status_code == 404


def test_the_preview_asks_as_much_for_three_as_for_one(
    client, county, clerk, roads, housing, django_assert_num_queries
):
    SuggestionFactory(congress=county, department=roads, assigned=True)
    abolish(roads, housing)
    client.force_login(clerk)
    page = reverse("docket:succession", args=[roads.pk])
    client.get(page)
    with django_assert_num_queries(9):
        client.get(page)
    organs.Organ.objects.filter(pk=roads.pk).update(valid_to=None)
    SuggestionFactory.create_batch(2, congress=county, department=roads, assigned=True)
    organs.Organ.objects.filter(pk=roads.pk).update(valid_to=TODAY)
    with django_assert_num_queries(9):
        client.get(page)


def test_a_rework_goes_to_who_took_the_place_of_an_abolished_department_and_to_nobody_twice(county, roads, housing):
    water = DepartmentFactory(congress=county)
    case = SuggestionFactory(congress=county, department=roads, co=[housing], replied=True)
    organs.abolish(roads, on=TODAY, successor=housing)
    organs.abolish(housing, on=TODAY, successor=water)
    actions.rework(case, reason="缺口还在。", on=TODAY, by=clerk_of(county))
    share = Assignment.objects.get(round__suggestion=case, round__number=2)
    assert (share.organ_id, share.role) == (water.pk, "lead")


def test_whoever_answers_keeps_answering_where_a_co_handler_takes_its_place(county, roads, housing):
    case = SuggestionFactory(congress=county, department=roads, co=[housing], replied=True)
    first, second = Assignment.objects.filter(round__suggestion=case).order_by("pk")
    for share, organ, role in ((first, None, "co"), (second, roads, "lead"), (first, housing, "co")):
        Assignment.objects.filter(pk=share.pk).update(organ=organ, role=role)  # a lead that came by a correction
    organs.abolish(roads, on=TODAY, successor=housing)
    actions.rework(case, reason="缺口还在。", on=TODAY, by=clerk_of(county))
    share = Assignment.objects.get(round__suggestion=case, round__number=2)
    assert (share.organ_id, share.role) == (housing.pk, "lead")


def test_without_a_successor_a_rework_stays_for_the_office_to_correct(county, roads):
    case = SuggestionFactory(congress=county, department=roads, replied=True)
    organs.abolish(roads, on=TODAY)
    actions.rework(case, reason="缺口还在。", on=TODAY, by=clerk_of(county))
    assert Assignment.objects.get(round__suggestion=case, round__number=2).organ_id == roads.pk


def test_no_case_goes_through_an_abolished_government_office(county, roads, government_office):
    county.distributed_kinds = [roads.type]
    gone = government_office.memberships.get().organ
    assert distributor_for(roads, on=TODAY).pk == gone.pk
    organs.abolish(gone, on=TODAY)
    assert distributor_for(roads, on=TODAY) is None


def test_the_successor_hears_of_what_it_takes_over(county, clerk, roads, housing, officer):
    case = SuggestionFactory(congress=county, department=roads, accepted=True)
    promise = promised(county, department=roads)
    share = abolish(roads, housing).get(round__suggestion=case)
    person = officer(housing)
    actions.succeed(share, on=TODAY, by=clerk)
    succeed_all(roads, on=TODAY, by=clerk)
    write_letters(at=timezone.now())
    told = list(person.notices.filter(verb__endswith=".succeed").order_by("pk").values_list("title", flat=True))
    assert told == [
        f"交通局在办的建议由贵单位接着办：{case.title}",
        f"交通局的承诺由贵单位接着兑现：{promise.what}",
    ]


def test_the_opinions_it_had_in_hand_go_over_with_their_dates(client, county, clerk, roads, housing, officer):
    opinion = OpinionFactory(station=StationFactory(congress=county))
    opinions.route(opinion, organ=roads, on=TODAY, by=clerk)
    opinion.refresh_from_db()
    due_on = opinion.due_on
    client.force_login(clerk)
    told = {"on": TODAY.isoformat(), "successor": housing.pk}
    answer = client.post(reverse("office:organ_abolish", args=[county.code, roads.pk]), told, follow=True)
    assert "移交住建局的：没有答复的群众意见 1 件。期限不变。" in answer.text
    assert "还有 1 件在办，去移交" in client.get(reverse("office:organs", args=[county.code])).text
    for _twice in range(2):
        client.post(reverse("docket:succession", args=[roads.pk]))
    opinion.refresh_from_db()
    assert (opinion.organ_id, opinion.due_on, opinion.state) == (housing.pk, due_on, "routed")
    assert Clock.objects.on_subject(opinion).running().get().holder_id == housing.pk
    assert Entry.objects.of(opinion).filter(verb="opinion.succeed").count() == 1
    opinions.answer(opinion, text="修好了", on=TODAY, by=officer(housing))
    assert "交通局已撤销，由住建局接着办理，期限不变" in client.get(opinion.get_absolute_url()).text


def test_what_deputies_raised_goes_over_with_its_date_and_is_offered_by_itself(
    client, county, clerk, roads, housing, officer
):
    held = ActivityFactory(congress=county, state="held")
    raised = activities.raise_opinion(held, text="弯道没有护栏", on=TODAY, by=clerk)
    activities.forward(raised, organ=roads, on=TODAY, by=clerk)
    raised.refresh_from_db()
    due_on = raised.due_on
    client.force_login(clerk)
    told = {"on": TODAY.isoformat(), "successor": housing.pk}
    answer = client.post(reverse("office:organ_abolish", args=[county.code, roads.pk]), told, follow=True)
    assert "没有反馈的代表意见 1 条" in answer.text
    for _twice in range(2):
        client.post(reverse("docket:succession", args=[roads.pk]))
    raised.refresh_from_db()
    assert (raised.organ_id, raised.due_on, raised.state) == (housing.pk, due_on, "forwarded")
    assert Clock.objects.on_subject(raised).running().get().holder_id == housing.pk
    assert Entry.objects.of(raised).filter(verb="raised.succeed").count() == 1
    activities.answer(raised, feedback="已补装护栏", on=TODAY, by=officer(housing))
