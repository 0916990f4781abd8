"""The pages of the roll: who sees what, what is masked, and what the journal keeps of it."""

import io
from datetime import date
from importlib import import_module

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congress.organs.roles import Role
from congress.procedure import journal
from congress.procedure.models import Entry
from deputies.duties.models import DutyRecord
from deputies.roll import actions
from deputies.roll.models import Delegation, Deputy, DeputyGroup, Import, ImportRow, Mandate
from tests.deputies.roll.rosters import HEAD, as_csv, id_number, person
from tests.factories.accounts import UserFactory
from tests.factories.duties import registered
from tests.factories.organs import CongressFactory, MembershipFactory, TermFactory
from tests.factories.roll import DelegationFactory, DeputyFactory, MandateFactory
from tests.people import serving

PHONE, BORN = "13800000001", "1976-05"


@pytest.fixture
def seat(county, term):
    deputy = DeputyFactory(name="田禾", phone=PHONE, id_number=id_number(), born=BORN)
    return MandateFactory(congress=county, term=term, deputy=deputy)


@pytest.fixture
def keeper(clerk, client):
    client.force_login(clerk)
    return client


def page(client, name, *args, **query):
    answer = client.get(reverse(f"roll:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_a_user_may_open_is_exactly_what_the_list_shows(request, county, township, seat):
    """Parity of the query and the permission, over every role and three congresses."""
    far = CongressFactory()
    seats = [seat] + [
        MandateFactory(congress=each, term=TermFactory(congress=each, starts_on=date(2022, 1, 1)))
        for each in (township, far)
    ]
    for role in Role:
        user = request.getfixturevalue("person")(role)
        opened = {each for each in seats if user.has_perm("roll.view_mandate", each)}
        assert set(Mandate.objects.visible_to(user)) == opened, role


def test_what_other_rooms_wrote_of_a_seat_is_told_in_whole_sentences(keeper, seat, clerk):
    journal.record(seat, "profile.show", by=clerk, facts={"who": "田禾", "field": "手机号"})
    text = page(keeper, "mandate", seat.pk)
    assert "田禾亮身份" in text
    assert "查看：手机号" in text
    assert "who：" not in text


def test_a_page_of_another_congress_does_not_exist(keeper):
    far = MandateFactory()
    assert keeper.get(reverse("roll:mandate", args=[far.pk])).status_code == 404
    assert keeper.get(reverse("roll:list"), {"congress": far.congress.code}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_rows_as_for_one(keeper, county, term, count, django_assert_num_queries):
    for number in range(count):
        group = DeputyGroup.objects.create(congress=county, name=f"第{number}小组")
        MandateFactory(congress=county, term=term, delegation=DelegationFactory(congress=county)).groups.add(group)
    keeper.get(reverse("roll:list"))
    with django_assert_num_queries(10):
        keeper.get(reverse("roll:list"))


def test_the_list_stands_in_the_order_of_strokes_and_is_searched_by_name_and_by_pinyin(keeper, county, term):
    for name in ("黄秋", "丁春", "王夏"):
        MandateFactory(congress=county, term=term, deputy=DeputyFactory(name=name))
    shown = page(keeper, "list")
    assert shown.index("丁春") < shown.index("王夏") < shown.index("黄秋")
    for words in ("王夏", "wangxia", "wx"):
        found = page(keeper, "list", q=words)
        assert "王夏" in found
        assert "丁春" not in found


def test_the_list_is_narrowed_by_delegation_group_and_state(keeper, county, term, seat):
    other = MandateFactory(congress=county, term=term, deputy=DeputyFactory(name="谷雨"))
    other.delegation = Delegation.objects.create(congress=county, name="柳溪镇代表团")
    other.state = Mandate.State.ENDED
    other.save()
    group = DeputyGroup.objects.create(congress=county, name="农业小组")
    other.groups.add(group)
    for query in (
        {"delegation": other.delegation_id, "state": "all"},
        {"group": group.pk, "state": "all"},
        {"state": "ended"},
    ):
        found = page(keeper, "list", **query)
        assert "谷雨" in found
        assert "田禾" not in found
    assert "谷雨" not in page(keeper, "list")


def test_the_export_is_the_list_with_masked_phones_and_stands_in_the_journal(keeper, county, seat):
    answer = keeper.post(reverse("roll:export"), {"congress": county.code})
    cells = [str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active for cell in row]
    assert "田禾" in cells
    assert PHONE not in " ".join(cells)
    assert Entry.objects.get(verb="roll.export").congress == county


def test_personal_data_are_masked_until_they_are_revealed_and_each_look_is_journalled(keeper, clerk, seat):
    address = reverse("roll:reveal", args=[seat.pk])
    shown = page(keeper, "mandate", seat.pk)
    assert not any(secret in shown for secret in (PHONE, BORN, id_number()))
    assert keeper.get(address).status_code == 405
    assert not Entry.objects.filter(verb="mandate.reveal").exists()
    answer = keeper.post(address, {"field": "phone"})
    assert PHONE in answer.content.decode()
    assert id_number() not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = Entry.objects.get(verb="mandate.reveal")
    assert (entry.by, entry.congress) == (clerk, seat.congress)
    assert PHONE not in str(entry.facts)


def test_a_leader_reads_the_roll_but_reveals_and_changes_nothing(client, leader, seat):
    client.force_login(leader)
    assert "田禾" in page(client, "mandate", seat.pk)
    assert client.post(reverse("roll:reveal", args=[seat.pk]), {"field": "phone"}).status_code == 404
    for name in ("change", "step"):
        args = [seat.pk] + (["end"] if name == "step" else [])
        assert client.get(reverse(f"roll:{name}", args=args)).status_code == 404


def said(seat, **values):
    return {
        "name": seat.deputy.name,
        "election": "direct",
        "started_on": "2022-01-10",
        "sex": "",
    } | values


def test_a_change_keeps_what_was_left_empty_and_journals_before_and_after(keeper, seat):
    keeper.post(reverse("roll:change", args=[seat.pk]), said(seat, people="汉族"))
    seat.deputy.refresh_from_db()
    assert (seat.deputy.people, seat.deputy.phone, seat.deputy.born) == ("汉族", PHONE, BORN)
    assert Entry.objects.get(verb="mandate.change").facts == {"people": ["", "汉族"]}


def test_a_change_from_a_page_that_was_open_too_long_overwrites_nothing(keeper, seat):
    address = reverse("roll:change", args=[seat.pk])
    shown = keeper.get(address).context["shown"]
    keeper.post(address, said(seat, people="汉族", shown=shown))
    stale = keeper.post(address, said(seat, people="回族", shown=shown))
    assert "已经被别人改过" in stale.content.decode()
    seat.deputy.refresh_from_db()
    assert seat.deputy.people == "汉族"


def test_a_change_undoes_no_step_and_no_account_that_came_in_between(keeper, clerk, seat):
    read, account = Mandate.objects.select_related("deputy").get(pk=seat.pk), UserFactory()
    actions.suspend(seat, ground="detained", announcement="第 3 号报告", on=date(2026, 3, 1), by=clerk, version=0)
    Deputy.objects.filter(pk=seat.deputy_id).update(user=account, phone="13800000009")
    values = {name: getattr(read.deputy, name) for name in actions.PERSON}
    values |= {name: getattr(read, name) for name in actions.SEAT_FIELDS}
    values |= {"people": "汉族", "name": "田 禾", "certificate_number": "7"}
    actions.change(read, values=values, groups=[], by=clerk)
    seat = Mandate.objects.get(pk=seat.pk)
    assert (seat.state, seat.version, seat.certificate_number) == (Mandate.State.SUSPENDED, 1, "7")
    deputy = seat.deputy
    assert (deputy.user, deputy.people, deputy.name, deputy.phone) == (account, "汉族", "田 禾", "13800000009")


def test_a_deputy_is_entered_by_hand_once(keeper, county, seat):
    address = reverse("roll:create", args=[county.code])
    page(keeper, "create", county.code)
    keeper.post(address, said(seat, name="谷雨", phone="138 0000 0002"))
    assert Mandate.objects.get(deputy__name="谷雨").deputy.phone == "13800000002"
    answer = keeper.post(address, said(seat, id_number=id_number()))
    assert "已在名册里" in answer.content.decode()
    assert Mandate.objects.count() == 2


def step(client, seat, name, **values):
    shown = client.get(reverse("roll:step", args=[seat.pk, name]))
    form = shown.context["form"] if shown.status_code == 200 else None
    own = {"version": seat.version, "request_key": f"key-{name}", "on": "2026-03-01", "late_reason": "补录"}
    assert form is not None
    return client.post(reverse("roll:step", args=[seat.pk, name]), own | values)


def test_a_seat_is_suspended_restored_and_ended_on_its_legal_ground(keeper, seat):
    step(keeper, seat, "suspend", ground="detained", announcement="第 3 号报告")
    seat.refresh_from_db()
    assert (seat.state, seat.ground) == (Mandate.State.SUSPENDED, "detained")
    step(keeper, seat, "resume", announcement="第 4 号报告")
    seat.refresh_from_db()
    assert (seat.state, seat.ground) == (Mandate.State.ACTIVE, "")
    step(keeper, seat, "end", ground="moved", announcement="〔2026〕第 5 号公告")
    seat.refresh_from_db()
    assert (seat.state, seat.ground, seat.ended_on) == (Mandate.State.ENDED, "moved", date(2026, 3, 1))
    assert keeper.get(reverse("roll:step", args=[seat.pk, "resume"])).status_code == 409


def test_a_ground_of_suspension_ends_no_seat_and_without_an_announcement_nothing_moves(keeper, seat):
    step(keeper, seat, "end", ground="detained", announcement="〔2026〕第 5 号公告")
    step(keeper, seat, "end", ground="moved", announcement="")
    seat.refresh_from_db()
    assert seat.state == Mandate.State.ACTIVE


def test_a_body_is_kept_once_and_removed_only_when_empty(keeper, county, seat):
    address = reverse("roll:body_create", args=[county.code, "delegations"])
    for _time in range(2):
        keeper.post(address, {"name": "青石镇代表团", "position": 1})
    body = Delegation.objects.get()
    seat.delegation = body
    seat.save()
    change = reverse("roll:body_change", args=[county.code, "delegations", body.pk])
    keeper.post(change, {"remove": "1"})
    assert Delegation.objects.exists()
    Mandate.objects.update(delegation=None)
    keeper.post(change, {"remove": "1"})
    assert not Delegation.objects.exists()
    page(keeper, "bodies", county.code)


def send(client, county, *rows, name="名册.csv"):
    upload = SimpleUploadedFile(name, as_csv([HEAD, *rows]).read())
    answer = client.post(reverse("roll:imports"), {"congress": county.pk, "file": upload})
    assert answer.status_code == 302, answer.context["form"].errors
    return Import.objects.get()


def test_a_roster_goes_from_upload_to_the_roll_and_back(keeper, county, term):
    batch = send(keeper, county, person("田禾"), person("谷雨", 性别="未知"))
    shown = page(keeper, "import", batch.pk)
    assert "青石镇代表团" in shown
    assert "性别只能是" in shown
    act = reverse("roll:import_act", args=[batch.pk])
    picked = {"shown": [row.pk for row in batch.rows.all()]} | {f"in-{row.pk}": "1" for row in batch.rows.all()}
    keeper.post(act, picked | {"act": "confirm"})
    assert Mandate.objects.count() == 0
    keeper.post(act, picked | {"act": "confirm", "leave": "1"})
    assert [each.deputy.name for each in Mandate.objects.all()] == ["田禾"]
    page(keeper, "import", batch.pk)
    left = keeper.post(reverse("roll:import_left_out", args=[batch.pk]))
    cells = [str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(left.content)).active for cell in row]
    assert "谷雨" in cells
    assert "田禾" not in cells
    assert any("性别只能是" in cell for cell in cells)
    keeper.post(act, {"act": "undo", "reason": "传错了文件"})
    assert Mandate.objects.count() == 0
    assert Entry.objects.get(verb="import.undo").facts["reason"] == "传错了文件"


def test_it_is_recorded_who_decided_and_confirmed_what_a_colleague_has_uploaded(keeper, county, term, clerk):
    batch = send(keeper, county, person("田禾"), person("谷雨"), person("禾青", 性别="未知"))
    colleague = serving(Role.NPC_CLERK, county, user__name="苗核对")
    keeper.force_login(colleague)
    first, second, third = (row.pk for row in batch.rows.all())
    said = {"shown": [first, second, third], f"in-{first}": "1", f"in-{third}": "1", "leave": "1"}
    act = reverse("roll:import_act", args=[batch.pk])
    for decision in ("decide", "confirm"):
        keeper.post(act, said | {"act": decision})
    told = {entry.verb: (entry.by, entry.facts) for entry in Entry.objects.of(batch)}
    assert told["import.upload"][0] == clerk
    assert told["import.decide"] == (colleague, {"file": "名册.csv", "rows": 1})
    assert told["import.confirm"] == (colleague, {"file": "名册.csv", "leaves_errors_out": True})
    assert told["import.apply"][0] == colleague
    assert "苗核对 确认" in page(keeper, "import", batch.pk)


def test_a_row_that_is_not_ticked_stays_out(keeper, county, term):
    batch = send(keeper, county, person("田禾"), person("谷雨"))
    first, second = batch.rows.all()
    act = reverse("roll:import_act", args=[batch.pk])
    said = {"shown": [first.pk, second.pk], f"in-{first.pk}": "1"}
    keeper.post(act, said | {"act": "decide"})
    second.refresh_from_db()
    assert second.decision == ImportRow.Decision.SKIP
    keeper.post(act, said | {"act": "confirm"})
    assert [each.deputy.name for each in Mandate.objects.all()] == ["田禾"]


def test_the_question_who_a_row_is_waits_for_the_clerk(keeper, county, term, take_in):
    take_in(person("田禾"))
    batch = send(keeper, county, person("田禾", 出生年月="1980-01"))
    (row,) = batch.rows.all()
    assert f"who-{row.pk}" in page(keeper, "import", batch.pk)
    act = reverse("roll:import_act", args=[batch.pk])
    said = {"shown": [row.pk], f"who-{row.pk}": "same"}
    keeper.post(act, said | {"act": "decide"})
    keeper.post(act, said | {"act": "confirm"})
    assert Mandate.objects.get().deputy.born == "1980-01"


def test_the_office_says_of_which_township_a_delegation_and_a_group_are(keeper, county, township, township_clerk, seat):
    far = CongressFactory(township=True)
    for kind in ("delegations", "groups"):
        asked = page(keeper, "body_create", county.code, kind)
        assert "柳溪镇" in asked
        assert far.region not in asked
    said = {"name": "柳溪镇代表团", "township": township.pk, "position": 1}
    keeper.post(reverse("roll:body_create", args=[county.code, "delegations"]), said)
    seat.delegation = Delegation.objects.get(township=township)
    seat.save()
    record = registered(seat)
    assert list(DutyRecord.objects.visible_to(township_clerk)) == [record]
    wrong = keeper.post(reverse("roll:body_create", args=[county.code, "delegations"]), said | {"township": far.pk})
    assert wrong.context["form"].errors["township"]
    assert "柳溪镇" in page(keeper, "bodies", county.code)


def test_a_township_is_not_asked_of_which_township_its_bodies_are(client, township, township_clerk):
    client.force_login(township_clerk)
    for kind in ("delegations", "groups"):
        assert 'name="township"' not in page(client, "body_create", township.code, kind)


def test_only_who_leads_here_today_guides_a_group(keeper, county, leader, clerk):
    gone = serving(Role.LEADER, county, ends_on=date(2024, 1, 1))
    address = reverse("roll:body_create", args=[county.code, "groups"])
    said = {"name": "农业小组", "kind": "professional", "position": 1}
    for user in (clerk, gone):
        assert keeper.post(address, said | {"guide": user.pk}).context["form"].errors["guide"]
    keeper.post(address, said | {"guide": leader.pk})
    assert DeputyGroup.objects.get().guide == leader
    assert "何主任" in page(keeper, "bodies", county.code)


@pytest.mark.parametrize("count", [1, 3])
def test_the_bodies_ask_as_much_for_three_as_for_one(
    keeper, county, township, leader, count, django_assert_num_queries
):
    for number in range(count):
        DelegationFactory(congress=county, township=township)
        DeputyGroup.objects.create(congress=county, name=f"第{number}小组", guide=leader, township=township)
    page(keeper, "bodies", county.code)
    with django_assert_num_queries(7):
        page(keeper, "bodies", county.code)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("名册.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 300, "内容其实是 png"),
        ("名册.pdf", b"%PDF-1.7", "不能上传这种文件"),
        ("名册.csv", b"", "空"),
    ],
)
def test_what_is_no_roster_is_refused_beside_the_field(keeper, county, term, name, content, words):
    upload = SimpleUploadedFile(name, content)
    answer = keeper.post(reverse("roll:imports"), {"congress": county.pk, "file": upload})
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_an_import_of_another_congress_does_not_exist(client, township_clerk, county, clerk, bring):
    batch = bring(person("田禾"))
    client.force_login(township_clerk)
    assert client.get(reverse("roll:import", args=[batch.pk])).status_code == 404
    assert client.post(reverse("roll:import_act", args=[batch.pk]), {"act": "confirm"}).status_code == 404


def test_whoever_sits_no_more_leads_no_group(clerk, county, seat):
    led = DeputyGroup.objects.create(congress=county, name="农业小组", leader=seat)
    actions.end(seat, ground="resigned", announcement="公告", on=date(2026, 3, 1), by=clerk, version=seat.version)
    led.refresh_from_db()
    assert led.leader is None


def test_who_knows_water_is_found_by_that_word(keeper, county, term):
    other = MandateFactory(congress=county, term=term, deputy=DeputyFactory(name="丁春"))
    user = MembershipFactory(role=Role.DEPUTY, organ=county).user
    seat = MandateFactory(congress=county, term=term, deputy=DeputyFactory(name="王夏", user=user))
    assert "王夏" not in page(keeper, "list", q="水利")
    own = Client()
    own.force_login(user)
    own.post(reverse("roll:own"), {"expertise": "水利, 法律；水利"})
    seat.deputy.refresh_from_db()
    assert seat.deputy.expertise == "水利、法律"
    found = page(keeper, "list", q="水利")
    assert "王夏" in found
    assert "丁春" not in found
    shown = page(keeper, "mandate", seat.pk)
    assert '<span class="tag">水利</span> <span class="tag">法律</span>' in shown
    assert "说明自己的专长" in shown
    stranger = Client()
    stranger.force_login(MembershipFactory(role=Role.DEPUTY, organ=county).user)
    assert stranger.get(reverse("roll:own")).status_code == 404
    form = keeper.get(reverse("roll:change", args=[other.pk])).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name not in {"portrait", "groups"}}
    keeper.post(reverse("roll:change", args=[other.pk]), sent | {"expertise": "农业技术，水利"})
    other.deputy.refresh_from_db()
    assert other.deputy.expertise == "农业技术、水利"
    answer = keeper.post(reverse("roll:export"), {"congress": county.code, "q": "水利"})
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active for cell in row]
    assert {"王夏", "丁春", "水利、法律"} <= set(cells)


def test_expertise_too_long_is_refused_beside_its_field(keeper, seat):
    answer = keeper.post(reverse("roll:change", args=[seat.pk]), {"expertise": "水利、" * 100})
    assert "expertise" in answer.context["form"].errors


@pytest.mark.django_db
def test_lists_of_expertise_become_words_and_lists_again():
    listed, empty = DeputyFactory(expertise='["水利", "\\u6cd5\\u5f8b"]'), DeputyFactory(expertise="[]")
    migration = import_module("deputies.roll.migrations.0011_words_out_of_lists")
    migration.to_words(apps, None)
    stand = dict(Deputy.objects.values_list("pk", "expertise"))
    assert (stand[listed.pk], stand[empty.pk]) == ("水利、法律", "")
    migration.to_lists(apps, None)
    stand = dict(Deputy.objects.values_list("pk", "expertise"))
    assert (stand[listed.pk], stand[empty.pk]) == ('["水利", "法律"]', "[]")
