"""Who may do what in a congress: predicates over the hats, for this room and every room above (权限)."""

import rules
from django.db.models import Q
from django.utils import timezone

from congress.organs.hats import hats_of
from congress.organs.models import Congress, Organ


def congress_id(thing):
    """The congress a thing belongs to; a congress belongs to itself."""
    if isinstance(thing, Organ) and thing.kind == Organ.Kind.CONGRESS:
        return thing.pk
    return getattr(thing, "congress_id", None)


@rules.predicate
def is_robot(user):
    """The system itself: for what follows from somebody else's act, or is done for who has no account."""
    return getattr(user, "is_robot", False)


@rules.predicate
def is_clerk_of(user, thing):
    """Clerk of the congress itself, county or township (代表工作机构、乡镇人大)."""
    return thing is not None and congress_id(thing) in hats_of(user).clerk_of


@rules.predicate
def is_leader_of(user, thing):
    return thing is not None and congress_id(thing) in hats_of(user).leads


@rules.predicate
def watches(user, thing):
    """Reads all cases of the congress: its own clerks and leaders, and those of the county above."""
    return thing is not None and congress_id(thing) in hats_of(user).watches


@rules.predicate
def audits(user, congress):
    """Reads the journal of the congress: its own auditor, and the county's for the townships below."""
    return congress is not None and not hats_of(user).audits.isdisjoint({congress.pk, congress.parent_id})


@rules.predicate
def administers(user, thing):
    return thing is not None and congress_id(thing) in hats_of(user).administers


@rules.predicate
def keeps(user, thing):
    """Keeps organs, terms and accounts: the congress's own clerk, or the clerk of the congress above it."""
    return thing is not None and congress_id(thing) in hats_of(user).keeps


@rules.predicate
def keeps_accounts(user, thing):
    """Unlocks and closes accounts: whoever keeps the congress, and its system administrator."""
    return keeps(user, thing) or administers(user, thing)


def _places_of(account):
    """The congresses in which an account holds a place, today or later; of one who left, where he served."""
    today = timezone.localdate()
    held = list(account.memberships.values_list("organ", "organ__congress", "ends_on"))
    standing = [place for place in held if place[2] is None or place[2] >= today]
    return {congress or organ for organ, congress, _ends_on in standing or held}


@rules.predicate
def keeps_all_places_of(user, account):
    """A new code is a key to the whole account, so it is cut only by whoever keeps all places it opens."""
    if account is None:
        return False
    places = _places_of(account)
    return bool(places) and places <= hats_of(user).keeps


@rules.predicate
def tends_all_places_of(user, account):
    """The same for acts that close or unlock, which the administrator may do too."""
    if account is None:
        return False
    places, hats = _places_of(account), hats_of(user)
    return bool(places) and places <= hats.keeps | hats.administers


@rules.predicate
def is_self(user, account):
    return account is not None and user.pk == account.pk


def kept_by(user):
    """The congresses that a user keeps or administers; what `organs.open_office` asks of one congress."""
    hats = hats_of(user)
    return Congress.objects.filter(pk__in=hats.keeps | hats.administers)


def watched_by(user):
    """The congresses of which a user reads all, the higher first."""
    return Congress.objects.among(hats_of(user).watches)


def led_by(user):
    """The congresses that he leads, the higher first."""
    return Congress.objects.among(hats_of(user).leads)


def clerked_by(user):
    """The congresses whose clerk he is, the higher first."""
    return Congress.objects.among(hats_of(user).clerk_of)


def audited_by(user):
    """The congresses whose journal a user reads; what `organs.read_journal` asks of one."""
    audits = hats_of(user).audits
    return Congress.objects.filter(Q(pk__in=audits) | Q(parent__in=audits))


@rules.predicate
def is_administrator(user):
    """System administrator of some congress: runs the system, reads no case (系统管理员)."""
    return bool(hats_of(user).administers)


rules.add_perm("organs.open_office", keeps_accounts)
rules.add_perm("organs.keep", keeps)
rules.add_perm("organs.reset_account", keeps_all_places_of & ~is_self)
rules.add_perm("organs.tend_account", tends_all_places_of & ~is_self)
rules.add_perm("organs.read_journal", audits)
rules.add_perm("kit.view_gallery", is_administrator)
