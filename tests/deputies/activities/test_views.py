"""The pages of activities: who opens which, what is planned, called, marked and signed."""

import re
import time
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from congress.accounts.middleware import SEEN
from congress.dashboards.beside import rows_beside
from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.activities import actions, codes
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Campaign, Guest, Invitation, Raised
from deputies.duties import actions as duties
from deputies.duties.models import DutyRecord
from deputies.roll.models import DeputyGroup
from tests.at_once import sent_at_once
from tests.deputies.activities.conftest import CALLED, DAY, PLANNED, user_of
from tests.factories.activities import ActivityFactory
from tests.factories.organs import DepartmentFactory
from tests.factories.roll import MandateFactory
from tests.people import serving

S = Activity.State


def page(client, user, name, /, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"activities:{name}", args=args), query)


def send(client, user, name, /, *args, **data):
    client.force_login(user)
    return client.post(reverse(f"activities:{name}", args=args), data)


def step(client, user, name, address, /, *args, **data):
    """Open the page of a step and send it as it stands, with what is filled in."""
    client.force_login(user)
    url = reverse(f"activities:{address}", args=[*args, name])
    form = client.get(url).context["form"]
    return client.post(
        url, {key: form[key].value() for key in ("version", "request_key", "on") if key in form.fields} | data
    )


PLAN = {
    "request_key": "abc",
    "kind": "volunteering",
    "title": "清扫街道",
    "theme": "背街小巷整治",
    "place": "石桥镇",
    "starts_at": "2026-03-20T09:00",
    "ends_at": "2026-03-20T11:00",
}


@pytest.fixture
def at_the_door(announced):
    with time_machine.travel(announced.starts_at, tick=False):
        yield announced


def test_the_clerk_plans_and_goes_on_to_call(client, county, term, clerk):
    answer = send(client, clerk, "plan", where=f"congress:{county.pk}", **PLAN)
    activity = Activity.objects.get()
    assert answer.url == reverse("activities:invite", args=[activity.pk])
    assert (activity.state, activity.organ_id, activity.kind) == (S.DRAFT, county.pk, Kind.VOLUNTEERING)


def test_the_same_form_sent_twice_plans_once(client, county, term, clerk):
    for _time in range(2):
        send(client, clerk, "plan", where=f"congress:{county.pk}", **PLAN)
    assert Activity.objects.count() == 1


def test_one_form_sent_twenty_times_at_once_plans_one_activity(replanted, county, term, clerk):
    filled = PLAN | {"where": f"congress:{county.pk}"}
    assert sent_at_once(reverse("activities:plan"), clerk, filled) == {302}
    assert Activity.objects.count() == 1
    assert Entry.objects.filter(verb="activity.plan").count() == 1


def test_one_request_of_a_department_sent_twenty_times_at_once_is_one(replanted, county, term, officer):
    department = DepartmentFactory(congress=county)
    filled = PLAN | {"where": f"department:{department.pk}"}
    assert sent_at_once(reverse("activities:plan"), officer(department), filled) == {302}
    assert Activity.objects.count() == 1


def test_a_plan_without_theme_says_so_beside_the_field(client, county, term, clerk):
    answer = send(client, clerk, "plan", where=f"congress:{county.pk}", **(PLAN | {"theme": " "}))
    assert set(answer.context["form"].errors) == {"theme"}


def test_a_department_asks_first(client, county, term, officer):
    department = DepartmentFactory(congress=county)
    asker = officer(department)
    send(client, asker, "plan", where=f"department:{department.pk}", **PLAN)
    assert Activity.objects.get().state == S.REQUESTED
    assert page(client, asker, "detail", Activity.objects.get().pk).status_code == 200


def test_the_department_that_asked_for_it_reads_who_excused_himself_and_not_why(
    client, county, inspection, deputies, clerk, leader, officer
):
    department = DepartmentFactory(congress=county)
    Activity.objects.filter(pk=inspection.pk).update(organ=department)
    inspection.refresh_from_db()
    actions.invite(inspection, deputies, on=PLANNED, by=clerk)
    actions.announce(inspection, on=CALLED, by=clerk)
    first, second = inspection.invitations.filter(mandate__in=deputies[:2])
    for call in (first, second):
        actions.ask_leave(call, reason="住院手术", on=CALLED, by=call.mandate.deputy.user)
    first.refresh_from_db()
    actions.decide_leave(first, is_granted=False, answer="手术可以改期", on=CALLED, by=clerk)
    shown = page(client, officer(department), "detail", inspection.pk).text
    assert f"{second.mandate.deputy.name}请假</p>" in shown
    assert f"不准{first.mandate.deputy.name}的假</p>" in shown
    assert shown.count("请假待批") == 1
    assert "手术" not in shown
    for reader in (clerk, leader):
        assert "住院手术" in page(client, reader, "detail", inspection.pk).text
    others = [seat for seat in deputies if seat != first.mandate]  # he himself reads what he was answered
    assert all("手术" not in page(client, user_of(seat), "detail", inspection.pk).text for seat in others)


def test_nobody_plans_in_the_name_of_another(client, county, term, committee_clerk):
    answer = send(client, committee_clerk, "plan", where=f"congress:{county.pk}", **PLAN)
    assert "where" in answer.context["form"].errors


def test_a_group_leader_plans_for_his_group_without_ticking_it_again(client, county, term, deputies):
    group = DeputyGroup.objects.create(congress=county, name="青石小组", leader=deputies[0])
    other = DeputyGroup.objects.create(congress=county, name="云峰小组")
    chief, where = user_of(deputies[0]), f"group:{group.pk}"
    send(client, chief, "plan", where=where, groups=[other.pk], **PLAN)
    activity = Activity.objects.get()
    assert set(activity.groups.all()) == {group, other}
    left_out = send(client, chief, "change", activity.pk, where=where, groups=[other.pk], **PLAN)
    assert "groups" in left_out.context["form"].errors
    send(client, chief, "plan", where=where, **PLAN | {"request_key": "def"})
    assert list(Activity.objects.exclude(pk=activity.pk).get().groups.all()) == [group]
    assert page(client, user_of(deputies[1]), "plan").status_code == 404


def test_a_leader_who_called_himself_reads_nothing_of_an_end_while_it_is_prepared(client, county, term, deputies):
    group = DeputyGroup.objects.create(congress=county, name="青石小组", leader=deputies[0])
    group.members.add(*deputies)
    chief = user_of(deputies[0])
    activity = ActivityFactory(congress=county, term=term, kind=Kind.GROUP_ACTIVITY, created_by=chief)
    activity.groups.add(group)
    actions.invite(activity, deputies, on=PLANNED, by=chief)
    assert "活动已结束" not in page(client, chief, "detail", activity.pk).text
    actions.announce(activity, on=CALLED, by=chief)
    assert "请您回复是否参加" in page(client, chief, "detail", activity.pk).text


def test_a_township_clerk_calls_the_county_deputies_of_his_township(client, county, term, township, township_clerk):
    from_county = send(client, township_clerk, "plan", where=f"delegation:{township.pk}", **PLAN)
    activity = Activity.objects.get()
    assert from_county.status_code == 302
    assert (activity.congress_id, activity.organ_id) == (county.pk, township.pk)


def test_a_township_clerk_holds_activities_with_the_groups_of_his_township_only(
    client, county, term, township, township_clerk
):
    own = DeputyGroup.objects.create(congress=county, name="柳溪小组", township=township)
    DeputyGroup.objects.create(congress=county, name="青石小组")
    shown = page(client, township_clerk, "plan")
    assert list(shown.context["form"].fields["groups"].queryset) == [own]


def test_only_steps_that_can_be_taken_are_offered(client, inspection, deputies, clerk, leader):
    def offered():
        shown = page(client, clerk, "detail", inspection.pk).context
        return shown["primary"].name if shown["primary"] else "", [step.name for step in shown["steps"]]

    with time_machine.travel(inspection.starts_at - timedelta(days=5), tick=False):
        assert offered() == ("invite", ["cancel"])
        actions.invite(inspection, deputies, on=PLANNED, by=clerk)
        assert offered() == ("announce", ["cancel"])
        actions.announce(inspection, on=CALLED, by=clerk)
        assert offered() == ("", ["cancel"])
    with time_machine.travel(inspection.ends_at, tick=False):
        assert offered() == ("hold", ["cancel"])


def test_a_change_is_written_and_the_page_shows_it(client, announced, clerk):
    form = page(client, clerk, "change", announced.pk).context["form"]
    values = {field.name: field.value() for field in form if field.value() not in (None, "")}
    values |= {name: form[name].value().strftime("%Y-%m-%dT%H:%M") for name in values if name.endswith("_at")}
    answer = send(client, clerk, "change", announced.pk, **(values | {"place": "石桥水厂"}))
    assert answer.status_code == 302
    announced.refresh_from_db()
    assert (announced.place, announced.state) == ("石桥水厂", S.ANNOUNCED)


def test_the_page_of_calling_lists_and_calls(client, inspection, deputies, clerk):
    shown = page(client, clerk, "invite", inspection.pk, everybody="on", names="无此人")
    assert {row["seat"].pk for row in shown.context["rows"]} == {seat.pk for seat in deputies}
    assert shown.context["unknown"] == ["无此人"]
    send(client, clerk, "invite", inspection.pk, mandates=[seat.pk for seat in deputies[:2]], part="member")
    assert inspection.invitations.count() == 2
    again = page(client, clerk, "invite", inspection.pk, everybody="on")
    assert [row["seat"] for row in again.context["rows"]] == [deputies[2]]


def test_observers_are_proposed_by_turn(client, county, term, clerk, deputies):
    meeting = ActivityFactory(congress=county, term=term, created_by=clerk, kind=Kind.STANDING_COMMITTEE)
    shown = page(client, clerk, "invite", meeting.pk, observers=2)
    assert [row["turns"] for row in shown.context["rows"]] == [0, 0]
    assert shown.context["part"] == Invitation.Part.OBSERVER


def test_the_steps_go_by_their_pages(client, inspection, deputies, clerk):
    actions.invite(inspection, deputies, on=PLANNED, by=clerk)
    with time_machine.travel(inspection.starts_at, tick=False):
        assert step(client, clerk, "announce", "step", inspection.pk).status_code == 302
        step(client, clerk, "hold", "step", inspection.pk)
        refused = step(client, clerk, "close", "step", inspection.pk)
        assert refused.context["form"].non_field_errors()
        step(client, clerk, "write_up", "step", inspection.pk, minutes="纪要")
        step(client, clerk, "close", "step", inspection.pk, report_heard="on")
    inspection.refresh_from_db()
    assert (inspection.state, inspection.minutes) == (S.CLOSED, "纪要")


def test_the_page_starts_from_the_members_of_the_group_that_organises(client, inspection, deputies, clerk, county):
    group = DeputyGroup.objects.create(congress=county, name="石桥镇代表小组")
    group.members.set(deputies[:2])
    inspection.groups.add(group)
    shown = page(client, clerk, "invite", inspection.pk)
    assert {row["seat"] for row in shown.context["rows"]} == set(deputies[:2])
    actions.invite(inspection, deputies[:2], on=PLANNED, by=clerk)
    assert page(client, clerk, "invite", inspection.pk).context["rows"] == []


def test_listing_nobody_says_what_to_choose(client, inspection, clerk):
    assert "请勾选小组、代表团" in page(client, clerk, "invite", inspection.pk, names="").content.decode()
    assert "请勾选小组、代表团" not in page(client, clerk, "invite", inspection.pk).content.decode()


def test_a_deputy_answers_on_his_phone(client, at_the_door, deputies):
    call = at_the_door.invitations.get(mandate=deputies[0])
    shown = page(client, user_of(deputies[0]), "detail", at_the_door.pk)
    assert shown.templates[0].name == "deputies/activities/called.html"
    assert shown.context["answers"] == ["come", "ask_leave"]
    step(client, user_of(deputies[0]), "ask_leave", "answer", call.pk, reason="出差")
    call.refresh_from_db()
    assert call.state == Invitation.State.LEAVE_ASKED
    assert page(client, user_of(deputies[1]), "answer", call.pk, "come").status_code == 404


def test_a_deputy_says_by_one_press_that_he_comes_and_reads_it_while_the_code_is_open(client, at_the_door, deputies):
    call = at_the_door.invitations.get(mandate=deputies[0])
    shown = page(client, user_of(deputies[0]), "detail", at_the_door.pk).content.decode()
    sent = dict(re.findall(r'name="(version|request_key|on)" value="([^"]*)"', shown))
    for _twice in range(2):
        client.post(reverse("activities:answer", args=[call.pk, "come"]), sent)
    call.refresh_from_db()
    assert (call.state, call.version) == (Invitation.State.COMING, 1)
    assert 'class="st st-done">参加' in page(client, user_of(deputies[0]), "detail", at_the_door.pk).content.decode()


def test_a_deputy_reads_why_his_leave_was_refused_before_and_while_the_code_is_open(client, announced, deputies, clerk):
    call = announced.invitations.get(mandate=deputies[0])
    actions.ask_leave(call, reason="出差", on=CALLED, by=user_of(deputies[0]))
    actions.decide_leave(call, is_granted=False, answer="人人都要参加", on=CALLED, by=clerk)
    for since in (timedelta(days=-1), timedelta(0)):
        with time_machine.travel(announced.starts_at + since, tick=False):
            assert "人人都要参加" in page(client, user_of(deputies[0]), "detail", announced.pk).text


def test_ending_it_speaks_of_leave_that_nobody_decided(client, at_the_door, deputies, clerk):
    call = at_the_door.invitations.get(mandate=deputies[0])
    actions.ask_leave(call, reason="出差", on=DAY, by=user_of(deputies[0]))
    shown = page(client, clerk, "step", at_the_door.pk, "hold")
    assert (shown.context["unmarked"], shown.context["undecided"]) == (3, 1)
    assert "有 1 名代表请假还没有批" in shown.text
    actions.mark(at_the_door, {seat.pk: "present" for seat in deputies}, at=at_the_door.starts_at, on=DAY, by=clerk)
    shown = page(client, clerk, "step", at_the_door.pk, "hold").text
    assert "代表的到会情况都登记了" in shown
    assert "请假还没有批" not in shown


def test_whoever_is_called_by_a_group_reads_its_name(client, announced, deputies, county):
    announced.groups.add(DeputyGroup.objects.create(congress=county, name="石桥代表小组"))
    assert "石桥代表小组" in page(client, user_of(deputies[0]), "detail", announced.pk).text


def test_the_marks_of_the_list_add_up_to_those_called_and_each_opens_its_rows(client, at_the_door, deputies, clerk):
    marks = dict(zip([seat.pk for seat in deputies], ("present", "leave", "absent"), strict=True))
    actions.mark(at_the_door, marks, at=at_the_door.starts_at, on=DAY, by=clerk)
    figures = page(client, clerk, "detail", at_the_door.pk).context["figures"]
    assert [figures[name] for name in ("called", "present", "excused", "absent")] == [3, 1, 1, 1]
    for outcome, seat in zip(("present", "leave", "absent"), deputies, strict=True):
        rows = page(client, clerk, "detail", at_the_door.pk, who=outcome).context["page_obj"]
        assert [call.mandate_id for call in rows] == [seat.pk]


def test_while_signing_in_no_filled_button_stands_beside_the_scan(client, announced, deputies):
    filled = "btn-primary"
    with time_machine.travel(announced.starts_at - timedelta(days=2), tick=False):
        assert filled in page(client, user_of(deputies[0]), "detail", announced.pk).content.decode()
    with time_machine.travel(announced.starts_at, tick=False):
        shown = page(client, user_of(deputies[0]), "detail", announced.pk).content.decode()
        assert "回复参加不等于签到" in shown
        assert filled not in shown


def test_what_is_over_and_was_not_ended_stands_apart(client, announced, clerk):
    with time_machine.travel(announced.ends_at - timedelta(minutes=1), tick=False):
        assert list(page(client, clerk, "list", view="ahead").context["page_obj"]) == [announced]
        assert not page(client, clerk, "list", view="to_end").context["page_obj"].object_list
    with time_machine.travel(announced.ends_at + timedelta(minutes=1), tick=False):
        assert not page(client, clerk, "list", view="ahead").context["page_obj"].object_list
        shown = page(client, clerk, "list", view="to_end")
        assert list(shown.context["page_obj"]) == [announced]
        assert "待结束" in shown.content.decode()


def test_the_study_is_given_with_the_notice(client, inspection, deputies, clerk):
    actions.invite(inspection, deputies, on=PLANNED, by=clerk)
    actions.change(inspection, pre_study="", on=PLANNED, by=clerk)
    refused = step(client, clerk, "announce", "step", inspection.pk)
    assert "pre_study" in refused.context["form"].errors
    step(client, clerk, "announce", "step", inspection.pk, pre_study_waiver="上月已集中学习")
    inspection.refresh_from_db()
    assert (inspection.state, inspection.pre_study_waiver) == (S.ANNOUNCED, "上月已集中学习")


def test_mine_shows_what_waits_what_comes_and_what_was(client, announced, deputies, clerk):
    with time_machine.travel(announced.starts_at - timedelta(days=2), tick=False):
        shown = page(client, user_of(deputies[0]), "mine")
        assert [call.activity for call in shown.context["asked"]] == [announced]
        actions.reply(shown.context["asked"][0], on=DAY - timedelta(days=2), by=user_of(deputies[0]))
        shown = page(client, user_of(deputies[0]), "mine")
        assert [call.activity for call in shown.context["ahead"]] == [announced]
    with time_machine.travel(announced.ends_at + timedelta(days=1), tick=False):
        shown = page(client, user_of(deputies[0]), "mine")
        assert [call.activity for call in shown.context["past"]] == [announced]


def test_whose_row_was_struck_is_called_absent_nowhere(client, announced, deputies, clerk):
    actions.hold(announced, at=announced.ends_at, on=DAY, by=clerk)
    struck, absent = deputies[:2]
    record = DutyRecord.objects.get(mandate=struck)
    duties.object_to(record, objection="没有收到邀请", on=DAY, by=user_of(struck))
    duties.strike(record, finding="邀请有误", on=DAY, by=clerk)
    with time_machine.travel(announced.ends_at + timedelta(days=1), tick=False):
        assert "缺席" not in page(client, user_of(struck), "mine").text
        assert "缺席" in page(client, user_of(absent), "mine").text


def test_one_scan_and_one_tap(client, at_the_door, deputies):
    code = codes.code_at(at_the_door, at_the_door.starts_at)
    shown = page(client, user_of(deputies[0]), "check_in", at_the_door.pk, code)
    assert shown.status_code == 200
    done = send(client, user_of(deputies[0]), "check_in", at_the_door.pk, code, ticket=shown.context["ticket"])
    assert done.context["is_new"]
    assert at_the_door.attendances.get().mandate == deputies[0]
    again = page(client, user_of(deputies[0]), "check_in", at_the_door.pk, code)
    assert "您已经签到" in again.content.decode()


def test_the_tap_may_come_after_the_code_has_changed_but_not_much_later(client, announced, deputies):
    code = codes.code_at(announced, announced.starts_at)
    with time_machine.travel(announced.starts_at, tick=False) as clock:
        first = page(client, user_of(deputies[0]), "check_in", announced.pk, code).context["ticket"]
        other = page(client, user_of(deputies[1]), "check_in", announced.pk, code).context["ticket"]
        clock.shift(timedelta(minutes=2))
        sent = send(client, user_of(deputies[0]), "check_in", announced.pk, code, ticket=first)
        assert sent.status_code == 200
        clock.shift(timedelta(minutes=4))
        late = send(client, user_of(deputies[1]), "check_in", announced.pk, code, ticket=other)
        assert late.status_code == 409
    assert announced.attendances.count() == 1


def test_who_must_sign_in_at_the_portal_first_need_not_scan_again_within_minutes(client, announced, deputies):
    right, guessed = (
        reverse("activities:check_in", args=[announced.pk, code])
        for code in (codes.code_at(announced, announced.starts_at), "0" * 12)
    )
    for scanned, minutes, status in ((right, 2, 200), (right, 6, 409), (guessed, 2, 409)):
        with time_machine.travel(announced.starts_at, tick=False) as clock:
            client.logout()
            assert client.get(scanned).url == f"{reverse('accounts:sign_in')}?next={scanned}"
            clock.shift(timedelta(minutes=minutes))
            client.force_login(user_of(deputies[0]))
            assert client.get(scanned).status_code == status


def test_a_scan_with_a_session_gone_stale_is_remembered_too(client, announced, deputies):
    scanned = reverse("activities:check_in", args=[announced.pk, codes.code_at(announced, announced.starts_at)])
    with time_machine.travel(announced.starts_at - timedelta(hours=2), tick=False) as clock:
        client.force_login(user_of(deputies[0]))
        session = client.session
        session[SEEN] = time.time()
        session.save()
        clock.move_to(announced.starts_at)
        assert client.get(scanned).url == f"{reverse('accounts:sign_in')}?next={scanned}&idle=1"
        clock.shift(timedelta(minutes=2))
        client.force_login(user_of(deputies[0]))
        assert client.get(scanned).context["ticket"]


def test_a_ticket_of_somebody_else_signs_nobody_in(client, at_the_door, deputies):
    code = codes.code_at(at_the_door, at_the_door.starts_at)
    ticket = page(client, user_of(deputies[0]), "check_in", at_the_door.pk, code).context["ticket"]
    assert send(client, user_of(deputies[1]), "check_in", at_the_door.pk, code, ticket=ticket).status_code == 404
    assert not at_the_door.attendances.exists()


def test_whoever_cannot_sign_in_reads_why(client, at_the_door, county, term, clerk, deputy_user):
    MandateFactory(congress=county, term=term, deputy__user=deputy_user)
    code = codes.code_at(at_the_door, at_the_door.starts_at)
    for user, pk, key, word in (
        (deputy_user, at_the_door.pk, code, "不在这次活动的名单里"),
        (clerk, at_the_door.pk, code, "只有人大代表本人"),
    ):
        shown = page(client, user, "check_in", pk, key)
        assert shown.status_code == 409
        assert word in shown.content.decode()


def test_a_guessed_code_tells_nothing_of_an_activity_to_whom_it_is_not_told(client, at_the_door, deputies, deputy_user):
    guessed = "0" * 12
    for ask in (page, send):
        assert ask(client, deputy_user, "check_in", at_the_door.pk, guessed).status_code == 404
        assert ask(client, user_of(deputies[0]), "check_in", at_the_door.pk, guessed).status_code == 409
    assert "二维码已经换了" in page(client, user_of(deputies[0]), "check_in", at_the_door.pk, guessed).text


def test_the_screen_shows_another_code_half_a_minute_later(client, announced, clerk):
    with time_machine.travel(announced.starts_at, tick=False) as clock:
        first = page(client, clerk, "screen", announced.pk).context["code"]
        clock.shift(timedelta(seconds=codes.STEP))
        second = page(client, clerk, "screen_part", announced.pk).context["code"]
        assert first != second
        clock.shift(timedelta(hours=1))
        assert "签到已结束" in page(client, clerk, "screen", announced.pk).content.decode()


def test_the_list_is_saved_at_once_with_its_guests(client, at_the_door, deputies, clerk):
    send(client, clerk, "guests", at_the_door.pk, lines="许联络 联络站\n\n", kind="liaison_officer", back="1")
    send(client, clerk, "guests", at_the_door.pk, lines="许联络 联络站\n\n", kind="liaison_officer", back="1")
    guest = Guest.objects.get()
    a, b, c = (seat.pk for seat in deputies)
    marks = {f"mark-{a}": "present", f"mark-{b}": "leave", f"mark-{c}": "nonsense"}
    send(client, clerk, "mark", at_the_door.pk, guest=[guest.pk], **marks)
    guest.refresh_from_db()
    assert dict(at_the_door.attendances.values_list("mandate", "outcome")) == {a: "present", b: "leave"}
    assert guest.is_present


def test_the_rest_of_the_list_is_put_down_as_present_at_once(client, at_the_door, deputies, clerk):
    a, b, c = (seat.pk for seat in deputies)
    send(client, clerk, "mark", at_the_door.pk, rest="present", **{f"mark-{a}": "absent", f"mark-{b}": ""})
    assert dict(at_the_door.attendances.values_list("mandate", "outcome")) == {a: "absent", b: "present"}
    for outcome, seat in (("absent", a), ("present", b)):
        shown = page(client, clerk, "detail", at_the_door.pk, who=outcome).context["page_obj"]
        assert [call.mandate_id for call in shown] == [seat]


def as_shown(client, user, pk):
    """What the list posts as it stands."""
    shown = page(client, user, "mark", pk).text
    posted = dict(re.findall(r'<input type="hidden" name="(was-\d+)" value="(\w*)">', shown))
    posted |= dict(re.findall(r'name="(mark-\d+)" value="(\w*)" checked', shown))
    for name, pattern in (
        ("was-guest", r'name="was-guest" value="(\d+)"'),
        ("guest", r'name="guest" value="(\d+)" checked'),
    ):
        posted[name] = re.findall(pattern, shown)
    return posted


def test_a_list_that_was_opened_before_takes_no_later_sign_in_back(client, at_the_door, deputies, clerk, scan):
    a, b, c = (seat.pk for seat in deputies)
    came, left = (Guest.objects.create(activity=at_the_door, name=name) for name in ("许联络", "沈联络"))
    Guest.objects.filter(pk=left.pk).update(is_present=True)
    opened = as_shown(client, clerk, at_the_door.pk)
    scan(at_the_door, deputies[0])
    Guest.objects.filter(pk=came.pk).update(is_present=True)
    send(client, clerk, "mark", at_the_door.pk, **opened | {f"mark-{b}": "absent", "guest": []})
    assert dict(at_the_door.attendances.values_list("mandate", "outcome")) == {a: "present", b: "absent"}
    assert set(DutyRecord.objects.values_list("mandate", flat=True)) == {a, b}
    assert dict(at_the_door.guests.values_list("pk", "is_present")) == {came.pk: True, left.pk: False}
    send(client, clerk, "mark", at_the_door.pk, **as_shown(client, clerk, at_the_door.pk) | {f"mark-{a}": ""})
    assert dict(at_the_door.attendances.values_list("mandate", "outcome")) == {b: "absent"}


def test_the_rest_have_come_except_those_with_leave_and_those_marked_meanwhile(
    client, at_the_door, deputies, clerk, scan
):
    a, b, c = (seat.pk for seat in deputies)
    at_the_door.invitations.filter(mandate=a).update(state=Invitation.State.LEAVE_GRANTED)
    actions.mark(at_the_door, {c: "absent"}, at=at_the_door.starts_at, on=DAY, by=clerk)
    opened = as_shown(client, clerk, at_the_door.pk)
    scan(at_the_door, deputies[1])
    send(client, clerk, "mark", at_the_door.pk, rest="present", **opened | {f"mark-{c}": ""})
    stands = {a: ("leave", "list"), b: ("present", "scan"), c: ("present", "list")}
    assert {row.mandate_id: (row.outcome, row.means) for row in at_the_door.attendances.all()} == stands


def test_a_guest_nobody_has_breaks_no_list(client, at_the_door, clerk):
    assert send(client, clerk, "mark", at_the_door.pk, guest=["²", "9" * 30, "0"]).status_code == 302


def test_an_opinion_goes_round_by_the_pages(client, at_the_door, county, deputies, clerk, officer):
    water = DepartmentFactory(congress=county)
    step(client, user_of(deputies[0]), "raise", "step", at_the_door.pk, text="水厂设备老化")
    raised = Raised.objects.get()
    assert raised.mandate == deputies[0]
    step(client, clerk, "forward", "raised_step", raised.pk, organ=water.pk)
    theirs = officer(water)
    shown = page(client, theirs, "raised", raised.pk)
    assert deputies[0].deputy.name not in shown.content.decode()
    assert [row.pk for row in page(client, theirs, "raised_list").context["page_obj"]] == [raised.pk]
    step(client, theirs, "answer", "raised_step", raised.pk, feedback="已更换", is_solved="on")
    raised.refresh_from_db()
    assert raised.is_solved
    assert "已更换" in page(client, user_of(deputies[1]), "detail", at_the_door.pk).content.decode()


def test_who_proposed_it_is_chosen_from_the_deputies_in_the_order_of_the_roll(client, at_the_door, deputies, clerk):
    form = page(client, clerk, "step", at_the_door.pk, "raise").context["form"]
    in_order = sorted(deputies, key=lambda each: each.deputy.strokes)
    assert list(form.fields["mandate"].queryset) == in_order
    assert in_order != deputies


def test_the_office_is_offered_no_step_on_an_opinion_that_only_a_merger_takes(client, announced, county, clerk):
    raised = actions.raise_opinion(announced, text="围栏破损", on=DAY, by=clerk)
    actions.forward(raised, organ=DepartmentFactory(congress=county), on=DAY, by=clerk)
    assert [each.name for each in page(client, clerk, "raised", raised.pk).context["steps"]] == ["forward", "answer"]


def test_what_is_past_its_feedback_has_a_tab_with_exactly_its_rows(client, announced, county, clerk):
    late, timely = (actions.raise_opinion(announced, text=text, on=DAY, by=clerk) for text in ("围栏破损", "水表不准"))
    for raised, on in ((late, DAY), (timely, DAY + timedelta(days=60))):
        actions.forward(raised, organ=DepartmentFactory(congress=county), on=on, by=clerk)
    with time_machine.travel(announced.starts_at + timedelta(days=120), tick=False):
        shown = page(client, clerk, "raised_list", view="overdue").context
    assert list(shown["page_obj"]) == [late]
    assert {tab["code"]: tab["count"] for tab in shown["tabs"]} == {
        "forwarded": 2, "overdue": 1, "noted": 0, "answered": 0, "all": 2
    }  # fmt: skip


def test_after_it_was_held_the_opinions_come_before_the_minutes_and_the_end(client, at_the_door, county, clerk):
    actions.hold(at_the_door, at=at_the_door.ends_at, on=DAY, by=clerk)
    raised = actions.raise_opinion(at_the_door, text="围栏破损", on=DAY, by=clerk)
    forward = reverse("activities:raised_step", args=[raised.pk, "forward"])
    shown = page(client, clerk, "detail", at_the_door.pk)
    assert shown.context["primary"] is None
    assert forward in shown.content.decode()
    actions.forward(raised, organ=DepartmentFactory(congress=county), on=DAY, by=clerk)
    assert page(client, clerk, "detail", at_the_door.pk).context["primary"].name == "write_up"
    at_the_door.refresh_from_db()
    actions.write_up(at_the_door, minutes="纪要", on=DAY, by=clerk)
    assert page(client, clerk, "detail", at_the_door.pk).context["primary"].name == "close"


def test_what_a_user_may_open_is_exactly_what_the_list_shows(
    county, township, term, inspection, announced, clerk, leader, committee_clerk, township_clerk, station_keeper,
    auditor, deputies, deputy_user,
):  # fmt: skip
    stranger = serving(Role.NPC_CLERK, ActivityFactory().congress)
    department = DepartmentFactory(congress=county)
    asked = ActivityFactory(congress=county, term=term, organ=department, created_by=clerk, state=S.REQUESTED)
    group = DeputyGroup.objects.create(congress=county, name="青石小组", leader=deputies[1])
    led = ActivityFactory(congress=county, term=term, created_by=clerk)
    led.groups.add(group)
    ActivityFactory(congress=county, term=term, created_by=clerk, guide=auditor)
    planned = ActivityFactory(congress=county, term=term, created_by=clerk)
    actions.invite(planned, deputies[:1], on=PLANNED, by=clerk)
    people = [
        stranger, clerk, leader, committee_clerk, township_clerk, station_keeper, auditor, deputy_user,
        serving(Role.CASE_OFFICER, department), *(user_of(seat) for seat in deputies),
    ]  # fmt: skip
    assert asked.pk
    for user in people:
        seen = set(Activity.objects.visible_to(user))
        run = set(Activity.objects.organised_by(user))
        for activity in Activity.objects.all():
            assert (activity in seen) == user.has_perm("activities.view", activity), (user, activity)
            assert (activity in run) == user.has_perm("activities.organise", activity), (user, activity)


def test_the_list_costs_the_same_for_one_and_for_three(
    client, county, term, clerk, deputies, django_assert_num_queries
):
    client.force_login(clerk)
    client.get(reverse("activities:list"))
    for number in (1, 2):
        for _each in range(number):
            actions.invite(
                ActivityFactory(congress=county, term=term, created_by=clerk), deputies, on=PLANNED, by=clerk
            )
        with django_assert_num_queries(10):
            client.get(reverse("activities:list"))


def test_the_export_holds_what_the_list_shows(client, at_the_door, clerk):
    answer = send(client, clerk, "export", view="ahead", kind="inspection")
    sheet = load_workbook(BytesIO(b"".join(answer) if answer.streaming else answer.content)).active
    assert [cell.value for cell in sheet[4]][1:3] == ["代表视察", at_the_door.title]
    assert sheet.max_row == 4


@pytest.mark.parametrize("paper", ["notice", "sign-in"])
def test_the_papers_can_be_taken_away(client, announced, clerk, deputies, paper):
    answer = page(client, clerk, "paper", announced.pk, paper)
    assert answer.content.startswith(b"PK")
    assert page(client, user_of(deputies[0]), "paper", announced.pk, paper).status_code == 404


def test_a_campaign_gathers_its_activities(client, county, term, clerk, deputies, scan):
    send(
        client, clerk, "campaign_create",
        congress=county.pk, kind="month", name="代表活动月", theme="为民办实事", starts_on="2026-03-01",
        ends_on="2026-03-31", outcome="",
    )  # fmt: skip
    campaign = Campaign.objects.get()
    activity = ActivityFactory(congress=county, term=term, created_by=clerk, campaign=campaign, kind=Kind.VOLUNTEERING)
    actions.invite(activity, deputies, on=PLANNED, by=clerk)
    actions.announce(activity, on=CALLED, by=clerk)
    scan(activity, deputies[0])
    actions.hold(activity, at=activity.ends_at, on=DAY, by=clerk)
    shown = page(client, clerk, "campaign", campaign.pk)
    assert (shown.context["held"], shown.context["people"]) == (1, {"times": 1, "persons": 1})


@pytest.fixture
def campaign(county):
    return Campaign.objects.create(
        congress=county, kind="month", name="代表活动月", theme="为民办实事", starts_on=date(2026, 3, 1)
    )


def test_a_campaign_renamed_to_the_name_of_another_comes_back_with_a_word(client, county, campaign, clerk):
    Campaign.objects.create(congress=county, kind="topic", name="河道治理", theme="水", starts_on=date(2026, 3, 1))
    said = {"kind": "month", "name": "河道治理", "theme": "水", "starts_on": "2026-03-01", "ends_on": "", "outcome": ""}
    answer = send(client, clerk, "campaign_change", campaign.pk, **said)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    campaign.refresh_from_db()
    assert campaign.name == "代表活动月"


def test_a_page_of_a_campaign_that_was_open_too_long_overwrites_nothing(client, campaign, clerk):
    shown = page(client, clerk, "campaign_change", campaign.pk).context["shown"]
    said = {"kind": "month", "name": "代表活动月", "theme": "护河", "starts_on": "2026-03-01", "ends_on": ""}
    send(client, clerk, "campaign_change", campaign.pk, **said, outcome="清淤三公里", shown=shown)
    stale = send(client, clerk, "campaign_change", campaign.pk, **said, outcome="", shown=shown)
    assert "已经被别人改过" in stale.content.decode()
    campaign.refresh_from_db()
    assert campaign.outcome == "清淤三公里"


def test_no_call_is_taken_back_where_none_is_named(client, announced, clerk):
    assert send(client, clerk, "release", announced.pk, call="abc").status_code == 404


def test_an_absence_put_down_on_an_older_page_does_not_undo_a_sign_in(client, at_the_door, deputies, clerk, scan):
    a, b, _c = (seat.pk for seat in deputies)
    opened = as_shown(client, clerk, at_the_door.pk)
    scan(at_the_door, deputies[0])
    send(client, clerk, "mark", at_the_door.pk, **opened | {f"mark-{a}": "absent", f"mark-{b}": "absent"})
    assert dict(at_the_door.attendances.values_list("mandate", "outcome")) == {a: "present", b: "absent"}
    assert "扫码签到" in page(client, clerk, "detail", at_the_door.pk).content.decode()


def test_a_photo_is_kept_without_what_is_written_in_it(client, announced, clerk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    buffer = BytesIO()
    Image.new("RGB", (8, 8), "white").save(buffer, "JPEG")
    buffer.name, _start = "现场.jpg", buffer.seek(0)
    client.force_login(clerk)
    client.post(reverse("activities:photos", args=[announced.pk]), {"photos": [buffer]})
    shown = client.get(announced.get_absolute_url())
    assert [photo.name for photo in shown.context["photos"]] == ["现场.jpg"]


def test_the_page_of_one_costs_the_same_for_one_deputy_and_for_three(
    client, inspection, deputies, clerk, django_assert_num_queries
):
    client.force_login(clerk)
    for seats in (deputies[:1], deputies):
        actions.invite(inspection, seats, on=PLANNED, by=clerk)
        client.get(inspection.get_absolute_url())
        with django_assert_num_queries(27):
            client.get(inspection.get_absolute_url())


def test_mine_costs_the_same_for_one_call_and_for_three(
    client, county, term, deputies, clerk, django_assert_num_queries
):
    client.force_login(user_of(deputies[0]))
    for number in (1, 2):
        for _each in range(number):
            other = ActivityFactory(congress=county, term=term, created_by=clerk, kind=Kind.VOLUNTEERING)
            actions.invite(other, deputies[:1], on=PLANNED, by=clerk)
            actions.announce(other, on=CALLED, by=clerk)
        client.get(reverse("activities:mine"))
        with django_assert_num_queries(8):
            client.get(reverse("activities:mine"))


def test_the_desk_leads_to_exactly_what_was_not_ended(client, announced, township, term, clerk):
    """What a township forgot is the township's, though the county reads it."""
    below = ActivityFactory(congress=township, term=term, state=S.ANNOUNCED, announced_on=CALLED)
    with time_machine.travel(announced.ends_at + timedelta(hours=1), tick=False):
        row = next(row for row in rows_beside(clerk) if str(row.waiting.label) == "活动待结束")
        client.force_login(clerk)
        listed = client.get(row.url).context["page_obj"]
    assert below not in listed
    assert (row.count, list(listed)) == (1, [announced])


def test_conditions_that_a_phone_folds_away_are_counted_on_their_button(client, clerk):
    bare = page(client, clerk, "list", q="供水", mine="1").content.decode()
    assert '<span class="num">' not in bare.split('class="fold"')[1].split("</summary>")[0]
    query = {"kind": "inspection", "from": "2026-01-01", "to": "2026-03-31"}
    folded = page(client, clerk, "list", **query).content.decode()
    assert '<span class="num">2</span></summary></details>' in folded
