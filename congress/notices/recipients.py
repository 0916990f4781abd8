"""Whom a letter goes to: those who serve there today, by role (收件人)."""

from django.utils import timezone

from congress.accounts.models import User
from congress.organs.models import Membership
from congress.organs.roles import Role


def serving(organs, *roles):
    """The active people who hold one of the roles in these organs today; an organ, its id or several of either."""
    several = organs if isinstance(organs, (list, tuple, set, frozenset)) else [organs]
    wanted = [getattr(organ, "pk", organ) for organ in several if organ is not None]
    places = Membership.objects.filter(organ__in=wanted, role__in=roles).in_force(on=timezone.localdate())
    return list(User.objects.filter(pk__in=places.values("user"), is_robot=False).order_by("pk"))


def officers(organs):
    """Those who handle in a department; the distributor's people in the government office."""
    return serving(organs, Role.CASE_OFFICER, Role.GOVERNMENT_OFFICE)


def heads(organs):
    return serving(organs, Role.DEPARTMENT_HEAD)


def department(organs):
    """Officers and heads."""
    return serving(organs, Role.CASE_OFFICER, Role.GOVERNMENT_OFFICE, Role.DEPARTMENT_HEAD)


def clerks(congresses):
    """The office of a congress, in the county or in the township."""
    return serving(congresses, Role.NPC_CLERK, Role.TOWNSHIP_CLERK)


def leaders(congresses):
    return serving(congresses, Role.LEADER)
