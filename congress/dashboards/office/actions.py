"""The verbs of organs and accounts, each with its entry in the journal, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from congress.accounts import actions as accounts
from congress.accounts.models import User
from congress.kit.personal import EncryptedField, blind_index
from congress.organs import actions as organs
from congress.organs.models import Congress, Organ
from congress.procedure import journal
from congress.procedure.reactions import announce
from congress.procedure.workflow import describe

describe(
    organ_create=_("设立机构"),
    organ_change=_("修改机构"),
    organ_abolish=_("撤销机构"),
    term_create=_("新设届次"),
    term_change=_("修改届次"),
    session_create=_("新设会次"),
    session_change=_("修改会次"),
    account_open=_("开立账号"),
    account_change=_("修改账号资料"),
    account_issue=_("签发激活码"),
    account_unlock=_("解除锁定"),
    account_deactivate=_("停用账号"),
    account_reactivate=_("启用账号"),
    account_second_factor=_("重置动态口令"),
    account_reveal=_("查看手机号"),
    account_give=_("授予任职"),
    account_end=_("结束任职"),
    account_move=_("移交任职"),
    account_deputise=_("安排代理"),
)


@dataclass(frozen=True)
class Changed:
    """A change to master data while its reactions run."""

    subject: object
    by: object
    on: object
    facts: dict


@dataclass(frozen=True)
class Slip:
    """What is printed for one person, once: afterwards nobody can read the code again (激活单).

    Without a code for somebody whose account is kept elsewhere: he signs in as he always does.
    """

    user: User
    place: str
    code: str
    expires_at: datetime | None


@dataclass(frozen=True)
class Person:
    """Somebody to whom an account is to be issued: an account that stands, or a name with its place."""

    name: str
    place: str
    organ: Organ
    role: str
    phone: str = ""
    title: str = ""
    user: User | None = None
    linked: Model | None = None  # the row that gets this account as its `user`, e.g. a deputy


def _write(subject, verb, *, by, congress, on=None, facts=None):
    """One journal entry, and the reactions of the rooms that care."""
    journal.record(subject, verb, by=by, on=on, facts=facts, congress=congress)
    announce(verb, Changed(subject, by, on, facts or {}))


def _picture(thing):
    """The fields of a row as the journal keeps them: personal data only as "held" or empty."""
    picture = {}
    for field in thing._meta.concrete_fields:
        value = field.value_from_object(thing)
        if isinstance(field, EncryptedField):
            value = "***" if value else ""
        picture[field.name] = value if isinstance(value, (str, int, bool, list, type(None))) else str(value)
    return picture


def _difference(before, after):
    return {
        name: {"before": before.get(name), "after": value} for name, value in after.items() if before.get(name) != value
    }


@transaction.atomic
def save(thing, *, noun, by, congress):
    """Write a new or changed row of master data, and what changed, before and after."""
    is_new = thing._state.adding
    before = {} if is_new else _picture(type(thing)._base_manager.get(pk=thing.pk))
    thing.save()
    changes = _difference(before, _picture(thing))
    if changes:
        verb = f"{noun}.create" if is_new else f"{noun}.change"
        _write(_root(thing), verb, by=by, congress=_home(thing, congress), facts=changes)
    return thing


def _root(thing):
    """All kinds of organ keep one journal, that of the organ."""
    return thing.organ_ptr if hasattr(thing, "organ_ptr") else thing


def _home(thing, congress):
    """A congress that is founded is its own home."""
    return thing if isinstance(thing, Congress) else congress


@transaction.atomic
def abolish(organ, *, on, by, congress, successor=None):
    """Abolish an organ, with its people moved to the successor (撤销)."""
    ended, begun = organs.abolish(organ, on=on, successor=successor)
    facts = {"successor": successor.name if successor else "", "ended": len(ended), "begun": len(begun)}
    _write(_root(organ), "organ.abolish", by=by, congress=congress, on=on, facts=facts)


def _place(membership):
    return {"organ": membership.organ.name, "role": membership.role, "title": membership.title}


@transaction.atomic
def open_account(*, name, phone, organ, role, title, starts_on, by, congress, username="", ends_on=None):
    """Open an account with its first place (开户)."""
    user = accounts.open_account(name=name, phone=phone, username=username)
    _write(user, "account.open", by=by, congress=congress, facts={"username": user.username, "name": user.name})
    give(user, organ=organ, role=role, title=title, starts_on=starts_on, ends_on=ends_on, by=by, congress=congress)
    return user


@transaction.atomic
def give(user, *, organ, role, starts_on, by, congress, title="", ends_on=None):
    membership = organs.give(user, organ=organ, role=role, starts_on=starts_on, ends_on=ends_on, title=title)
    _write(user, "account.give", by=by, congress=congress, on=starts_on, facts=_place(membership))
    return membership


@transaction.atomic
def end(membership, *, on, by, congress):
    organs.end(membership, on=on)
    _write(membership.user, "account.end", by=by, congress=congress, on=on, facts=_place(membership))


@transaction.atomic
def hand_over(user, *, memberships, to, on, by, congress, close=False):
    """An officer leaves: his places go to another, and his account may be closed with them (移交)."""
    places = [_place(each) for each in memberships]
    begun = organs.hand_over(memberships, to=to, on=on)
    facts = {"to": to.name, "to_username": to.username, "places": places}
    _write(user, "account.move", by=by, congress=congress, on=on, facts=facts)
    for membership in begun:
        _write(to, "account.give", by=by, congress=congress, on=membership.starts_on, facts=_place(membership))
    if close:
        deactivate(user, by=by, congress=congress)


@transaction.atomic
def deputise(membership, *, user, starts_on, ends_on, by, congress):
    deputy = organs.deputise(membership, user=user, starts_on=starts_on, ends_on=ends_on)
    facts = _place(deputy) | {"for": membership.user.name, "until": ends_on.isoformat()}
    _write(user, "account.deputise", by=by, congress=congress, on=starts_on, facts=facts)


@transaction.atomic
def issue_accounts(people, *, by, congress, on, at):
    """Issue activation slips: an account is opened for whoever has none, and a fresh code for everybody.

    Returns the slips; the codes stand nowhere else.
    """
    return [_issue(person, by=by, congress=congress, on=on, at=at) for person in people]


def _issue(person, *, by, congress, on, at):
    owner = User.objects.filter(phone_index=blind_index(person.phone)).first() if person.phone else None
    known = person.user or (owner if owner and _is_same(owner, person) else None)
    place = {"organ": person.organ, "role": person.role, "title": person.title, "starts_on": on}
    if known is None:
        phone = "" if owner else person.phone  # two people share a telephone: it can let in only one of them
        user = open_account(name=person.name, phone=phone, by=by, congress=congress, **place)
    else:
        user = known
        if person.user is None and not user.memberships.in_force(on=on).filter(organ=person.organ.pk, role=person.role):
            give(user, by=by, congress=congress, **place)
    if person.linked is not None:
        person.linked.user = user
        person.linked.save(update_fields=["user"])
    if known and not by.has_perm("organs.reset_account", known):
        return Slip(user, person.place, "", None)  # he has a key from elsewhere, and keeps it
    code = accounts.issue_code(user, at=at, by=by)
    expires_at = user.activations.get(used_at__isnull=True).expires_at
    _write(user, "account.issue", by=by, congress=congress, facts={"expires_at": expires_at.isoformat()})
    return Slip(user, person.place, code, expires_at)


def _is_same(owner, person):
    """Whether the account under this phone is that person's: same name, and no other row speaks for it."""
    return owner.name == person.name and owner.is_active and (person.linked is None or not hasattr(owner, "deputy"))


@transaction.atomic
def unlock(user, *, by, congress):
    accounts.unlock(user)
    _write(user, "account.unlock", by=by, congress=congress)


@transaction.atomic
def deactivate(user, *, by, congress):
    accounts.deactivate(user)
    _write(user, "account.deactivate", by=by, congress=congress)


@transaction.atomic
def reactivate(user, *, by, congress):
    accounts.reactivate(user)
    _write(user, "account.reactivate", by=by, congress=congress)


@transaction.atomic
def reset_second_factor(user, *, by, congress):
    accounts.reset_second_factor(user)
    _write(user, "account.second_factor", by=by, congress=congress)


@transaction.atomic
def reveal_phone(user, *, by, congress):
    """Read a phone number in full; that it was read is written down first (查看手机号)."""
    _write(user, "account.reveal", by=by, congress=congress)
    return user.phone
