"""Committee members and the deputies they contact: quotas, records, gaps, what is passed on."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from congress.dashboards.beside import rows_beside
from congress.deadlines import reminding
from congress.deadlines.models import Clock, Reminder
from congress.deadlines.readers import readers_of
from congress.notices.models import Notice
from congress.notices.writing import write_letters
from congress.organs import actions as organs
from congress.organs.roles import Role
from congress.procedure.models import Entry
from congress.procedure.reactions import announce
from congress.rulebook.models import RuleOverride, Unit
from deputies.pledges import actions, contacting
from deputies.pledges.models import ContactLog, FollowUp, Tie
from deputies.pledges.notices import those_who_keep_in_touch
from deputies.roll import actions as roll
from deputies.roll.models import Mandate
from tests.factories.docket import seat
from tests.factories.organs import CommitteeFactory, DepartmentFactory, MembershipFactory, TermFactory
from tests.factories.roll import DelegationFactory, MandateFactory

JANUARY_20, MARCH_1 = date(2026, 1, 20), date(2026, 3, 1)


@pytest.fixture
def term(county):
    return TermFactory(congress=county, number=18)


@pytest.fixture
def member(county, term):
    return seat(county, "马委员", is_standing_member=True)


@pytest.fixture
def deputies(county, term):
    return lambda number: [MandateFactory(congress=county, term=term) for _each in range(number)]


@pytest.fixture
def tie(member, deputies, clerk):
    return actions.allot(member, deputies(4), on=JANUARY_20, by=clerk)[0]


def own_rule(congress, **values):
    for code, value in values.items():
        RuleOverride.objects.create(
            congress=congress,
            code=code,
            unit=Unit.COUNT,
            value=value,
            article="本级办法",
            effective_from=date(2026, 1, 1),
        )


@pytest.mark.parametrize("number", [3, 8])
def test_a_member_with_three_or_eight_deputies_is_refused(member, deputies, clerk, number):
    with pytest.raises(ValidationError) as refused:
        actions.allot(member, deputies(number), on=JANUARY_20, by=clerk)
    assert set(refused.value.error_dict) == {"deputies"}
    assert not Tie.objects.exists()


@pytest.mark.parametrize("number", [0, 4, 7])
def test_a_member_contacts_nobody_yet_or_four_to_seven(member, deputies, clerk, number):
    assert len(actions.allot(member, deputies(number), on=JANUARY_20, by=clerk)) == number


def test_thirty_three_members_by_four_to_seven_make_132_to_231(county, term):
    for _each in range(33):
        MandateFactory(congress=county, term=term, is_standing_member=True)
    register = contacting.coverage(county, on=JANUARY_20)
    assert (register.least, register.most, register.total, register.short) == (132, 231, 0, 33)


def test_the_chair_contacts_five_and_the_others_three_where_the_rule_says_so(county, member, deputies, clerk):
    own_rule(county, leader_contacts_least=5, leader_contacts_most=5, member_contacts_least=3, member_contacts_most=3)
    chair = seat(county, "何主任", is_standing_member=True)
    MembershipFactory(user=chair.deputy.user, organ=county, role=Role.LEADER)
    with pytest.raises(ValidationError):
        actions.allot(chair, deputies(4), on=JANUARY_20, by=clerk)
    for each in deputies(4):
        Tie.objects.create(congress=county, kind="member", member=chair, deputy=each, since=JANUARY_20)
    actions.allot(member, deputies(3), on=JANUARY_20, by=clerk)
    short = {line.member: line.shortfall for line in contacting.coverage(county, on=JANUARY_20).lines}
    assert short == {chair: 1, member: 0}


def test_the_register_says_when_leaders_have_a_quota_and_nobody_is_known_to_be_one(county, member):
    assert not contacting.coverage(county, on=JANUARY_20).misses_leaders
    own_rule(county, leader_contacts_least=5, leader_contacts_most=5)
    assert contacting.coverage(county, on=JANUARY_20).misses_leaders
    MembershipFactory(user=member.deputy.user, organ=county, role=Role.LEADER)
    assert not contacting.coverage(county, on=JANUARY_20).misses_leaders


def test_a_presidium_contacts_the_deputies_of_its_township(township, clerk):
    chair = seat(township, is_standing_member=True)
    members = [MandateFactory(congress=township, term=chair.term) for _each in range(4)]
    assert len(actions.allot(chair, members, on=JANUARY_20, by=clerk)) == 4


def test_deputies_of_another_congress_and_the_member_himself_are_refused(member, deputies, clerk):
    for odd in (MandateFactory(), member):
        with pytest.raises(ValidationError):
            actions.allot(member, [*deputies(4), odd], on=JANUARY_20, by=clerk)


def test_a_change_ends_what_is_gone_and_leaves_the_rest_running(member, deputies, clerk):
    four = deputies(4)
    before = actions.allot(member, four, on=JANUARY_20, by=clerk)
    after = actions.allot(member, [*four[1:], *deputies(1)], on=MARCH_1, by=clerk)
    assert len(set(before) & set(after)) == 3
    gone = Tie.objects.get(deputy=four[0])
    assert (gone.until, gone.due_on) == (MARCH_1, None)
    assert Entry.objects.filter(verb="contacts.allot").count() == 2
    actions.allot(member, [tie.deputy for tie in after], on=MARCH_1, by=clerk)
    assert Entry.objects.filter(verb="contacts.allot").count() == 2


def end(seat, clerk, *, on=MARCH_1):
    roll.end(seat, ground="resigned", announcement="公告", on=on, by=clerk, version=seat.version)


def test_when_a_member_resigns_his_ties_end_and_his_deputies_stand_among_those_nobody_contacts(
    county, member, deputies, clerk
):
    four = deputies(4)
    ties = actions.allot(member, four, on=JANUARY_20, by=clerk)
    end(member, clerk)
    assert set(contacting.uncontacted(county)) == set(four)
    for tie in ties:
        tie.refresh_from_db()
        assert (tie.until, tie.due_on) == (MARCH_1, None)
        assert not Clock.objects.on_subject(tie).running().exists()
    assert Entry.objects.filter(verb="contacts.release", by=clerk, on=MARCH_1).count() == 4


def test_who_leaves_the_committee_contacts_nobody_for_it_and_keeps_whom_he_mentors(county, member, deputies, clerk):
    four = deputies(4)
    actions.allot(member, four, on=JANUARY_20, by=clerk)
    Mandate.objects.filter(pk=member.pk).update(is_re_elected=True)
    member.refresh_from_db()
    mentored = actions.pair(member, four[0], on=JANUARY_20, by=clerk)
    values = {name: getattr(member.deputy, name) for name in roll.PERSON}
    values |= {name: getattr(member, name) for name in roll.SEAT_FIELDS}
    roll.change(member, values=values | {"certificate_number": "7"}, groups=[], by=clerk)
    assert Tie.objects.standing().count() == 5
    for _time in range(2):
        roll.change(
            member, values=values | {"certificate_number": "7", "is_standing_member": False}, groups=[], by=clerk
        )
    assert list(Tie.objects.standing()) == [mentored]
    assert set(four) <= set(contacting.uncontacted(county))


def test_a_deputy_of_two_members_is_one_deputy_and_two_contacts(county, term, member, deputies, clerk):
    four = deputies(4)
    second = MandateFactory(congress=county, term=term, is_standing_member=True)
    for each in (member, second):
        actions.allot(each, four, on=JANUARY_20, by=clerk)
    register = contacting.coverage(county, on=JANUARY_20)
    assert (register.reached, register.total) == (4, 8)


def test_when_a_deputy_resigns_nobody_has_to_contact_him_any_more(county, member, deputies, clerk):
    five = deputies(5)
    ties = actions.allot(member, five, on=JANUARY_20, by=clerk)
    committee_tie = actions.allot_committee(CommitteeFactory(congress=county), five[:1], on=JANUARY_20, by=clerk)[0]
    end(five[0], clerk)
    assert set(Tie.objects.standing()) == set(ties[1:]) - {committee_tie}
    assert contacting.coverage(county, on=MARCH_1).total == 4


def test_who_is_helped_by_somebody_who_sits_no_more_needs_another_mentor(county, term, deputies, clerk):
    mentor = MandateFactory(congress=county, term=term, is_re_elected=True)
    (new,) = deputies(1)
    actions.pair(mentor, new, on=JANUARY_20, by=clerk)
    assert list(contacting.unmentored(county)) == []
    end(mentor, clerk)
    assert list(contacting.unmentored(county)) == [new]


def test_a_tie_of_a_suspended_member_counts_for_nothing_while_he_is_suspended(county, member, deputies, clerk):
    four = deputies(4)
    actions.allot(member, four, on=JANUARY_20, by=clerk)
    roll.suspend(member, ground="detained", announcement="报告", on=MARCH_1, by=clerk, version=member.version)
    assert set(contacting.uncontacted(county)) == set(four)
    roll.resume(member, announcement="报告", on=MARCH_1, by=clerk, version=member.version)
    assert list(contacting.uncontacted(county)) == []


def test_a_clerk_who_has_left_the_committee_is_reminded_of_nothing(county, deputies, clerk):
    committee = CommitteeFactory(congress=county)
    (tie,) = actions.allot_committee(committee, deputies(1), on=JANUARY_20, by=clerk)
    serves = MembershipFactory(organ=committee, role=Role.COMMITTEE_CLERK).user
    MembershipFactory(organ=committee, role=Role.COMMITTEE_CLERK, ends_on=date(2024, 1, 1))
    assert those_who_keep_in_touch([tie.pk]) == {tie.pk: [serves.pk]}


def test_who_is_contacted_by_nobody_is_listed(county, member, deputies, clerk):
    five = deputies(5)
    actions.allot(member, five[:4], on=JANUARY_20, by=clerk)
    assert list(contacting.uncontacted(county)) == [five[4]]
    actions.allot_committee(CommitteeFactory(congress=county), [five[4]], on=JANUARY_20, by=clerk)
    assert list(contacting.uncontacted(county)) == []


@pytest.mark.parametrize("missing", ["method", "place", "content"])
def test_a_contact_record_without_content_method_or_place_is_refused(tie, member, missing):
    said = {"method": "visit", "place": "柳溪村", "content": "听取对水利的意见"} | {missing: " "}
    with pytest.raises(ValidationError) as refused:
        actions.log(tie, held_on=MARCH_1, on=MARCH_1, by=member.deputy.user, **said)
    assert set(refused.value.error_dict) == {missing}
    assert not ContactLog.objects.exists()


def write(tie, by, *, held_on=MARCH_1, on=MARCH_1):
    return actions.log(tie, held_on=held_on, method="visit", place="柳溪村", content="听取对水利的意见", on=on, by=by)


def test_a_contact_moves_the_next_date_half_a_year_on(tie, member):
    tie.refresh_from_db()
    assert tie.due_on == date(2026, 7, 20)
    write(tie, member.deputy.user)
    tie.refresh_from_db()
    assert (tie.last_on, tie.due_on) == (MARCH_1, date(2026, 9, 1))


def test_an_older_contact_put_down_later_does_not_move_the_date_back(tie, member):
    write(tie, member.deputy.user)
    write(tie, member.deputy.user, held_on=date(2026, 2, 1))
    tie.refresh_from_db()
    assert (tie.last_on, tie.due_on, tie.logs.count()) == (MARCH_1, date(2026, 9, 1), 2)


def test_a_contact_of_tomorrow_of_before_the_tie_or_of_an_ended_one_is_refused(tie, member, clerk):
    with pytest.raises(ValidationError):
        write(tie, member.deputy.user, held_on=date(2026, 3, 2))
    with pytest.raises(ValidationError, match="从2026年1月20日开始"):
        write(tie, member.deputy.user, held_on=date(2025, 11, 3))
    actions.release(tie, on=MARCH_1, by=clerk)
    with pytest.raises(ValidationError):
        write(tie, member.deputy.user)


def test_overdue_contacts_are_listed_and_their_member_is_reminded(tie, member):
    assert list(Tie.objects.overdue(on=date(2026, 7, 20))) == []
    assert Tie.objects.overdue(on=date(2026, 7, 21)).count() == 4
    reminding.remind(on=date(2026, 7, 21))
    reminding.remind(on=date(2026, 7, 21))
    reminders = Reminder.objects.select_related("clock")
    assert reminders.count() == 4
    assert list(readers_of(reminders, on=date(2026, 7, 21)).values()) == [[member.deputy.user]] * 4


def test_a_deputy_is_told_who_contacts_him(county, member, term, clerk):
    told = seat(county, "田代表")
    others = [MandateFactory(congress=county, term=term) for _each in range(3)]
    actions.allot(member, [told, *others], on=JANUARY_20, by=clerk)
    write_letters(at=timezone.now())
    assert [notice.title for notice in Notice.objects.filter(recipient=told.deputy.user)] == ["今后由马委员联系您"]


def test_what_a_contact_brought_up_goes_to_a_department_or_onto_an_agenda(county, tie, member, clerk):
    row, roads = write(tie, member.deputy.user), DepartmentFactory(congress=county)
    actions.follow(row, text="修村路", route="department", department=roads, on=MARCH_1, by=member.deputy.user)
    matter = actions.follow(row, text="水利投入", route="agenda", meeting="chairpersons", on=MARCH_1, by=clerk)
    assert [(each.department, each.meeting) for each in row.follow_ups.order_by("id")] == [
        (roads, ""),
        (None, "chairpersons"),
    ]
    actions.settle(matter, result="列入四月主任会议", on=date(2026, 4, 1), by=clerk)
    matter.refresh_from_db()
    assert (matter.state, matter.result) == (FollowUp.State.SETTLED, "列入四月主任会议")
    verbs = list(Entry.objects.of(tie).values_list("verb", flat=True))
    assert verbs == ["tie.contact", "tie.follow", "tie.follow", "followup.settle"]


@pytest.mark.parametrize("said", [{"route": "department"}, {"route": "agenda"}, {"route": "agenda", "meeting": "x"}])
def test_a_matter_that_goes_nowhere_is_refused(tie, member, said):
    with pytest.raises(ValidationError):
        actions.follow(write(tie, member.deputy.user), text="修村路", on=MARCH_1, by=member.deputy.user, **said)


def test_a_page_changes_only_what_was_ticked_on_it(member, deputies, clerk):
    """One clerk exchanges a deputy while another's page is open: what that page did not touch stays."""
    six = deputies(6)
    shown = {each.pk for each in six[:4]}
    actions.allot(member, six[:4], on=JANUARY_20, by=clerk)
    actions.allot(member, six[1:5], shown=shown, on=MARCH_1, by=clerk)
    ties = actions.allot(member, [*six[:4], six[5]], shown=shown, on=MARCH_1, by=clerk)
    assert {tie.deputy for tie in ties} == set(six[1:])


def test_what_an_abolished_department_had_not_settled_goes_to_its_successor(county, tie, member, clerk):
    roads, housing = DepartmentFactory(congress=county), DepartmentFactory(congress=county)
    officer = MembershipFactory(role=Role.CASE_OFFICER, organ=housing).user
    row = write(tie, member.deputy.user)
    matter = actions.follow(row, text="修村路", route="department", department=roads, on=MARCH_1, by=member.deputy.user)
    organs.abolish(roads, on=MARCH_1, successor=housing)
    for _twice in range(2):
        announce("department.succeeded", roads, on=MARCH_1, by=clerk)
    matter.refresh_from_db()
    assert matter.department_id == housing.pk
    assert list(FollowUp.objects.of_departments(officer)) == [matter]
    assert Entry.objects.filter(verb="followup.succeed").count() == 1


def test_the_department_is_told_of_what_was_passed_on_to_it_and_its_officer_puts_down_the_result(
    client, county, tie, member, clerk
):
    roads, other = DepartmentFactory(congress=county), DepartmentFactory(congress=county)
    officer, stranger = (MembershipFactory(role=Role.CASE_OFFICER, organ=each).user for each in (roads, other))
    row = write(tie, member.deputy.user)
    matter = actions.follow(row, text="修村路", route="department", department=roads, on=MARCH_1, by=member.deputy.user)
    write_letters(at=timezone.now())
    letter = Notice.objects.get(recipient=officer, verb="tie.follow")
    assert letter.title == "请办理代表提出的意见：修村路"
    assert not Notice.objects.filter(recipient=stranger, verb="tie.follow").exists()
    settle = reverse("pledges:settle", args=[matter.pk, "settle"])
    client.force_login(stranger)
    assert client.get(settle).status_code == 404
    assert "修村路" not in client.get(reverse("pledges:matters")).content.decode()
    client.force_login(officer)
    assert [line.count for line in rows_beside(officer) if line.waiting.code == "contact_matter"] == [1]
    assert "修村路" in client.get(reverse("pledges:matters")).content.decode()
    assert client.get(tie.get_absolute_url()).status_code == 404
    page = client.get(settle)
    assert "修村路" in page.content.decode()
    hidden = {
        name: page.context["form"][name].value()
        for name in ("version", "request_key", "on")
        if name in page.context["form"].fields
    }
    done = client.post(settle, hidden | {"result": "已修通"})
    assert (done.status_code, done["Location"]) == (302, reverse("pledges:matters"))
    matter.refresh_from_db()
    assert (matter.state, matter.result) == (FollowUp.State.SETTLED, "已修通")
    write_letters(at=timezone.now())
    told = Notice.objects.filter(verb="followup.settle").values_list("recipient", flat=True)
    assert set(told) == {member.deputy.user.pk, clerk.pk}


def test_what_is_to_stand_on_an_agenda_waits_on_the_desk_of_the_office(tie, member, clerk):
    row = write(tie, member.deputy.user)
    actions.follow(row, text="水利投入", route="agenda", meeting="chairpersons", on=MARCH_1, by=member.deputy.user)
    assert [line.count for line in rows_beside(clerk) if line.waiting.code == "contact_agenda"] == [1]


def test_only_the_office_puts_down_the_result(tie, member):
    row = write(tie, member.deputy.user)
    matter = actions.follow(row, text="修路", route="agenda", meeting="chairpersons", on=MARCH_1, by=member.deputy.user)
    with pytest.raises(PermissionDenied):
        actions.settle(matter, result="已办", on=MARCH_1, by=member.deputy.user)


def test_new_deputies_without_a_mentor_are_listed_until_they_have_one(county, term, clerk):
    old, new = (
        MandateFactory(congress=county, term=term, is_re_elected=True),
        MandateFactory(congress=county, term=term),
    )
    assert list(contacting.unmentored(county)) == [new]
    actions.pair(old, new, on=JANUARY_20, by=clerk)
    assert list(contacting.unmentored(county)) == []
    with pytest.raises(ValidationError):
        actions.pair(old, new, on=JANUARY_20, by=clerk)


def test_a_county_deputy_helps_a_township_deputy_along_and_a_new_one_helps_nobody(county, township, term, clerk):
    of_county, of_township = MandateFactory(congress=county, term=term), MandateFactory(congress=township)
    assert actions.pair(of_county, of_township, on=JANUARY_20, by=clerk).congress == township
    new = MandateFactory(congress=county, term=term)
    for mentor, deputy in ((new, of_county), (of_township, of_county), (new, new)):
        with pytest.raises(ValidationError):
            actions.pair(mentor, deputy, on=JANUARY_20, by=clerk)


def test_a_tie_is_seen_by_its_two_sides_and_the_office(county, tie, member, clerk, leader, committee_clerk, auditor):
    stranger = seat(county).deputy.user
    people = (member.deputy.user, clerk, leader, committee_clerk, auditor, stranger)
    for person in people:
        assert Tie.objects.visible_to(person).filter(pk=tie.pk).exists() is person.has_perm("pledges.view_tie", tie)
    assert [Tie.objects.visible_to(person).filter(pk=tie.pk).count() for person in people] == [1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_costs_the_same_for_one_member_and_for_three(
    county, term, deputies, clerk, django_assert_num_queries, number
):
    for _each in range(number):
        actions.allot(
            MandateFactory(congress=county, term=term, is_standing_member=True), deputies(4), on=JANUARY_20, by=clerk
        )
    with django_assert_num_queries(7):
        assert contacting.coverage(county, on=JANUARY_20).total == 4 * number


def test_the_rest_is_given_out_evenly_first_to_who_is_of_the_same_delegation(county, term, clerk):
    here, there = DelegationFactory(congress=county), DelegationFactory(congress=county)
    members = [
        MandateFactory(congress=county, term=term, is_standing_member=True, delegation=each) for each in (here, there)
    ]
    for delegation in (here, there):
        for _each in range(4):
            MandateFactory(congress=county, term=term, delegation=delegation)
    assert actions.allot_the_rest(county, on=JANUARY_20, by=clerk) == (8, 2)
    assert list(contacting.uncontacted(county)) == []
    for member in members:
        delegations = {tie.deputy.delegation for tie in Tie.objects.filter(member=member)}
        assert delegations == {member.delegation}
    assert actions.allot_the_rest(county, on=JANUARY_20, by=clerk) == (0, 0)


def test_the_rest_fills_nobody_beyond_his_quota_nor_leaves_him_below_it(county, member, deputies, clerk):
    three = deputies(3)
    assert actions.allot_the_rest(county, on=JANUARY_20, by=clerk) == (0, 0)
    deputies(6)
    assert actions.allot_the_rest(county, on=JANUARY_20, by=clerk) == (7, 1)
    assert contacting.uncontacted(county).count() == len(three) + 6 - 7
