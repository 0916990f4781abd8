"""The contract of `import_deputies`."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from congress.procedure.models import Entry
from deputies.roll.models import Mandate
from tests.deputies.roll.rosters import HEAD, as_csv, person


@pytest.fixture
def run(county, term, tmp_path):
    """run(rows, flags…) → (exit code, what was printed)."""

    def called(rows, *flags):
        file = tmp_path / "roster.csv"
        file.write_bytes(as_csv([HEAD, *rows]).read())
        out, code = io.StringIO(), 0
        try:
            call_command("import_deputies", str(file), "--congress", county.code, *flags, stdout=out)
        except SystemExit as gone:
            code = gone.code
        return code, out.getvalue()

    return called


def test_a_dry_run_prints_one_verdict_a_row_and_writes_nothing(run):
    code, printed = run([person("田禾"), person("谷 雨")], "--json")
    report = json.loads(printed)
    assert code == 0
    assert {name: report[name] for name in ("new", "update", "duplicate", "warning", "error")} == {
        "new": 1,
        "update": 0,
        "duplicate": 0,
        "warning": 1,
        "error": 0,
    }
    assert [(row["row"], row["verdict"]) for row in report["rows"]] == [(2, "new"), (3, "warning")]
    assert report["rows"][1]["messages"]
    assert Mandate.objects.count() == 0


def test_apply_writes_new_and_warning_rows_and_the_journal_knows(run, county):
    code, _printed = run([person("田禾"), person("谷 雨")], "--apply", "--json")
    assert code == 0
    assert sorted(Mandate.objects.values_list("deputy__name", flat=True)) == sorted(["田禾", "谷雨"])
    assert Entry.objects.filter(verb="import.apply", congress=county).count() == 1


def test_an_error_anywhere_means_exit_1_and_nothing_written(run):
    code, printed = run([person("田禾"), person("谷雨", 性别="未知")], "--apply", "--json")
    assert (code, json.loads(printed)["error"], Mandate.objects.count()) == (1, 1, 0)


def test_an_undecided_same_name_is_an_error(run):
    run([person("田禾")], "--apply")
    code, printed = run([person("田禾", 出生年月="1980-01")], "--apply", "--json")
    assert (code, json.loads(printed)["error"], Mandate.objects.count()) == (1, 1, 1)


def test_applying_the_same_file_twice_writes_once(run):
    run([person("田禾"), person("谷雨")], "--apply")
    code, printed = run([person("田禾"), person("谷雨")], "--apply", "--json")
    assert (code, json.loads(printed)["duplicate"], Mandate.objects.count()) == (0, 2, 2)


def test_an_unknown_congress_and_a_missing_file_are_said_in_words(county, term, tmp_path):
    with pytest.raises(CommandError, match="没有代码为"):
        call_command("import_deputies", "x.csv", "--congress", "nowhere")
    with pytest.raises(CommandError, match="打不开文件"):
        call_command("import_deputies", str(tmp_path / "none.csv"), "--congress", county.code)
