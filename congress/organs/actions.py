"""What is done to organs and memberships: abolish, give, end, hand over, deputise (机构变动、任职、移交、代理)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from congress.organs.models import Department, Membership, Organ
from congress.organs.roles import HELD_IN, Role


@transaction.atomic
def abolish(organ, *, on, successor=None):
    """End an organ; whoever serves there goes over to its successor the same day (撤销、合并).

    Returns the memberships which ended and those which began.
    """
    if successor is not None and (successor.pk == organ.pk or successor.congress_id != organ.congress_id):
        raise ValidationError({"successor": _("承接单位须是本级人大的另一个单位。")})
    if organ.valid_from and on <= organ.valid_from:
        raise ValidationError({"on": _("撤销日期须晚于设立日期。")})
    Organ.objects.filter(pk=organ.pk).update(valid_to=on, successor=successor)
    organ.valid_to, organ.successor = on, successor
    serving = _reaching(on, Membership.objects.filter(organ=organ))
    begun = [_copy(each, organ=successor, starts_on=on) for each in serving] if successor else []
    return [_close(each, before=on) for each in serving], begun


def give(user, *, organ, role, starts_on, ends_on=None, title="", deputises_for=None):
    """Let a person serve in an organ in a role (任职)."""
    membership = Membership(
        user=user,
        organ_id=organ.pk,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        title=title,
        deputises_for=deputises_for,
    )
    _check_place(organ, role)
    _check_time(membership)
    membership.full_clean()
    membership.save()
    return membership


def end(membership, *, on):
    """Let a membership end with that day (免职、调离)."""
    if on < membership.starts_on:
        raise ValidationError({"on": _("结束日期不能早于开始日期。")})
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    return membership


@transaction.atomic
def hand_over(memberships, *, to, on):
    """Somebody leaves: his memberships end with that day and go on in another's name the day after (移交).

    Returns the memberships that began; those which the other holds already are not given twice.
    """
    begun = []
    for membership in memberships:
        if membership.user_id == to.pk:
            raise ValidationError({"to": _("不能移交给本人。")})
        held = _reaching(on, Membership.objects.filter(user=to, organ=membership.organ, role=membership.role))
        if not held.exists():
            begun.append(_copy(membership, user=to, starts_on=max(on + timedelta(days=1), membership.starts_on)))
        _close(membership, before=on + timedelta(days=1))
    return begun


def deputise(membership, *, user, starts_on, ends_on):
    """Let another act in this place between two dates; the holder keeps it (代理)."""
    if user.pk == membership.user_id:
        raise ValidationError({"user": _("不能由本人代理本人。")})
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("结束日期不能早于开始日期。")})
    return give(
        user,
        organ=membership.organ,
        role=membership.role,
        starts_on=starts_on,
        ends_on=ends_on,
        title=membership.title,
        deputises_for=membership,
    )


def _check_place(organ, role):
    """A role is held where the law puts it."""
    if organ.kind != HELD_IN[role]:
        raise ValidationError({"role": _("%(role)s不能在%(organ)s任职。") % {"role": role.label, "organ": organ}})
    if organ.kind == Organ.Kind.CONGRESS:
        is_township = organ.as_congress.is_township
        if (role == Role.TOWNSHIP_CLERK and not is_township) or (role == Role.NPC_CLERK and is_township):
            raise ValidationError({"role": _("%(role)s不适用于这一级人大。") % {"role": role.label}})
    if role == Role.GOVERNMENT_OFFICE and organ.as_department.type != Department.Type.GOVERNMENT_OFFICE:
        raise ValidationError({"role": _("只有分办单位才有政府办（督查室）人员。")})


def _check_time(membership):
    """One person does not hold one place twice at a time."""
    last = membership.ends_on
    same = _reaching(
        membership.starts_on,
        Membership.objects.filter(user=membership.user, organ=membership.organ_id, role=membership.role),
    )
    if same.filter(starts_on__lte=last).exists() if last else same.exists():
        raise ValidationError({"starts_on": _("这段时间已有相同的任职。")})


def _reaching(on, memberships):
    """Those that are in force on that day or later."""
    return memberships.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def _copy(membership, *, starts_on, user=None, organ=None):
    """The same place under another name or roof."""
    return Membership.objects.create(
        user=user or membership.user,
        organ_id=(organ or membership.organ).pk,
        role=membership.role,
        title=membership.title,
        starts_on=max(starts_on, membership.starts_on),
        ends_on=membership.ends_on,
    )


def _close(membership, *, before):
    """End it the day before; one that would begin later never begins and is taken out with its deputising."""
    last = before - timedelta(days=1)
    if membership.starts_on > last:
        membership.deputies.all().delete()
        membership.delete()
        return membership
    membership.ends_on = last
    membership.save(update_fields=["ends_on"])
    membership.deputies.filter(ends_on__gt=last, starts_on__lte=last).update(ends_on=last)
    membership.deputies.filter(starts_on__gt=last).delete()
    return membership
