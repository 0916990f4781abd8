"""A table from upload to taking back, on its pages; and the names nobody knew, each linked once for all papers."""

import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from congress.organs.roles import Role
from congress.procedure.intake import NotImported
from congress.procedure.models import Entry
from suggestions.docket import actions, tasks
from suggestions.docket.models import Import, NumberSeries, PrintedName, Suggestion
from suggestions.docket.oldpapers import linking
from suggestions.docket.oldpapers.bringing import OLD_PAPERS
from tests.deputies.roll.rosters import as_csv
from tests.factories.organs import DepartmentFactory, TermFactory
from tests.factories.roll import DeputyFactory, MandateFactory
from tests.people import serving
from tests.suggestions.docket.oldpapers.conftest import TODAY
from tests.suggestions.docket.oldpapers.tables import HEAD, paper, upload

State = PrintedName.State


@pytest.fixture
def keeper(clerk, client):
    client.force_login(clerk)
    return client


def body(client, name, *args, **query):
    answer = client.get(reverse(f"docket:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def applied(batch, *, leaves_errors_out=False):
    OLD_PAPERS.confirm(batch, leaves_errors_out=leaves_errors_out, by=batch.by)
    batch.refresh_from_db()
    OLD_PAPERS.apply(batch)
    batch.refresh_from_db()
    return batch


# ---- the batch


def test_a_table_is_checked_then_written_when_the_clerk_says_so(bring, tian, water):
    batch = bring(paper(), paper("关于修桥的建议", 编号="13", 领衔代表="王珂"))
    assert (batch.state, batch.counts) == ("checked", {"new": 1, "duplicate": 0, "warning": 1, "error": 0})
    assert Suggestion.objects.count() == 0
    batch = applied(batch)
    assert batch.state == Import.State.APPLIED
    assert {row.suggestion.title for row in batch.rows.all()} == {"关于整修青石渠的建议", "关于修桥的建议"}
    assert [entry.verb for entry in Entry.objects.of(batch)] == [
        "oldpapers.upload",
        "oldpapers.confirm",
        "oldpapers.apply",
    ]


def test_what_is_written_stands_in_the_name_of_who_confirmed_it(bring, county, tian, water):
    batch, colleague = bring(paper()), serving(Role.NPC_CLERK, county, user__name="苗核对")
    OLD_PAPERS.confirm(batch, leaves_errors_out=False, by=colleague)
    tasks.work_import(batch.pk)
    assert Entry.objects.of(batch).get(verb="oldpapers.upload").by == batch.by
    assert {entry.by for entry in Entry.objects.of(batch).exclude(verb="oldpapers.upload")} == {colleague}
    assert Entry.objects.of(Suggestion.objects.get()).get().by == colleague


def test_one_error_keeps_all_out_unless_the_clerk_leaves_it_out(bring, tian, water):
    batch = bring(paper(), paper("关于修桥的建议", 案别="政协提案"))
    with pytest.raises(NotImported):
        OLD_PAPERS.confirm(batch, leaves_errors_out=False, by=batch.by)
    applied(batch, leaves_errors_out=True)
    assert Suggestion.objects.count() == 1


def test_a_batch_that_is_worked_twice_writes_once(bring, tian, water):
    batch = bring(paper())
    OLD_PAPERS.confirm(batch, leaves_errors_out=False, by=batch.by)
    tasks.work_import(batch.pk)
    tasks.work_import(batch.pk)
    assert Suggestion.objects.count() == 1


def test_the_sweep_makes_a_lost_batch_good(county, session, clerk, tian, water, bring):
    batch = bring(paper())
    Import.objects.filter(pk=batch.pk).update(state="waiting")
    assert tasks.imports(at=batch.created_at) == 1
    assert Import.objects.get(pk=batch.pk).state == "checked"


def test_a_table_without_titles_is_refused_with_the_reason(bring):
    batch = bring(["甲", "乙"], head=("姓名", "性别"))
    assert batch.state == Import.State.REFUSED
    assert "标题" in batch.problem


def test_the_last_import_is_taken_back_whole(bring, clerk, session, tian, water):
    batch = applied(bring(paper(领衔代表="王珂", 会办单位="县财政局")))
    OLD_PAPERS.roll_back(batch, by=clerk, reason="传错了文件")
    assert (Suggestion.objects.count(), PrintedName.objects.count()) == (0, 0)
    assert NumberSeries.objects.get(session=session, kind="suggestion", period="in_session").last == 0
    assert Import.objects.get().state == Import.State.UNDONE


def test_what_somebody_worked_on_is_not_taken_back(bring, clerk, tian, water):
    batch = applied(bring(paper()))
    case = Suggestion.objects.get()
    actions.correct(case, changes={"title": "关于整修青石渠二段的建议"}, reason="笔误", on=TODAY, by=clerk)
    with pytest.raises(NotImported):
        OLD_PAPERS.roll_back(batch, by=clerk, reason="传错了文件")
    assert Suggestion.objects.count() == 1


# ---- the pages


def test_the_page_takes_a_table_from_upload_to_the_docket(keeper, county, session, tian, water):
    answer = keeper.post(
        reverse("docket:imports"),
        {"congress": county.pk, "session": session.pk, "file": upload([paper(), paper("", 编号="9")])},
    )
    batch = Import.objects.get()
    assert answer.url == batch.get_absolute_url()
    tasks.work_import(batch.pk)
    shown = body(keeper, "import", batch.pk)
    assert "没有标题，建不了案卷。" in shown
    act = reverse("docket:import_act", args=[batch.pk])
    shows = {"shown": [row.pk for row in batch.rows.all()]} | {f"in-{row.pk}": "1" for row in batch.rows.all()}
    keeper.post(act, shows | {"act": "confirm", "leave": "1"})
    tasks.work_import(batch.pk)
    assert Suggestion.objects.get().title in body(keeper, "import", batch.pk, tab="new")
    keeper.post(act, {"act": "undo", "reason": "传错了文件"})
    assert Suggestion.objects.count() == 0


def test_a_row_unticked_stays_out(keeper, bring, tian, water):
    batch = bring(paper(), paper("关于修桥的建议", 编号="13"))
    kept, left = batch.rows.all()
    act = reverse("docket:import_act", args=[batch.pk])
    keeper.post(act, {"act": "decide", "shown": [kept.pk, left.pk], f"in-{kept.pk}": "1"})
    tasks.work_import(batch.pk)
    keeper.post(act, {"act": "confirm", "shown": [kept.pk], f"in-{kept.pk}": "1"})
    tasks.work_import(batch.pk)
    assert [case.title for case in Suggestion.objects.all()] == ["关于整修青石渠的建议"]


def test_the_rows_left_out_come_back_as_a_workbook_with_their_reasons(keeper, bring):
    batch = bring(paper(案别="政协提案"))
    answer = keeper.post(reverse("docket:import_left_out", args=[batch.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    said = [f"{cell}" for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any("不归人大办理" in text for text in said)


def test_a_session_of_another_congress_is_told_beside_the_field(keeper, county, session):
    far = TermFactory(number=18).sessions.create(
        congress=TermFactory().congress, number=1, opened_on=TODAY, closed_on=TODAY
    )
    answer = keeper.post(
        reverse("docket:imports"), {"congress": county.pk, "session": far.pk, "file": upload([paper()])}
    )
    assert answer.status_code == 200
    assert Import.objects.count() == 0


def test_another_congress_sees_none_of_it(bring, client, township_clerk):
    batch = bring(paper())
    client.force_login(township_clerk)
    assert client.get(reverse("docket:import", args=[batch.pk])).status_code == 404
    assert client.post(reverse("docket:import_act", args=[batch.pk]), {"act": "confirm"}).status_code == 404


def test_the_page_names_the_sessions_that_are_not_registered_and_leads_to_them(keeper, county, bring, tian, water):
    rows = [paper(f"关于修桥{each}的建议", 编号=each, 届次="十六届一次") for each in ("3", "4")]
    shown = body(keeper, "import", bring(*rows, paper(届次="十六届三次", 案别="政协提案")).pk)
    assert "1 种届次没有登记或者认不出" in shown
    assert "十六届一次（2 行）" in shown
    assert reverse("office:terms", args=[county.code]) in shown


def test_what_was_written_is_a_door_to_exactly_its_cases(keeper, bring, tian, water):
    other = applied(bring(paper("关于修路的建议", 编号="14")))
    batch = applied(bring(paper(), paper("关于修桥的建议", 编号="13")))
    shown = body(keeper, "import", batch.pk)
    assert f"import={batch.pk}" in shown
    cases = {row.suggestion for row in batch.rows.all()}
    assert all(case.get_absolute_url() in shown for case in cases)
    listed = body(keeper, "list", view="all", **{"import": batch.pk})
    assert [case.title in listed for case in sorted(cases, key=lambda case: case.serial)] == [True, True]
    assert other.rows.get().suggestion.title not in listed


def test_the_case_names_the_session_that_was_printed_where_it_is_none_of_ours(keeper, take_in, tian, water):
    ours, other = take_in(paper(), paper("关于修桥的建议", 届次="十六届一次"))
    assert "原件写作：" not in body(keeper, "detail", ours.pk)
    assert "原件写作：十六届一次" in body(keeper, "detail", other.pk)
    assert "原表没有正文。" in body(keeper, "detail", other.pk)


def test_every_page_of_old_papers_marks_its_place_in_the_menu(keeper, bring, tian, water):
    for name, args in (("imports", []), ("import", [bring(paper()).pk]), ("names", [])):
        here = [line for line in body(keeper, name, *args).splitlines() if 'aria-current="page"' in line]
        assert any(reverse("docket:imports") in line for line in here), name


# ---- linking


def test_many_names_stay_as_they_were_printed_at_once(take_in, keeper):
    take_in(paper(领衔代表="王珂"), paper("关于修桥的建议", 编号="13", 领衔代表="田丰、柳青"))
    address = reverse("docket:names")
    keeper.post(address, {"act": "leave_all", "name": ["王珂", "柳青"]})
    assert "请先勾选名称" in keeper.post(address, {"act": "leave_all"}, follow=True).content.decode()
    states = dict(PrintedName.objects.exclude(place="unit").values_list("name", "state"))
    assert states == {"王珂": State.LEFT, "柳青": State.LEFT, "田丰": State.OPEN}


def test_the_number_of_papers_is_a_door_to_exactly_those_that_print_the_name(take_in, keeper):
    with_name, without = take_in(paper(领衔代表="王珂"), paper("关于修桥的建议", 编号="13", 领衔代表="田丰"))
    listed = body(keeper, "list", view="all", printed="王珂")
    assert (with_name.title in listed, without.title in listed) == (True, False)


def test_a_name_is_linked_once_for_all_its_papers(take_in, county, term, clerk, keeper):
    cases = take_in(
        paper(领衔代表="王珂"), paper("关于修桥的建议", 编号="13", 领衔代表="王珂"),
        paper("关于修路的建议", 编号="14", 领衔代表="田丰、王珂"),
    )  # fmt: skip
    seat = MandateFactory(congress=county, term=term, deputy=DeputyFactory(name="王柯"))
    assert linking.link_person(county, "王珂", seat=seat, on=TODAY, by=clerk) == 3
    assert [case.lead for case in Suggestion.objects.order_by("serial")] == [seat, seat, None]
    assert cases[2].cosigners.get().mandate == seat
    entry = Entry.objects.get(verb="names.link")
    assert (entry.facts["name"], entry.facts["to"], entry.facts["count"]) == ("王珂", "王柯", 3)
    assert "王柯" in body(keeper, "detail", cases[0].pk)
    assert [row["name"] for row in linking.waiting(county, units=False)] == ["田丰"]


def test_the_seat_of_the_papers_own_term_is_taken(take_in, county, term, clerk):
    take_in(paper(领衔代表="王珂"))
    deputy = DeputyFactory(name="王柯")
    later = TermFactory(congress=county, number=19)
    own, newer = (MandateFactory(congress=county, term=each, deputy=deputy) for each in (term, later))
    linking.link_person(county, "王珂", seat=newer, on=TODAY, by=clerk)
    assert Suggestion.objects.get().lead == own


def test_a_department_is_linked_once_for_all_its_papers(take_in, county, clerk, officer):
    take_in(paper(承办单位="县水利局"), paper("关于修桥的建议", 编号="13", 承办单位="县水利局；县河道局"))
    water = DepartmentFactory(congress=county, name="禾县水务局", short_name="水务局")
    assert linking.link_unit(county, "县水利局", organ=water, on=TODAY, by=clerk) == 2
    assert linking.link_unit(county, "县河道局", organ=water, on=TODAY, by=clerk) == 1
    assert water.assignments.count() == 2  # one department is not named twice in one handling
    assert Suggestion.objects.visible_to(officer(water)).count() == 2
    assert list(linking.waiting(county, units=True)) == []


def test_a_name_may_stay_as_it_was_printed(take_in, county, clerk):
    take_in(paper(领衔代表="柳溪镇代表团"))
    assert linking.leave(county, "柳溪镇代表团", units=False, on=TODAY, by=clerk) == 1
    assert list(linking.waiting(county, units=False)) == []
    assert PrintedName.objects.get(place="lead").state == State.LEFT


def test_a_name_linked_wrongly_is_linked_anew_or_taken_back(take_in, county, term, clerk, keeper):
    case, other = take_in(paper(领衔代表="王珂"), paper("关于修桥的建议", 编号="13", 领衔代表="田丰、王珂"))
    wrong, right = (
        MandateFactory(congress=county, term=term, deputy=DeputyFactory(name=each)) for each in ("王柯", "王可")
    )
    linking.link_person(county, "王珂", seat=wrong, on=TODAY, by=clerk)
    keeper.post(f"{reverse('docket:names')}?of=people&handled=1", {"name": "王珂", "act": "link", "meant": "王可"})
    case.refresh_from_db()
    assert (case.lead, other.cosigners.get().mandate) == (right, right)
    assert "已关联到王可" in body(keeper, "names", of="people", handled="1")
    linking.leave(county, "王珂", units=False, on=TODAY, by=clerk)
    case.refresh_from_db()
    assert (case.lead, other.cosigners.count()) == (None, 0)
    assert [entry.verb for entry in Entry.objects.filter(verb__startswith="names.").order_by("id")] == [
        "names.link", "names.link", "names.leave",
    ]  # fmt: skip


def test_a_department_linked_wrongly_is_linked_anew_or_taken_back(take_in, county, clerk):
    take_in(paper(承办单位="县水利局"))
    wrong, right = DepartmentFactory(congress=county), DepartmentFactory(congress=county)
    linking.link_unit(county, "县水利局", organ=wrong, on=TODAY, by=clerk)
    linking.link_unit(county, "县水利局", organ=right, on=TODAY, by=clerk)
    share = PrintedName.objects.get(place="unit").share
    assert share.organ_id == right.pk
    linking.leave(county, "县水利局", units=True, on=TODAY, by=clerk)
    share.refresh_from_db()
    assert (share.organ, share.unit) == (None, "县水利局")


def test_a_lead_that_somebody_else_has_by_now_is_left_alone(take_in, county, term, clerk):
    case = take_in(paper(领衔代表="王珂"))[0]
    first, later, third = (MandateFactory(congress=county, term=term) for _each in range(3))
    linking.link_person(county, "王珂", seat=first, on=TODAY, by=clerk)
    Suggestion.objects.filter(pk=case.pk).update(lead=later)
    linking.link_person(county, "王珂", seat=third, on=TODAY, by=clerk)
    case.refresh_from_db()
    assert case.lead == later


def test_the_page_links_and_tells_what_it_does_not_know(take_in, county, term, keeper):
    take_in(paper(领衔代表="王珂", 承办单位="县水利局"))
    MandateFactory(congress=county, term=term, deputy=DeputyFactory(name="王柯"))
    address = reverse("docket:names")
    assert "王珂" in body(keeper, "names")
    wrong = keeper.post(address, {"name": "王珂", "act": "link", "meant": "某某"})
    assert wrong.status_code == 422
    assert "名册里没有代表“某某”" in wrong.content.decode()
    keeper.post(address, {"name": "王珂", "act": "link", "meant": "王柯"})
    assert Suggestion.objects.get().lead.deputy.name == "王柯"
    assert "县水利局" in body(keeper, "names", of="units")
    keeper.post(f"{address}?of=units", {"name": "县水利局", "act": "leave"})
    assert "都关联好了" in body(keeper, "names", of="units")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.NPC_CLERK, Role.TOWNSHIP_CLERK}))
def test_nobody_but_the_office_links(take_in, county, person, role, client):
    take_in(paper(领衔代表="王珂"))
    client.force_login(person(role))
    assert client.post(reverse("docket:names"), {"name": "王珂", "act": "leave"}).status_code in {403, 404}
    assert PrintedName.objects.filter(state=State.OPEN, name="王珂").count() == 1


# ---- the command


@pytest.fixture
def run(county, session, tmp_path):
    """run(rows, flags…) → (exit code, what was printed)."""

    def called(rows, *flags, session="18-2"):
        file = tmp_path / "old.csv"
        file.write_bytes(as_csv([HEAD, *rows]).read())
        out, code = io.StringIO(), 0
        try:
            call_command(
                "import_suggestions", str(file), "--congress", county.code, "--session", session, *flags, stdout=out
            )
        except SystemExit as gone:
            code = gone.code
        return code, out.getvalue()

    return called


def test_the_command_prints_verdicts_by_row_and_cell_and_writes_nothing(run, tian, water):
    code, printed = run([paper(), paper("关于修桥的建议", 编号="13", 领衔代表="王珂")], "--json")
    report = json.loads(printed)
    assert (code, report["new"], report["warning"], report["error"], report["written"]) == (0, 1, 1, 0, 0)
    cell = report["rows"][1]["cells"][0]
    assert (cell["cell"], cell["column"], cell["value"], cell["verdict"]) == ("E3", "提出者", "王珂", "warning")
    assert Suggestion.objects.count() == 0


def test_the_command_applies_and_a_second_time_changes_nothing(run, tian, water, county):
    assert run([paper()], "--apply", "--json")[0] == 0
    report = json.loads(run([paper()], "--apply", "--json")[1])
    assert (report["duplicate"], report["written"], Suggestion.objects.count()) == (1, 0, 1)
    assert Entry.objects.filter(verb="oldpapers.apply", congress=county).count() == 2


def test_an_error_anywhere_means_exit_1_and_nothing_written_unless_it_is_left_out(run, tian, water):
    rows = [paper(), paper("关于修桥的建议", 案别="政协提案")]
    assert run(rows, "--apply")[0] == 1
    assert Suggestion.objects.count() == 0
    assert run(rows, "--apply", "--leave-errors-out")[0] == 0
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize("session", ["9", "17-1", "二"])
def test_an_unknown_session_is_told(run, session):
    with pytest.raises(CommandError):
        run([paper()], session=session)
