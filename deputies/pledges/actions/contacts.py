"""The verbs of keeping in touch: allot, pair, release, put a contact down, pass on what it brought up (双联系)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.kit.dates import said
from congress.organs.models import Congress
from congress.procedure import journal
from deputies.pledges.contacting import Quotas, proposed
from deputies.pledges.models import ContactLog, FollowUp, Tie
from deputies.pledges.workflow import FOLLOW_UP
from deputies.roll.models import Mandate

RULE = "member_contact"


@transaction.atomic
def allot(member, deputies, *, on, by, shown=None):
    """Say which deputies a member contacts; nobody, or as many as his quota allows (联系分工).

    `shown` are the deputies whom the page showed as his: only what was ticked or unticked on it is changed.
    """
    keeper = {"kind": Tie.Kind.MEMBER, "member": member}
    deputies = _merged(deputies, shown, keeper, congress=member.congress)
    if not member.is_standing_member or member.state != Mandate.State.ACTIVE:
        raise ValidationError(_("%s不是在任的组成人员，不能分工联系代表。") % member)
    _fit(member.congress, deputies, but=member)
    quota = Quotas(member.congress, on=on).of(member)
    if deputies and any(quota.judged(len(deputies))):
        words = {"least": quota.least, "most": quota.most, "count": len(deputies)}
        raise ValidationError({"deputies": _("每人联系 %(least)s 至 %(most)s 名代表，现在选了 %(count)s 名。") % words})
    return _set(Tie.Kind.MEMBER, {"member": member}, f"{member}", deputies, congress=member.congress, on=on, by=by)


@transaction.atomic
def allot_committee(committee, deputies, *, on, by, shown=None):
    """Say which deputies a committee contacts (委室联系代表); no quota binds it. `shown` as with a member."""
    keeper = {"committee": committee}
    deputies = _merged(deputies, shown, keeper | {"kind": Tie.Kind.COMMITTEE}, congress=committee.congress)
    _fit(committee.congress, deputies)
    return _set(Tie.Kind.COMMITTEE, keeper, f"{committee}", deputies, congress=committee.congress, on=on, by=by)


@transaction.atomic
def allot_the_rest(congress, *, on, by):
    """Give the deputies whom nobody contacts to members with room; who would stay short is left to the office.

    Returns (deputies given out, members who now contact them).
    """
    quotas, given = Quotas(congress, on=on), {}
    for member, fresh in proposed(congress, on=on).items():
        standing = Tie.objects.standing().filter(member=member, kind=Tie.Kind.MEMBER).select_related("deputy")
        wanted = [*(tie.deputy for tie in standing), *fresh]
        if not any(quotas.of(member).judged(len(wanted))):
            keeper = {"member": member}
            _set(Tie.Kind.MEMBER, keeper, f"{member}", wanted, congress=congress, on=on, by=by)
            given[member] = len(fresh)
    return sum(given.values()), len(given)


def _merged(deputies, shown, keeper, *, congress):
    """The deputies wanted: what a page did not touch stays as it is, also where a colleague changed it meanwhile."""
    deputies = list(deputies)
    if shown is None:
        return deputies
    Congress.objects.select_for_update().get(pk=congress.pk)
    ties = Tie.objects.standing().filter(**keeper).select_related("deputy__deputy")
    standing, ticked = {tie.deputy_id: tie.deputy for tie in ties}, {each.pk for each in deputies}
    kept = [each for each in deputies if each.pk not in shown or each.pk in standing]
    return kept + [each for pk, each in standing.items() if pk not in shown and pk not in ticked]


def _fit(congress, deputies, *, but=None):
    for each in deputies:
        if each.congress_id != congress.pk or each.state != Mandate.State.ACTIVE or each == but:
            raise ValidationError({"deputies": _("%s不是本级在任代表，或者就是本人，不能列入。") % each})


def _set(kind, keeper, name, deputies, *, congress, on, by):
    """End what is no longer wanted, begin what is new, leave the rest as it runs; two at once wait for each other."""
    Congress.objects.select_for_update().get(pk=congress.pk)
    standing = {tie.deputy_id: tie for tie in Tie.objects.standing().filter(kind=kind, **keeper)}
    wanted = {each.pk: each for each in deputies}
    gone = [tie for deputy, tie in standing.items() if deputy not in wanted]
    for tie in gone:
        _end(tie, on=on, by=by)
    added = [each for pk, each in wanted.items() if pk not in standing]
    for each in added:
        tie = Tie.objects.create(congress=congress, kind=kind, deputy=each, since=on, **keeper)
        clocks.start(RULE, tie, on=on, by=by)
    if gone or added:
        facts = {"keeper": name, "count": len(wanted), "added": [each.pk for each in added]}
        journal.record(congress, "contacts.allot", by=by, on=on, facts=facts, congress=congress)
    return list(Tie.objects.standing().filter(kind=kind, **keeper))


@transaction.atomic
def pair(mentor, deputy, *, on, by):
    """An experienced deputy, or one of the county, helps a deputy along (以老带新、逐级帮带)."""
    if mentor == deputy:
        raise ValidationError({"mentor": _("不能自己带自己。")})
    from_above = mentor.congress_id == deputy.congress.parent_id
    if mentor.congress_id != deputy.congress_id and not from_above:
        raise ValidationError({"mentor": _("只能由本级代表或者上一级代表帮带。")})
    if not from_above and not mentor.is_re_elected:
        raise ValidationError({"mentor": _("同级结对应由连任代表带新代表。")})
    Congress.objects.select_for_update().get(pk=deputy.congress_id)  # two clerks at once make one pair
    if Tie.objects.standing().filter(kind=Tie.Kind.MENTOR, deputy=deputy).exists():
        raise ValidationError({"deputy": _("%s已经有人帮带。") % deputy})
    tie = Tie.objects.create(congress=deputy.congress, kind=Tie.Kind.MENTOR, member=mentor, deputy=deputy, since=on)
    facts = {"keeper": f"{mentor}", "deputy": f"{deputy}", "added": [deputy.pk], "mentor": mentor.pk}
    journal.record(deputy.congress, "contacts.mentor", by=by, on=on, facts=facts, congress=deputy.congress)
    return tie


@transaction.atomic
def release(tie, *, on, by):
    """End one tie; its records stay (解除联系)."""
    if tie.until is None:
        _end(tie, on=on, by=by)
        facts = {"keeper": f"{tie.keeper}", "deputy": f"{tie.deputy}"}
        journal.record(tie.congress, "contacts.release", by=by, on=on, facts=facts, congress=tie.congress)


def release_of(seat, *, on, by):
    """A seat has ended: nobody is kept in touch with by it, and nobody keeps in touch with it."""
    _release_all(Q(member=seat) | Q(deputy=seat), on=on, by=by)


def release_by_member(seat, *, on, by):
    """Whoever has left the committee or the presidium contacts nobody for it any more; what he mentors, he mentors."""
    _release_all(Q(member=seat, kind=Tie.Kind.MEMBER), on=on, by=by)


def _release_all(which, *, on, by):
    ties = (
        Tie.objects.standing().filter(which).select_related("member__deputy", "committee", "deputy__deputy", "congress")
    )
    for tie in ties.order_by("pk"):
        release(tie, on=max(on, tie.since), by=by)


def _end(tie, *, on, by):
    tie.until = on
    tie.save(update_fields=["until"])
    clocks.stop_all(tie, on=on, by=by)


@transaction.atomic
def log(tie, *, held_on, method, place, content, on, by, request_key=""):
    """Put a contact down: when, how, where, about what; without one of them it is refused (联系记录)."""
    missing = {
        "method": method not in ContactLog.Method.values and _("请选择联系方式。"),
        "place": not place.strip() and _("请写联系地点。"),
        "content": not content.strip() and _("请写联系内容。"),
        "held_on": (held_on > on and _("联系日期不能晚于今天。"))
        or (held_on < tie.since and _("这项联系分工从%s开始，联系日期不能更早。") % said(tie.since)),
    }
    if any(missing.values()):
        raise ValidationError({name: text for name, text in missing.items() if text})
    Tie.objects.select_for_update().get(pk=tie.pk)
    tie.refresh_from_db(fields=["until", "last_on"])  # another contact may have been put down meanwhile
    if tie.until is not None:
        raise ValidationError(_("这项联系分工已经结束，不能再登记。"))
    row = ContactLog.objects.create(
        tie=tie, held_on=held_on, method=method, place=place.strip(), content=content.strip(), by=by
    )
    facts = {"who": f"{tie.keeper}", "deputy": f"{tie.deputy}"}
    journal.record(tie, "tie.contact", by=by, on=on, facts=facts, request_key=request_key)
    if tie.last_on is None or held_on > tie.last_on:
        tie.last_on = held_on
        tie.save(update_fields=["last_on"])
        if tie.kind != Tie.Kind.MENTOR:
            clocks.meet(RULE, tie, on=held_on, by=by)
            clocks.start(RULE, tie, on=held_on, by=by)
    return row


@transaction.atomic
def follow(row, *, text, route, department=None, meeting="", on, by, request_key=""):
    """Pass on what a contact brought up, to a department or onto an agenda; linked back to the contact (意见转办)."""
    if not text.strip():
        raise ValidationError({"text": _("请写代表提了什么意见。")})
    to_department = route == FollowUp.Route.DEPARTMENT
    if to_department and department is None:
        raise ValidationError({"department": _("请选择转给哪个单位。")})
    if not to_department and meeting not in FollowUp.Meeting.values:
        raise ValidationError({"meeting": _("请选择列入哪个会议。")})
    tie = row.tie
    where = _("转%s办理") % department if to_department else _("列为%s议题建议") % FollowUp.Meeting(meeting).label
    facts = {"where": where, "text": text.strip()[:60], "department": department.pk if to_department else None}
    journal.record(tie, "tie.follow", by=by, on=on, facts=facts, request_key=request_key)
    return FollowUp.objects.create(
        congress=tie.congress,
        log=row,
        text=text.strip(),
        route=route,
        department=department if to_department else None,
        meeting="" if to_department else meeting,
        routed_on=on,
    )


def settle(follow_up, *, result, on, by, version=None, request_key=""):
    """What became of it (登记结果)."""
    if not result.strip():
        raise ValidationError({"result": _("请写明结果。")})
    with FOLLOW_UP.taking(
        "settle", follow_up, by=by, on=on, version=version, request_key=request_key, result=result.strip()
    ) as taken:
        taken.facts.update(text=follow_up.text[:60], result=result.strip()[:200])
    return follow_up


def succeed(follow_up, *, gone, on, by):
    """An abolished department had it in hand: its successor goes on (机构撤并后移交)."""
    facts = {"gone": str(gone), "organ": str(gone.successor), "text": follow_up.text[:60]}
    with FOLLOW_UP.taking("succeed", follow_up, by=by, on=on, facts=facts, department_id=gone.successor_id):
        return follow_up
