"""An old paper enters as it ended: one entry in its journal, its round and reply, clocks only where days are known."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from congress.deadlines.models import Clock
from congress.procedure.journal import broken_link
from congress.procedure.models import Entry
from suggestions.docket import tallies
from suggestions.docket.actions import correct
from suggestions.docket.identity import lead_name
from suggestions.docket.models import Assignment, NumberSeries, Origin, PrintedName, Round, Suggestion
from suggestions.docket.search import search, similar
from tests.api import Speaker
from tests.factories.docket import SuggestionFactory
from tests.suggestions.docket.oldpapers.tables import paper

S = Suggestion.State


@pytest.fixture
def reader(clerk, client):
    client.force_login(clerk)
    return client


def body(client, name, *args, **query):
    answer = client.get(reverse(f"docket:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_paper_enters_closed_by_one_entry_and_without_a_letter(take_in, tian, water, mailoutbox):
    case = take_in(paper())[0]
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.version) == (S.CLOSED, date(2024, 6, 1), 0)
    assert [entry.verb for entry in Entry.objects.of(case)] == ["suggestion.imported"]
    assert broken_link(case) is None
    assert mailoutbox == []


def test_its_round_its_shares_and_its_reply_stand(take_in, tian, water):
    case = take_in(paper(会办单位="县财政局"))[0]
    handling = case.rounds.get()
    lead, co = handling.assignments.order_by("id")
    assert (handling.opened_on, handling.replied_on) == (date(2024, 3, 5), date(2024, 6, 1))
    assert (lead.organ_id, lead.role, lead.state) == (water.pk, "lead", Assignment.State.DONE)
    assert (co.organ_id, co.organ_printed, co.unit) == (None, "县财政局", "县财政局")
    answer = lead.reply.answers.get()
    assert (answer.text, answer.result_class, lead.reply.sent_on) == ("已列入计划，年底前完工。", "B", date(2024, 6, 1))


def test_a_period_is_measured_only_where_both_days_are_known(take_in, tian, water):
    cases = take_in(
        paper(), paper("关于修桥的建议", 编号="13", 交办日期=""), paper("关于修路的建议", 编号="14", 答复日期="6月")
    )
    clock = Clock.objects.get()
    assert (clock.case_id, clock.rule, clock.state, clock.ended_on) == (cases[0].pk, "reply", "met", date(2024, 6, 1))
    assert [move.verb for move in clock.moves.order_by("version")] == ["start", "meet"]
    assert Round.objects.get(suggestion=cases[0]).reply_due_on == clock.due_on
    assert Round.objects.exclude(suggestion=cases[0]).filter(reply_due_on__isnull=False).count() == 0


def test_what_nobody_knows_stays_as_printed_and_waits_to_be_linked(take_in):
    case = take_in(paper(领衔代表="王珂、高星两位代表"))[0]
    assert (case.lead, lead_name(case)) == (None, "王珂、高星两位代表")
    waiting = case.printed_names.order_by("place", "position").values_list("place", "name")
    assert list(waiting) == [("cosigner", "高星"), ("lead", "王珂"), ("unit", "县水务局")]
    assert case.origin.proposer_count == 2


def test_the_same_table_again_changes_nothing(take_in, check, tian, water):
    rows = [paper(), paper("关于修桥的建议"), paper("关于修路的建议", 编号="", 承办单位="")]
    take_in(*rows)
    before = [model.objects.count() for model in (Suggestion, Round, Assignment, Origin, PrintedName, Entry)]
    assert [line.verdict for line in check(*rows)] == ["duplicate"] * 3
    take_in(*rows)
    assert [model.objects.count() for model in (Suggestion, Round, Assignment, Origin, PrintedName, Entry)] == before


def test_a_paper_corrected_here_is_still_known_again(take_in, check, tian, water):
    case = take_in(paper())[0]
    Suggestion.objects.filter(pk=case.pk).update(title="关于整修青石渠的建议（更正）")
    assert check(paper())[0].verdict == "duplicate"


def test_the_next_number_is_behind_the_highest_that_came_in(take_in, session, tian, water):
    take_in(paper(编号="88"))
    series = NumberSeries.objects.get(session=session, kind="suggestion", period="in_session")
    assert series.last == 88


def test_nothing_stands_half_written(take_in, tian, water, monkeypatch):
    def break_off(*args, **kwargs):
        raise IntegrityError("the lights went out")

    monkeypatch.setattr(tallies, "retell", break_off)
    with pytest.raises(IntegrityError):
        take_in(paper())
    assert (Suggestion.objects.count(), Entry.objects.count(), Clock.objects.count()) == (0, 0, 0)


def test_search_and_likeness_find_it_by_title_proposer_unit_and_reply(take_in, clerk, county):
    case = take_in(paper(领衔代表="王珂"))[0]
    for words in ("青石渠", "王珂", "县水务局", "年底前完工", "12"):
        assert list(search(Suggestion.objects.visible_to(clerk), words)) == [case], words
    case = Suggestion.objects.get(pk=case.pk)
    correct(case, changes={"title": "关于青石渠整修的建议"}, reason="原件", on=timezone.localdate(), by=clerk)
    for words in ("渠整修", "王珂", "县水务局", "年底前完工"):
        assert list(search(Suggestion.objects.visible_to(clerk), words)) == [case], words
    assert [row["pk"] for row in similar("关于青石渠整修的建议", congress=county, user=clerk)] == [case.pk]


def test_what_was_planned_and_promised_by_nobody_does_not_look_done(take_in, reader):
    done, planned, not_now = take_in(*(paper(f"建议{code}", 编号=code, 类别=code) for code in "ABC"))
    lights = [
        reader.get(case.get_absolute_url()).context["dossier"].asks[0].answers[0].light
        for case in (done, planned, not_now)
    ]
    assert lights == ["done", "run", "end"]


def test_the_list_and_the_case_show_what_was_printed(take_in, reader):
    case = take_in(paper(领衔代表="王珂、高星两位代表", 交办日期="3月19日", 来源="https://example.test/12"))[0]
    listed = body(reader, "list", view="all")
    shown = body(reader, "detail", case.pk)
    for words in ("王珂、高星两位代表", "县水务局"):
        assert words in listed
    for words in (
        "王珂、高星两位代表",
        "县水务局",
        "已列入计划，年底前完工。",
        "从旧件《旧件.csv》第2行导入",
        "3月19日",
        "满意",
    ):
        assert words in shown
    assert 'href="https://example.test/12"' in shown


@pytest.mark.parametrize(
    "changes",
    [
        {"答复日期": "", "交办日期": "", "答复内容": "", "类别": ""},
        {"承办单位": "", "会办单位": ""},
        {"领衔代表": "", "承办单位": "", "交办日期": "", "答复日期": "", "答复内容": "", "类别": "", "编号": ""},
        {"案别": "议案", "编号": "闭3"},
    ],
)
def test_a_paper_that_says_little_still_has_its_page_and_its_line(take_in, reader, changes):
    case = take_in(paper(**changes))[0]
    assert case.title in body(reader, "list", view="all")
    assert case.title in body(reader, "detail", case.pk)


def test_the_old_letter_itself_cannot_be_made_up(take_in, reader, tian, water):
    share = take_in(paper())[0].rounds.get().assignments.get()
    assert reader.get(reverse("docket:reply_letter", args=[share.pk])).status_code == 404


def test_the_deputy_and_the_department_read_their_old_papers(take_in, tian, water, officer):
    case = take_in(paper())[0]
    assert case in Suggestion.objects.visible_to(officer(water))
    assert list(tian.led_suggestions.all()) == [case]


def test_a_case_in_hand_must_have_its_deputy_and_its_department(county):
    case = SuggestionFactory(congress=county, assigned=True)
    with pytest.raises(IntegrityError):
        Suggestion.objects.filter(pk=case.pk).update(lead=None)


@pytest.mark.parametrize("count", [10, 60])
def test_a_table_costs_the_same_number_of_statements_for_ten_rows_and_for_sixty(
    take_in, tian, water, count, django_assert_max_num_queries
):
    rows = [
        paper(f"关于修第{number}座桥的建议", 编号=f"{number}", 会办单位="县财政局") for number in range(1, count + 1)
    ]
    with django_assert_max_num_queries(72):
        take_in(*rows)


def test_over_rest_an_old_paper_names_its_departments_as_the_page_does(take_in, clerk):
    case = take_in(paper(领衔代表="王珂、高星两位代表", 会办单位="县财政局"))[0]
    shown = Speaker(clerk).read("suggestion-detail", case.pk)
    assert [each["unit"] for each in shown["shares"]] == ["县水务局", "县财政局"]
    assert [each["unit"] for ask in shown["asks"] for each in ask["answers"]] == ["县水务局"]
