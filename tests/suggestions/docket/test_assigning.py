"""Assigning one case and many, distributing, deciding on hand-backs."""

import html
import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress.deadlines.models import Clock
from congress.notices.writing import write_letters
from congress.procedure.models import Entry
from suggestions.docket import actions
from suggestions.docket.history import usual_department
from suggestions.docket.models import Assignment, Category, Suggestion
from tests.api import Speaker
from tests.factories.docket import SuggestionFactory, clerk_of, officer_of
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
S, A = Suggestion.State, Assignment.State


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def court(county):
    return DepartmentFactory(congress=county, court=True)


@pytest.fixture
def water(county):
    return DepartmentFactory(congress=county, name="县水利局", short_name="水利局")


@pytest.fixture
def roads(county):
    return DepartmentFactory(congress=county, name="县交通运输局", short_name="交通局")


def case_url(case, step):
    return reverse("docket:step", args=[case.pk, step])


def share_url(share, step):
    return reverse("docket:share_step", args=[share.pk, step])


def take(client, url, **fields):
    form = client.get(url).context["form"]
    kept = {"version": form.initial["version"], "request_key": form.initial["request_key"], "on": f"{TODAY}"}
    return client.post(url, kept | fields)


def shares_of(case):
    return {
        (share.organ.name, share.role, share.state)
        for share in Assignment.objects.filter(round__suggestion=case).select_related("organ")
    }


def test_a_court_gets_its_case_directly(client, county, clerk, court, government_office):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    take(client, case_url(case, "assign"), lead=court.pk)
    assert shares_of(case) == {("县人民法院", "lead", A.ASSIGNED)}


def test_a_government_department_gets_its_case_through_the_distributor(client, county, clerk, water, government_office):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    take(client, case_url(case, "assign"), lead=water.pk)
    assert shares_of(case) == {("县人民政府办公室", "distributor", A.TO_DISTRIBUTE)}


def test_the_office_may_go_past_the_distributor(client, county, clerk, water, roads, government_office):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    take(client, case_url(case, "assign"), lead=water.pk, co=[roads.pk], direct="on")
    assert shares_of(case) == {("县水利局", "lead", A.ASSIGNED), ("县交通运输局", "co", A.ASSIGNED)}


def test_nobody_helps_where_nobody_leads(client, county, clerk, water, roads, court):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    page = take(client, case_url(case, "assign"), separate=[water.pk, roads.pk], co=[court.pk], direct="on")
    assert page.context["form"].errors["co"] == ["没有主办单位时不能有会办单位。"]
    assert not shares_of(case)


def test_separate_handlers_each_answer(client, county, clerk, water, roads):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    take(client, case_url(case, "assign"), separate=[water.pk, roads.pk])
    assert shares_of(case) == {("县水利局", "separate", A.ASSIGNED), ("县交通运输局", "separate", A.ASSIGNED)}


def test_departments_that_answer_apart_are_given_the_asks_that_are_theirs(client, county, clerk, water, roads):
    case = SuggestionFactory(congress=county, registered=True)
    first, second, third = case.asks.values_list("pk", flat=True)
    client.force_login(clerk)
    sent = {"separate": [water.pk, roads.pk], "apart": "", "direct": "on"}
    page = take(client, case_url(case, "assign"), **sent)
    assert "请看下面每条诉求归哪个单位" in page.content.decode()
    assert len(re.findall(r'name="asks" value="[\d-]+" checked', page.content.decode())) == 6
    sent |= {"apart": page.context["form"].apart}
    page = take(client, case_url(case, "assign"), **sent, asks=[f"{water.pk}-{first}", f"{water.pk}-{second}"])
    assert "县交通运输局没有分到诉求。" in page.content.decode()
    assert "第 3 条诉求没有单位答复。" in page.content.decode()
    asks = [f"{water.pk}-{first}", f"{water.pk}-{second}", f"{roads.pk}-{second}", f"{roads.pk}-{third}"]
    assert take(client, case_url(case, "assign"), **sent, asks=asks).status_code == 302
    by_organ = {share.organ_id: share for share in Assignment.objects.filter(round__suggestion=case)}
    assert [ask.pk for ask in actions.asks_of(by_organ[water.pk])] == [first, second]
    assert [ask.pk for ask in actions.asks_of(by_organ[roads.pk])] == [second, third]
    assert "水利局（答复第一、二条）、交通局（答复第二、三条）" in client.get(case.get_absolute_url()).content.decode()


def test_who_leads_by_proposal_is_not_taken_for_one_that_answers_apart(client, county, clerk, water, roads):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    page = take(client, case_url(case, "assign"), lead=water.pk, separate=[water.pk, roads.pk], apart="")
    assert page.context["form"].errors["separate"] == [
        "县水利局已经选作主办单位；几个单位各自答复的，主办单位改选“请选择”。"
    ]


def test_over_rest_every_department_answers_all_unless_it_is_said(county, clerk, water, roads):
    first, second = (SuggestionFactory(congress=county, registered=True) for _each in range(2))
    sent = {"separate": [water.pk, roads.pk], "direct": True}
    speaker = Speaker(clerk)
    assert speaker.send("suggestion-step", first.pk, "assign", body=sent | {"version": first.version})[0] == 200
    assert not Assignment.objects.filter(asks__isnull=False).exists()
    asks = [f"{water.pk}-{ask.pk}" for ask in second.asks.all()] + [f"{roads.pk}-{second.asks.first().pk}"]
    sent |= {"version": second.version, "asks": asks}
    assert speaker.send("suggestion-step", second.pk, "assign", body=sent)[0] == 200
    assert Assignment.objects.get(round__suggestion=second, organ=roads).asks.get() == second.asks.first()


def test_the_distributor_finds_what_the_office_proposed_and_gives_out_the_asks(
    client, county, clerk, water, roads, government_office
):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    take(client, case_url(case, "assign"), separate=[water.pk, roads.pk], apart="")
    share = Assignment.objects.get(round__suggestion=case)
    assert share.role == "distributor"
    client.force_login(government_office)
    form = client.get(share_url(share, "distribute")).context["form"]
    assert (form["lead"].value(), form["separate"].value()) == (None, [water.pk, roads.pk])
    sent = {"separate": form["separate"].value(), "apart": f"{water.pk}-{roads.pk}"}
    first, *rest = case.asks.values_list("pk", flat=True)
    asks = [f"{water.pk}-{first}", *(f"{roads.pk}-{each}" for each in rest)]
    assert take(client, share_url(share, "distribute"), **sent, asks=asks).status_code == 302
    assert Assignment.objects.get(organ=water).asks.get().pk == first
    assert Assignment.objects.get(organ=roads).asks.count() == 2


def test_nobody_leads_and_helps_at_once(client, county, clerk, water):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    response = take(client, case_url(case, "assign"), lead=water.pk, co=[water.pk])
    assert "co" in response.context["form"].errors


def test_the_page_proposes_what_the_deputy_named_and_says_who_usually_leads(client, county, clerk, water, roads):
    for number in range(3):
        SuggestionFactory(congress=county, title=f"关于维修青石河{number}号水闸的建议", assigned=True, department=water)
    SuggestionFactory(congress=county, title="关于维修青石河桥水闸的建议", assigned=True, department=roads)
    case = SuggestionFactory(congress=county, title="关于维修青石河新水闸的建议", registered=True)
    client.force_login(clerk)
    page = client.get(case_url(case, "assign"))
    assert "往年同类 4 件，3 件由水利局主办。" in page.content.decode()
    assert page.context["form"].initial["lead"] == water.pk
    named = SuggestionFactory(congress=county, proposed_department=roads, registered=True)
    assert client.get(case_url(named, "assign")).context["form"].initial["lead"] == roads.pk


def test_the_dates_to_come_stand_on_the_page(client, county, clerk):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    dates = client.get(case_url(case, "assign")).context["dates"]
    assert [str(label) for label, _deadline in dates] == ["签收或退办", "联系代表", "会办意见", "答复代表"]
    assert all(deadline.due_on > TODAY for _label, deadline in dates)


def test_what_is_usual_falls_back_to_the_category(county, clerk, water):
    category = Category.objects.create(congress=county, name="水利")
    SuggestionFactory(congress=county, title="甲乙丙丁", category=category, assigned=True, department=water)
    case = SuggestionFactory(congress=county, title="戊己庚辛", category=category, registered=True)
    usual = usual_department(case, user=clerk)
    assert (usual.total, usual.organ.pk, usual.count) == (1, water.pk, 1)


# ---- the distributor


def test_the_distributor_gives_its_share_out(client, county, water, roads, government_office):
    office = government_office.memberships.get().organ
    case = SuggestionFactory(congress=county, assigned=True, department=water, co=[roads], through=office)
    share = Assignment.objects.get(round__suggestion=case)
    client.force_login(government_office)
    page = client.get(share_url(share, "distribute"))
    assert (page.context["form"].initial["lead"], page.context["form"].initial["co"]) == (water.pk, [roads.pk])
    take(client, share_url(share, "distribute"), lead=water.pk)
    assert ("县水利局", "lead", A.ASSIGNED) in shares_of(case)


def test_the_distributor_reads_no_protected_name(client, county, water, government_office):
    office = government_office.memberships.get().organ
    case = SuggestionFactory(congress=county, protects_identity=True, assigned=True, department=water, through=office)
    share = Assignment.objects.get(round__suggestion=case)
    client.force_login(government_office)
    assert case.lead.deputy.name not in client.get(share_url(share, "distribute")).content.decode()


# ---- hand-backs


@pytest.fixture
def handed_back(county, water, roads):
    case = SuggestionFactory(congress=county, assigned=True, department=water)
    share = Assignment.objects.get(round__suggestion=case)
    actions.hand_back(share, reason="属公路管养。", to=roads, on=date(2026, 3, 11), by=officer_of(water))
    share.refresh_from_db()
    return share


def test_a_hand_back_is_granted_to_whom_the_department_named(client, handed_back, clerk, roads):
    client.force_login(clerk)
    page = client.get(share_url(handed_back, "release"))
    assert "属公路管养。" in page.content.decode()
    assert page.context["form"].initial["organ"] == roads.pk
    take(client, share_url(handed_back, "release"), organ=roads.pk, reason="理由成立。")
    assert shares_of(handed_back.suggestion) == {
        ("县水利局", "lead", A.RELEASED),
        ("县交通运输局", "lead", A.ASSIGNED),
    }


def test_a_hand_back_is_refused_with_a_reason(client, handed_back, clerk):
    client.force_login(clerk)
    take(client, share_url(handed_back, "keep"), reason="属你单位职责。")
    handed_back.refresh_from_db()
    assert handed_back.state == A.IN_HAND


def test_a_department_does_not_decide_its_own_hand_back(client, handed_back, officer, water):
    client.force_login(officer(water))
    assert client.get(share_url(handed_back, "release")).status_code == 404


@pytest.mark.parametrize("step", ["release", "replace"])
def test_a_co_handler_may_be_excused_without_another_in_its_place(client, county, clerk, water, roads, step):
    case = SuggestionFactory(congress=county, accepted=True, department=water, co=[roads])
    share, helper = case.current_round.assignments.get(organ=roads), officer_of(roads)
    if step == "release":
        actions.hand_back(share, reason="与本单位职责无关。", on=date(2026, 3, 11), by=helper)
    client.force_login(clerk)
    assert take(client, share_url(share, step), organ="", reason="理由成立。").status_code == 302
    assert shares_of(case) == {("县水利局", "lead", A.IN_HAND), ("县交通运输局", "co", A.RELEASED)}
    assert not Clock.objects.on_subject(share).running().exists()
    page = client.get(case.get_absolute_url()).content.decode()
    assert "同意交通局不再会办：理由成立。" in page
    write_letters(at=timezone.now())
    assert helper.notices.filter(title__startswith="不再由贵单位会办").exists()
    assert officer_of(water).notices.filter(title__startswith="交通局不再会办").exists()


def test_a_lead_is_not_relieved_without_another(client, handed_back, clerk):
    client.force_login(clerk)
    page = take(client, share_url(handed_back, "release"), organ="", reason="理由成立。")
    assert "organ" in page.context["form"].errors


def test_a_wrong_assignment_is_put_right_with_a_trace(client, county, clerk, water, roads):
    case = SuggestionFactory(congress=county, accepted=True, department=water)
    share = Assignment.objects.get(round__suggestion=case)
    client.force_login(clerk)
    take(client, share_url(share, "replace"), organ=roads.pk, reason="交错了单位。")
    assert ("县交通运输局", "lead", A.ASSIGNED) in shares_of(case)
    assert Entry.objects.of(case).filter(verb="share.replace").exists()


def test_what_the_distributor_held_is_led_by_the_department_that_takes_its_place(
    client, county, clerk, water, court, government_office
):
    office = government_office.memberships.get().organ
    case = SuggestionFactory(congress=county, assigned=True, department=water, through=office)
    client.force_login(clerk)
    take(client, share_url(case.current_round.assignments.get(), "replace"), organ=court.pk, reason="属审判机关。")
    fresh = case.current_round.assignments.get(organ=court)
    assert (fresh.role, fresh.state) == ("lead", A.ASSIGNED)
    actions.accept(fresh, on=TODAY, by=officer_of(court))


# ---- many at once


def bulk(client, act, cases, **fields):
    return client.post(reverse("docket:bulk"), {"act": act, "pk": [case.pk for case in cases]} | fields)


def test_a_bulk_assignment_is_shown_first_and_then_done_case_by_case(client, county, clerk, water, roads, court):
    cases = [SuggestionFactory(congress=county, registered=True, proposed_department=water) for _ in range(2)]
    done_already = SuggestionFactory(congress=county, assigned=True)
    client.force_login(clerk)
    preview = bulk(client, "assign", [*cases, done_already])
    rows = {row["case"].pk: row for row in preview.context["rows"]}
    assert rows[cases[0].pk]["form"].initial["lead"] == "县水利局"
    assert rows[done_already.pk]["refused"]
    assert not Assignment.objects.filter(round__suggestion__in=cases).exists()
    leads = {f"case{case.pk}-lead": "水利局" for case in cases} | {f"case{cases[0].pk}-co": "交通局、县人民法院"}
    result = bulk(client, "assign", cases, confirm="1", on=f"{TODAY}", **leads)
    assert result.context["done_count"] == 2
    assert shares_of(cases[0]) == {
        ("县水利局", "lead", A.ASSIGNED), ("县交通运输局", "co", A.ASSIGNED), ("县人民法院", "co", A.ASSIGNED),
    }  # fmt: skip


def test_a_bulk_act_says_in_each_row_what_it_does_or_why_it_cannot(
    client, county, clerk, water, court, government_office, django_assert_max_num_queries
):
    direct = SuggestionFactory(congress=county, registered=True, proposed_department=court)
    distributed = SuggestionFactory(congress=county, registered=True, proposed_department=water)
    unnamed = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)

    def told(act, cases):
        page = bulk(client, act, cases)
        rows = {row["case"].pk: row["refused"] or row["will"] for row in page.context["rows"]}
        assert all(words in page.content.decode() for words in rows.values())
        return [rows[case.pk] for case in cases]

    office = government_office.memberships.get().organ
    assert told("assign", [direct, distributed, unnamed]) == [
        f"交{court}办理", f"先交{office}，由它分办", "没有填主办单位，不填就留着不交办",
    ]  # fmt: skip
    running = SuggestionFactory(congress=county, accepted=True, department=water)
    answered = SuggestionFactory(congress=county, accepted=True, department=water)
    answered.current_round.assignments.update(state=A.DONE)
    assert told("assign", [running]) == ["现在是“办理中”，不能这样做。"]
    assert told("urge", [running, answered, direct]) == [
        "催水利局", "没有还要办的单位，不用催。", "现在是“待交办”，不能这样做。",
    ]  # fmt: skip
    assert told("category", [running]) == ["改为上面选的类别"]
    with CaptureQueriesContext(connection) as one:
        bulk(client, "urge", [running])
    more = [running, *(SuggestionFactory(congress=county, accepted=True, department=water) for _ in range(2))]
    with django_assert_max_num_queries(len(one)):
        bulk(client, "urge", more)


def test_an_unknown_department_is_named_in_its_row_and_nothing_is_done(client, county, clerk, water):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    response = bulk(client, "assign", [case], confirm="1", on=f"{TODAY}", **{f"case{case.pk}-lead": "水务厅"})
    assert response.status_code == 422
    assert "没有叫“水务厅”的承办单位" in response.content.decode()
    assert "还没有办，请改好下面标出的地方" in response.content.decode()
    assert not shares_of(case)


def test_one_case_that_fails_does_not_hold_up_the_others(client, county, clerk, water):
    good, bad = (SuggestionFactory(congress=county, registered=True) for _ in range(2))
    fields = {f"case{good.pk}-lead": "水利局", f"case{bad.pk}-lead": "水利局", f"case{bad.pk}-co": "水利局"}
    client.force_login(clerk)
    response = bulk(client, "assign", [good, bad], confirm="1", on=f"{TODAY}", **fields)
    said = {row["case"].pk: (row["done"], str(row["said"])) for row in response.context["rows"]}
    assert said[good.pk][0] is True
    assert said[bad.pk] == (False, "同一个单位不能既主办又会办。")


def test_many_are_urged_and_refiled_at_once(client, county, clerk):
    category = Category.objects.create(congress=county, name="交通")
    cases = [SuggestionFactory(congress=county, accepted=True) for _ in range(2)]
    client.force_login(clerk)
    bulk(client, "urge", cases, confirm="1", on=f"{TODAY}", reason="请抓紧。")
    bulk(client, "category", cases, confirm="1", on=f"{TODAY}", reason="重新分类。", category=category.pk)
    assert Entry.objects.filter(verb="suggestion.urge").count() == 2
    assert set(Suggestion.objects.values_list("category", flat=True)) == {category.pk}


def test_a_bulk_urging_that_is_sent_again_urges_nobody_twice_and_with_other_words_anew(client, county, clerk):
    cases = [SuggestionFactory(congress=county, accepted=True) for _ in range(2)]
    client.force_login(clerk)
    key = bulk(client, "urge", cases).context["form"]["request_key"].value()
    sent = {"confirm": "1", "on": f"{TODAY}", "reason": "请抓紧。", "request_key": key}
    for _twice in range(2):
        assert bulk(client, "urge", cases, **sent).context["done_count"] == 2
    assert Entry.objects.filter(verb="suggestion.urge").count() == 2
    bulk(client, "urge", cases, **sent | {"reason": "再次催办。"})
    assert Entry.objects.filter(verb="suggestion.urge").count() == 4


def test_a_bulk_act_leads_back_to_the_list_as_it_was_narrowed_and_nowhere_else(client, county, clerk):
    case = SuggestionFactory(congress=county, accepted=True)
    client.force_login(clerk)
    narrowed = f"/suggestions/?view=open&state={case.state}"
    listed = client.get(narrowed).content.decode()
    assert f'name="back" value="{html.escape(narrowed)}"' in listed
    for sent, led in ((narrowed, narrowed), ("https://example.test/", "/suggestions/"), ("", "/suggestions/")):
        for page in (
            bulk(client, "urge", [case], back=sent),
            bulk(client, "urge", [case], back=sent, confirm="1", on=f"{TODAY}", reason="请抓紧。"),
        ):
            assert f'href="{html.escape(led)}"' in page.content.decode().partition("step-actions")[2]


def test_bulk_acts_reach_no_further_than_single_ones(client, county, township_clerk, leader, clerk):
    case = SuggestionFactory(congress=county, accepted=True)
    client.force_login(township_clerk)
    assert bulk(client, "urge", [case], confirm="1", on=f"{TODAY}", reason="x").context["rows"] == []
    client.force_login(leader)
    assert bulk(client, "urge", [case]).status_code == 404
    assert clerk_of(county) == clerk
