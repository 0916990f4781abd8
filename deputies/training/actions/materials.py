"""Sending papers to be read, and noting who opened them (推送、回执)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from congress.procedure import journal
from congress.rulebook.book import deadline
from deputies.training.actions.keeping import keep_words
from deputies.training.models import Material, Receipt
from deputies.training.people import people_of
from deputies.training.workflow import MATERIAL

READING = "material_reading"


@transaction.atomic
def keep_material(material, *, groups=(), attach=None, on, by):
    """Write a paper; one that was sent is not changed behind its readers' backs (编写).

    `attach(material)` stores what was uploaded with it, in the same transaction.
    """
    states = {Material.State.DRAFT, Material.State.WITHDRAWN}
    keep_words(material, states=states, refusal=_("已经推送的资料不能改，请先撤回。"))
    material.groups.set(groups)
    if attach is not None:
        attach(material)
    journal.record(material, "material.write", by=by, on=on, facts={"who": by.name})
    return material


def push(material, *, on, by, version):
    """Send a paper to its audience; who has a copy of an earlier sending keeps it (推送)."""
    people = people_of(material, on=on)
    if not people:
        raise ValidationError(_("推送对象里一个人也没有，请改推送对象。"))
    facts = {"who": by.name, "count": len(people), "audience": material.audience_words()}
    due = deadline(material.congress, READING, start=on).due_on
    fields = {"pushed_on": on, "read_by_date": due}
    with MATERIAL.taking("push", material, by=by, on=on, version=version, facts=facts, **fields):
        copies = [
            Receipt(
                material=material,
                mandate_id=each.mandate_id,
                reader_id=None if each.mandate_id else each.user_id,
                sent_on=on,
            )
            for each in people
        ]
        Receipt.objects.bulk_create(copies, ignore_conflicts=True)


def push_again(material, *, on, by, version):
    """Remind those who have not opened it; the others are left in peace (再推送)."""
    late = material.receipts.unopened()
    count = late.count()
    if not count:
        raise ValidationError(_("所有人都打开过了，不用再推送。"))
    facts = {"who": by.name, "count": count}
    with MATERIAL.taking("push_again", material, by=by, on=on, version=version, facts=facts):
        late.update(times=F("times") + 1, sent_on=on)


def withdraw(material, *, on, by, version):
    """Take a paper back; the receipts stay to be read (撤回)."""
    with MATERIAL.taking("withdraw", material, by=by, on=on, version=version, facts={"who": by.name}):
        pass


def open_copy(receipt, *, at):
    """Note when a reader opened his copy for the first time; later openings change nothing."""
    return bool(Receipt.objects.filter(pk=receipt.pk, opened_at__isnull=True).update(opened_at=at))
