"""Saying once, for all papers, who or which department a printed name means (关联名称)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from congress.procedure import journal
from suggestions.docket import tallies
from suggestions.docket.models import Assignment, Cosigner, PrintedName, Suggestion

Place, State = PrintedName.Place, PrintedName.State
PEOPLE = (Place.LEAD, Place.COSIGNER)


def waiting(congress, *, units):
    """The names nobody has linked yet, most papers first: name, how many papers, and one of them."""
    places = [Place.UNIT] if units else PEOPLE
    rows = PrintedName.objects.filter(congress=congress, state=State.OPEN, place__in=places)
    counted = rows.order_by().values("name").annotate(papers=Count("suggestion", distinct=True), one=Min("suggestion"))
    return counted.order_by("-papers", "name")


@transaction.atomic
def link_person(congress, name, *, seat, on, by):
    """Every paper that printed this name is this deputy's: the seat he had in its term, else the one that is named.

    Returns on how many papers.
    """
    _check(congress, by)
    if seat.congress_id != congress.pk:
        raise ValidationError({"seat": _("这位代表不在本级名册里。")})
    own = {each.term_id: each for each in seat.deputy.mandates.filter(congress=congress)}
    rows = list(_open(congress, name, PEOPLE).select_related("suggestion__session"))
    for row in rows:
        _put(row, own.get(row.suggestion.session.term_id if row.suggestion.session else None, seat))
    told = _tell(seat.deputy.name, seat.delegation)
    return _done(congress, name, rows, linked_to=told, verb="names.link", on=on, by=by)


def _put(row, seat):
    case = row.suggestion
    signed = set(case.cosigners.values_list("mandate", flat=True)) | {case.lead_id}
    if row.place == Place.LEAD and case.lead_id is None:
        case.cosigners.filter(mandate=seat).delete()
        Suggestion.objects.filter(pk=case.pk, lead=None).update(lead=seat)
    elif seat.pk not in signed:
        Cosigner.objects.create(suggestion=case, mandate=seat, position=row.position, state=Cosigner.State.CONFIRMED)


@transaction.atomic
def link_unit(congress, name, *, organ, on, by):
    """Every paper that printed this name was handled by this department. Returns on how many papers."""
    _check(congress, by)
    if organ.congress_id != congress.pk:
        raise ValidationError({"organ": _("这个单位不属于本级。")})
    rows = list(_open(congress, name, [Place.UNIT]).select_related("share"))
    standing = Assignment.objects.filter(round__in=[row.share.round_id for row in rows], organ=organ)
    taken = set(standing.values_list("round", flat=True))
    free = []
    for row in rows:
        if row.share.round_id not in taken:
            taken.add(row.share.round_id)
            free.append(row.share_id)
    Assignment.objects.filter(pk__in=free, organ=None).update(organ=organ)
    return _done(congress, name, rows, linked_to=str(organ), verb="names.link", on=on, by=by)


@transaction.atomic
def leave(congress, name, *, units, on, by):
    """The name stays as it was printed: nobody known is meant (照原样保留). Returns on how many papers."""
    _check(congress, by)
    rows = list(_open(congress, name, [Place.UNIT] if units else PEOPLE))
    return _done(congress, name, rows, linked_to="", verb="names.leave", on=on, by=by)


def _check(congress, by):
    if not by.has_perm("docket.link_names", congress):
        raise PermissionDenied("docket.link_names")


def _open(congress, name, places):
    rows = PrintedName.objects.select_for_update(of=("self",))
    return rows.filter(congress=congress, name=name, state=State.OPEN, place__in=places)


def _tell(name, delegation):
    return f"{name}（{delegation}）" if delegation else name


def _done(congress, name, rows, *, linked_to, verb, on, by):
    """Mark the rows, put it into the journal of the congress once, and let the tallies follow."""
    if not rows:
        raise ValidationError(_("这个名称刚刚已经处理过了。"))
    state = State.LINKED if linked_to else State.LEFT
    PrintedName.objects.filter(pk__in=[row.pk for row in rows]).update(state=state, linked_to=linked_to[:120])
    cases = sorted({row.suggestion_id for row in rows})
    facts = {"who": by.name, "name": name, "to": linked_to, "count": len(cases), "cases": cases}
    journal.record(congress, verb, by=by, on=on, facts=facts, congress=congress)
    if linked_to:
        tallies.retell(cases, congress=congress)
    return len(cases)
