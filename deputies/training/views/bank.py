"""The bank of questions: read, write, bring in a table (题库)."""

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.exports import Column
from congress.kit.paging import page_of
from congress.kit.words import asked_words
from congress.procedure.views.intake import BatchActView, BatchView, OfIntake, UploadView
from deputies.training import tasks
from deputies.training.actions import quizzes
from deputies.training.columns import COLUMNS
from deputies.training.forms.quizzes import QuestionForm, QuestionUploadForm
from deputies.training.importing import TABLES
from deputies.training.models import Question, QuestionRow
from deputies.training.rules import kept_by
from deputies.training.views.common import Keeping, Staff, export_noted

V = QuestionRow.Verdict
BADGES = {V.NEW: "done", V.DUPLICATE: "", V.WARNING: "wait", V.ERROR: "late"}
LABELS = {column.field: column.label for column in COLUMNS}
KINDS = dict(Question.Kind.choices)


class BankView(Staff, TemplateView):
    """The questions of a congress, by topic and kind."""

    template_name = "deputies/training/bank.html"
    door = "bank"

    def get_context_data(self, **kwargs):
        query, rows = self.request.GET, Question.objects.filter(congress=self.congress)
        counts = rows.aggregate(
            all=Count("pk"), **{kind: Count("pk", filter=Q(kind=kind)) for kind in Question.Kind.values}
        )
        topics = list(rows.exclude(topic="").order_by("topic").values_list("topic", flat=True).distinct())
        kind, topic, words = query.get("kind"), asked_words(query.get("topic")), asked_words(query.get("q"))
        if kind in KINDS:
            rows = rows.filter(kind=kind)
        if topic:
            rows = rows.filter(topic=topic)
        if words:
            rows = rows.filter(Q(text__icontains=words) | Q(explanation__icontains=words))
        return super().get_context_data(
            page_obj=page_of(rows, query.get("page")),
            counts=counts,
            kinds=[(code, label, counts[code]) for code, label in Question.Kind.choices],
            kind=kind if kind in KINDS else "",
            topics=topics,
            topic=topic,
            words=words,
            folded=bool(kind in KINDS) + bool(topic),
            **kwargs,
        )


class QuestionFormView(Keeping):
    """Write one question."""

    form_class = QuestionForm
    model = Question
    door = "bank"
    has_page = False

    def keep(self, form):
        try:
            return quizzes.keep_question(form.instance, **self.doing())
        except ValidationError as refused:
            raise ValidationError({f"{name}_text": said for name, said in refused.message_dict.items()}) from refused


class OfQuestions(OfIntake):
    """The tables of questions of the congresses whose bank the reader keeps."""

    intake, task = TABLES, tasks.work_import
    kept_by = staticmethod(kept_by)
    urls = ("training:imports", "training:import_act", "training:import_left_out")


class ImportsView(OfQuestions, UploadView):
    """Upload a table of questions, and what was brought in before."""

    form_class = QuestionUploadForm
    template_name = "deputies/training/imports.html"


class ImportView(OfQuestions, BatchView):
    """One table: its progress, its verdict a row, or its result."""

    template_name = "deputies/training/import.html"
    badges = BADGES
    unit = gettext_lazy("题")
    columns_shown = tuple((column.field, column.label) for column in COLUMNS if column.field not in "ef")

    def shown_row(self, row, columns):
        cells = [_cell(name, label, row.cells.get(name)) for name, label in columns]
        told = [cell["message"] for cell in cells if cell["message"]]
        return {
            "row": row,
            "cells": cells,
            "badge": BADGES[row.verdict],
            "messages": [each for each in row.messages if not any(message in each for message in told)],
            "can_leave": row.verdict in self.written,
            "is_in": row.decision != QuestionRow.Decision.SKIP,
            "choices": [],
        }


def _cell(name, label, kept):
    kept = kept or {"raw": "", "value": "", "verdict": "ok", "message": ""}
    is_plain = kept["verdict"] == "ok"
    value = kept["value"] if is_plain else kept["raw"]
    return {
        "code": name,
        "label": label,
        "url": "",
        "is_plain": is_plain and name not in {"text", "answer"},
        "value": KINDS.get(value, value) if name == "kind" else value,
        "verdict": kept["verdict"],
        "message": kept["message"],
        "was": "",
    }


class ImportActView(OfQuestions, BatchActView):
    """The clerk's decisions on one table."""


class LeftOutView(OfQuestions, View):
    """The rows that were left out, with the reasons, to mend and bring in again."""

    http_method_names = ["post"]

    def post(self, request, pk):
        batch = get_object_or_404(self.imports(), pk=pk)
        fields = list(dict.fromkeys(name for heading in batch.headings for name in heading["columns"]))
        columns = [*[Column(LABELS[name], 24 if name == "text" else 14) for name in fields], Column(_("原因"), 60)]
        rows = [
            [*[row.cells.get(name, {}).get("raw", "") for name in fields], " ".join(row.messages)]
            for row in batch.rows.all()
            if row.is_left_out
        ]
        note = export_noted(request, batch.congress, _("没有导入的试题"), len(rows))
        title = _("没有导入的行：%s") % batch.file.name
        return sheet_response(title, columns, rows, note_for(request, len(rows)), note, name=_("没有导入的试题"))
