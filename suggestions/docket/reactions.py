"""What the docket keeps in step: with its clocks whose turn it is, with the deputies' record what they put forward."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from congress.deadlines.models import Clock
from congress.deadlines.rules import SEALED
from congress.files.readers import papers_of
from congress.organs.leftovers import leftover
from congress.procedure.reactions import after
from deputies.duties import actions as duties
from deputies.duties.kinds import Kind
from suggestions.docket import tallies
from suggestions.docket.actions.listing import note_export
from suggestions.docket.actions.writing import WRITABLE
from suggestions.docket.identity import file_name, hides_names, title_on_record
from suggestions.docket.models import Assignment, Cosigner, Import, Round, Suggestion
from suggestions.docket.rules import brought_by
from suggestions.docket.workflow import CASE, SHARE


@leftover(_("在办的建议 %(n)s 件"))
def shares_in_hand(organs):
    return Assignment.objects.filter(organ__in=organs).unfinished().values_list("organ")


@after("clock.moved")
def copy_dates(clock):
    """The case and the share carry the earliest running date on them, for lists; the holder is who owes that date."""
    if clock.case_kind != Suggestion._meta.label_lower:
        return
    on_case = Clock.objects.filter(case_kind=clock.case_kind, case_id=clock.case_id).running()
    on_case = on_case.exclude(rule__in=SEALED).order_by("due_on", "id")
    first = on_case.values("due_on", "rule", "holder_id").first()
    Suggestion.objects.filter(pk=clock.case_id).update(
        due_on=first and first["due_on"],
        due_rule=first["rule"] if first else "",
        **({"holder_id": first["holder_id"]} if first else {}),
    )
    if clock.subject_kind == Assignment._meta.label_lower:
        _copy_to_share(clock)


def _copy_to_share(clock):
    own = Clock.objects.filter(subject_kind=clock.subject_kind, subject_id=clock.subject_id).running()
    earliest = own.order_by("due_on").values_list("due_on", flat=True).first()
    Assignment.objects.filter(pk=clock.subject_id).update(due_on=earliest)
    if clock.rule in {"reply", "rehandle"}:
        Round.objects.filter(assignments=clock.subject_id).update(reply_due_on=_last_day(clock))


def _last_day(clock):
    """By when the whole round is to be answered: departments that answer apart may have different days."""
    shares = Assignment.objects.filter(round__assignments=clock.subject_id).order_by().values("pk")
    owed = Clock.objects.filter(subject_kind=clock.subject_kind, subject_id__in=shares, rule=clock.rule)
    owed = owed.exclude(state=Clock.State.STOPPED)
    return owed.aggregate(last=Max("due_on"))["last"] or clock.due_on


@after("clocks.moved")
def retell_moved(shifts):
    """The calendar or the rules have moved dates without a step of the cases."""
    by_congress = {}
    for shift in shifts:
        if shift.clock.case_kind == Suggestion._meta.label_lower:
            by_congress.setdefault(shift.clock.congress, set()).add(shift.clock.case_id)
    for congress, pks in by_congress.items():
        tallies.retell(pks, congress=congress)


tallies.follow(CASE)
tallies.follow(SHARE)


@after("suggestion.register")
@after("suggestion.correct")
def credit(taken):
    """A registered paper counts for who put it forward, and apart for those who signed under it (A22)."""
    case = taken.case
    if case.state not in Suggestion.ACCEPTED or case.lead_id is None or case.submitted_on is None:
        return  # an old paper that was brought in may lack both
    title = title_on_record(case)
    values = {"title": title, "held_on": case.submitted_on, "on": taken.on, "by": taken.by, "settled": True}
    duties.register(case, _kind(case), [duties.Performed(case.lead_id)], **values)
    signed = _signed(case)
    if signed:
        duties.register(case, Kind.COSIGN, [duties.Performed(mandate_id) for mandate_id in signed], **values)


@after("mandate.end")
def write_on(taken):
    """A re-elected deputy goes on with his drafts on the new seat."""
    seat = taken.case
    if (following := seat.followed_by()) is not None:
        Suggestion.objects.filter(lead=seat, state__in=WRITABLE).update(lead=following)


@after("suggestion.withdraw")
def take_credit_back(taken):
    """What was withdrawn is no longer counted for anybody."""
    case = taken.case
    for kind, mandates in ((_kind(case), [case.lead_id]), (Kind.COSIGN, _signed(case))):
        if mandates:
            duties.withdraw(case, kind, mandates, on=taken.on, by=taken.by, settled=True)


def _kind(case):
    return Kind.MOTION if case.is_motion else Kind.SUGGESTION


def _signed(case):
    return list(case.cosigners.filter(state=Cosigner.State.CONFIRMED).values_list("mandate_id", flat=True))


def _may_read(user, case_id):
    return Suggestion.objects.visible_to(user).filter(pk=case_id).exists()


def _shown_name(user, stored):
    """A paper's own name may tell whose it is."""
    case = Suggestion.objects.get(pk=stored.case_id)
    return file_name(stored, position=stored.pk, hidden=hides_names(case, reader=user))


papers_of(Suggestion._meta.label_lower, may_read=_may_read, shown_name=_shown_name)


def _brings(user, import_id):
    return Import.objects.filter(pk=import_id, congress__in=brought_by(user)).exists()


def _note(user, import_id):
    batch = Import.objects.select_related("congress").get(pk=import_id)
    note_export(batch.congress, count=batch.total, by=user)


papers_of(Import._meta.label_lower, may_read=_brings, notes=_note)
