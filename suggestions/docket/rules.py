"""Who may do what to a case, written like the by-law it is (权限)."""

import rules
from django.db.models import Exists, OuterRef, Q

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.organs.rules import is_clerk_of, is_robot
from deputies.roll.seats import active_seats_of, seats_of
from suggestions.docket.models import Assignment, Suggestion

_ANSWERS = Assignment.ANSWERS


@rules.predicate
def reads_cases(user):
    """Whether any of this user's roles has to do with cases at all."""
    hats = hats_of(user)
    return bool(hats.watches or hats.departments or hats.committees or hats.deputy_in)


@rules.predicate
def is_its_deputy(user, case):
    """The lead deputy, while his mandate lets him act."""
    return case is not None and case.lead_id in active_seats_of(user)


@rules.predicate
def is_clerk_of_its_congress(user, case):
    return case is not None and case.congress_id in hats_of(user).clerk_of


@rules.predicate
def was_recorded_by_the_office(user, case):
    return case is not None and case.recorded_by_id is not None


@rules.predicate
def heads_an_answering_share(user, case):
    departments = hats_of(user).head_of | hats_of(user).officer_of
    return (
        case is not None
        and bool(departments)
        and Assignment.objects.filter(round__suggestion=case, organ__in=departments, role__in=_ANSWERS).exists()
    )


@rules.predicate
def has_a_seat_on_it(user, case):
    """Lead or co-signer, whatever has become of the mandate since."""
    seats = seats_of(user)
    return case is not None and (case.lead_id in seats or case.cosigners.filter(mandate__in=seats).exists())


@rules.predicate
def works_for_its_organ(user, share):
    return share is not None and share.organ_id in (hats_of(user).officer_of | hats_of(user).head_of)


@rules.predicate
def is_clerk_of_its_case(user, share):
    return share is not None and share.suggestion.congress_id in hats_of(user).clerk_of


@rules.predicate
def owes_a_reply(user, share):
    return share is not None and share.answers


@rules.predicate
def is_co_handler(user, share):
    return share is not None and share.role == Assignment.Role.CO


@rules.predicate
def is_its_distributor(user, share):
    """The government office to which this share itself was assigned."""
    return share is not None and share.organ_id in hats_of(user).distributes


@rules.predicate
def distributed_it(user, share):
    """The government office that gave this share out."""
    return share is not None and share.parent_id is not None and share.parent.organ_id in hats_of(user).distributes


@rules.predicate
def may_end_its_case(user, share):
    return share is not None and user.has_perm("docket.withdraw_suggestion", share.suggestion)


@rules.predicate
def distributes_the_case(user, case):
    office = hats_of(user).distributes
    return (
        case is not None
        and bool(office)
        and Assignment.objects.filter(round__suggestion=case, organ__in=office).exists()
    )


_its_author = is_its_deputy | (is_clerk_of_its_congress & was_recorded_by_the_office)
_its_office = is_clerk_of_its_congress | is_robot


def brought_by(user):
    """The congresses whose old suggestions a user may bring in; what `docket.bring_in` asks of one."""
    return Congress.objects.among(hats_of(user).clerk_of)


def urged_by(user):
    """The cases whose departments a user may press now, as a Q; what the step `urge` asks of one."""
    hats = hats_of(user)
    given = Assignment.objects.filter(round__suggestion=OuterRef("pk"), organ__in=hats.distributes)
    return Q(state=Suggestion.State.IN_HAND) & (Q(congress__in=hats.clerk_of) | Exists(given))


rules.add_perm("docket.edit_suggestion", _its_author)
rules.add_perm("docket.submit_suggestion", _its_author)
rules.add_perm("docket.discard_suggestion", _its_author)
rules.add_perm("docket.check_suggestion", is_clerk_of_its_congress)
rules.add_perm("docket.assign_suggestion", is_clerk_of_its_congress | distributes_the_case)
rules.add_perm("docket.complete_reply", heads_an_answering_share | is_clerk_of_its_congress)
rules.add_perm("docket.order_rework", has_a_seat_on_it | _its_office)
rules.add_perm("docket.close_suggestion", _its_office)
rules.add_perm("docket.withdraw_suggestion", is_its_deputy | is_clerk_of_its_congress)
rules.add_perm("docket.correct_suggestion", is_clerk_of_its_congress)
rules.add_perm("docket.urge_suggestion", is_clerk_of_its_congress | distributes_the_case)

rules.add_perm("docket.bring_in", is_clerk_of)
rules.add_perm("docket.link_names", is_clerk_of)

rules.add_perm("docket.distribute_share", is_its_distributor | is_clerk_of_its_case)
rules.add_perm("docket.handle_share", works_for_its_organ | is_clerk_of_its_case)
rules.add_perm("docket.give_opinion", (works_for_its_organ | is_clerk_of_its_case) & is_co_handler)
rules.add_perm("docket.draft_reply", (works_for_its_organ | is_clerk_of_its_case) & owes_a_reply)
rules.add_perm("docket.sign_reply", (works_for_its_organ | is_clerk_of_its_case) & owes_a_reply)
rules.add_perm("docket.decide_hand_back", is_clerk_of_its_case | distributed_it)
rules.add_perm("docket.ask_extension", (works_for_its_organ | is_clerk_of_its_case) & owes_a_reply)
rules.add_perm("docket.decide_extension", is_clerk_of_its_case | distributed_it)
rules.add_perm("docket.succeed_share", is_clerk_of_its_case)
rules.add_perm("docket.end_share", may_end_its_case | is_clerk_of_its_case | distributed_it | is_robot)
