"""Questions from a table: a verdict a row, written at once, taken back at once."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress.files.actions import store
from congress.procedure.intake import NotImported
from deputies.training.columns import read_answer, read_kind
from deputies.training.importing import TABLES
from deputies.training.models import Question, QuestionImport, QuestionRow
from tests.factories.training import QuestionFactory

pytestmark = pytest.mark.django_db
HEAD = ["题型", "题目", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "主题"]
GOOD = ["单选", "县级人大每届任期几年？", "三年", "四年", "五年", "六年", "C", "地方组织法。", "地方组织法"]
MULTIPLE = ["多选题", "代表有哪些权利？", "审议", "表决", "提出议案", "审批项目", "A、B、C", "", "代表法"]
JUDGE = ["判断", "代表可以连选连任。", "", "", "", "", "√", "", ""]


def table(*rows):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("题库")
    for number, row in enumerate([["代表知识题库"], HEAD, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("题库.xlsx", buffer.getvalue())


@pytest.fixture
def bring(county, clerk):
    """bring(*rows) → the checked import of that table."""

    def of(*rows):
        stored = store(table(*rows), congress=county, by=clerk)
        batch = TABLES.upload(stored, congress=county, by=clerk)
        TABLES.check(batch)
        return batch

    return of


def verdicts(batch):
    return [row.verdict for row in batch.rows.all()]


def apply(batch, *, leaves=False):
    TABLES.confirm(batch, leaves_errors_out=leaves, by=batch.by)
    TABLES.apply(batch)
    batch.refresh_from_db()


def test_good_rows_become_questions(bring, county):
    batch = bring(GOOD, MULTIPLE, JUDGE)
    assert verdicts(batch) == ["new", "new", "new"]
    apply(batch)
    assert batch.state == QuestionImport.State.APPLIED
    found = {each.kind: (each.choices, each.answer) for each in Question.objects.filter(congress=county)}
    assert found == {
        "single": (["三年", "四年", "五年", "六年"], [2]),
        "multiple": (["审议", "表决", "提出议案", "审批项目"], [0, 1, 2]),
        "true_false": (["正确", "错误"], [0]),
    }


@pytest.mark.parametrize(
    ("place", "value"),
    [(0, "填空"), (6, "Z"), (6, "AC"), (6, ""), (3, ""), (1, "题" * 301)],
    ids=["kind", "letter", "two for a single", "no answer", "a hole", "too long"],
)
def test_a_wrong_row_is_an_error_and_says_why(bring, place, value):
    wrong = [*GOOD[:place], value, *GOOD[place + 1 :]]
    batch = bring(wrong)
    assert verdicts(batch) == [QuestionRow.Verdict.ERROR]
    assert batch.rows.get().messages != []
    with pytest.raises(NotImported):
        TABLES.confirm(batch, leaves_errors_out=False, by=batch.by)


def test_the_same_question_twice_in_a_table_is_an_error_and_one_that_stands_a_duplicate(bring, county):
    QuestionFactory(congress=county, text=GOOD[1])
    assert verdicts(bring(GOOD, MULTIPLE, MULTIPLE)) == ["duplicate", "new", "error"]


def test_errors_may_be_left_out(bring):
    batch = bring(GOOD, ["填空", *MULTIPLE[1:]])
    apply(batch, leaves=True)
    assert Question.objects.count() == 1


def test_the_same_table_again_writes_nothing(bring):
    apply(bring(GOOD))
    again = bring(GOOD)
    assert verdicts(again) == ["duplicate"]
    apply(again)
    assert Question.objects.count() == 1


def test_an_import_is_taken_back_with_a_reason(bring, clerk):
    batch = bring(GOOD, JUDGE)
    apply(batch)
    with pytest.raises(NotImported):
        TABLES.roll_back(batch, by=clerk, reason="")
    TABLES.roll_back(batch, by=clerk, reason="传错了文件")
    assert Question.objects.count() == 0


def test_a_formula_is_disarmed_with_a_warning(bring):
    batch = bring(["单选", "=HYPERLINK(题目)", *GOOD[2:]])
    assert verdicts(batch) == ["warning"]
    apply(batch)
    assert not Question.objects.get().text.startswith("=")


@pytest.mark.parametrize(
    ("raw", "value"), [("ac", "AC"), ("A，C", "AC"), ("c、a", "AC"), ("对", "A"), ("×", "B"), ("正 确", "A")]
)
def test_an_answer_is_read_as_people_write_it(raw, value):
    assert read_answer(raw).value == value


def test_kinds_are_read_as_people_write_them():
    assert [read_kind(raw).value for raw in ("单选题", "多项选择题", "是非题")] == ["single", "multiple", "true_false"]


def test_a_table_is_brought_in_by_the_pages(client, clerk, county):
    client.force_login(clerk)
    sent = client.post(
        reverse("training:imports"), {"congress": county.pk, "file": table(GOOD, [*MULTIPLE[:6], "E", "", ""])}
    )
    batch = QuestionImport.objects.get()
    assert sent.url == batch.get_absolute_url()
    TABLES.work(batch)
    checked = client.get(sent.url)
    assert "1 行有错" in checked.content.decode()
    act = reverse("training:import_act", args=[batch.pk])
    client.post(act, {"act": "confirm", "leave": "1"})
    TABLES.work(QuestionImport.objects.get())
    assert "已写入 1" in client.get(sent.url).content.decode()
    assert client.post(reverse("training:import_left_out", args=[batch.pk])).status_code == 200
    client.post(act, {"act": "undo", "reason": "传错了"})
    assert not Question.objects.exists()


def test_a_table_without_a_heading_is_refused_with_what_it_should_have(bring, county, clerk):
    stored = store(SimpleUploadedFile("题库.csv", "一,二\n三,四\n".encode()), congress=county, by=clerk, kinds=("csv",))
    batch = TABLES.upload(stored, congress=county, by=clerk)
    TABLES.check(batch)
    assert batch.state == QuestionImport.State.REFUSED
    assert "题型" in batch.problem
