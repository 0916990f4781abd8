"""What the docket keeps in step with its clocks: whose turn it is and until when."""

from congress.deadlines.models import Clock
from congress.files.readers import papers_of
from congress.procedure.reactions import after
from suggestions.docket import tallies
from suggestions.docket.identity import file_name, hides_names
from suggestions.docket.models import Assignment, Round, Suggestion
from suggestions.docket.workflow import CASE, SHARE

UNSHOWN = frozenset({"judge"})  # a date that would give a sealed rating away


@after("clock.moved")
def copy_dates(clock):
    """The case and the share carry the earliest running date on them, for lists; the holder is who owes that date."""
    if clock.case_kind != Suggestion._meta.label_lower:
        return
    on_case = Clock.objects.filter(case_kind=clock.case_kind, case_id=clock.case_id).running()
    on_case = on_case.exclude(rule__in=UNSHOWN).order_by("due_on", "id")
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
        Round.objects.filter(assignments=clock.subject_id).update(reply_due_on=clock.due_on)


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


def _may_read(user, case_id):
    return Suggestion.objects.visible_to(user).filter(pk=case_id).exists()


def _shown_name(user, stored):
    """A paper's own name may tell whose it is."""
    case = Suggestion.objects.get(pk=stored.case_id)
    return file_name(stored, position=stored.pk, hidden=hides_names(case, reader=user))


papers_of(Suggestion._meta.label_lower, may_read=_may_read, shown_name=_shown_name)
