"""The pages of the score: who sees what, what they say, what they cost."""

import io
from datetime import date
from decimal import Decimal as D

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from congress.notices.writing import write_letters
from congress.procedure.models import Entry
from deputies.activities.kinds import Kind as ActivityKind
from deputies.activities.models import Activity, Attendance
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import DeputyGroup, Mandate
from deputies.scores import actions
from deputies.scores.models import Item, KindOfDeputy, Objection, PeriodClose, Scheme, Version
from deputies.scores.windows import year
from tests.factories.activities import ActivityFactory
from tests.factories.organs import CongressFactory, SessionFactory
from tests.factories.roll import DeputyFactory, MandateFactory

TODAY = date(2026, 1, 20)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("january")]


@pytest.fixture
def january():
    with time_machine.travel("2026-01-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def office(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def phone(client, deputy_user):
    client.force_login(deputy_user)
    return client


@pytest.fixture
def deputy(seat, deputy_user):
    return seat("田禾", user=deputy_user)


@pytest.fixture
def close(rules, deputy, did, clerk):
    did(deputy, times=2)
    version = rules({"norm": D(3)}, {"kinds": ["visit"], "text": "走访"}, base=D(60))
    return actions.close_period(version.scheme, year(2025), on=TODAY, by=clerk)


def page(client, name, *args, status=200, **query):
    answer = client.get(reverse(f"scores:{name}", args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("deputies", [1, 3])
def test_the_table_costs_as_much_for_three_as_for_one(office, rules, seat, did, deputies, django_assert_num_queries):
    for _number in range(deputies):
        did(seat(), times=2)
    rules({})
    office.get(reverse("scores:list"))
    with django_assert_num_queries(15):
        page(office, "list", period="2025")


@pytest.mark.parametrize("deputies", [1, 3])
def test_a_closed_table_costs_as_much_for_three_as_for_one(
    office, rules, seat, did, clerk, deputies, django_assert_num_queries
):
    for _number in range(deputies):
        did(seat(), times=2)
    version = rules({})
    actions.close_period(version.scheme, year(2025), on=TODAY, by=clerk)
    office.get(reverse("scores:list"))
    with django_assert_num_queries(18):
        page(office, "list", period="2025")


def test_an_office_without_rules_is_shown_how_to_begin(office, county):
    assert "建立积分办法" in page(office, "list")


def test_the_table_shows_points_with_their_denominators_and_no_legal_effect(office, rules, seat, did):
    did(seat("田禾"), times=2)
    did(seat("半年", started_on=date(2025, 7, 2)), held_on=date(2025, 8, 1))
    rules({})
    text = page(office, "list", period="2025")
    assert "不产生法律后果" in text
    assert "2 / 2" in text
    assert "183 / 365" in text
    assert "折算 3.99" in text


def test_the_table_is_narrowed_and_sorted_by_its_address(office, rules, seat, did, county, clerk):
    group = DeputyGroup.objects.create(congress=county, name="柳溪小组")
    one, other = seat("甲甲"), seat("乙乙")
    one.groups.add(group)
    actions.place_kinds(county, {other.pk: "mobile"}, on=TODAY, by=clerk)
    rules({})
    for query, shown, hidden in (
        ({"group": group.pk}, "甲甲", "乙乙"),
        ({"kind": "mobile"}, "乙乙", "甲甲"),
        ({"q": "甲"}, "甲甲", "乙乙"),
    ):
        text = page(office, "list", period="2025", **query)
        assert shown in text
        assert hidden not in text
    for sort in ("scaled", "rate", "name", "nonsense"):
        page(office, "list", period="nonsense", sort=sort, page="x", delegation="-1")


def test_a_score_opens_its_records(office, rules, deputy, did):
    (record,) = did(deputy, title="视察水厂")
    version = rules({"norm": D(3), "per_missing": D(-1)})
    text = page(office, "detail", deputy.pk, scheme=version.scheme_id, period="2025")
    assert record.get_absolute_url() in text
    assert "缺 2 次" in text
    running = page(office, "detail", deputy.pk, scheme=version.scheme_id, period="2026")
    assert "期满每缺一个 -1" in running


def test_the_roll_leads_to_the_score_of_whoever_still_sits(office, rules, seat):
    mandate = seat()
    rules({}, draft=True)
    rules({})
    door = reverse("scores:detail", args=[mandate.pk])
    assert door in office.get(mandate.get_absolute_url()).content.decode()
    assert "积分怎么来的" in page(office, "detail", mandate.pk)
    gone = seat(state="ended", ended_on=date(2025, 3, 1))
    assert reverse("scores:detail", args=[gone.pk]) not in office.get(gone.get_absolute_url()).content.decode()


def test_a_township_below_has_its_own_schemes(office, county, township):
    """The clerk of the county reads them from the page of a deputy of the township; keeping them is the township's."""
    mandate = MandateFactory(congress=township)
    assert "没有积分" in page(office, "detail", mandate.pk)
    page(office, "kinds", congress=township.code, status=404)


def test_a_group_has_its_page(office, rules, seat, did, county):
    group = DeputyGroup.objects.create(congress=county, name="柳溪小组")
    mandate = seat()
    mandate.groups.add(group)
    did(mandate, title="视察水厂")
    version = rules({}, subject=Scheme.Subject.GROUP)
    assert "视察水厂" in page(office, "group", group.pk, scheme=version.scheme_id, period="2025")
    assert "柳溪小组" in page(office, "list", scheme=version.scheme_id, period="2025")


def test_a_page_of_another_congress_does_not_exist(office, rules, county):
    rules({})
    far = MandateFactory()
    scheme = Scheme.objects.create(congress=CongressFactory(), name="别处")
    page(office, "detail", far.pk, status=404)
    page(office, "scheme", scheme.pk, status=404)
    page(office, "list", scheme=scheme.pk, status=404)


def test_the_table_leaves_as_a_workbook_item_by_item_and_the_journal_says_so(office, rules, seat, did, county):
    did(seat("田禾"), times=2)
    version = rules({"text": "视察"}, {"text": "走访", "kinds": ["visit"]})
    answer = office.post(reverse("scores:export"), {"scheme": version.scheme_id, "period": "2025"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0][-2:] == ["视察", "走访"]
    assert rows[1][:2] == [1, "田禾"]
    assert rows[1][-2:] == [4, 0]
    assert Entry.objects.of(county).filter(verb="scores.export").exists()


def test_a_leader_reads_and_does_not_write(client, leader, rules, seat):
    seat()
    version = rules({})
    client.force_login(leader)
    text = page(client, "list", period="2025")
    assert "scores/schemes" in text
    assert 'id="export"' not in text
    page(client, "close", version.scheme_id, "2025", status=404)
    page(client, "kinds", status=404)
    page(client, "version_step", version.pk, "adopt", status=404)
    assert client.post(reverse("scores:draft", args=[version.scheme_id])).status_code == 404


# ---- rules


def test_a_clerk_opens_a_scheme_from_a_sample_mends_an_item_and_adopts_it(office, county, seat):
    seat()
    answer = office.post(
        reverse("scores:scheme_create", args=[county.code]), {"name": "履职积分", "preset": "jiangbei_2014"}
    )
    version = Version.objects.get()
    assert answer.url == version.get_absolute_url()
    assert "提出一件建议" in page(office, "version", version.pk)
    item = version.items.first()
    text = page(office, "item", version.pk, item.pk)
    assert "领导干部代表的定额" in text
    data = {
        "text": "提出建议", "position": 1, "kinds": ["suggestion"], "outcome": "done", "counts": "records",
        "unit": "件", "way": "each", "points": "2.3", "block": "",
    }  # fmt: skip
    refused = office.post(reverse("scores:item", args=[version.pk, item.pk]), data)
    assert "分值以 0.5 分为单位" in refused.content.decode()
    office.post(
        reverse("scores:item", args=[version.pk, item.pk]), data | {"points": "2.5", "norm": "2", "norm_mobile": "1"}
    )
    item.refresh_from_db()
    assert (item.points, item.norm_for("mobile"), item.norm_for("leader")) == (D("2.5"), 1, 2)
    step = reverse("scores:version_step", args=[version.pk, "adopt"])
    form = office.get(step).context["form"]
    told = {"version": form["version"].value(), "request_key": form["request_key"].value(), "on": "2026-01-20"}
    wrong = office.post(step, told | {"effective_from": "2026-01-15"})
    assert "第一天" in wrong.content.decode()
    office.post(step, told | {"effective_from": "2026-01-01"})
    version.refresh_from_db()
    assert version.state == Version.State.ADOPTED
    page(office, "item", version.pk, item.pk, status=404)
    page(office, "version_write", version.pk, status=404)


def test_a_scheme_of_that_name_is_refused_beside_the_name(office, county, rules):
    rules({}, scheme=Scheme.objects.create(congress=county, name="履职积分"))
    answer = office.post(
        reverse("scores:scheme_create", args=[county.code]), {"name": "履职积分", "preset": "empty:group"}
    )
    assert "已经有这个名称" in answer.content.decode()
    office.post(reverse("scores:scheme_create", args=[county.code]), {"name": "小组", "preset": "empty:group"})
    assert Scheme.objects.get(name="小组").subject == Scheme.Subject.GROUP


def test_an_item_is_added_to_a_draft_with_a_code_of_its_own_and_taken_out(office, rules):
    version = rules({}, draft=True)
    data = {
        "text": "走访", "position": 2, "kinds": ["visit"], "outcome": "done", "counts": "records", "unit": "次",
        "way": "each", "points": "1",
    }  # fmt: skip
    office.post(reverse("scores:item_create", args=[version.pk]), data)
    added = version.items.get(text="走访")
    assert added.code == "2"
    office.post(reverse("scores:item_remove", args=[version.pk, added.pk]))
    assert not Item.objects.filter(pk=added.pk).exists()


def test_bands_are_written_with_the_draft_and_a_nameless_one_is_refused(office, rules):
    version = rules({}, draft=True)
    told = {"period": "year", "base": "60", "cap": "", "source": "", "note": ""}
    rows = {"bands-TOTAL_FORMS": "2", "bands-INITIAL_FORMS": "0", "bands-0-name": "差", "bands-0-at_least": "0"}
    address = reverse("scores:version_write", args=[version.pk])
    refused = office.post(address, told | rows | {"bands-1-at_least": "80"})
    assert "请填档次的名称" in refused.content.decode()
    office.post(address, told | rows | {"bands-1-name": "好", "bands-1-at_least": "80"})
    version.refresh_from_db()
    assert version.base == 60
    assert [each["name"] for each in version.bands] == ["好", "差"]
    assert "满 80 分" in page(office, "version", version.pk)


def test_a_new_version_is_drafted_and_dropped_from_the_page_of_the_scheme(office, rules):
    scheme = rules({}).scheme
    assert "上一版" in page(office, "draft", scheme.pk)
    draft = reverse("scores:draft", args=[scheme.pk])
    office.post(draft, {"preset": "last"})
    fresh = scheme.versions.get(number=2)
    assert "草稿" in page(office, "scheme", scheme.pk)
    assert "已经有一份草稿" in office.post(draft, {"preset": "last"}).content.decode()
    assert scheme.versions.count() == 2
    office.post(reverse("scores:drop", args=[fresh.pk]))
    assert scheme.versions.count() == 1
    assert scheme.name in page(office, "schemes")


def test_a_new_version_may_take_the_rules_of_a_sample_and_is_tried_beside_the_old(office, rules, seat, did):
    scheme = rules({}).scheme
    seat()
    draft = reverse("scores:draft", args=[scheme.pk])
    assert "请从列出的里面选" in office.post(draft, {"preset": "chunfu_township"}).content.decode()  # it scores groups
    office.post(draft, {"preset": "jiangbei_2014"})
    fresh = scheme.versions.get(number=2)
    assert (fresh.preset, fresh.items.count()) == ("jiangbei_2014", 3)
    assert "第 1 版 → 第 2 版" in page(office, "simulate", fresh.pk, year="2025")


def test_each_bar_of_the_distribution_opens_exactly_its_deputies(office, rules, seat, did):
    for number in range(5):
        did(seat(f"代表{number}"), times=number)
    rules({})
    table = reverse("scores:list")
    told = office.get(table, {"period": "2025"})
    assert sum(bar["count"] for bar in told.context["bars"]) == 5
    for bar in told.context["bars"]:
        asked = {"period": "2025", "low": bar["low"], "high": bar["high"]}
        assert office.get(table, asked).context["page_obj"].paginator.count == bar["count"]
    nonsense = office.get(table, {"period": "2025", "low": "x", "high": "3"})
    assert nonsense.context["page_obj"].paginator.count == 5


def test_those_whose_records_changed_since_the_close_are_a_list(office, rules, seat, did, clerk):
    first, _second = seat("甲"), seat("乙")
    close = actions.close_period(rules({}).scheme, year(2025), on=TODAY, by=clerk)
    did(first)
    told = office.get(reverse("scores:list"), {"scheme": close.scheme_id, "period": "2025", "changed": "1"}).context
    assert told["changed"] == 1
    assert [row.subject for row in told["page_obj"]] == [first]


def test_the_name_and_who_sees_the_ranking_are_settings(office, rules):
    scheme = rules({}).scheme
    office.post(reverse("scores:scheme_change", args=[scheme.pk]), {"name": "积分", "shown": "body"})
    scheme.refresh_from_db()
    assert (scheme.name, scheme.shown) == ("积分", "body")


def test_the_simulation_shows_both_ranks_and_the_correlation(office, rules, seat, did):
    for number, name in enumerate(("甲", "乙", "丙")):
        did(seat(name), times=number)
    old = rules({})
    fresh = rules({"points": D(-2)}, scheme=old.scheme, number=2, draft=True)
    text = page(office, "simulate", fresh.pk, year="2025")
    assert "-1.000" in text
    assert "1 → 3" in text
    page(office, "simulate", fresh.pk, year="nonsense", **{"with": "x"})


def test_of_all_who_move_the_page_shows_as_many_as_it_counts(office, rules, seat, did):
    for number in range(25):
        did(seat(f"代表{number}"), times=number)
    old = rules({})
    fresh = rules({"points": D(-2)}, scheme=old.scheme, number=2, draft=True)
    told = office.get(reverse("scores:simulate", args=[fresh.pk]), {"year": "2025"}).context
    assert (len(told["result"].moved), len(told["shown"])) == (24, 20)
    told = office.get(reverse("scores:simulate", args=[fresh.pk]), {"year": "2025", "all": "1"}).context
    assert len(told["shown"]) == 24


def test_rules_of_a_new_scheme_are_tried_beside_those_in_force_in_another(office, rules, seat, did):
    did(seat(), times=2)
    old, hidden = rules({}), rules({}, draft=True)
    fresh = rules({"points": D(3)}, draft=True)
    told = office.get(reverse("scores:simulate", args=[fresh.pk]), {"year": "2025"}).context
    assert told["before"] == old
    assert hidden not in told["others"]
    assert [change.gained for change in told["result"].changes] == [D(2)]


def test_the_first_rules_of_a_congress_are_tried_alone(office, rules, seat, did):
    for number, name in enumerate(("甲", "乙", "丙")):
        did(seat(name), times=number)
    draft = rules({}, draft=True)
    told = office.get(reverse("scores:simulate", args=[draft.pk]), {"year": "2025"}).context
    assert [(each.subject.deputy.name, each.points, each.rank) for each in told["trial"].first] == [
        ("丙", 4, 1), ("乙", 2, 2), ("甲", 0, 3),
    ]  # fmt: skip
    assert told["trial"].kinds == [("ordinary", 3, [D(2)])]


def test_kinds_are_kept_a_page_at_a_time(office, county, seat):
    mandate, far = seat(), MandateFactory()
    page(office, "kinds")
    answer = office.post(
        reverse("scores:kinds"),
        {"congress": county.code, f"kind_{mandate.pk}": "leader", f"kind_{far.pk}": "leader", "kind_x": "leader"},
    )
    assert answer.status_code == 302
    assert [each.mandate for each in KindOfDeputy.objects.all()] == [mandate]


@pytest.fixture
def sitting(county, term, clerk):
    """sitting(session, {seat: outcome}) → one sitting of it that took place, with its list."""

    def held(session, marks):
        activity = ActivityFactory(
            term=term, congress=county, created_by=clerk, kind=ActivityKind.SESSION, session=session,
            state=Activity.State.HELD,
        )  # fmt: skip
        Attendance.objects.bulk_create(
            Attendance(activity=activity, mandate=who, outcome=how, means="list", at=activity.starts_at, by=clerk)
            for who, how in marks.items()
        )

    return held


def test_the_list_of_the_law_counts_sessions_and_not_sittings(office, county, term, seat, sitting, township):
    first, second = (SessionFactory(term=term, opened_on=date(2024 + n, 1, 12)) for n in range(2))
    away, once, came = seat("两次缺席"), seat("一次缺席"), seat("来过半天")
    guest = MandateFactory(congress=township, deputy=DeputyFactory(name="乡镇列席"))
    for session in (first, second):
        sitting(session, {away: "absent", once: "absent" if session == first else "leave", guest: "absent"})
        sitting(session, {away: "absent", once: "absent" if session == first else "leave", came: "absent"})
        sitting(session, {came: "present"})
    text = page(office, "grounds")
    assert [name for name in ("两次缺席", "一次缺席", "来过半天", "乡镇列席") if name in text] == ["两次缺席"]
    assert f"{first}、{second}" in text
    assert "第六十二条" in text
    assert Mandate.objects.get(pk=away.pk).state == Mandate.State.ACTIVE


# ---- closing, publishing, objecting


def test_closing_shows_what_it_will_write_and_asks_about_what_waits(office, rules, seat, did):
    mandate = seat("田禾")
    did(mandate)
    did(mandate, state=DutyRecord.State.CLAIMED)
    scheme = rules({}).scheme
    address = reverse("scores:close", args=[scheme.pk, "2025"])
    form = office.get(address)
    assert "1 条登记" in form.content.decode()
    told = {"request_key": form.context["form"]["request_key"].value()}
    assert "没有核定" in office.post(address, told).content.decode()
    assert not PeriodClose.objects.exists()
    answer = office.post(address, told | {"leaves_open": "on"})
    close = PeriodClose.objects.get()
    assert answer.url == close.get_absolute_url()
    assert office.get(address).status_code == 302
    page(office, "close", scheme.pk, "2031", status=404)


def test_those_whom_closing_would_leave_without_a_point_are_a_list(office, rules, seat, did):
    did(seat("田禾"))
    without = [seat("甲"), seat("乙")]
    scheme = rules({}, base=10).scheme
    form = office.get(reverse("scores:close", args=[scheme.pk, "2025"]))
    address = f"{reverse('scores:list')}?scheme={scheme.pk}&amp;period=2025"
    assert f'<a href="{address}&amp;scoreless=1">{form.context["nobody"]}</a>' in form.content.decode()
    behind = office.get(f"{address}&amp;scoreless=1".replace("&amp;", "&")).context
    assert [row.subject for row in behind["page_obj"]] == sorted(without, key=lambda each: each.deputy.strokes)
    assert behind["page_obj"].paginator.count == form.context["nobody"] == 2
    assert ("scoreless", "1") in behind["export_pairs"]
    assert office.get(address.replace("&amp;", "&")).context["page_obj"].paginator.count == form.context["total"] == 3


@pytest.mark.parametrize("deputies", [1, 3])
def test_those_without_a_point_cost_as_much_for_three_as_for_one(
    office, rules, seat, deputies, django_assert_num_queries
):
    for _number in range(deputies):
        seat()
    rules({})
    office.get(reverse("scores:list"))
    with django_assert_num_queries(15):
        told = office.get(reverse("scores:list"), {"period": "2025", "scoreless": "1"}).context
    assert len(told["page_obj"]) == deputies


def test_what_closing_would_not_wait_for_is_a_list(office, rules, seat, did):
    S, mandate = DutyRecord.State, seat("田禾")
    waiting = [did(mandate, state=state)[0] for state in DutyRecord.UNSETTLED]
    did(mandate, state=S.SETTLED)
    did(mandate, state=S.REFUSED)
    did(mandate, state=S.CLAIMED, held_on=date(2024, 12, 31))
    scheme = rules({}).scheme
    form = office.get(reverse("scores:close", args=[scheme.pk, "2025"]))
    query = f"view=unsettled&amp;congress={scheme.congress_id}&amp;first=2025-01-01&amp;last=2025-12-31"
    address = f"{reverse('duties:list')}?{query}"
    assert f'href="{address}">3 条登记</a>' in form.content.decode()
    behind = office.get(address.replace("&amp;", "&")).context["page_obj"]
    assert behind.paginator.count == form.context["waiting"] == 3
    assert {row.pk for row in behind} == {row.pk for row in waiting}


def test_a_correction_after_closing_is_shown_as_a_difference(office, close, deputy, did):
    did(deputy, Kind.VISIT, times=2)
    text = page(office, "list", scheme=close.scheme_id, period="2025")
    assert "+4" in text
    assert "64" in text
    assert "差额 +4 分" in page(office, "detail", deputy.pk, scheme=close.scheme_id, period="2025")


def test_a_deputy_sees_how_his_score_came_what_is_missing_and_everybodys_spread(phone, close, deputy, did, seat):
    did(deputy, held_on=date(2026, 1, 5), title="视察水厂")
    text = page(phone, "mine")
    assert "视察水厂" in text
    assert "还差 2 次" in text
    assert "您在这里" in text
    assert "2025 年" in text
    assert "不影响代表资格" in text
    assert "计分项目" in page(phone, "version", close.rules_id)


def test_behind_what_he_was_called_to_stand_just_these_records(phone, clerk, rules, deputy, did):
    rules({})
    came, *_others = did(deputy, Kind.SESSION, held_on=date(2026, 1, 5), title="县人大会议")
    missed, *_others = did(deputy, held_on=date(2026, 1, 6), title="视察水厂", outcome="leave")
    did(deputy, Kind.VISIT, held_on=date(2026, 1, 7), title="走访选民")  # put down by himself: nobody called him
    (own,) = phone.get(reverse("scores:mine")).context["scores"]
    assert own["calls"] == [came, missed]
    assert (own["score"].called, own["score"].came) == (2, 1)
    phone.force_login(clerk)
    assert phone.get(reverse("scores:detail", args=[deputy.pk])).context["calls"] == [came, missed]


@pytest.mark.parametrize("others", [1, 3])
def test_his_own_page_costs_the_same_among_few_and_many(
    phone, rules, deputy, seat, did, others, django_assert_num_queries
):
    for _number in range(others):
        did(seat(), held_on=date(2026, 1, 5))
    rules({})
    phone.get(reverse("scores:mine"))
    with django_assert_num_queries(20):
        page(phone, "mine")


def test_a_deputy_without_rules_is_told_so(phone, deputy):
    assert "现在没有积分" in page(phone, "mine")


def test_an_objection_goes_from_the_phone_to_the_office_and_back(client, clerk, deputy_user, close, deputy, did):
    standing = close.standings.get()
    client.force_login(deputy_user)
    assert "提出异议" in page(client, "standing", standing.pk)
    address = reverse("scores:object", args=[standing.pk])
    form = client.get(address).context["form"]
    told = {"request_key": form["request_key"].value(), "line": standing.lines.get(code="2").pk}
    assert list(client.post(address, told).context["form"].errors) == ["text"]
    client.post(address, told | {"text": "少了一次走访"})
    client.post(address, told | {"text": "少了一次走访"})
    objection = Objection.objects.get()
    assert "少了一次走访" in page(client, "objection", objection.pk)

    client.force_login(clerk)
    assert "田禾" in page(client, "objections", state="raised")
    text = page(client, "objection", objection.pk)
    assert "积分没有变化" in text
    step = reverse("scores:objection_step", args=[objection.pk, "correct"])
    form = client.get(step).context["form"]
    told = {
        "version": form["version"].value(), "request_key": form["request_key"].value(), "on": "2026-01-20",
        "finding": "补登走访一次",
    }  # fmt: skip
    assert "没有变化" in client.post(step, told).content.decode()
    did(deputy, Kind.VISIT)
    client.post(step, told)
    objection.refresh_from_db()
    assert objection.difference == 2
    assert "更正后 66 分" in page(client, "detail", deputy.pk, scheme=close.scheme_id, period="2025")

    client.force_login(deputy_user)
    assert "66" in page(client, "standing", standing.pk)


def test_a_deputy_reaches_no_score_of_another(phone, rules, deputy, seat, clerk):
    other = seat("邻座")
    close = actions.close_period(rules({}).scheme, year(2025), on=TODAY, by=clerk)
    theirs = close.standings.get(mandate=other)
    page(phone, "standing", theirs.pk, status=404)
    page(phone, "object", theirs.pk, status=404)
    page(phone, "detail", other.pk, status=404)
    page(phone, "list", status=404)
    page(phone, "objections", status=404)
    page(phone, "schemes", status=404)


def test_a_published_period_shows_a_deputy_his_own_place_and_the_spread(client, clerk, deputy_user, close, deputy):
    client.force_login(deputy_user)
    page(client, "shown", close.pk, status=404)
    client.force_login(clerk)
    step = reverse("scores:close_step", args=[close.pk, "publish"])
    form = client.get(step).context["form"]
    client.post(step, {"version": form["version"].value(), "request_key": "k", "on": "2026-01-20"})
    client.force_login(deputy_user)
    text = page(client, "shown", close.pk)
    assert "田禾" in text
    assert "<h2>名次</h2>" not in text
    actions.change_scheme(close.scheme, name="积分", shown="congress", on=TODAY, by=clerk)
    assert "<h2>名次</h2>" in page(client, "shown", close.pk)


def test_whoever_was_scored_is_told_of_closing_and_the_office_of_objections(close, deputy, deputy_user, clerk):
    actions.raise_objection(close.standings.get(), text="少了一次", on=TODAY, by=deputy_user)
    write_letters(at=timezone.now())
    assert [each.title for each in deputy_user.notices.all()] == ["2025 年积分已结转，请核对"]
    assert [each.title for each in clerk.notices.all()] == ["田禾代表对积分提出异议"]
