"""How a row is settled: by the deputy's word or silence, by a decision on his objection, by whoever verifies."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from congress.organs.hats import hats_of
from congress.procedure import journal
from congress.procedure.bulk import BATCH, record_many, take_many
from deputies.duties.actions.registering import SAID, changes_of
from deputies.duties.models import DutyRecord
from deputies.duties.workflow import DUTY
from deputies.roll.seats import seats_of

State, Level = DutyRecord.State, DutyRecord.Level


def confirm(versions, *, on, by):
    """The deputy finds the rows as they should be (核对无误): one, or all that his page showed, {pk: version}.

    A row that was changed since the page was made stays to be read; gives the number confirmed.
    """
    rows = DutyRecord.objects.of_seats_acted_for(by).filter(pk__in=versions)
    return len(take_many(DUTY, "confirm", rows, by=by, on=on, versions=versions, level=Level.DEPUTY, confirm_by=None))


def lapse(*, on, by):
    """Rows whose deputy had his days and said nothing stand as they were registered (期满); gives their number."""
    due = DutyRecord.objects.past_confirmation(on=on)
    total = 0
    while batch := list(due.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        rows = due.filter(pk__in=batch)
        taken = take_many(DUTY, "lapse", rows, by=by, on=on, level=Level.ORGANISER, confirm_by=None)
        if not taken:  # only rows that cannot lapse today are left
            break
        total += len(taken)
    return total


@transaction.atomic
def object_to(record, *, objection, on, by, version=None):
    """The deputy says what is wrong (提出异议); until it is decided the row counts for nothing."""
    words = _needed(objection, "objection", _("请写明哪里不对、应当是什么。"))
    with DUTY.taking(
        "object", record, by=by, on=on, version=version, objection=words, finding="", level="", confirm_by=None
    ) as taken:
        taken.facts["objection"] = words
    return record


@transaction.atomic
def correct(record, *, changes, finding, on, by, version=None):
    """The row is put right after the objection was looked into (更正); before and after stand in the journal."""
    words = _needed(finding, "finding", _("请写明核实的情况，代表看得到。"))
    before = DutyRecord.objects.get(pk=record.pk)
    was = {name: getattr(before, name) for name in SAID if name in changes}
    changed = {name: value for name, value in changes.items() if was[name] != value}
    if not changed:
        raise ValidationError(_("没有改动。登记没有错的，请选“维持登记”。"))
    if changed.get("held_on") and changed["held_on"] > on:
        raise ValidationError({"held_on": _("日期不能晚于今天。")})
    if changed.get("held_on") and changed["held_on"] < record.mandate.started_on:
        raise ValidationError({"held_on": _("这一天他还不是这一届的代表。")})
    with DUTY.taking(
        "correct", record, by=by, on=on, version=version, finding=words, level=level_of(by, record), **changed
    ) as taken:
        taken.facts.update(finding=words, changes=_("（%s）") % changes_of(was, record))
    return record


@transaction.atomic
def uphold(record, *, finding, on, by, version=None):
    """The row stands as it was (维持登记)."""
    words = _needed(finding, "finding", _("请写明核实的情况，代表看得到。"))
    with DUTY.taking(
        "uphold", record, by=by, on=on, version=version, finding=words, level=level_of(by, record)
    ) as taken:
        taken.facts["finding"] = words
    return record


@transaction.atomic
def strike(record, *, finding, on, by, version=None):
    """The row should never have been made (注销); it stays to be read."""
    words = _needed(finding, "finding", _("请写明为什么注销，代表看得到。"))
    with DUTY.taking(
        "strike", record, by=by, on=on, version=version, finding=words, level="", confirm_by=None
    ) as taken:
        taken.facts["finding"] = words
    return record


def verify(records, *, on, by, versions=None):
    """Whoever may vouches for what deputies claimed (核实), many at once; gives the number verified.

    A claim is verified once and counts once, whoever presses and how often (R16). `versions` ({pk: version}) are
    those that a page showed: what was changed since stays to be read.
    """
    ours = DutyRecord.objects.verifiable_by(by).filter(pk__in=records)
    levels = {}
    for row in ours.select_related("congress", "mandate__delegation"):
        levels.setdefault(level_of(by, row), []).append(row.pk)
    with transaction.atomic():
        return sum(
            len(
                take_many(
                    DUTY, "verify", ours.filter(pk__in=ids), by=by, on=on, versions=versions, level=level, finding=""
                )
            )
            for level, ids in levels.items()
        )


def refuse(records, *, finding, on, by, versions=None):
    """What was claimed is not recognised (不予认可); the deputy reads why and may add what is missing.

    As with `verify`, what was changed since the page of these `versions` stays to be read.
    """
    words = _needed(finding, "finding", _("请写明理由，代表看得到。"))
    ours = DutyRecord.objects.verifiable_by(by).filter(pk__in=records)
    facts = {"finding": words}
    return len(take_many(DUTY, "refuse", ours, by=by, on=on, facts=facts, versions=versions, finding=words))


@transaction.atomic
def strike_while_suspended(seat, *, on, by):
    """Strike what is on record of a seat from the day on which it was suspended (代表法 Art. 61)."""
    rows = DutyRecord.objects.standing().filter(mandate=seat, held_on__gte=on)
    gone = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not gone:
        return 0
    words = _("暂停执行代表职务期间不登记履职")
    rows.filter(pk__in=[record.pk for record in gone]).update(
        state=State.STRUCK, stepped_on=on, confirm_by=None, level="", finding=words, version=F("version") + 1
    )
    record_many(gone, DUTY.verb("strike"), by=by, on=on, facts={"finding": words})
    journal.record(seat, "duty.suspend", by=by, on=on)
    return len(gone)


def level_of(user, record):
    """In what capacity he vouches for the row: the office, the township, or the group."""
    hats = hats_of(user)
    if record.congress_id in hats.clerk_of:
        return Level.TOWNSHIP if record.congress.is_township else Level.OFFICE
    delegation = record.mandate.delegation
    if delegation is not None and delegation.township_id in hats.clerk_of:
        return Level.TOWNSHIP
    return Level.GROUP if seats_of(user) else Level.ORGANISER


def _needed(text, field, message):
    if not text.strip():
        raise ValidationError({field: message})
    return text.strip()
