"""Bringing a table in by two phases: checked row by row, then written at once or not at all (导入).

A room fills in an `Intake`: how a file is judged against what stands, what a row keeps of it, and how it is written.
Upload, check, decide, confirm, write: each of them is safe to run twice, and a worker killed half-way loses nothing.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.files import actions as files
from congress.kit.exports import Column
from congress.organs.models import Congress
from congress.procedure import journal
from congress.rulebook.book import rules_for

STRIDE = 500  # rows between two signs of progress
WAITING, CHECKED, CONFIRMED, APPLIED, REFUSED, DROPPED, UNDONE = (
    "waiting", "checked", "confirmed", "applied", "refused", "dropped", "undone",
)  # fmt: skip
SETTLED = (APPLIED, REFUSED, DROPPED, UNDONE)  # what comes after is read from the rows, never from the file
ERROR, SKIP = "error", "skip"


class NotImported(ValidationError):
    """The table was not written; nothing of it was."""


class Intake:
    """The life of one kind of import. `batches` are its uploads, `rows` what was checked of them."""

    noun = "import"
    kept = ("cells", "verdict", "messages")  # what a new check writes over; never what the clerk decided

    def __init__(self, batches, rows):
        self.batches, self.rows = batches, rows

    # ---- what a room fills in

    def judge(self, batch, stream, decisions):
        """(headings, lines, fields of the batch) of a file judged against what stands now; writes nothing."""
        raise NotImplementedError

    def row_fields(self, line):
        """What a row keeps of a line, apart from its place, verdict, messages and decision."""
        raise NotImplementedError

    def write(self, batch, lines):
        """Write every line that is no error, and note on the rows and the batch what became of them."""
        raise NotImplementedError

    def tally(self, lines):
        """How many rows stand under each verdict, and how many stay out by decision; they sum to the rows."""
        counts = dict.fromkeys(self.rows.Verdict.values, 0)
        for line in lines:
            key = SKIP if line.decision == SKIP else line.verdict
            counts[key] = counts.get(key, 0) + 1
        return counts

    # ---- upload → check → confirm → write

    @transaction.atomic
    def upload(self, stored, *, by, congress, **where):
        """Put a stored table down for checking; the worker does the rest."""
        batch = self.batches.objects.create(congress=congress, file=stored, by=by, **where)
        files.give_to(stored, batch)
        journal.record(batch, f"{self.noun}.upload", by=by, facts={"file": stored.name})
        return batch

    def check(self, batch):
        """Judge an upload and keep the verdicts, with progress; a file that can't be read is refused with why."""
        if batch.state != WAITING:
            return
        try:
            headings, lines, fields = self._judged(batch)
        except ValidationError as problem:
            self._checked(batch, state=REFUSED, problem=" ".join(problem.messages))
            return
        self._keep(batch, lines)
        self._checked(batch, state=CHECKED, headings=headings, counts=self.tally(lines), **fields)

    def _judged(self, batch):
        decisions = {(row.sheet, row.number): row.decision for row in batch.rows.exclude(decision="")}
        with batch.file.file.open("rb") as stream:
            return self.judge(batch, stream, decisions)

    def _checked(self, batch, **result):
        """Two workers may check one table at a time; the slower one does not undo what the clerk did meanwhile."""
        self.batches.objects.filter(pk=batch.pk, state=WAITING).update(**result)
        batch.refresh_from_db()
        if batch.state == REFUSED:
            files.empty(batch.file)

    def _keep(self, batch, lines):
        """Write the verdicts over those of the check before; no decision of the clerk is lost by it."""
        mine = self.batches.objects.filter(pk=batch.pk)
        mine.update(total=len(lines), done=0)
        for start in range(0, len(lines), STRIDE):
            part = lines[start : start + STRIDE]
            self.rows.objects.bulk_create(
                [self._row(batch, line) for line in part],
                update_conflicts=True,
                unique_fields=["batch", "sheet", "number"],
                update_fields=self.kept,
            )
            mine.update(done=start + len(part))

    def _row(self, batch, line):
        return self.rows(
            batch=batch,
            sheet=line.sheet,
            number=line.number,
            verdict=line.verdict,
            messages=line.messages,
            decision=line.decision,
            **self.row_fields(line),
        )

    @transaction.atomic
    def decide(self, batch, decisions, *, by):
        """The clerk says what becomes of single rows; the worker then takes the verdicts anew."""
        batch = self.hold(batch, CHECKED)
        rows = list(batch.rows.filter(pk__in=decisions))
        for row in rows:
            row.decision = decisions[row.pk]
        self.rows.objects.bulk_update(rows, ["decision"], batch_size=STRIDE)
        self.batches.objects.filter(pk=batch.pk).update(state=WAITING, done=0, problem="")
        facts = {"file": batch.file.name, "rows": len(rows)}
        journal.record(batch, f"{self.noun}.decide", by=by, facts=facts)

    @transaction.atomic
    def confirm(self, batch, *, leaves_errors_out, by):
        """Accept the checked table for writing; the worker checks it once more and writes it in the clerk's name."""
        batch = self.hold(batch, CHECKED)
        if batch.counts.get(ERROR) and not leaves_errors_out:
            problem = _("还有 %s 行有错。请改好重新上传，或者选择留下这些行不导入。")
            raise NotImported(problem % batch.counts[ERROR])
        mine = self.batches.objects.filter(pk=batch.pk)
        mine.update(state=CONFIRMED, leaves_errors_out=leaves_errors_out, confirmed_by=by)
        facts = {"file": batch.file.name, "leaves_errors_out": leaves_errors_out}
        journal.record(batch, f"{self.noun}.confirm", by=by, facts=facts)

    @transaction.atomic
    def drop(self, batch, *, by):
        """Give an import up before anything of it was written (放弃)."""
        batch = self.hold(batch, CHECKED)
        self.batches.objects.filter(pk=batch.pk).update(state=DROPPED)
        batch.rows.all().delete()
        files.empty(batch.file)
        journal.record(batch, f"{self.noun}.drop", by=by, facts={"file": batch.file.name})

    def hold(self, batch, state):
        """The import, locked in this state; NotImported when somebody was faster."""
        held = self.batches.objects.select_for_update().get(pk=batch.pk)
        if held.state != state:
            raise NotImported(_("这次导入已经到了下一步，请刷新页面。"))
        return held

    @transaction.atomic
    def apply(self, batch):
        """Check once more against what stands at this moment and write in one transaction; twice writes once."""
        Congress.objects.select_for_update().get(pk=batch.congress_id)  # one table of a congress at a time
        batch = self.batches.objects.select_for_update().get(pk=batch.pk)
        if batch.state != CONFIRMED:
            return batch
        _headings, lines, fields = self._judged(batch)
        counts = self.tally(lines)
        for name, value in fields.items():
            setattr(batch, name, value)
        if counts[ERROR] and not batch.leaves_errors_out or counts[ERROR] > batch.counts.get(ERROR, 0):
            self._keep(batch, lines)
            batch.state, batch.counts, batch.confirmed_by = CHECKED, counts, None
            batch.problem = _("核对以后情况有了变化，请再看一遍再确认。")
            batch.save()
            return batch
        self.write(batch, lines)
        batch.state, batch.counts, batch.problem, batch.applied_at = APPLIED, counts, "", timezone.now()
        batch.save()
        files.empty(batch.file)
        facts = {"file": batch.file.name, "counts": counts}
        journal.record(batch, f"{self.noun}.apply", by=batch.written_by, facts=facts)
        return batch

    def tidy(self, *, on, by):
        """Give up what nobody confirmed in time, and let go the bytes of what is settled; how many tables went."""
        gone = 0
        for batch in self.batches.objects.exclude(file__file="").select_related("congress", "file"):
            if batch.file.case_id is None:  # it came in before its batch said who reads it
                files.give_to(batch.file, batch)
            if batch.state in SETTLED:
                files.empty(batch.file)
            elif batch.state == CHECKED and is_left_lying(batch, on=on):
                try:
                    self.drop(batch, by=by)
                except NotImported:  # a clerk has just confirmed it after all
                    continue
            else:
                continue
            gone += 1
        return gone

    def work(self, batch):
        """Do what an import waits for, whatever that is; a second worker finds it done."""
        if batch.state == WAITING:
            self.check(batch)
        elif batch.state == CONFIRMED:
            self.apply(batch)


def is_left_lying(batch, *, on):
    """Whether nobody confirmed an upload within the days that the rulebook gives (个人信息保护法 Art. 19)."""
    days = rules_for(batch.congress, on=on).count("import_days")
    return timezone.localdate(batch.created_at) + timedelta(days=days) < on


def left_out(batch, labels, *, wide=()):
    """(columns, rows) that were not brought in, as they stood in the file, with the reason; fit to bring in again."""
    fields = list(dict.fromkeys(name for heading in batch.headings for name in heading["columns"]))
    columns = [
        *[Column(labels[name], 30 if name in wide else 14) for name in fields],
        Column(_("原行号"), 8, is_number=True),
        Column(_("原因"), 60),
    ]
    rows = [
        [*[row.cells.get(name, {}).get("raw", "") for name in fields], row.number, _reason(row)]
        for row in batch.rows.all()
        if row.is_left_out
    ]
    return columns, rows


def _reason(row):
    skipped = _("按您的选择没有导入。") if row.decision == SKIP else ""
    return " ".join([*row.messages, skipped]).strip()


def rank(order):
    """An ordering of rows by verdict; what it does not name comes last."""
    cases = [When(verdict=verdict, then=Value(place)) for place, verdict in enumerate(order)]
    return Case(*cases, default=Value(len(order)), output_field=IntegerField())
