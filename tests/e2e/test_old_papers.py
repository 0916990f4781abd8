"""Old papers come in from a table, and their names are recognised once for all of them (旧件的旅程)."""

import pytest

from congress.procedure.models import Entry
from suggestions.docket.models import Suggestion
from tests.deputies.roll.rosters import as_csv
from tests.factories.docket import seat, session_of
from tests.suggestions.docket.oldpapers.tables import HEAD, paper


@pytest.fixture
def table(tmp_path):
    rows = [
        paper("关于整修青石渠的建议", 编号="12"),
        paper("关于开通城乡公交的建议", 编号="13", 领衔代表="田桂英", 承办单位="县交通运输局"),
        paper("关于加强校车管理的提案", 编号="14", 案别="政协提案"),
    ]
    path = tmp_path / "旧件.csv"
    path.write_bytes(as_csv([HEAD, *rows]).read())
    return path


def test_old_papers_are_judged_written_and_their_names_linked_once(at, clerk, county, roads, water, table):
    session_of(county)
    known = seat(county, "田桂英")
    office = at(clerk).follow("建议议案").follow("旧件导入").look()
    office.page.locator("[name=file]").set_input_files(table)
    office.press("上传并核对").look().says("1 行有错").says("政协提案")
    office.press("留下 1 行，写入 2 件").says("已写入 2 件").look()
    cases = {case.title: case for case in Suggestion.objects.all()}
    assert set(cases) == {"关于整修青石渠的建议", "关于开通城乡公交的建议"}
    assert [entry.verb for entry in Entry.objects.of(cases["关于整修青石渠的建议"])] == ["suggestion.imported"]
    assert cases["关于开通城乡公交的建议"].lead == known
    assert cases["关于整修青石渠的建议"].lead is None

    office.follow("看这 2 件").look().follow("关于整修青石渠的建议").look().says("田禾")
    office.open("/suggestions/imports/names/").look()
    office.page.locator("tr", has_text="田禾").locator("[name=meant]").fill("田桂英")
    with office.page.expect_navigation():
        office.page.locator("tr", has_text="田禾").get_by_role("button", name="关联").click()
    cases["关于整修青石渠的建议"].refresh_from_db()
    assert cases["关于整修青石渠的建议"].lead == known
