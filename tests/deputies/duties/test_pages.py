"""The pages of the record, through the door by which people come."""

import io
import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from congress.files.models import StoredFile
from congress.organs.roles import Role
from congress.procedure import panels
from congress.procedure.models import Entry
from deputies.duties import actions
from deputies.duties.kinds import Kind
from deputies.duties.models import Certificate, DutyRecord
from deputies.roll import actions as roll
from deputies.roll.models import Deputy, Mandate
from tests.factories.docket import SuggestionFactory, seat
from tests.factories.duties import MARCH_2, claimed, event, fresh, registered, settled
from tests.factories.organs import CommitteeFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
S = DutyRecord.State


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(date(2026, 3, 5), tick=False):
        yield


@pytest.fixture
def one(county):
    return seat(county, "田秀英")


@pytest.fixture
def alone(monkeypatch):
    """The pages without the panels of the rooms above, whose statements are their own to count."""
    for page_name in ("duties.mine", "duties.archive"):
        monkeypatch.setitem(panels._panels, page_name, [])


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def text(response):
    return response.content.decode()


def shown(*rows):
    """What a page posts of these rows, as it showed them."""
    return [f"{row.pk}:{row.version}" for row in rows]


def photo():
    buffer = io.BytesIO()
    Image.new("RGB", (20, 20), "blue").save(buffer, "JPEG")
    return SimpleUploadedFile("河道.jpg", buffer.getvalue(), "image/jpeg")


# ---- the deputy's phone


def test_the_home_shows_what_waits_and_one_button_confirms_it_all(client, one):
    rows = [registered(one), registered(one, title="调研乡村道路")]
    home = page(client, one.deputy.user, "duties:mine")
    assert "2 条都没有错" in text(home)
    answer = client.post(reverse("duties:confirm"), {"row": shown(*rows)}, follow=True)
    assert "已核对 2 条" in text(answer)
    assert {fresh(row).state for row in rows} == {S.SETTLED}


def test_an_empty_home_teaches(client, one):
    home = text(page(client, one.deputy.user, "duties:mine"))
    assert "签到后会自动记在这里" in home
    assert "登记履职" in home


@pytest.mark.usefixtures("alone")
def test_the_home_costs_the_same_for_one_row_as_for_three(client, one, django_assert_num_queries):
    for _each in range(2):
        page(client, one.deputy.user, "duties:mine")
        registered(one)
        claimed(one, kind=Kind.VISIT, is_another=True)
        with django_assert_num_queries(12):
            client.get(reverse("duties:mine"))


def test_nonsense_confirms_nothing(client, one):
    client.force_login(one.deputy.user)
    for row in ("", "x:y", "1", "9:9:9", "-1:0"):
        assert client.post(reverse("duties:confirm"), {"row": row}).status_code == 302


def claim_data(client, one, **changes):
    form = page(client, one.deputy.user, "duties:claim").context["form"]
    data = {
        "key": form["key"].value(),
        "kind": "patrol",
        "title": "巡查青石河石桥段，发现一处堆渣",
        "held_on": "2026-03-04",
        "place": "石桥村",
        "quantity": "1",
        "text": "已请河长办清理。",
    }
    return data | changes


def test_a_claim_with_a_photo_pressed_twice_is_one_row(client, one):
    data = claim_data(client, one)
    for _press in range(2):
        answer = client.post(reverse("duties:claim"), data | {"photos": photo()}, follow=True)
    assert "已登记，等待核实" in text(answer)
    record = DutyRecord.objects.get()
    assert (record.state, record.kind, record.mandate) == (S.CLAIMED, "patrol", one)
    assert StoredFile.objects.filter(case_id=record.pk, case_kind="duties.dutyrecord").count() == 1


def test_the_photo_is_read_by_whoever_reads_the_row_and_by_nobody_else(client, one, clerk):
    client.post(reverse("duties:claim"), claim_data(client, one) | {"photos": photo()})
    download = reverse("files:download", args=[StoredFile.objects.get().pk])
    stranger = seat(one.congress).deputy.user
    for user, status in ((one.deputy.user, 200), (clerk, 200), (stranger, 404)):
        client.force_login(user)
        answer = client.get(download)
        assert answer.status_code == status
        assert b"".join(answer).startswith(b"\xff\xd8" if status == 200 else b"\n<!doctype")


def test_a_second_claim_of_the_kind_and_day_asks_whether_it_is_another(client, one):
    client.post(reverse("duties:claim"), claim_data(client, one))
    again = claim_data(client, one)
    answer = client.post(reverse("duties:claim"), again)
    assert "这一天已登记过同一事项" in text(answer)
    client.post(reverse("duties:claim"), again | {"is_another": "on"})
    assert DutyRecord.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("held_on", "2026-03-06", "日期不能晚于今天"),
        ("held_on", "2021-03-06", "还不是这一届的代表"),
        ("held_on", "3月", "请填写日期，如 2026-03-01。"),
        ("kind", "session", "请从列出的里面选。"),
        ("title", "", "请填写"),
        ("title", "长" * 201, "200"),
        ("quantity", "0", "不能小于 1"),
        ("quantity", "NaN", "数字"),
        ("hours", "-1", "不能小于 0"),
    ],
)
def test_bad_input_is_answered_beside_the_field(client, one, field, value, words):
    answer = client.post(reverse("duties:claim"), claim_data(client, one, **{field: value}))
    assert answer.status_code == 200
    assert words in "".join(answer.context["form"].errors[field])
    assert not DutyRecord.objects.exists()


def test_a_suspended_deputy_reads_his_home_but_claims_nothing(client, one):
    Mandate.objects.filter(pk=one.pk).update(state=Mandate.State.SUSPENDED)
    home = page(client, one.deputy.user, "duties:mine")
    assert home.status_code == 200
    assert reverse("duties:claim") not in text(home)
    assert client.get(reverse("duties:claim")).status_code == 404


def test_a_deputy_of_county_and_township_chooses_for_which_he_acted(client, one, township):
    own = seat(township, user=one.deputy.user, deputy=one.deputy)
    form = page(client, one.deputy.user, "duties:claim").context["form"]
    assert [each.pk for each in form.fields["seat"].queryset.order_by("pk")] == [one.pk, own.pk]
    data = claim_data(client, one) | {"seat": own.pk}
    client.post(reverse("duties:claim"), data)
    assert DutyRecord.objects.get().mandate == own


def test_a_leader_checks_on_his_phone_and_refuses_with_a_reason(client, county, one):
    leader = seat(county, "高组长")
    group = event(county)
    group.leader = leader
    group.save()
    group.members.set([leader, one])
    good, poor = claimed(one), claimed(one, kind=Kind.VISIT)
    assert "巡查青石河石桥段" in text(page(client, leader.deputy.user, "duties:check"))
    batch = reverse("duties:batch")
    client.post(batch, {"act": "verify", "row": shown(good)})
    asked = client.post(batch, {"act": "refuse", "row": shown(poor)})
    assert "不予认可的理由" in text(asked)
    assert fresh(poor).state == S.CLAIMED
    client.post(batch, {"act": "refuse", "row": shown(poor), "finding": "没有写清走访了谁。"})
    assert [fresh(row).state for row in (good, poor)] == [S.SETTLED, S.REFUSED]


# ---- one row


def test_the_deputy_objects_and_the_clerk_corrects(client, one, clerk):
    record = registered(one)
    address = reverse("duties:step", args=[record.pk, "object"])
    form = page(client, one.deputy.user, "duties:step", record.pk, "object").context["form"]
    said = {name: form[name].value() for name in ("version", "request_key")} | {"on": "2026-03-05"}
    assert client.post(address, said).context["form"].errors["objection"]
    answer = client.post(address, said | {"objection": "我请过假。"}, follow=True)
    assert "核实以前这条不计算" in text(answer)
    form = page(client, clerk, "duties:step", record.pk, "correct").context["form"]
    said = {name: form[name].value() for name in ("version", "request_key", "title", "place", "quantity")}
    said |= {"on": "2026-03-05", "held_on": "2026-03-02", "outcome": "leave", "finding": "有假条。"}
    client.post(reverse("duties:step", args=[record.pk, "correct"]), said)
    after = fresh(record)
    assert (after.state, after.outcome) == (S.SETTLED, "leave")
    assert "履行情况由“已履行”改为“请假”" in text(client.get(after.get_absolute_url()))


def test_another_deputy_finds_no_such_row(client, one):
    record = registered(one)
    stranger = seat(one.congress).deputy.user
    for name, args in (("record", [record.pk]), ("step", [record.pk, "object"]), ("archive", [one.pk])):
        assert page(client, stranger, f"duties:{name}", *args).status_code == 404


def test_a_step_that_is_not_his_is_not_found(client, one, clerk):
    record = registered(one)
    assert page(client, clerk, "duties:step", record.pk, "object").status_code == 404
    assert page(client, one.deputy.user, "duties:step", record.pk, "strike").status_code == 404
    assert page(client, clerk, "duties:step", record.pk, "lapse").status_code == 404


def test_the_organiser_who_is_no_clerk_finds_the_objection_in_his_list(client, one, county):
    organiser = serving(Role.COMMITTEE_CLERK, CommitteeFactory(congress=county))
    record, other = registered(one, by=organiser), registered(one)
    for row in (record, other):
        actions.object_to(row, objection="不对。", on=MARCH_2, by=one.deputy.user)
    listed = page(client, organiser, "duties:list", view="objected").context["page_obj"].object_list
    assert list(listed) == [record]


def test_what_may_be_opened_is_what_the_list_shows(one, county, township, clerk, leader, township_clerk, officer):
    one.delegation.township = township
    one.delegation.save()
    head = seat(county)
    group = event(county)
    group.leader = head
    group.save()
    group.members.set([one])
    organiser = serving(Role.COMMITTEE_CLERK, CommitteeFactory(congress=county))
    elsewhere = seat(township)
    rows = [registered(one, by=organiser), claimed(one), registered(head), registered(elsewhere), claimed(elsewhere)]
    people = [clerk, leader, township_clerk, organiser, *(each.deputy.user for each in (one, head, elsewhere))]
    for person in people:
        seen = {row for row in rows if person.has_perm("duties.view_record", row)}
        assert set(DutyRecord.objects.visible_to(person)) == seen
        may_verify = {row for row in rows if row.state == S.CLAIMED and person.has_perm("duties.verify", row)}
        assert set(DutyRecord.objects.verifiable_by(person)) == may_verify


# ---- the office


def test_the_list_opens_at_what_waits_and_verifies_many(client, clerk, county):
    rows = [claimed(seat(county)) for _each in range(3)]
    listed = page(client, clerk, "duties:list")
    assert len(listed.context["page_obj"].object_list) == 3
    data = {"act": "verify", "row": shown(*rows), "next": "/duties/?view=claimed"}
    answer = client.post(reverse("duties:batch"), data, follow=True)
    assert "已核实 3 条" in text(answer)
    assert "没有待核实的登记" in text(answer)


def test_pressing_verify_on_what_somebody_else_settled_says_so(client, clerk, one):
    record = claimed(one)
    actions.verify([record.pk], on=MARCH_2, by=clerk)
    client.force_login(clerk)
    answer = client.post(reverse("duties:batch"), {"act": "verify", "row": shown(record)}, follow=True)
    assert "有 1 条没有办" in text(answer)


def test_a_claim_that_was_changed_since_the_page_was_made_is_neither_verified_nor_refused(client, clerk, county, one):
    changed, same = claimed(one), claimed(seat(county))
    listed = text(page(client, clerk, "duties:list"))
    old = shown(changed, same)
    assert all(f'name="row" value="{each}"' in listed for each in old)
    actions.refuse([changed.pk], finding="请写清几次。", on=MARCH_2, by=clerk)
    values = {"kind": changed.kind, "title": changed.title, "held_on": changed.held_on, "quantity": 20}
    actions.resubmit(fresh(changed), on=MARCH_2, by=one.deputy.user, **values)
    batch = reverse("duties:batch")
    asked = text(client.post(batch, {"act": "refuse", "row": old}))
    assert ("不予认可这 1 条" in asked, "有 1 条没有办" in asked) == (True, True)
    client.post(batch, {"act": "refuse", "row": old[:1], "finding": "不认可。"})
    answer = text(client.post(batch, {"act": "verify", "row": old}, follow=True))
    assert ("已核实 1 条" in answer, "有 1 条没有办" in answer) == (True, True)
    assert [fresh(row).state for row in (changed, same)] == [S.CLAIMED, S.SETTLED]


def test_the_way_back_never_leaves_the_portal(client, clerk, one):
    client.force_login(clerk)
    data = {"act": "verify", "row": shown(claimed(one)), "next": "https://example.com/"}
    assert client.post(reverse("duties:batch"), data).url == reverse("duties:list")


def test_a_period_stands_instead_of_the_year_and_half_a_period_is_none(client, clerk, one):
    claimed(one)
    registered(one)
    old = registered(one, held_on=date(2025, 12, 30))
    period = {"view": "unsettled", "first": "2025-12-01", "last": "2025-12-31"}
    answer = page(client, clerk, "duties:list", **period)
    assert [row.pk for row in answer.context["page_obj"]] == [old.pk]
    assert [tab["label"] for tab in answer.context["tabs"] if tab["is_current"]] == ["未核定"]
    assert "2025-12-01 至 2025-12-31" in text(answer)
    half = page(client, clerk, "duties:list", **period | {"last": "2025-13-40"}).context
    assert half["page_obj"].paginator.count == 2
    assert "未核定" not in [tab["label"] for tab in page(client, clerk, "duties:list").context["tabs"]]


def test_the_list_costs_the_same_for_one_row_as_for_three(client, clerk, county, django_assert_num_queries):
    page(client, clerk, "duties:list")
    claimed(seat(county))
    with django_assert_num_queries(6):
        client.get(reverse("duties:list"))
    claimed(seat(county))
    claimed(seat(county))
    with django_assert_num_queries(6):
        client.get(reverse("duties:list"))


def test_the_list_narrows_by_every_condition_and_shrugs_at_nonsense(client, clerk, one, township):
    other = seat(township)
    mine = settled(one, kind=Kind.RESEARCH, title="调研养老服务", outcome="leave")
    settled(other, title="视察学校")
    settled(one, on=date(2025, 3, 2), held_on=date(2025, 3, 2))
    for query in (
        {"kind": "research"},
        {"q": "养老"},
        {"q": "秀英"},
        {"section": "3", "seat": one.pk},
        {"outcome": "leave"},
    ):
        found = page(client, clerk, "duties:list", view="all", **query).context["page_obj"].object_list
        assert list(found) == [mine]
    strange = {"view": "x", "kind": "x", "year": "99999", "group": "a", "seat": "1e3", "section": "77", "page": "-4"}
    assert page(client, clerk, "duties:list", **strange).status_code == 200


def test_the_workbook_has_what_the_list_shows_and_the_journal_who_took_it(client, clerk, county, one):
    settled(one)
    client.force_login(clerk)
    answer = client.post(reverse("duties:export"), {"view": "settled"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert Entry.objects.of(county).get(verb="duty.export").facts["count"] == 1


# ---- the archive and the certificate


def test_the_archive_is_made_of_events_and_nothing_typed(client, one, clerk, county):
    SuggestionFactory(congress=county, lead=one, registered=True)
    SuggestionFactory(congress=county, cosigners=[one], registered=True)
    settled(one, kind=Kind.SPEECH)
    settled(one, kind=Kind.INSPECTION, outcome="absent")
    registered(one, kind=Kind.TRAINING)
    archive = page(client, clerk, "duties:archive", one.pk).context["archive"]
    assert (archive.led, archive.signed, archive.spoke) == (1, 1, 1)
    assert (archive.done, archive.absent, archive.waiting, archive.days) == (3, 1, 1, 1)
    assert sum(len(section.rows) for section in archive.sections) == DutyRecord.objects.filter(mandate=one).count()


def test_each_row_of_the_archive_opens_its_source(client, one, clerk, county):
    case = SuggestionFactory(congress=county, lead=one, registered=True)
    assert f'href="{case.get_absolute_url()}"' in text(page(client, clerk, "duties:archive", one.pk))


@pytest.mark.usefixtures("alone")
def test_the_archive_costs_the_same_for_one_row_as_for_three(client, one, clerk, django_assert_num_queries):
    page(client, clerk, "duties:archive", one.pk)
    settled(one)
    address = reverse("duties:archive", args=[one.pk])
    with django_assert_num_queries(9):
        client.get(address)
    settled(one)
    settled(one)
    with django_assert_num_queries(9):
        client.get(address)


@pytest.mark.parametrize("year", ["2026", "2024", "term", "1999", "x"])
def test_any_year_of_the_archive_opens(client, one, clerk, year):
    settled(one)
    assert page(client, clerk, "duties:archive", one.pk, year=year).status_code == 200


@pytest.mark.parametrize("kind", ["document", "sheet"])
def test_the_archive_leaves_as_a_document_or_a_table_and_the_journal_knows(client, one, county, kind):
    settled(one)
    client.force_login(one.deputy.user)
    answer = client.post(reverse("duties:archive_paper", args=[one.pk]), {"as": kind, "year": "2026"})
    assert answer.content[:2] == b"PK"
    assert Entry.objects.of(county).get(verb="duty.archive").facts["name"] == "田秀英"


def certify(client, one, clerk, **changes):
    form = page(client, clerk, "duties:certificate", one.pk).context["form"]
    data = {"key": form["key"].value(), "addressee": "青禾县第一中学", "first": "2026-01-01", "last": "2026-03-05"}
    data |= changes
    shown = f"?first={data['first']}&last={data['last']}"
    return client.post(reverse("duties:certificate", args=[one.pk]) + shown, data)


def test_a_certificate_says_dates_activities_and_hours_and_pressed_twice_is_one(client, one, clerk, county):
    settled(one, kind=Kind.TRAINING, hours=16, title="代表法培训")
    SuggestionFactory(congress=county, lead=one, registered=True)
    key = "the form"
    issued = certify(client, one, clerk, key=key)
    certify(client, one, clerk, key=key)
    certificate = Certificate.objects.get()
    assert issued.url == certificate.get_absolute_url()
    assert (str(certificate), certificate.days) == ("履职证明〔2026〕1号", 2)
    assert [(line["title"], line["on"], line["hours"]) for line in certificate.lines] == [
        ("代表法培训", "2026-03-02", "16")
    ]
    assert Entry.objects.of(certificate).get().facts["number"] == "履职证明〔2026〕1号"
    assert "青禾县第一中学" in text(client.get(issued.url))
    assert client.get(reverse("duties:issued_paper", args=[certificate.pk])).content[:2] == b"PK"


def test_numbers_follow_each_other_and_an_old_certificate_stands_still(client, one, clerk):
    record = settled(one)
    certify(client, one, clerk)
    actions.strike(record, finding="登错了。", on=date(2026, 3, 5), by=clerk)
    settled(one, title="另一次视察")
    certify(client, one, clerk)
    first, second = Certificate.objects.order_by("serial")
    assert (first.serial, second.serial) == (1, 2)
    assert first.lines[0]["title"] == "视察城乡供水一体化工程"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first": "2026-03-05", "last": "2026-01-01"}, "last"),
        ({"first": "2024-01-01", "last": "2024-02-01"}, "last"),
        ({"addressee": ""}, "addressee"),
        ({"first": "x"}, "first"),
    ],
)
def test_a_certificate_about_nothing_is_refused(client, one, clerk, changes, field):
    settled(one)
    answer = certify(client, one, clerk, **changes)
    assert answer.context["form"].errors[field]
    assert not Certificate.objects.exists()


def test_dates_the_wrong_way_round_are_said_beside_them_before_anything_is_issued(client, one, clerk):
    settled(one)
    answer = certify(client, one, clerk, look="1", addressee="", first="2026-03-05", last="2026-01-01")
    assert answer.context["form"].errors == {"last": ["截止日期不能早于开始日期。"]}


def test_a_certificate_over_other_days_than_those_shown_is_shown_before_it_is_issued(client, one, clerk):
    settled(one)
    client.force_login(clerk)
    sent = {"addressee": "青禾县第一中学", "first": "2026-02-01", "last": "2026-03-04", "key": "k"}
    asked = client.post(reverse("duties:certificate", args=[one.pk]), sent)
    assert not Certificate.objects.exists()
    assert "时间改过了" in text(client.get(asked.url))
    client.post(asked.url, sent)
    assert Certificate.objects.get().first == date(2026, 2, 1)


def test_a_deputy_reads_his_certificate_and_issues_none(client, one, clerk):
    settled(one)
    certify(client, one, clerk)
    certificate = Certificate.objects.get()
    assert page(client, one.deputy.user, "duties:issued", certificate.pk).status_code == 200
    assert page(client, one.deputy.user, "duties:certificate", one.pk).status_code == 404
    assert page(client, seat(one.congress).deputy.user, "duties:issued", certificate.pk).status_code == 404


# ---- over many


def test_the_quiet_are_known_to_the_office_and_to_themselves(client, county, clerk, one):
    led, came, signed = seat(county), seat(county), seat(county)
    SuggestionFactory(congress=county, lead=led, cosigners=[signed], registered=True)
    settled(came)
    both = page(client, clerk, "duties:inactive").context["page_obj"].object_list
    assert {each.pk for each in both} == {one.pk, signed.pk}
    no_activity = page(client, clerk, "duties:inactive", lacks="activity").context["page_obj"].object_list
    assert {each.pk for each in no_activity} == {one.pk, signed.pk, led.pk}
    assert "近12个月还没有记录" in text(page(client, one.deputy.user, "duties:mine"))
    assert "近12个月还没有记录" not in text(page(client, came.deputy.user, "duties:mine"))


def test_every_figure_of_a_group_is_the_number_of_rows_behind_it(client, county, clerk, one):
    group = event(county)
    group.members.set([one, seat(county)])
    settled(one)
    claimed(one)
    row = next(each for each in page(client, clerk, "duties:groups").context["rows"] if each.group == group)
    assert (row.members, row.settled, row.idle, row.to_check, row.each) == (2, 1, 1, 1, "0.5")
    query = {"view": "settled", "outcome": "done", "group": group.pk}
    assert page(client, clerk, "duties:list", **query).context["page_obj"].paginator.count == row.settled


@pytest.mark.parametrize(("name", "view"), [("settled", "settled"), ("to_check", "claimed")])
def test_what_members_left_behind_stands_neither_in_the_figure_nor_among_its_rows(
    client, county, clerk, one, name, view
):
    group, gone = event(county), seat(county)
    group.members.set([one, gone])
    for member in (one, gone):
        settled(member)
        claimed(member)
    Mandate.objects.filter(pk=gone.pk).update(state=Mandate.State.ENDED)
    answer = page(client, clerk, "duties:groups")
    row = next(each for each in answer.context["rows"] if each.group == group)
    doors = re.findall(r'href="([^"]*)">1</a>', text(answer))
    [door] = [each for each in doors if f"view={view}" in each and f"group={group.pk}&" in each]
    behind = client.get(unescape(door))
    assert [each.mandate for each in behind.context["page_obj"]] == [one]
    assert getattr(row, name) == 1
    assert "只看在任代表的" in text(behind)


def test_the_members_without_a_record_this_year_are_the_rows_behind_the_figure_of_their_group(client, county, clerk):
    group, other = event(county), event(county)
    acted, waits, old, absent, gone = (seat(county) for _each in range(5))
    group.members.set([acted, waits, old, absent, gone])
    other.members.set([seat(county)])
    settled(acted)
    claimed(waits)
    settled(old, on=date(2025, 12, 30))
    settled(absent, outcome=DutyRecord.Outcome.ABSENT)
    Mandate.objects.filter(pk=gone.pk).update(state=Mandate.State.ENDED)
    answer = page(client, clerk, "duties:groups")
    row = next(each for each in answer.context["rows"] if each.group == group)
    address = f"{reverse('duties:inactive')}?congress={county.code}&amp;lacks=year&amp;group={group.pk}"
    assert f'href="{address}">{row.idle}</a>' in text(answer)
    behind = client.get(address.replace("&amp;", "&"))
    assert {each.pk for each in behind.context["page_obj"]} == {waits.pk, old.pk, absent.pk}
    assert (row.idle, behind.context["base"]) == (3, 4)
    assert "今年还没有记录的代表" in text(behind)
    everybody = page(client, clerk, "duties:inactive", congress=county.code, lacks="year")
    assert everybody.context["page_obj"].paginator.count == 4


def test_a_group_of_another_congress_narrows_no_list(client, clerk, township):
    assert page(client, clerk, "duties:inactive", lacks="year", group=event(township).pk).status_code == 404
    assert page(client, clerk, "duties:inactive", lacks="year", group="x").status_code == 200


def test_the_list_of_those_without_a_record_costs_the_same_for_one_row_as_for_three(
    client, county, clerk, django_assert_num_queries
):
    group = event(county)
    group.members.set([seat(county)])
    query = {"congress": county.code, "lacks": "year", "group": group.pk}
    page(client, clerk, "duties:inactive", **query)
    for members in (1, 3):
        while group.members.count() < members:
            group.members.add(seat(county))
        with django_assert_num_queries(7):
            rows = client.get(reverse("duties:inactive"), query).context["page_obj"]
        assert len(rows) == members


def test_the_ledger_lists_who_lives_without_a_wage_with_his_days(client, county, clerk, one):
    settled(one)
    settled(one, title="同一天的另一件")
    assert page(client, clerk, "duties:subsidy").context["rows"] == []
    form = {"congress": county.code, "income": "unknown", f"income-{one.pk}": "no"}
    client.post(reverse("duties:subsidy"), form)
    rows = client.get(reverse("duties:subsidy")).context["rows"]
    assert [(row.pk, row.duty_days) for row in rows] == [(one.pk, 1)]
    assert Entry.objects.of(county).get(verb="duty.income").facts["name"] == "田秀英"
    answer = client.post(reverse("duties:subsidy_export"), {"congress": county.code})
    assert answer.content[:2] == b"PK"


def test_the_ledger_keeps_who_left_within_the_period_and_not_who_had_left_before(client, county, clerk, one):
    settled(one)
    Deputy.objects.update(has_fixed_income=False)
    roll.end(one, ground="resigned", announcement="公告", on=date(2026, 6, 1), by=clerk, version=one.version)
    asked = {"first": "2026-01-01", "last": "2026-12-31"}
    rows = page(client, clerk, "duties:subsidy", **asked).context["rows"]
    assert [(row.pk, row.duty_days) for row in rows] == [(one.pk, 1)]
    assert "6月1日终止" in page(client, clerk, "duties:subsidy", **asked).text
    assert page(client, clerk, "duties:subsidy", first="2026-06-02", last="2026-12-31").context["rows"] == []


def test_the_page_of_the_roll_shows_this_years_duties(client, clerk, one):
    settled(one)
    seen = text(page(client, clerk, "roll:mandate", one.pk))
    assert "2026年履职" in seen
    assert reverse("duties:archive", args=[one.pk]) in seen
    assert "2026年履职" not in text(page(client, seat(one.congress).deputy.user, "roll:mandate", one.pk))
