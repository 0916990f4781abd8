"""Bringing a roster in: check, confirm, write at once or not at all, and take it back (名册导入)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, IntegerField, ProtectedError, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.kit.personal import blind_index
from congress.kit.sheets import read_sheets
from congress.organs.models import Congress
from congress.procedure import journal
from congress.procedure.models import Entry
from deputies.roll.models import Constituency, Delegation, Deputy, Import, ImportRow, Mandate
from deputies.roll.roster import DEPUTY_FIELDS, Roll, changes_of, judge, read_lines, stored_cells

V, D, S = ImportRow.Verdict, ImportRow.Decision, Import.State
STRIDE = 500  # rows between two signs of progress


class NotImported(ValidationError):
    """The roster was not written; nothing of it was."""


def check_file(stream, *, name, congress, term, decisions=None):
    """(headings, lines, new delegations) of a roster judged against the roll as it stands now; writes nothing."""
    headings, lines = read_lines(read_sheets(stream, name=name))
    new = judge(lines, Roll(congress, term), decisions=decisions, elsewhere=_elsewhere(lines, term))
    return headings, lines, new


def _elsewhere(lines, term):
    """Deputies known by the ID numbers of this roster who have no seat in this term."""
    wanted = {blind_index(line.value("id_number")) for line in lines} - {""}
    known = Deputy.objects.filter(id_number_index__in=wanted).exclude(mandates__term=term)
    return {deputy.id_number_index: deputy for deputy in known}


def tally(lines):
    """How many rows stand under each verdict, and how many stay out by decision; they sum to the rows."""
    counts = dict.fromkeys(V.values, 0)
    for line in lines:
        key = D.SKIP if line.decision == D.SKIP else line.verdict
        counts[key] = counts.get(key, 0) + 1
    return counts


@transaction.atomic
def write(lines, new_delegations, *, congress, term):
    """Write every line that is no error; returns [(line, mandate, what stood before, deputy is new)]."""
    for name in new_delegations:
        Delegation.objects.get_or_create(congress=congress, name=name, defaults={"position": 1000})
    delegations = {each.name: each for each in Delegation.objects.filter(congress=congress)}
    wanted = [line for line in lines if line.verdict not in {V.ERROR, V.DUPLICATE} and line.decision != D.SKIP]
    constituencies = _constituencies(wanted, congress)
    fresh = [line for line in wanted if line.mandate is None]
    deputies = _write_deputies(fresh)
    seats = [
        _seat(line, deputy, congress, term, delegations, constituencies)
        for line, deputy in zip(fresh, deputies, strict=True)
    ]
    Mandate.objects.bulk_create(seats, batch_size=STRIDE)
    written = [(line, seat, None, line.deputy is None) for line, seat in zip(fresh, seats, strict=True)]
    for line in wanted:
        if line.mandate is not None:
            written.append((line, line.mandate, _update(line, delegations, constituencies), False))
    return written


def _constituencies(lines, congress):
    found = {each.name: each for each in Constituency.objects.filter(congress=congress)}
    named = {line.value("constituency") for line in lines} - {""} - set(found)
    created = Constituency.objects.bulk_create(Constituency(congress=congress, name=name) for name in sorted(named))
    return found | {each.name: each for each in created}


def _write_deputies(lines):
    deputies = []
    for line in lines:
        deputy = line.deputy or Deputy()
        for name in DEPUTY_FIELDS:  # of somebody known elsewhere only what is not known yet
            if line.value(name) and not getattr(deputy, name):
                setattr(deputy, name, line.value(name))
        deputy.index()
        deputies.append(deputy)
    Deputy.objects.bulk_create([each for each in deputies if each.pk is None], batch_size=STRIDE)
    for line in lines:
        if line.deputy is not None:  # somebody with a seat in another congress
            line.deputy.save()
    return deputies


def _seat(line, deputy, congress, term, delegations, constituencies):
    said = line.values()
    return Mandate(
        congress=congress,
        term=term,
        deputy=deputy,
        started_on=term.starts_on,
        certificate_number=said.get("certificate_number", ""),
        delegation=delegations.get(said.get("delegation")),
        constituency=constituencies.get(said.get("constituency")),
        is_re_elected=said.get("is_re_elected", False),
        is_by_election=said.get("is_by_election", False),
    )


def _update(line, delegations, constituencies):
    """Write what changed on a standing seat; returns the old values by column."""
    seat, changes = line.mandate, changes_of(line, line.mandate)
    for name, (_old, value) in changes.items():
        if name in DEPUTY_FIELDS:
            setattr(seat.deputy, name, value)
        elif name == "delegation":
            seat.delegation = delegations[value]
        elif name == "constituency":
            seat.constituency = constituencies[value]
        else:
            setattr(seat, name, value)
    seat.deputy.save()
    seat.save()
    return {name: old for name, (old, _new) in changes.items()}


# ---- the import of the pages: upload → check → confirm → write, each of them safe to run twice


def check_batch(batch):
    """Judge an uploaded roster and keep the verdicts, with progress; a file that can't be read is refused with why."""
    if batch.state != S.WAITING:
        return
    try:
        decisions = {(row.sheet, row.number): row.decision for row in batch.rows.exclude(decision="")}
        with batch.file.file.open("rb") as stream:
            headings, lines, new = check_file(
                stream, name=batch.file.name, congress=batch.congress, term=batch.term, decisions=decisions
            )
    except ValidationError as problem:
        _checked(batch, state=S.REFUSED, problem=" ".join(problem.messages))
        return
    _keep(batch, lines)
    _checked(batch, state=S.CHECKED, headings=headings, new_delegations=new, counts=tally(lines))


def _checked(batch, **result):
    """Two workers may check one roster at a time; the slower one does not undo what the clerk did meanwhile."""
    Import.objects.filter(pk=batch.pk, state=S.WAITING).update(**result)
    batch.refresh_from_db()


def _keep(batch, lines):
    """Write the verdicts over those of the check before; a worker killed half-way loses no decision of the clerk."""
    Import.objects.filter(pk=batch.pk).update(total=len(lines), done=0)
    for start in range(0, len(lines), STRIDE):
        part = lines[start : start + STRIDE]
        ImportRow.objects.bulk_create(
            [
                ImportRow(
                    batch=batch,
                    sheet=line.sheet,
                    number=line.number,
                    cells=stored_cells(line),
                    verdict=line.verdict,
                    messages=line.messages,
                    asks_who=line.asks_who,
                    decision=line.decision,
                    mandate=line.mandate,
                )
                for line in part
            ],
            update_conflicts=True,
            unique_fields=["batch", "sheet", "number"],
            update_fields=["cells", "verdict", "messages", "asks_who", "mandate"],
        )
        Import.objects.filter(pk=batch.pk).update(done=start + len(part))


@transaction.atomic
def upload(stored, *, congress, term, by):
    """Put a stored roster down for checking; the worker does the rest."""
    batch = Import.objects.create(congress=congress, term=term, file=stored, by=by)
    journal.record(batch, "import.upload", by=by, facts={"file": stored.name})
    return batch


@transaction.atomic
def decide(batch, decisions):
    """The clerk says who same-name rows are, and which rows stay out; the worker then takes the verdicts anew."""
    _hold(batch, S.CHECKED)
    rows = list(batch.rows.filter(pk__in=decisions))
    for row in rows:
        row.decision = decisions[row.pk]
    ImportRow.objects.bulk_update(rows, ["decision"], batch_size=STRIDE)
    Import.objects.filter(pk=batch.pk).update(state=S.WAITING, done=0, problem="")


@transaction.atomic
def confirm(batch, *, leaves_errors_out):
    """Accept the checked roster for writing; the worker checks it once more before it writes."""
    batch = _hold(batch, S.CHECKED)
    if batch.counts.get(V.ERROR) and not leaves_errors_out:
        raise NotImported(_("还有 %s 行有错。请改好重新上传，或者选择留下这些行不导入。") % batch.counts[V.ERROR])
    Import.objects.filter(pk=batch.pk).update(state=S.CONFIRMED, leaves_errors_out=leaves_errors_out)


@transaction.atomic
def drop(batch, *, by):
    """Give an import up before anything of it was written (放弃)."""
    batch = _hold(batch, S.CHECKED)
    Import.objects.filter(pk=batch.pk).update(state=S.DROPPED)
    batch.rows.all().delete()
    journal.record(batch, "import.drop", by=by, facts={"file": batch.file.name})


def _hold(batch, state):
    """The import, locked in this state; NotImported when somebody was faster."""
    held = Import.objects.select_for_update().get(pk=batch.pk)
    if held.state != state:
        raise NotImported(_("这次导入已经到了下一步，请刷新页面。"))
    return held


@transaction.atomic
def apply_batch(batch):
    """Check once more against the roll of this moment and write in one transaction; run twice it writes once."""
    Congress.objects.select_for_update().get(pk=batch.congress_id)  # one roster of a congress at a time
    batch = Import.objects.select_for_update().get(pk=batch.pk)
    if batch.state != S.CONFIRMED:
        return batch
    decisions = {(row.sheet, row.number): row.decision for row in batch.rows.exclude(decision="")}
    with batch.file.file.open("rb") as stream:
        _headings, lines, new = check_file(
            stream, name=batch.file.name, congress=batch.congress, term=batch.term, decisions=decisions
        )
    counts = tally(lines)
    if counts[V.ERROR] and not batch.leaves_errors_out or counts[V.ERROR] > batch.counts.get(V.ERROR, 0):
        _keep(batch, lines)
        batch.state, batch.counts = S.CHECKED, counts
        batch.problem = _("核对以后名册有了变化，请再看一遍再确认。")
        batch.save()
        return batch
    known = set(Constituency.objects.filter(congress=batch.congress).values_list("name", flat=True))
    written = write(lines, new, congress=batch.congress, term=batch.term)
    batch.rows.update(mandate=None)  # only what was written is ever taken back
    _note_written(batch, written)
    batch.state, batch.counts, batch.applied_at = S.APPLIED, counts, timezone.now()
    after = set(Constituency.objects.filter(congress=batch.congress).values_list("name", flat=True))
    batch.new_delegations, batch.new_constituencies, batch.problem = new, sorted(after - known), ""
    batch.save()
    journal.record(batch, "import.apply", by=batch.by, facts={"file": batch.file.name, "counts": counts})
    return batch


def _note_written(batch, written):
    """What each row became, laid over the rows of the check: many at a time, for an UPDATE of thousands is slow."""
    rows = {(row.sheet, row.number): row for row in batch.rows.all()}
    noted = []
    for line, seat, before, is_new in written:
        row = rows[line.place]
        row.pk, row.mandate, row.before, row.created_deputy, row.verdict = None, seat, before, is_new, line.verdict
        noted.append(row)
    ImportRow.objects.bulk_create(
        noted,
        batch_size=STRIDE,
        update_conflicts=True,
        unique_fields=["batch", "sheet", "number"],
        update_fields=["mandate", "before", "created_deputy", "verdict"],
    )


@transaction.atomic
def roll_back(batch, *, by, reason):
    """Take the last import of the congress back; NotImported when something already depends on what it brought."""
    batch = Import.objects.select_for_update().get(pk=batch.pk)
    if not reason:
        raise NotImported(_("请写明撤销原因。"))
    if batch.state != S.APPLIED:
        raise NotImported(_("这次导入已经撤销，或者还没有写入。"))
    later = Import.objects.filter(congress=batch.congress, state=S.APPLIED, applied_at__gt=batch.applied_at)
    if later.exists():
        raise NotImported(_("只能撤销最后一次导入。"))
    rows = list(batch.rows.filter(mandate__isnull=False).select_related("mandate__deputy"))
    _refuse_when_touched(batch, rows)
    try:
        _undo(rows)
        _remove_bodies(batch)
    except ProtectedError:
        raise NotImported(_("导入的代表已经有了建议、账号或者其他记录，不能再撤销。")) from None
    Import.objects.filter(pk=batch.pk).update(state=S.UNDONE)
    journal.record(batch, "import.undo", by=by, facts={"file": batch.file.name, "reason": reason})


def _refuse_when_touched(batch, rows):
    """What somebody worked on since is not thrown away."""
    seats = [row.mandate_id for row in rows]
    touched = Entry.objects.filter(
        kind=Mandate._meta.label_lower, case_id__in=seats, at__gt=batch.applied_at, verb__startswith="mandate."
    ).exclude(verb="mandate.reveal")
    if touched.exists():
        raise NotImported(_("导入以后有代表的资料改动过，不能再撤销。"))


def _undo(rows):
    fresh = [row for row in rows if row.before is None]
    persons = [row.mandate.deputy_id for row in fresh if row.created_deputy]
    if Deputy.objects.filter(pk__in=persons, user__isnull=False).exists():
        raise ProtectedError("account", set())
    Mandate.objects.filter(pk__in=[row.mandate_id for row in fresh]).delete()
    Deputy.objects.filter(pk__in=persons).delete()
    for row in rows:
        if row.before is not None:
            _restore(row.mandate, row.before)


def _remove_bodies(batch):
    for model, names in ((Delegation, batch.new_delegations), (Constituency, batch.new_constituencies)):
        model.objects.filter(congress=batch.congress, name__in=names, mandates=None).delete()


def _restore(seat, before):
    for name, old in before.items():
        if name in DEPUTY_FIELDS:
            setattr(seat.deputy, name, old)
        elif name == "delegation":
            seat.delegation = Delegation.objects.filter(congress=seat.congress, name=old).first()
        elif name == "constituency":
            seat.constituency = Constituency.objects.filter(congress=seat.congress, name=old).first()
        else:
            setattr(seat, name, old)
    seat.deputy.save()
    seat.save()


def work(batch):
    """Do what an import waits for, whatever that is; a second worker finds it done."""
    if batch.state == S.WAITING:
        check_batch(batch)
    elif batch.state == S.CONFIRMED:
        apply_batch(batch)


def current_term(congress, *, on: date):
    """The term in force on a day, into which a roster goes."""
    return congress.terms.filter(starts_on__lte=on).order_by("-starts_on").first()


def rank(order):
    """An ordering of rows by verdict; what it does not name comes last."""
    cases = [When(verdict=verdict, then=Value(place)) for place, verdict in enumerate(order)]
    return Case(*cases, default=Value(len(order)), output_field=IntegerField())
