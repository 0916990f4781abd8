"""The clerk's office: what he may do there, and that every change stands in the journal."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.accounts import actions as accounts
from congress.accounts.models import User
from congress.organs.models import Congress, Department, Membership, Organ, Session, Term
from congress.organs.roles import DUTIES, Role
from congress.procedure.models import Entry
from deputies.roll.models import Mandate
from tests.factories.accounts import UserFactory
from tests.factories.organs import DepartmentFactory, MembershipFactory, SessionFactory, TermFactory
from tests.factories.roll import MandateFactory

TODAY = timezone.localdate()


def url(name, *args, code="qinghe"):
    return reverse(f"office:{name}", args=[code, *args])


@pytest.fixture
def desk(client, clerk):
    """The browser of the county's clerk."""
    client.force_login(clerk)
    return client


@pytest.fixture
def roads(county):
    return DepartmentFactory(congress=county, name="县交通运输局", short_name="交通局")


def verbs(subject):
    return list(Entry.objects.of(subject).values_list("verb", flat=True))


def test_founding_and_changing_a_department_is_journalled_with_before_and_after(desk, county, clerk):
    form = {"name": "县水利局", "type": "government", "position": "3"}
    assert desk.post(url("organ_create", "department"), form).status_code == 302
    water = Department.objects.get(name="县水利局")
    assert (water.congress, water.parent_id, water.kind) == (county, county.pk, Organ.Kind.DEPARTMENT)
    desk.post(url("organ_change", water.pk), form | {"name": "县水务局"})
    last = Entry.objects.of(water.organ_ptr).last()
    assert verbs(water.organ_ptr) == ["organ.create", "organ.change"]
    assert last.facts == {"name": {"before": "县水利局", "after": "县水务局"}}
    assert (last.by, last.congress) == (clerk, county)


def test_two_departments_of_one_congress_cannot_have_one_name(desk, roads):
    form = {"name": roads.name, "type": "government", "position": "1"}
    assert desk.post(url("organ_create", "department"), form).status_code == 200
    assert Department.objects.count() == 1


def test_which_kinds_bypass_the_distributor_is_a_setting(desk, county):
    form = {"name": county.name, "region": county.region, "office_name": "代工委", "distributed_kinds": ["government"]}
    assert desk.post(url("congress_change"), form).status_code == 302
    county.refresh_from_db()
    assert county.distributed_kinds == ["government"]


def test_abolishing_a_department_moves_its_people_and_is_journalled(desk, county, roads, officer):
    person, housing = officer(roads), DepartmentFactory(congress=county)
    answer = desk.post(url("organ_abolish", roads.pk), {"on": TODAY.isoformat(), "successor": housing.pk})
    assert answer.status_code == 302
    assert [m.organ_id for m in Membership.objects.filter(user=person).in_force(on=TODAY)] == [housing.pk]
    assert verbs(roads.organ_ptr) == ["organ.abolish"]


def test_the_county_founds_a_township_and_keeps_it(desk, county):
    form = {
        "name": "石桥镇人民代表大会",
        "region": "石桥镇",
        "code": "shiqiao",
        "office_name": "主席团",
        "position": "1",
    }
    assert desk.post(url("organ_create", "township"), form).status_code == 302
    township = Congress.objects.get(code="shiqiao")
    assert (township.is_township, township.parent_id) == (True, county.pk)
    assert desk.get(url("organs", code="shiqiao")).status_code == 200
    assert desk.get(url("organ_create", "township", code="shiqiao")).status_code == 404


def test_a_session_lies_within_its_term(desk, county):
    desk.post(url("term_create"), {"number": "18", "starts_on": "2022-01-10"})
    term = Term.objects.get()
    form = {"term": term.pk, "number": "1", "opened_on": "2021-12-01", "closed_on": "2021-12-04"}
    assert desk.post(url("session_create"), form).status_code == 200
    form |= {"opened_on": "2022-01-10", "closed_on": "2022-01-14"}
    assert desk.post(url("session_create"), form).status_code == 302
    assert str(Session.objects.get()) == "第十八届第一次会议"
    assert desk.post(url("session_create"), form).status_code == 200  # the number is taken
    assert "第十八届第一次会议" in desk.get(url("terms")).content.decode()


def test_an_account_is_opened_with_its_first_place(desk, roads):
    form = {
        "name": "卢承办",
        "phone": "13900001234",
        "role": "case_officer",
        "organ": roads.pk,
        "starts_on": f"{TODAY}",
    }
    assert desk.post(url("account_create"), form).status_code == 302
    user = User.objects.get(name="卢承办")
    assert [(m.organ_id, m.role) for m in user.memberships.all()] == [(roads.pk, "case_officer")]
    assert verbs(user) == ["account.open", "account.give"]
    assert "13900001234" not in str(list(Entry.objects.values_list("facts", flat=True)))
    assert desk.post(url("account_create"), form).status_code == 200  # the phone has an account


def test_a_role_that_does_not_fit_the_organ_is_refused_on_the_page(desk, roads):
    form = {"name": "卢承办", "role": "npc_clerk", "organ": roads.pk, "starts_on": TODAY.isoformat()}
    assert desk.post(url("account_create"), form).status_code == 200
    assert not User.objects.filter(name="卢承办").exists()


def test_slips_for_departments_let_their_officers_in_and_are_shown_once(desk, county, roads):
    DepartmentFactory(congress=county, distributor=True)
    page = desk.post(url("issue"), {"group": "departments"})
    slips = [each["slip"] for each in page.context["sheet"]]
    assert len(slips) == 2
    assert {(m.role, m.organ_id) for m in Membership.objects.filter(organ=roads)} == {("case_officer", roads.pk)}
    assert set(Membership.objects.exclude(organ=roads).exclude(role="npc_clerk").values_list("role", flat=True)) == {
        "government_office"
    }
    for slip in slips:
        browser = Client()
        words = {"login": slip.user.username, "code": slip.code, "password": "青禾-New-8524", "again": "青禾-New-8524"}
        assert browser.post(reverse("accounts:activate"), words).status_code == 302
        assert slip.code not in str(list(Entry.objects.values_list("facts", flat=True)))
    assert not desk.get(url("issue")).context["departments"]
    assert page.headers["Cache-Control"].count("no-store") == 1


def test_every_sitting_deputy_without_an_account_gets_one_slip_and_his_row_the_account(desk, county):
    seats = [MandateFactory(congress=county, deputy__phone=f"1390000111{n}") for n in range(3)]
    MandateFactory(congress=county, deputy=seats[0].deputy)  # his seat in another term
    MandateFactory(congress=county, state=Mandate.State.ENDED)
    page = desk.post(url("issue"), {"group": "deputies"})
    assert len(page.context["sheet"]) == 3
    for seat in seats:
        seat.deputy.refresh_from_db()
        assert seat.deputy.user.phone == seat.deputy.phone
        assert [m.role for m in seat.deputy.user.memberships.all()] == [Role.DEPUTY]


def test_two_deputies_with_one_telephone_get_two_accounts_and_it_lets_in_the_first(desk, county):
    first, second = (MandateFactory(congress=county, deputy__phone="13900001111").deputy for _ in range(2))
    desk.post(url("issue"), {"group": "deputies"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.user != second.user
    assert sorted([first.user.phone, second.user.phone]) == ["", "13900001111"]


def test_a_deputy_whose_account_is_kept_elsewhere_gets_his_place_but_no_key(desk, county):
    user = MembershipFactory(user__name="柳双任", user__phone="13900001111").user
    deputy = MandateFactory(congress=county, deputy__name="柳双任", deputy__phone="13900001111").deputy
    page = desk.post(url("issue"), {"group": "deputies"})
    deputy.refresh_from_db()
    user.refresh_from_db()
    assert deputy.user == user
    assert user.is_activated
    assert [each["slip"].code for each in page.context["sheet"]] == [""]
    assert user.memberships.filter(organ=county, role=Role.DEPUTY).exists()


def test_a_reset_ends_the_old_password_and_gives_a_new_slip(desk, roads, officer):
    person = officer(roads)
    page = desk.post(url("issue"), {"group": "chosen", "account": [person.pk]})
    person.refresh_from_db()
    assert not person.is_activated
    assert accounts.opens(person, page.context["sheet"][0]["slip"].code, at=timezone.now())
    assert verbs(person) == ["account.issue"]


def test_no_slip_is_cut_for_an_account_of_another_congress(desk, roads, officer, county):
    stranger = MembershipFactory().user
    both = officer(roads)
    MembershipFactory(user=both)
    page = desk.post(url("issue"), {"group": "chosen", "account": [stranger.pk, both.pk]})
    assert page.status_code == 302
    both.refresh_from_db()
    assert both.is_activated
    assert not Entry.objects.filter(verb="account.issue").exists()


def test_the_township_clerk_sees_nothing_of_the_county(client, township_clerk, township, clerk, county):
    client.force_login(township_clerk)
    assert client.get(url("organs", code="liuxi")).status_code == 200
    for name, args in [("organs", ()), ("people", ()), ("person", (clerk.pk,)), ("issue", ()), ("terms", ())]:
        assert client.get(url(name, *args)).status_code == 404
    assert client.get(url("person", clerk.pk, code="liuxi")).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.NPC_CLERK, Role.ADMINISTRATOR)])
def test_everybody_else_finds_no_office_of_the_county(client, county, person, role):
    client.force_login(person(role))
    assert client.get(url("organs")).status_code == 404
    assert client.get(url("people")).status_code == 404


def test_the_administrator_unlocks_and_closes_but_cuts_no_key_and_reads_no_phone(
    client, administrator, roads, officer, county
):
    person = officer(roads)
    client.force_login(administrator)
    assert client.get(url("people")).status_code == 200
    assert client.get(url("person", person.pk)).status_code == 200
    assert client.post(url("account_step", person.pk, "deactivate")).status_code == 302
    assert client.post(url("account_step", person.pk, "reactivate")).status_code == 302
    for name, args in [("issue", ()), ("organs", ()), ("reveal", (person.pk,)), ("place_give", (person.pk,))]:
        assert client.post(url(name, *args)).status_code == 404
    assert client.post(url("account_step", person.pk, "second-factor")).status_code == 404
    assert verbs(person) == ["account.deactivate", "account.reactivate"]


def test_a_phone_is_masked_until_it_is_revealed_and_the_reveal_is_journalled(desk, roads, officer, clerk):
    person = officer(roads, user__phone="13900001234")
    for name, args in [("people", ()), ("person", (person.pk,))]:
        page = desk.get(url(name, *args)).content.decode()
        assert "139****1234" in page
        assert "13900001234" not in page
    assert "13900001234" in desk.post(url("reveal", person.pk)).content.decode()
    assert [(e.verb, e.by) for e in Entry.objects.of(person)] == [("account.reveal", clerk)]
    assert desk.get(url("reveal", person.pk)).status_code == 405


def test_a_locked_account_is_found_and_unlocked(desk, roads, officer):
    person = officer(roads)
    User.objects.filter(pk=person.pk).update(locked_until=timezone.now() + timedelta(minutes=9))
    officer(roads)
    assert list(desk.get(url("people"), {"state": "locked"}).context["page_obj"]) == [person]
    desk.post(url("account_step", person.pk, "unlock"))
    assert not desk.get(url("people"), {"state": "locked"}).context["page_obj"]


def test_closing_an_account_ends_its_session(desk, roads, officer):
    person, browser = officer(roads), Client()
    browser.force_login(person)
    desk.post(url("account_step", person.pk, "deactivate"))
    assert browser.get(reverse("accounts:profile")).status_code == 302


def test_an_officer_who_leaves_hands_all_his_places_over(desk, county, roads, officer):
    leaver, other = officer(roads), officer(DepartmentFactory(congress=county))
    MembershipFactory(user=leaver, organ=roads, role=Role.DEPARTMENT_HEAD)
    assert desk.get(url("hand_over", leaver.pk)).status_code == 200
    places = list(leaver.memberships.values_list("pk", flat=True))
    form = {"memberships": places, "to": other.pk, "on": TODAY.isoformat(), "close": "on"}
    assert desk.post(url("hand_over", leaver.pk), form).status_code == 302
    tomorrow = TODAY + timedelta(days=1)
    held = Membership.objects.filter(user=other, organ=roads).in_force(on=tomorrow)
    assert set(held.values_list("role", flat=True)) == {"case_officer", "department_head"}
    leaver.refresh_from_db()
    assert not leaver.is_active
    assert verbs(leaver) == ["account.move", "account.deactivate"]


def test_a_seat_of_a_deputy_is_never_handed_over(desk, deputy_user, clerk):
    form = {"memberships": [deputy_user.memberships.get().pk], "to": clerk.pk, "on": TODAY.isoformat()}
    assert desk.post(url("hand_over", deputy_user.pk), form).status_code == 200


def test_somebody_deputises_between_two_days(desk, county, roads, head, officer):
    holder, stand_in = head(roads), officer(roads)
    form = {"user": stand_in.pk, "starts_on": TODAY.isoformat(), "ends_on": (TODAY + timedelta(days=7)).isoformat()}
    assert desk.post(url("place_deputise", holder.memberships.get().pk), form).status_code == 302
    assert "代理" in desk.get(url("people"), {"q": stand_in.name}).content.decode()
    assert verbs(stand_in) == ["account.deputise"]
    backwards = form | {"ends_on": (TODAY - timedelta(days=7)).isoformat()}
    assert desk.post(url("place_deputise", holder.memberships.get().pk), backwards).status_code == 200


def test_a_place_ends_with_a_day(desk, roads, officer):
    place = officer(roads).memberships.get()
    assert desk.post(url("place_end", place.pk), {"on": TODAY.isoformat()}).status_code == 302
    place.refresh_from_db()
    assert place.ends_on == TODAY


def test_accounts_are_found_by_name_login_and_whole_phone(desk, roads, officer):
    person = officer(roads, user__phone="13900001234", user__name="石一山")
    officer(roads)
    for word in ("石一", person.username, "13900001234"):
        assert list(desk.get(url("people"), {"q": word}).context["page_obj"]) == [person]
    assert not desk.get(url("people"), {"q": "1390000"}).context["page_obj"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_account_list_asks_the_same_number_of_questions_for_one_row_and_for_three(
    desk, roads, officer, rows, django_assert_num_queries
):
    for _ in range(rows):
        officer(roads)
    desk.get(url("people"))
    with django_assert_num_queries(7):
        desk.get(url("people"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_organ_tree_and_the_terms_cost_the_same_for_one_row_and_for_three(
    desk, county, rows, django_assert_num_queries
):
    follower = DepartmentFactory(congress=county)
    for _ in range(rows):
        DepartmentFactory(congress=county)
        DepartmentFactory(congress=county, valid_to=date(2026, 1, 1), successor=follower)
        SessionFactory(term=TermFactory(congress=county))
    with django_assert_num_queries(13):
        desk.get(url("organs"))
    with django_assert_num_queries(6):
        desk.get(url("terms"))


def test_every_role_is_explained_to_everybody(client, deputy_user):
    client.force_login(deputy_user)
    page = client.get(reverse("office:roles")).content.decode()
    for role in Role:
        assert str(role.label) in page
        assert str(DUTIES[role]) in page
    assert len(re.findall("我的角色", page)) == 1


def test_the_index_leads_to_the_office_of_ones_own(client, clerk, administrator, deputy_user):
    index = reverse("office:index")
    for user, target in [(clerk, url("organs")), (administrator, url("people"))]:
        client.force_login(user)
        assert client.get(index).url == target
    client.force_login(deputy_user)
    assert client.get(index).status_code == 404


def test_accounts_without_a_role_are_not_listed(desk, clerk):
    UserFactory()
    assert list(desk.get(url("people")).context["page_obj"]) == [clerk]
