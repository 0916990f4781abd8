"""Saying once, for all papers, who or which department a printed name means (关联名称)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from congress.procedure import journal
from suggestions.docket import tallies
from suggestions.docket.models import Assignment, Cosigner, PrintedName, Suggestion

Place, State = PrintedName.Place, PrintedName.State
PEOPLE = (Place.LEAD, Place.COSIGNER)


def waiting(congress, *, units, handled=False):
    """The names nobody has linked yet, most papers first: name, how many papers; or those handled."""
    rows = PrintedName.objects.filter(congress=congress, place__in=[Place.UNIT] if units else PEOPLE)
    rows = rows.exclude(state=State.OPEN) if handled else rows.filter(state=State.OPEN)
    counted = rows.order_by().values("name").annotate(papers=Count("suggestion", distinct=True), to=Max("linked_to"))
    return counted.order_by("-papers", "name")


@transaction.atomic
def link_person(congress, name, *, seat, on, by):
    """Every paper that printed this name is this deputy's: the seat he had in its term, else the one that is named.

    A name that was linked wrongly is linked anew by the same act. Returns on how many papers.
    """
    _check(congress, by)
    if seat.congress_id != congress.pk:
        raise ValidationError({"seat": _("这位代表不在本级名册里。")})
    own = {each.term_id: each for each in seat.deputy.mandates.filter(congress=congress)}
    rows = _printed(congress, name, PEOPLE, select=("suggestion__session",))
    for row in rows:
        _put(row, own.get(row.suggestion.session.term_id if row.suggestion.session else None, seat))
    told = _tell(seat.deputy.name, seat.delegation)
    return _done(congress, name, rows, linked_to=told, verb="names.link", on=on, by=by)


def _put(row, seat):
    """Set a seat in the place of a printed name, or with None take it out again."""
    case, before = row.suggestion, row.mandate_id
    row.mandate = seat
    if row.place == Place.LEAD:
        if case.lead_id not in {None, before}:
            return  # somebody else leads it by now
        if seat is not None:
            case.cosigners.filter(mandate=seat).delete()
        Suggestion.objects.filter(pk=case.pk).update(lead=seat)
        return
    if before:
        case.cosigners.filter(mandate=before).delete()
    signed = set(case.cosigners.values_list("mandate", flat=True)) | {case.lead_id}
    if seat is not None and seat.pk not in signed:
        state = Cosigner.State.CONFIRMED
        Cosigner.objects.create(suggestion=case, mandate=seat, position=row.position, state=state)


@transaction.atomic
def link_unit(congress, name, *, organ, on, by):
    """Every paper that printed this name was handled by this department. Returns on how many papers."""
    _check(congress, by)
    if organ.congress_id != congress.pk:
        raise ValidationError({"organ": _("这个单位不属于本级。")})
    rows = _printed(congress, name, [Place.UNIT], select=("share",))
    mine = [row.share_id for row in rows]
    standing = Assignment.objects.filter(round__in=[row.share.round_id for row in rows], organ=organ)
    taken = set(standing.exclude(pk__in=mine).values_list("round", flat=True))
    free = []
    for row in rows:
        if row.share.round_id not in taken:
            taken.add(row.share.round_id)
            free.append(row.share_id)
    Assignment.objects.filter(pk__in=mine).update(organ=None)
    Assignment.objects.filter(pk__in=free).update(organ=organ)
    return _done(congress, name, rows, linked_to=str(organ), verb="names.link", on=on, by=by)


@transaction.atomic
def leave(congress, name, *, units, on, by):
    """The name stays as it was printed: nobody known is meant (照原样保留). Returns on how many papers."""
    _check(congress, by)
    rows = _printed(congress, name, [Place.UNIT] if units else PEOPLE, select=("suggestion",))
    if units:
        Assignment.objects.filter(pk__in=[row.share_id for row in rows]).update(organ=None)
    else:
        for row in rows:
            _put(row, None)
    return _done(congress, name, rows, linked_to="", verb="names.leave", on=on, by=by)


@transaction.atomic
def leave_all(congress, names, *, units, on, by):
    """Many names stay as they were printed, all or none."""
    for name in sorted(set(names)):
        leave(congress, name, units=units, on=on, by=by)


def _check(congress, by):
    if not by.has_perm("docket.link_names", congress):
        raise PermissionDenied("docket.link_names")


def _printed(congress, name, places, *, select):
    rows = PrintedName.objects.select_for_update(of=("self",)).select_related(*select)
    return list(rows.filter(congress=congress, name=name, place__in=places).order_by("pk"))


def _tell(name, delegation):
    return f"{name}（{delegation}）" if delegation else name


def _done(congress, name, rows, *, linked_to, verb, on, by):
    """Mark the rows, put it into the journal of the congress once, and let the tallies follow."""
    if not rows:
        raise ValidationError(_("旧件上没有这个名称。"))
    for row in rows:
        row.state, row.linked_to = State.LINKED if linked_to else State.LEFT, linked_to[:120]
    PrintedName.objects.bulk_update(rows, ["state", "linked_to", "mandate"], batch_size=500)
    cases = sorted({row.suggestion_id for row in rows})
    facts = {"who": by.name, "name": name, "to": linked_to, "count": len(cases), "cases": cases}
    journal.record(congress, verb, by=by, on=on, facts=facts, congress=congress)
    tallies.retell(cases, congress=congress)
    return len(cases)
