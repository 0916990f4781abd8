"""What leaves the house: certificates for employers, tables for the finance office (履职证明、补贴台账)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from congress.organs.models import Congress
from congress.procedure import journal
from deputies.duties.days import days_of
from deputies.duties.models import Certificate, DutyRecord
from deputies.roll.models import Mandate


def certifiable(seat, *, first, last):
    """What a certificate of that period would say: the verified duties that took time, oldest first."""
    rows = DutyRecord.objects.filter(mandate=seat).verified().performed().of_days().between(first, last)
    return list(rows.order_by("held_on", "pk"))


@transaction.atomic
def certify(seat, *, addressee, first, last, key, on, by):
    """Issue a certificate with a number of its own (履职证明; 代表法 Arts. 40-41); what it says stands still.

    `key` is that of the form: pressed twice it issues one.
    """
    if not by.has_perm("duties.certify", seat):
        raise PermissionDenied("duties.certify")
    Congress._base_manager.select_for_update().get(pk=seat.congress_id)  # the numbers of a year follow each other
    known = Certificate.objects.filter(mandate=seat, request_key=key).first()
    if known is not None:
        return known
    if last < first:
        raise ValidationError({"last": _("截止日期不能早于开始日期。")})
    rows = certifiable(seat, first=first, last=last)
    if not rows:
        raise ValidationError({"last": _("这段时间没有已核定的履职，不能出具证明。请换一段时间，或先核实登记。")})
    taken = Certificate.objects.filter(congress=seat.congress_id, year=on.year).aggregate(last=Max("serial"))["last"]
    certificate = Certificate.objects.create(
        congress_id=seat.congress_id,
        mandate=seat,
        year=on.year,
        serial=(taken or 0) + 1,
        addressee=addressee,
        first=first,
        last=last,
        lines=[_line(row) for row in rows],
        days=days_of(rows),
        issued_on=on,
        issued_by=by,
        request_key=key,
    )
    facts = {"number": str(certificate), "name": seat.deputy.name, "addressee": addressee, "days": certificate.days}
    journal.record(certificate, "duty.certify", by=by, on=on, facts=facts)
    return certificate


def _line(row):
    return {
        "on": row.held_on.isoformat(),
        "kind": str(row.get_kind_display()),
        "title": row.title,
        "place": row.place,
        "hours": f"{row.hours.normalize():f}" if row.hours else "",
    }


@transaction.atomic
def state_income(seats, *, by, on):
    """Note of deputies whether they live on a fixed wage ({mandate id: True, False or None}); without one they are
    paid a subsidy for their days (代表法 Art. 42)."""
    changed = 0
    for seat in Mandate.objects.filter(pk__in=seats).select_related("deputy", "congress"):
        if not by.has_perm("duties.certify", seat):
            raise PermissionDenied("duties.certify")
        said = seats[seat.pk]
        if seat.deputy.has_fixed_income == said:
            continue
        seat.deputy.has_fixed_income = said
        seat.deputy.save(update_fields=["has_fixed_income"])
        words = {True: _("有固定工资收入"), False: _("无固定工资收入"), None: _("收入情况未定")}[said]
        facts = {"name": seat.deputy.name, "income": words}
        journal.record(seat.congress, "duty.income", by=by, on=on, facts=facts, congress=seat.congress)
        changed += 1
    return changed


def note_export(congress, *, count, what, by):
    """A table of duties that leaves the house stands in the journal of its congress (导出)."""
    journal.record(congress, "duty.export", by=by, facts={"count": count, "what": what}, congress=congress)


def note_archive(seat, *, by):
    """So does an archive."""
    facts = {"name": seat.deputy.name, "mandate": seat.pk}
    journal.record(seat.congress, "duty.archive", by=by, facts=facts, congress=seat.congress)
