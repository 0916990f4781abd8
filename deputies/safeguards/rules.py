"""Who answers a deputy who asks for help; who keeps the money; who alone reads a protected report (履职保障的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.rules import is_clerk_of, is_leader_of, is_robot, watches
from deputies.roll.seats import active_seats_of, seats_of
from deputies.safeguards.models import Confidant


@rules.predicate
def asks_himself(user, request):
    """The deputy who asks, while he may act; of a seat, whether it is his."""
    seat = getattr(request, "mandate_id", None) or getattr(request, "pk", None)
    return seat is not None and seat in active_seats_of(user)


@rules.predicate
def is_his_own(user, request):
    return request is not None and request.mandate_id in seats_of(user)


@rules.predicate
def answers_it(user, request):
    """The office that holds it: whoever is asked, answers."""
    return request is not None and request.holder_id in hats_of(user).clerk_of


@rules.predicate
def reads_for_the_holder(user, request):
    return request is not None and request.holder_id in hats_of(user).watches


@rules.predicate
def is_of_his_township(user, request):
    oversees = hats_of(user).oversees
    delegation = request.mandate.delegation if request is not None and oversees else None
    return delegation is not None and delegation.township_id in oversees


@rules.predicate
def is_clerk_above(user, request):
    """The county's office may take on what its township does not answer; before that it answers nothing there."""
    clerk_of = hats_of(user).clerk_of
    return bool(clerk_of) and request is not None and request.holder.parent_id in clerk_of


@rules.predicate
def wrote_it(user, report):
    """The person himself, also when his seat has ended."""
    return report is not None and report.mandate.deputy.user_id == user.pk


@rules.predicate
def is_entrusted(user, report):
    """Asked anew each time: whoever was relieved a moment ago reads nothing more."""
    return report is not None and Confidant.objects.of(user).filter(congress=report.congress_id).exists()


rules.add_perm("safeguards.view_help", watches | is_his_own | reads_for_the_holder | is_of_his_township)
rules.add_perm("safeguards.ask_help", asks_himself)
rules.add_perm("safeguards.answer_help", answers_it)
rules.add_perm("safeguards.pass_help_up", answers_it | is_clerk_above)
rules.add_perm("safeguards.view_budget", watches)
rules.add_perm("safeguards.keep_budget", is_clerk_of)
rules.add_perm("safeguards.name_confidants", is_leader_of)
rules.add_perm("safeguards.view_report", wrote_it | is_entrusted)
rules.add_perm("safeguards.handle_report", is_entrusted & ~wrote_it)
# The journal names who took a step, and the auditor reads the journal: the robot takes those of the deputy for him.
rules.add_perm("safeguards.withdraw_report", wrote_it | is_robot)
