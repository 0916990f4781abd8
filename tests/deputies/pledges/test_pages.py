"""The pages of plans, cards and contacts, for the office and on the phone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.activities.models import Activity
from deputies.duties.kinds import Kind
from deputies.pledges import actions
from deputies.pledges.models import CardTemplate, ContactLog, DutyPlan, FollowUp, Pledge, Target, Tie
from deputies.pledges.presets import BY_CODE
from deputies.roll.models import DeputyGroup
from tests.factories.activities import ActivityFactory, DutyRecordFactory
from tests.factories.docket import seat
from tests.factories.organs import CommitteeFactory, DepartmentFactory
from tests.factories.roll import MandateFactory
from tests.people import serving


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def mine(county, deputy_user):
    return seat(county, user=deputy_user)


@pytest.fixture
def member(county, mine):
    return seat(county, "马委员", is_standing_member=True)


@pytest.fixture
def others(county, mine):
    return [MandateFactory(congress=county, term=mine.term) for _each in range(4)]


@pytest.fixture
def tie(member, mine, others, clerk, today):
    actions.allot(member, [mine, *others], on=today, by=clerk)
    return Tie.objects.get(deputy=mine)


@pytest.fixture
def plan(mine, deputy_user, today):
    promised = [actions.Promised(each, f"{each}办实事", date(today.year, 12, 31)) for each in ("村路", "饮水")]
    return actions.file_plan(mine, year=today.year, pledges=promised, on=today, by=deputy_user)


def rows(*filled):
    """What the form of a plan posts: three rows, the later ones empty."""
    posted = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 0}
    for number, row in enumerate(filled):
        posted |= {f"form-{number}-{name}": value for name, value in row.items()}
    return posted


def test_a_deputy_writes_his_plan_on_the_phone_and_is_warned_of_one_aspect(client, mine, deputy_user, today):
    client.force_login(deputy_user)
    page = reverse("pledges:write")
    assert client.get(page).status_code == 200
    half = client.post(page, rows({"aspect": "村路"})).content.decode()
    assert "请写做什么" in half
    assert "请选什么时候完成" in half
    assert "请至少写一条" in client.post(page, rows()).content.decode()
    one = {"aspect": "村路", "text": "修通上弯村路", "due_on": f"{today.year}-12-31"}
    answer = client.post(page, rows(one), follow=True)
    assert "现在写了 1 个方面" in answer.content.decode()
    assert DutyPlan.objects.get().mandate == mine


def test_the_office_writes_for_a_deputy_and_a_stranger_does_not(client, county, mine, clerk, today):
    one = {"aspect": "村路", "text": "修通上弯村路", "due_on": f"{today.year}-12-31"}
    client.force_login(seat(county).deputy.user)
    assert client.post(reverse("pledges:write"), rows(one) | {"for": mine.pk}).status_code == 404
    client.force_login(clerk)
    assert client.post(reverse("pledges:write"), rows(one) | {"for": mine.pk}).status_code == 302
    assert DutyPlan.objects.get().mandate == mine


def test_the_office_that_names_nobody_is_led_to_those_who_have_not_filed(client, county, mine, clerk, leader):
    client.force_login(clerk)
    assert client.get(reverse("pledges:write")).url == f"{reverse('pledges:plans')}?tab=missing"
    client.force_login(leader)
    assert client.get(reverse("pledges:write")).status_code == 404


def test_one_tap_keeps_a_pledge_and_a_second_tap_says_so(client, plan, deputy_user):
    client.force_login(deputy_user)
    page = reverse("pledges:kept", args=[plan.pledges.first().pk])
    assert "已登记兑现" in client.post(page, follow=True).content.decode()
    assert "已经登记过了" in client.post(page, follow=True).content.decode()
    assert plan.pledges.filter(state=Pledge.State.KEPT).count() == 1


def test_a_pledge_is_kept_with_evidence_and_the_records_that_show_it(client, plan, mine, deputy_user, today):
    record = DutyRecordFactory(mandate=mine, kind=Kind.PRACTICAL_MATTER, held_on=date(today.year, 1, 5))
    client.force_login(deputy_user)
    pledge = plan.pledges.first()
    page = reverse("pledges:step", args=[pledge.pk, "keep"])
    form = client.get(page).context["form"]
    said = {"version": pledge.version, "request_key": form.initial["request_key"], "on": today, "evidence": "已通车"}
    assert client.post(page, said | {"records": [record.pk]}).status_code == 302
    pledge.refresh_from_db()
    assert (pledge.evidence, list(pledge.records.all())) == ("已通车", [record])
    assert "已通车" in client.get(plan.get_absolute_url()).content.decode()


def test_the_office_finds_who_filed_who_is_odd_and_who_is_missing(client, county, plan, clerk):
    silent = MandateFactory(congress=county, term=plan.mandate.term)
    client.force_login(clerk)
    page = client.get(reverse("pledges:plans"))
    assert [(code, count) for code, _label, count in page.context["tabs"]] == [
        ("all", 1), ("odd", 0), ("missing", 1), ("pledged", 2), ("kept", 0), ("late", 0),
    ]  # fmt: skip
    missing = client.get(reverse("pledges:plans"), {"tab": "missing"})
    assert list(missing.context["page_obj"]) == [silent]
    assert client.post(reverse("pledges:plans_export")).content.startswith(b"PK")
    assert Entry.objects.get(verb="pledges.export").facts["count"] == 2


def test_a_card_is_taken_over_changed_and_filled_on_its_pages(client, county, mine, clerk, deputy_user, today):
    client.force_login(clerk)
    client.post(reverse("pledges:adopt"), {"preset": "12345"})
    template = CardTemplate.objects.get()
    DutyRecordFactory(mandate=mine, kind=Kind.PRACTICAL_MATTER, held_on=date(today.year, 1, 5))
    target = template.targets.get(label="为选民办实事")
    page = reverse("pledges:target", args=[template.pk, target.pk])
    said = {"label": "办实事", "goal": 1, "unit": "件", "measure": "records", "kinds": ["practical_matter"]}
    assert "请勾选计入哪些履职事项" in client.post(page, said | {"kinds": []}).content.decode()
    assert client.post(page, said).status_code == 302
    assert client.get(template.get_absolute_url()).status_code == 200
    client.force_login(deputy_user)
    ((_holder, _name, card),) = client.get(reverse("pledges:mine")).context["cards"]
    assert (card.met, [counter.count for counter in card.counters]) == (1, [0, 0, 1, 0, 0])


def test_every_number_of_the_overview_leads_to_as_many_pledges(client, county, plan, clerk, today):
    first, second = plan.pledges.all()
    actions.keep(first, on=today, by=clerk)
    Pledge.objects.filter(pk=second.pk).update(due_on=today - timedelta(days=1))
    client.force_login(clerk)
    told = client.get(reverse("pledges:list")).context["plans"]
    assert (told["filed"], told["pledged"], told["kept"], told["late"]) == (1, 2, 1, 1)
    for tab, rows in (("pledged", [second, first]), ("kept", [first]), ("late", [second])):
        assert list(client.get(reverse("pledges:plans"), {"tab": tab}).context["page_obj"]) == rows


def test_behind_each_number_of_a_card_stand_the_records_that_it_counts(client, county, mine, clerk, deputy_user, today):
    template = actions.adopt(BY_CODE["12345"], congress=county, by=clerk)
    new_year = date(today.year, 1, 1)
    visits = [
        DutyRecordFactory(mandate=mine, kind=Kind.VISIT, title=f"走访{who}", quantity=number, held_on=new_year)
        for who, number in (("东街", 20), ("创业户赵师傅", 29))
    ]
    DutyRecordFactory(mandate=mine, kind=Kind.VISIT, held_on=date(today.year - 1, 12, 31))
    page = reverse("pledges:filled", args=[template.pk, mine.pk])
    for reader in (clerk, deputy_user):
        client.force_login(reader)
        counted = {each.target.label: (each.count, rows) for each, rows in client.get(page).context["counted"]}
        assert counted["走访选民"] == (49, visits)
        assert counted["联系创业户"] == (1, visits[1:])
        assert counted["提出建议"] == (0, [])
    assert page in client.get(reverse("pledges:mine")).content.decode()


def test_a_group_opens_the_activities_and_records_behind_its_card(client, county, mine, clerk, today):
    template = actions.adopt(BY_CODE["siyi"], congress=county, by=clerk)
    group = DeputyGroup.objects.create(congress=county, name="一组", leader=mine)
    member = seat(county, "米春来")
    group.members.set([mine, member])
    held = ActivityFactory(state=Activity.State.HELD, theme="护河", term=mine.term)
    held.groups.set([group])
    report = DutyRecordFactory(mandate=member, kind=Kind.DEBRIEFING, held_on=date(today.year, 1, 2))
    page = reverse("pledges:filled", args=[template.pk, group.pk])
    for reader in (clerk, mine.deputy.user):
        client.force_login(reader)
        answer = client.get(page, {"year": held.starts_at.year})
        assert [(each.count, rows) for each, rows in answer.context["counted"]] == [
            (1, [held]), (1, [held]), (1, [report]), (0, []),
        ]  # fmt: skip
    client.force_login(member.deputy.user)
    assert client.get(page).status_code == 404


def test_nobody_opens_the_card_of_another_deputy(client, county, mine, others, clerk, deputy_user):
    template = actions.adopt(BY_CODE["wuyi"], congress=county, by=clerk)
    client.force_login(deputy_user)
    assert client.get(reverse("pledges:filled", args=[template.pk, others[0].pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_filled_card_costs_the_same_for_one_record_and_for_three(
    client, county, mine, clerk, django_assert_num_queries, number, today
):
    template = actions.adopt(BY_CODE["12345"], congress=county, by=clerk)
    for each in range(number):
        DutyRecordFactory(mandate=mine, kind=Kind.VISIT, title=f"走访{each}", held_on=date(today.year, 1, 1))
    client.force_login(clerk)
    page = reverse("pledges:filled", args=[template.pk, mine.pk])
    client.get(page)
    with django_assert_num_queries(12):
        client.get(page)


def test_a_counter_of_group_activities_stands_on_no_card_of_deputies(client, county, clerk):
    template = actions.adopt(BY_CODE["wuyi"], congress=county, by=clerk)
    client.force_login(clerk)
    page = reverse("pledges:target_create", args=[template.pk])
    said = {"label": "活动", "goal": 4, "unit": "季", "measure": "quarters"}
    assert "只能放在小组的目标卡里" in client.post(page, said).content.decode()
    first = template.targets.first()
    assert client.post(reverse("pledges:target", args=[template.pk, first.pk]), {"remove": 1}).status_code == 302
    assert Target.objects.filter(template=template).count() == 4


def test_a_new_card_needs_a_name_of_its_own(client, county, clerk):
    template = actions.adopt(BY_CODE["siyi"], congress=county, by=clerk)
    client.force_login(clerk)
    page = reverse("pledges:card_create", args=[county.code])
    taken = {"name": template.name, "audience": "deputy", "is_active": "on"}
    assert "已经有一张叫这个名字的目标卡" in client.post(page, taken).content.decode()
    assert client.post(page, taken | {"name": "为民实事卡"}).status_code == 302
    assert "还没有指标" in client.get(CardTemplate.objects.get(name="为民实事卡").get_absolute_url()).content.decode()


def test_cards_of_another_congress_are_not_found(client, township, clerk, township_clerk, county):
    template = actions.adopt(BY_CODE["wuyi"], congress=county, by=clerk)
    client.force_login(township_clerk)
    for name in ("card", "card_change", "target_create"):
        assert client.get(reverse(f"pledges:{name}", args=[template.pk])).status_code == 404


def test_the_office_allots_on_its_page_and_a_wrong_number_is_told_there(client, member, mine, others, clerk):
    client.force_login(clerk)
    page = reverse("pledges:allot", args=["member", member.pk])
    assert client.get(page).status_code == 200
    answer = client.post(page, {"deputies": [mine.pk]}).content.decode()
    assert "每人联系 4 至 7 名代表，现在选了 1 名" in answer
    assert client.post(page, {"deputies": [mine.pk, *[each.pk for each in others]]}).status_code == 302
    (line,) = client.get(reverse("pledges:contacts")).context["register"].lines
    assert (line.count, line.shortfall) == (5, 0)
    assert client.get(reverse("pledges:allot", args=["nobody", member.pk])).status_code == 404


def test_a_member_logs_a_contact_on_his_phone_and_passes_an_opinion_on(client, county, tie, member, clerk, today):
    roads = DepartmentFactory(congress=county)
    client.force_login(member.deputy.user)
    assert f"{tie.deputy}" in client.get(reverse("pledges:mine")).content.decode()
    page = reverse("pledges:log", args=[tie.pk])
    key = client.get(page).context["form"]["request_key"].value()
    said = {"request_key": key, "held_on": today, "method": "visit", "place": "", "content": "谈了村路"}
    assert "请写联系地点" in client.post(page, said).content.decode()
    for _press in range(2):
        assert client.post(page, said | {"place": "上弯村"}).status_code == 302
    row = ContactLog.objects.get()
    follow = reverse("pledges:follow", args=[row.pk])
    key = client.get(follow).context["form"]["request_key"].value()
    said = {"request_key": key, "text": "修村路", "route": "department"}
    assert "请选择转给哪个单位" in client.post(follow, said).content.decode()
    for _press in range(2):
        assert client.post(follow, said | {"department": roads.pk}).status_code == 302
    assert FollowUp.objects.get().department == roads
    client.post(follow, said | {"text": "修水渠", "department": roads.pk})
    client.post(page, {"request_key": key, "held_on": today, "method": "phone", "place": "电话", "content": "谈了水渠"})
    client.post(page, {"request_key": key, "held_on": today, "method": "phone", "place": "电话", "content": "谈了电费"})
    assert FollowUp.objects.count() == 2, "another matter after going back is another one"
    assert ContactLog.objects.count() == 3
    client.force_login(clerk)
    assert "修村路" in client.get(reverse("pledges:contacts"), {"part": "matters"}).content.decode()


def test_a_committee_clerk_logs_for_his_committee(client, county, others, clerk, today):
    committee = CommitteeFactory(congress=county, name="农业委员会")
    tie = actions.allot_committee(committee, others[:1], on=today, by=clerk)[0]
    client.force_login(serving(Role.COMMITTEE_CLERK, committee))
    assert client.get(tie.get_absolute_url()).status_code == 200
    assert client.get(reverse("pledges:log", args=[tie.pk])).status_code == 200


def test_the_deputy_who_is_contacted_reads_and_does_not_write(client, tie, deputy_user):
    client.force_login(deputy_user)
    assert client.get(tie.get_absolute_url()).status_code == 200
    assert client.get(reverse("pledges:log", args=[tie.pk])).status_code == 404
    assert client.post(reverse("pledges:end_tie", args=[tie.pk])).status_code == 404


def test_a_pair_is_made_on_the_list_of_those_without_a_mentor(client, county, mine, clerk):
    old = MandateFactory(congress=county, term=mine.term, is_re_elected=True)
    client.force_login(clerk)
    page = reverse("pledges:contacts")
    assert list(client.get(page, {"part": "mentors"}).context["page_obj"]) == [mine]
    refused = client.post(reverse("pledges:pair"), {"deputy": mine.pk})
    assert (refused.status_code, refused.context["form"].errors["mentor"]) == (422, ["请选择由谁帮带。"])
    client.post(reverse("pledges:pair"), {"deputy": mine.pk, "mentor": old.pk})
    assert Tie.objects.get().member == old


@pytest.mark.parametrize(
    "part", ["members", "nobody", "overdue", "committees", "residents", "mentors", "matters", "odd"]
)
def test_every_part_of_the_register_opens_empty_and_filled(client, tie, clerk, leader, part):
    for reader in (clerk, leader):
        client.force_login(reader)
        assert client.get(reverse("pledges:contacts"), {"part": part}).status_code == 200


def test_the_register_of_residents_counts_verified_contacts_and_each_number_opens_them(
    client, county, mine, clerk, today
):
    new_year = date(today.year, 1, 1)
    often, once, never = (seat(county, name) for name in ("田桂英", "宋长河", "米春来"))
    for kind in (Kind.VISIT, Kind.RECEPTION, Kind.VISIT, Kind.ASSISTANCE):
        DutyRecordFactory(mandate=often, kind=kind, held_on=new_year)
    DutyRecordFactory(mandate=once, kind=Kind.OPINION, held_on=new_year)
    DutyRecordFactory(mandate=never, kind=Kind.VISIT, held_on=new_year, state="claimed")
    DutyRecordFactory(mandate=never, kind=Kind.TRAINING, held_on=new_year)
    client.force_login(clerk)
    asked = {"part": "residents"}
    page = client.get(reverse("pledges:contacts"), asked)
    lines = page.context["page_obj"]
    told = {line.seat: ([number for _kind, number in line.apart], line.otherwise, line.total) for line in lines}
    assert told == {
        often: ([1, 2, 0], 1, 4), once: ([0, 0, 1], 0, 1), never: ([0, 0, 0], 0, 0), mine: ([0, 0, 0], 0, 0),
    }  # fmt: skip
    few = client.get(reverse("pledges:contacts"), asked | {"few": "1"}).context
    assert (few["least"], {line.seat for line in few["page_obj"]}) == (2, {mine, once, never})
    assert client.get(reverse("pledges:list")).context["contacts"]["few"] == 3
    door = {"view": "settled", "outcome": "done", "year": today.year, "seat": often.pk, "section": few["section"]}
    assert client.get(reverse("duties:list"), door).context["page_obj"].paginator.count == 4


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_of_residents_costs_the_same_for_one_deputy_and_for_three(
    client, county, mine, clerk, django_assert_num_queries, number, today
):
    for _each in range(number):
        DutyRecordFactory(mandate=seat(county), kind=Kind.VISIT, held_on=date(today.year, 1, 1))
    client.force_login(clerk)
    asked = {"part": "residents"}
    client.get(reverse("pledges:contacts"), asked)
    with django_assert_num_queries(16):
        client.get(reverse("pledges:contacts"), asked)


def test_every_page_teaches_where_there_is_nothing_yet(client, county, clerk):
    client.force_login(clerk)
    for name in ("list", "plans", "cards", "contacts", "townships"):
        assert client.get(reverse(f"pledges:{name}")).status_code == 200


def test_the_roll_shows_who_contacts_a_deputy_and_whom_he_contacts(client, tie, member, mine, clerk):
    client.force_login(clerk)
    assert "马委员" in client.get(mine.get_absolute_url()).content.decode()
    text = client.get(member.get_absolute_url()).content.decode()
    assert "他联系谁" in text
    assert mine.deputy.name in text


def test_a_county_deputy_shows_the_township_deputies_whom_he_helps_along(client, township, mine, clerk, today):
    below = seat(township, "田小满")
    actions.pair(mine, below, on=today, by=clerk)
    client.force_login(clerk)
    text = client.get(mine.get_absolute_url()).content.decode()
    assert "他联系谁" in text
    assert "田小满" in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_overview_costs_the_same_for_one_deputy_and_for_three(
    client, county, mine, clerk, django_assert_num_queries, number, today
):
    for _each in range(number):
        other = MandateFactory(congress=county, term=mine.term, is_standing_member=True)
        promised = [actions.Promised("村路", "修路", date(today.year, 12, 31))]
        actions.file_plan(other, year=today.year, pledges=promised, on=today, by=clerk)
    client.force_login(clerk)
    client.get(reverse("pledges:list"))
    with django_assert_num_queries(23):
        client.get(reverse("pledges:list"))
