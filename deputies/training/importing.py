"""Bringing questions into the bank: check row by row, confirm, write at once or not at all (题库导入)."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.kit.columns import ERROR
from congress.kit.sheets import read_sheets
from congress.procedure import journal
from congress.procedure.intake import STRIDE, Intake, NotImported
from deputies.training.actions.quizzes import check_question
from deputies.training.columns import LETTERS, QUESTIONS, TRUE_FALSE
from deputies.training.models import Question, QuestionImport, QuestionRow

V, D, K = QuestionRow.Verdict, QuestionRow.Decision, Question.Kind


@dataclass
class Line:
    """One row on its way in."""

    sheet: str
    number: int
    cells: dict
    verdict: str = V.NEW
    messages: list = field(default_factory=list)
    decision: str = D.NONE

    def value(self, name):
        cell = self.cells.get(name)
        return cell.value if cell else ""

    @property
    def place(self):
        return (self.sheet, self.number)

    @property
    def choices(self):
        if self.value("kind") == K.TRUE_FALSE:
            return list(TRUE_FALSE)
        given = [self.value(letter.lower()) for letter in LETTERS]
        while given and not given[-1]:
            given.pop()
        return given

    @property
    def answer(self):
        return [LETTERS.index(letter) for letter in self.value("answer")]

    def fail(self, message):
        self.verdict = V.ERROR
        self.messages.append(message)


def judge(sheets, *, standing, decisions):
    """(headings, lines) of a table judged against the questions that stand; every line gets its one verdict."""
    missing = _("找不到表头。表里要有一行写明“题型”“题目”“选项A”“答案”这样的栏目。")
    headings, rows = QUESTIONS.read(sheets, missing=missing)
    seen, lines = {}, []
    for row in rows:
        line = Line(row.sheet, row.number, row.cells, decision=decisions.get((row.sheet, row.number), D.NONE))
        _weigh(line, standing, seen)
        lines.append(line)
    return headings, lines


def _weigh(line, standing, seen):
    for verdict, said in QUESTIONS.say(line.cells):
        if verdict == ERROR:
            line.fail(said)
        else:
            line.verdict = V.WARNING if line.verdict != V.ERROR else V.ERROR
            line.messages.append(said)
    if line.verdict == V.ERROR or line.decision == D.SKIP:
        return
    text = line.value("text")
    if text in seen:
        line.fail(_("和第 %s 行是同一道题。") % seen[text])
        return
    seen[text] = line.number
    if not line.value("kind") or not line.value("answer"):
        line.fail(_("题型和答案都要写。"))
    elif "" in line.choices:
        line.fail(_("选项中间有空格，请按顺序写。"))
    else:
        _try(line)
    if line.verdict != V.ERROR and text in standing:
        line.verdict = V.DUPLICATE


def _try(line):
    try:
        check_question(kind=line.value("kind"), choices=line.choices, answer=line.answer)
    except ValidationError as refused:
        line.fail(" ".join(refused.messages))


class QuestionTables(Intake):
    """A table of questions on its way into the bank of one congress."""

    noun = "questions"

    def judge(self, batch, stream, decisions):
        standing = set(Question.objects.filter(congress=batch.congress).values_list("text", flat=True))
        headings, lines = judge(read_sheets(stream, name=batch.file.name), standing=standing, decisions=decisions)
        return headings, lines, {}

    def row_fields(self, line):
        kept = {
            name: {"raw": cell.raw, "value": cell.value, "verdict": cell.verdict, "message": cell.message}
            for name, cell in line.cells.items()
        }
        return {"cells": kept}

    def write(self, batch, lines):
        wanted = [line for line in lines if line.verdict in {V.NEW, V.WARNING} and line.decision != D.SKIP]
        questions = Question.objects.bulk_create(
            [
                Question(
                    congress=batch.congress,
                    kind=line.value("kind"),
                    topic=line.value("topic"),
                    text=line.value("text"),
                    choices=line.choices,
                    answer=line.answer,
                    explanation=line.value("explanation"),
                )
                for line in wanted
            ],
            batch_size=STRIDE,
        )
        rows = {(row.sheet, row.number): row for row in batch.rows.all()}
        noted = []
        for line, question in zip(wanted, questions, strict=True):
            row = rows[line.place]
            row.question = question
            noted.append(row)
        QuestionRow.objects.bulk_update(noted, ["question"], batch_size=STRIDE)

    @transaction.atomic
    def roll_back(self, batch, *, by, reason):
        """Take the questions of an import out again; papers keep what they asked (撤销)."""
        batch = self.hold(batch, QuestionImport.State.APPLIED)
        if not reason:
            raise NotImported(_("请写明撤销原因。"))
        Question.objects.filter(pk__in=batch.rows.values("question")).delete()
        QuestionImport.objects.filter(pk=batch.pk).update(state=QuestionImport.State.UNDONE)
        journal.record(batch, "questions.undo", by=by, facts={"file": batch.file.name, "reason": reason})


TABLES = QuestionTables(QuestionImport, QuestionRow)
