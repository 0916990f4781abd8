"""What a deputy puts down of himself (本人登记): what no organiser could have registered for him."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.files.actions import store
from congress.procedure import journal
from deputies.duties.kinds import SELF_ENTERED
from deputies.duties.models import DutyRecord
from deputies.duties.suspensions import suspended_on
from deputies.duties.workflow import DUTY


@transaction.atomic
def claim(
    seat, *, kind, title, held_on, place="", quantity=1, hours=None, text="", photos=(), is_another=False, key, on, by
):
    """Put down what the deputy did himself, to be verified by his group, his township or the office (M07, R09).

    `key` is that of the form: pressed twice it makes one row. `is_another` says that it is not the one of that kind
    and day which stands already. `photos` have been cleaned.
    """
    if not by.has_perm("duties.claim", seat):
        raise PermissionDenied("duties.claim")
    known = DutyRecord.objects.filter(mandate=seat, claim_key=key).first()
    if known is not None:
        return known
    _check(seat, kind, held_on, on=on, is_another=is_another)
    record, is_new = DutyRecord.objects.get_or_create(
        mandate=seat,
        claim_key=key,
        defaults={
            "congress": seat.congress,
            "kind": kind,
            "title": title,
            "held_on": held_on,
            "place": place,
            "quantity": quantity,
            "hours": hours,
            "text": text,
            "state": DutyRecord.State.CLAIMED,
            "registered_by": by,
            "registered_on": on,
            "stepped_on": on,
        },
    )
    if is_new:
        _keep(photos, record, by=by)
        journal.record(record, "duty.claim", by=by, on=on)
    return record


def resubmit(record, *, photos=(), is_another=False, on, by, version=None, **values):
    """Claim again what was refused, with what was missing (补充后重报)."""
    _check(record.mandate, values["kind"], values["held_on"], on=on, is_another=is_another, but=record.pk)
    with DUTY.taking("resubmit", record, by=by, on=on, version=version, finding="", **values):
        _keep(photos, record, by=by)
    return record


def retract(record, *, on, by, version=None):
    """The deputy takes back what nobody has verified (撤回登记)."""
    with DUTY.taking("retract", record, by=by, on=on, version=version):
        pass
    return record


def lookalikes(seat, kind, held_on, *, but=None):
    """Rows of the same deputy, kind and day that stand already: is this one of them?"""
    return DutyRecord.objects.standing().filter(mandate=seat, kind=kind, held_on=held_on).exclude(pk=but)


def _check(seat, kind, held_on, *, on, is_another, but=None):
    errors = {}
    if kind not in SELF_ENTERED:
        errors["kind"] = _("这类履职由组织活动的单位登记，不用自己登记。")
    if held_on > on:
        errors["held_on"] = _("日期不能晚于今天。")
    elif held_on < seat.started_on:
        errors["held_on"] = _("这一天您还不是这一届的代表。")
    elif suspended_on(held_on, [seat.pk]):
        errors["held_on"] = _("这一天在暂停执行代表职务期间，不登记履职。")
    elif not is_another and (twin := lookalikes(seat, kind, held_on, but=but).first()):
        errors["is_another"] = _("这一天已登记过同一事项：%(title)s（%(state)s）。如果是另一次，请勾选后再提交。") % {
            "title": twin.title,
            "state": twin.get_state_display(),
        }
    if errors:
        raise ValidationError(errors)


def _keep(photos, record, *, by):
    for photo in photos:
        store(photo, congress=record.congress, by=by, case=record, kinds=("jpg", "png"))
