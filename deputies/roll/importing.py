"""Bringing a roster in: check, confirm, write at once or not at all, and take it back (名册导入)."""

from datetime import date

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.kit.personal import blind_index
from congress.kit.sheets import read_sheets
from congress.organs.models import Congress
from congress.procedure import journal
from congress.procedure.intake import STRIDE, Intake, NotImported
from congress.procedure.models import Entry
from deputies.roll.actions import write_over
from deputies.roll.models import Constituency, Delegation, Deputy, Import, ImportRow, Mandate
from deputies.roll.roster import DEPUTY_FIELDS, Roll, changes_of, judge, read_lines, stored_cells
from deputies.roll.terms import state_in

V, D, S = ImportRow.Verdict, ImportRow.Decision, Import.State


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


@transaction.atomic
def write(lines, new_delegations, *, congress, term):
    """Write every line that is no error; returns [(line, mandate, what stood before, deputy is new)]."""
    townships = list(Congress.objects.filter(parent=congress))
    for name in new_delegations:
        settled = {"position": 1000, "township": township_of(name, townships)}
        Delegation.objects.get_or_create(congress=congress, name=name, defaults=settled)
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


KINDS_OF_TOWNSHIP = ("民族乡", "街道", "镇", "乡")


def township_of(name, townships):
    """The township from which a delegation of this name comes (柳溪镇代表团、柳溪代表团); None if unsure."""
    spoken = name.strip().removesuffix("代表团")
    found = [each for each in townships if each.region and spoken.startswith(each.region)]
    if not found:
        found = [each for each in townships if spoken and spoken == _bare(each.region)]
    return found[0] if len(found) == 1 else None


def _bare(region):
    """柳溪镇 → 柳溪."""
    kind = next((each for each in KINDS_OF_TOWNSHIP if region.endswith(each)), "")
    return region.removesuffix(kind)


def _constituencies(lines, congress):
    found = {each.name: each for each in Constituency.objects.filter(congress=congress)}
    named = {line.value("constituency") for line in lines} - {""} - set(found)
    created = Constituency.objects.bulk_create(Constituency(congress=congress, name=name) for name in sorted(named))
    return found | {each.name: each for each in created}


def _write_deputies(lines):
    deputies = []
    for line in lines:
        deputy = line.deputy or Deputy()
        # Of somebody with a seat in another congress only what is not known yet.
        learnt = [name for name in DEPUTY_FIELDS if line.value(name) and not getattr(deputy, name)]
        for name in learnt:
            setattr(deputy, name, line.value(name))
        deputy.index()
        if deputy.pk and learnt:
            deputy.save(update_fields=learnt)
        deputies.append(deputy)
    Deputy.objects.bulk_create([each for each in deputies if each.pk is None], batch_size=STRIDE)
    return deputies


def _seat(line, deputy, congress, term, delegations, constituencies):
    said = line.values()
    return Mandate(
        congress=congress,
        term=term,
        deputy=deputy,
        started_on=date.fromisoformat(said["started_on"]) if said.get("started_on") else term.starts_on,
        state=state_in(term, on=timezone.localdate()),
        certificate_number=said.get("certificate_number", ""),
        delegation=delegations.get(said.get("delegation")),
        constituency=constituencies.get(said.get("constituency")),
        is_re_elected=said.get("is_re_elected", False),
        is_by_election=said.get("is_by_election", False),
    )


def _update(line, delegations, constituencies):
    """Write what changed on a standing seat; returns the old values by column."""
    changes = changes_of(line, line.mandate)
    written = {name: new for name, (_old, new) in changes.items()}
    for name, bodies in (("delegation", delegations), ("constituency", constituencies)):
        if name in written:
            written[name] = bodies[written[name]]
    if "started_on" in written:
        written["started_on"] = date.fromisoformat(written["started_on"])
    write_over(line.mandate, written)
    return {name: old for name, (old, _new) in changes.items()}


# ---- the import of the pages


class Rosters(Intake):
    """A roster on its way into the roll of one term."""

    kept = ("cells", "verdict", "messages", "asks_who", "mandate")

    def judge(self, batch, stream, decisions):
        headings, lines, new = check_file(
            stream, name=batch.file.name, congress=batch.congress, term=batch.term, decisions=decisions
        )
        return headings, lines, {"new_delegations": new}

    def row_fields(self, line):
        return {"cells": stored_cells(line), "asks_who": line.asks_who, "mandate": line.mandate}

    def write(self, batch, lines):
        constituencies = Constituency.objects.filter(congress=batch.congress)
        known = set(constituencies.values_list("name", flat=True))
        written = write(lines, batch.new_delegations, congress=batch.congress, term=batch.term)
        batch.rows.update(mandate=None)  # only what was written is ever taken back
        _note_written(batch, written)
        batch.new_constituencies = sorted(set(constituencies.values_list("name", flat=True)) - known)

    def roll_back(self, batch, *, by, reason):
        roll_back(batch, by=by, reason=reason)


def _note_written(batch, written):
    """What each row became, laid over the rows of the check: many at a time, for an UPDATE of thousands is slow."""
    for start in range(0, len(written), STRIDE):
        here = written[start : start + STRIDE]
        of_check = batch.rows.filter(number__in={line.place[1] for line, *_more in here})
        rows = {(row.sheet, row.number): row for row in of_check.select_for_update().defer("cells", "messages")}
        for line, seat, before, is_new in here:
            row = rows[line.place]
            row.pk, row.mandate, row.before, row.created_deputy, row.verdict = None, seat, before, is_new, line.verdict
            row.cells, row.messages = {}, []  # what stands there stays: neither deciphered nor enciphered for this
        ImportRow.objects.bulk_create(
            [rows[line.place] for line, *_more in here],
            update_conflicts=True,
            unique_fields=["batch", "sheet", "number"],
            update_fields=["mandate", "before", "created_deputy", "verdict"],
        )


ROSTERS = Rosters(Import, ImportRow)
upload, check_batch, decide, confirm = ROSTERS.upload, ROSTERS.check, ROSTERS.decide, ROSTERS.confirm
drop, apply_batch, work, tally = ROSTERS.drop, ROSTERS.apply, ROSTERS.work, ROSTERS.tally


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
    old = dict(before)
    for name, bodies in (("delegation", Delegation), ("constituency", Constituency)):
        if name in old:
            old[name] = bodies.objects.filter(congress=seat.congress, name=old[name]).first()
    if "started_on" in old:
        old["started_on"] = date.fromisoformat(old["started_on"])
    write_over(seat, old)


def current_term(congress, *, on: date):
    """The term in force on a day, into which a roster goes."""
    return congress.terms.filter(starts_on__lte=on).order_by("-starts_on").first()
