"""Who plans, who allots contacts, who puts down a contact, who reads the work of the townships (权限)."""

import rules
from django.db.models import Q

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.organs.rules import is_clerk_of, keeps, watches
from deputies.pledges.models import TownshipTie
from deputies.roll.seats import active_seats_of, seats_of


@rules.predicate
def plans_for_himself(user, plan):
    """The deputy whose plan it is, while he may act; a pledge is judged by its plan."""
    plan = getattr(plan, "plan", plan)
    return plan is not None and plan.mandate_id in active_seats_of(user)


@rules.predicate
def is_own_plan(user, plan):
    return plan is not None and plan.mandate_id in seats_of(user)


@rules.predicate
def is_clerk_of_his_township(user, plan):
    delegation = plan.mandate.delegation if plan is not None else None
    return delegation is not None and delegation.township_id in hats_of(user).clerk_of


@rules.predicate
def keeps_the_tie(user, tie):
    """The committee member, or somebody who serves the committee, that keeps in touch."""
    if tie is None:
        return False
    return tie.member_id in active_seats_of(user) or tie.committee_id in hats_of(user).committees


@rules.predicate
def is_kept_in_touch(user, tie):
    return tie is not None and (tie.deputy_id in seats_of(user) or tie.member_id in seats_of(user))


@rules.predicate
def is_clerk_of_that_township(user, tie):
    delegation = tie.deputy.delegation if tie is not None else None
    return delegation is not None and delegation.township_id in hats_of(user).clerk_of


@rules.predicate
def serves_the_department_it_went_to(user, follow_up):
    department = getattr(follow_up, "department_id", None)
    return department is not None and department in hats_of(user).departments


@rules.predicate
def is_township(_user, congress):
    return congress is not None and congress.is_township


@rules.predicate
def looks_after(user, congress):
    """The member of the county's committee who looks after this township (挂钩联系)."""
    return congress is not None and TownshipTie.objects.of(user).filter(township=congress.pk).exists()


@rules.predicate
def is_clerk_above(user, congress):
    """Clerk of the congress above: the county says who looks after its townships, a township does not."""
    return congress is not None and congress.parent_id in hats_of(user).clerk_of


def townships_read_by(user):
    """The townships whose work a user reads; what `pledges.view_township` asks of one."""
    reach = Q(pk__in=hats_of(user).watches)
    if seats_of(user):
        reach |= Q(pk__in=TownshipTie.objects.of(user).order_by().values("township"))
    return Congress.objects.filter(reach, level=Congress.Level.TOWNSHIP).order_by("position", "pk")


rules.add_perm("pledges.view_plan", watches | is_own_plan | is_clerk_of_his_township)
rules.add_perm("pledges.keep_plan", plans_for_himself | is_clerk_of)
rules.add_perm("pledges.keep_cards", is_clerk_of)
rules.add_perm("pledges.allot_contacts", keeps)
rules.add_perm("pledges.view_tie", watches | is_kept_in_touch | keeps_the_tie | is_clerk_of_that_township)
rules.add_perm("pledges.log_contact", keeps_the_tie | is_clerk_of)
rules.add_perm("pledges.settle_follow_up", is_clerk_of | serves_the_department_it_went_to)
rules.add_perm("pledges.succeed_follow_up", is_clerk_of)
rules.add_perm("pledges.view_township", is_township & (watches | looks_after))
rules.add_perm("pledges.send_paper", is_clerk_of & is_township)
rules.add_perm("pledges.tie_township", is_township & is_clerk_above)
