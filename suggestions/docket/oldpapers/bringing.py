"""Old suggestions by the two phases of every import: upload, check, confirm, write, take back (旧件导入)."""

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.deadlines.models import Clock
from congress.procedure import journal
from congress.procedure.intake import APPLIED, STRIDE, Intake, NotImported
from congress.procedure.models import Entry
from suggestions.docket import tallies
from suggestions.docket.models import (
    Answer,
    Ask,
    Assignment,
    Cosigner,
    Import,
    ImportRow,
    NumberSeries,
    PrintedName,
    Reply,
    Round,
    Suggestion,
)
from suggestions.docket.oldpapers.judging import judge, read_lines, stored_cells
from suggestions.docket.oldpapers.writing import write
from suggestions.docket.workflow import CASE


def check_file(stream, *, name, congress, session, today, decisions=None):
    """(headings, lines) of a table of old suggestions judged against the docket as it stands; writes nothing."""
    headings, lines = read_lines(stream, name=name)
    judge(lines, congress=congress, session=session, today=today, decisions=decisions)
    return headings, lines


class OldPapers(Intake):
    """A table of old suggestions on its way into the docket of one congress."""

    noun = "oldpapers"

    def judge(self, batch, stream, decisions):
        headings, lines = check_file(
            stream,
            name=batch.file.name,
            congress=batch.congress,
            session=batch.session,
            today=timezone.localdate(),
            decisions=decisions,
        )
        return headings, lines, {}

    def row_fields(self, line):
        return {"cells": stored_cells(line)}

    def write(self, batch, lines):
        today = timezone.localdate()
        written = write(lines, congress=batch.congress, by=batch.written_by, on=today, file_name=batch.file.name)
        rows = {(row.sheet, row.number): row for row in batch.rows.all()}
        noted = []
        for line, case in written:
            row = rows[line.place]
            row.pk, row.suggestion, row.verdict = None, case, line.verdict
            noted.append(row)
        ImportRow.objects.bulk_create(
            noted,
            batch_size=STRIDE,
            update_conflicts=True,
            unique_fields=["batch", "sheet", "number"],
            update_fields=["suggestion", "verdict"],
        )

    @transaction.atomic
    def roll_back(self, batch, *, by, reason):
        """Take the last import of the congress back, as long as nobody has worked on what it brought."""
        if not reason:
            raise NotImported(_("请写明撤销原因。"))
        batch = self.hold(batch, APPLIED)
        later = Import.objects.filter(congress=batch.congress, state=APPLIED, applied_at__gt=batch.applied_at)
        if later.exists():
            raise NotImported(_("只能撤销最后一次导入。"))
        cases = Suggestion.objects.filter(pk__in=batch.rows.filter(suggestion__isnull=False).values("suggestion"))
        pks = list(cases.values_list("pk", flat=True))
        _refuse_when_touched(pks)
        series = list(cases.filter(serial__isnull=False).values("session", "kind", "period").distinct())
        try:
            _remove(pks)
        except ProtectedError:
            raise NotImported(_("导入的建议已经有了别的记录，不能再撤销。")) from None
        for where in series:
            highest = Suggestion.objects.filter(**where).aggregate(last=Max("serial"))["last"] or 0
            NumberSeries.objects.filter(**where).update(last=highest)
        tallies.recount(batch.congress)
        Import.objects.filter(pk=batch.pk).update(state=Import.State.UNDONE)
        journal.record(batch, "oldpapers.undo", by=by, facts={"file": batch.file.name, "reason": reason})


def _refuse_when_touched(pks):
    kind = Suggestion._meta.label_lower
    for start in range(0, len(pks), STRIDE):
        touched = Entry.objects.filter(kind=kind, case_id__in=pks[start : start + STRIDE])
        if touched.exclude(verb=CASE.verb("imported")).exists():
            raise NotImported(_("导入以后有建议改动过，不能再撤销。"))
        linked = PrintedName.objects.filter(suggestion__in=pks[start : start + STRIDE])
        if linked.exclude(state=PrintedName.State.OPEN).exists():
            raise NotImported(_("导入以后已经关联过名称，不能再撤销。"))


def _remove(pks):
    """What hangs on the cases first, then the cases; their journals stay, as every journal does."""
    kind = Suggestion._meta.label_lower
    for start in range(0, len(pks), STRIDE):
        part = pks[start : start + STRIDE]
        Clock.objects.filter(case_kind=kind, case_id__in=part).delete()
        Answer.objects.filter(ask__suggestion__in=part).delete()
        Reply.objects.filter(assignment__round__suggestion__in=part).delete()
        PrintedName.objects.filter(suggestion__in=part).delete()
        Assignment.objects.filter(round__suggestion__in=part).delete()
        Round.objects.filter(suggestion__in=part).delete()
        Cosigner.objects.filter(suggestion__in=part).delete()
        Ask.objects.filter(suggestion__in=part).delete()
        Suggestion.objects.filter(pk__in=part).delete()


OLD_PAPERS = OldPapers(Import, ImportRow)
