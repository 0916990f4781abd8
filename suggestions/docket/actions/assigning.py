"""Handing a case to departments, distributing, and deciding on hand-backs (交)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.organs.models import Department, chinese_number
from suggestions.docket.actions.extending import LONGER, NOTHING_ASKED, REPLY, decider
from suggestions.docket.models import Assignment, Round
from suggestions.docket.workflow import CASE, SHARE

Role, A = Assignment.Role, Assignment.State


def distributor_for(organ, *, on):
    """The government office through which this department receives its cases that day, or None when assigned directly.

    Which kinds of department go through it is a setting of the congress.
    """
    department = getattr(organ, "as_department", organ)
    if department.type not in organ.congress.distributed_kinds:
        return None
    offices = Department.objects.filter(congress=organ.congress, type=Department.Type.GOVERNMENT_OFFICE)
    return offices.standing(on=on).order_by("position", "pk").first()


@transaction.atomic
def assign(
    suggestion,
    *,
    lead,
    co=(),
    separate=(),
    through=None,
    parts=None,
    is_difficult=False,
    on,
    by,
    version=None,
    on_behalf_of=None,
    request_key="",
):
    """Hand a registered suggestion to its departments and start their clocks (交办; 代表法 Art. 51).

    `through` names the distributor: the case then stands with it until it has given out the shares.
    `parts` are the asks that a department answers, by its key, where it does not answer them all.
    `is_difficult`: wide-ranging and difficult, so the reply has the longer period.
    """
    _check_departments(lead, co, separate)
    with CASE.taking(
        "assign",
        suggestion,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        request_key=request_key,
        assigned_on=on,
        round_number=1,
        holder=through or lead,
    ) as taken:
        taken.facts.update(who=suggestion.congress.office_name, **_names(lead, co, separate, parts))
        clocks.meet("assign", suggestion, on=on, by=by)
        clocks.meet("assign_session", suggestion, on=on, by=by)
        handling = suggestion.rounds.create(number=1, opened_on=on)
        if through is None:
            _give_out(handling, lead, co, separate, parts, is_difficult=is_difficult, on=on, by=by, reply_from=on)
        else:
            _give(handling, through, Role.DISTRIBUTOR, is_difficult=is_difficult, on=on, by=by, reply_from=on)
        taken.subject = handling
    return handling


@transaction.atomic
def distribute(
    share, *, lead, co=(), separate=(), parts=None, is_difficult=None, on, by, version=None, on_behalf_of=None
):
    """The government office gives its share out; the reply still counts from the day of assignment (分办).

    Left open, `is_difficult` stays as the office of the congress has put it.
    """
    _check_departments(lead, co, separate)
    with SHARE.taking("distribute", share, by=by, on=on, version=version, on_behalf_of=on_behalf_of) as taken:
        taken.facts.update(who=str(share.organ), organ=share.organ_id, **_names(lead, co, separate, parts))
        clocks.stop_all(share, on=on, by=by)
        longer = share.is_difficult if is_difficult is None else is_difficult
        dates = {"on": on, "reply_from": share.assigned_on}
        _give_out(share.round, lead, co, separate, parts, is_difficult=longer, by=by, parent=share, **dates)
        taken.subject = share.round
    return share.round


@transaction.atomic
def decide_hand_back(share, *, agrees, organ=None, reason, on, by, version=None):
    """Decide a hand-back: give the share to another department, or let it stay where it is."""
    if agrees:
        return reassign(share, organ=organ, reason=reason, on=on, by=by, version=version)
    with SHARE.taking("keep", share, by=by, on=on, version=version, accepted_on=on) as taken:
        taken.facts.update(who=decider(share), organ=str(share.organ), organ_id=share.organ_id, reason=reason)
        clocks.meet("reassign", share, on=on, by=by)
    return share


@transaction.atomic
def reassign(share, *, organ, reason, on, by, version=None):
    """Give a share to another department, after a hand-back or because the assignment was wrong; clocks start anew.

    A co-handler whose part falls away needs nobody in its place.
    """
    if organ is None and share.role == Role.CO:
        return _excuse(share, reason=reason, on=on, by=by, version=version)
    if organ is None:
        raise ValidationError({"organ": _("请选择改由哪个单位办理。")})
    if organ.pk == share.organ_id:
        raise ValidationError({"organ": _("改办单位不能是原单位。")})
    _check_free(share.round, [organ])
    suggestion = share.suggestion
    step = "release" if share.state == A.HANDED_BACK else "replace"
    with SHARE.taking(step, share, by=by, on=on, version=version, **NOTHING_ASKED) as taken:
        taken.facts.update(who=decider(share), organ=str(share.organ), organ_id=share.organ_id, lead=str(organ))
        taken.facts.update(reason=reason)
        clocks.meet("reassign", share, on=on, by=by)
        clocks.stop_all(share, on=on, by=by)
        kept = {"is_difficult": share.is_difficult, "parent": share.parent}
        fresh = _give(share.round, organ, _role_after(share, organ), on=on, by=by, reply_from=on, **kept)
        fresh.asks.set(share.asks.all())
        taken.subject = fresh
        with CASE.taking("reassign", suggestion, by=by, on=on) as moved:
            moved.facts.update(who=decider(share), lead=str(organ), organs=[organ.pk], reason=reason)
    return fresh


def _excuse(share, *, reason, on, by, version):
    facts = {"who": decider(share), "organ": str(share.organ), "organ_id": share.organ_id, "reason": reason}
    with SHARE.taking("excuse", share, by=by, on=on, version=version, facts=facts):
        clocks.meet("reassign", share, on=on, by=by)
        clocks.stop_all(share, on=on, by=by)
    return share


def _role_after(share, organ):
    """As what the other department has it: a share that waited to be distributed is led, where nobody distributes."""
    if share.role == Role.DISTRIBUTOR and not _distributes(organ):
        return Role.LEAD
    return share.role


def _distributes(organ):
    return getattr(organ, "as_department", organ).type == Department.Type.GOVERNMENT_OFFICE


def _check_departments(lead, co, separate):
    if lead is None and not separate:
        raise ValidationError({"lead": _("请选择主办单位。")})
    if lead is None and co:  # its opinion would go to nobody
        raise ValidationError({"co": _("没有主办单位时不能有会办单位。")})
    everyone = [each.pk for each in (lead, *co, *separate) if each is not None]
    if len(everyone) != len(set(everyone)):
        raise ValidationError({"co": _("同一个单位不能既主办又会办。")})


def _check_free(handling, organs):
    taken = handling.assignments.exclude(state__in=[A.RELEASED, A.ENDED]).filter(organ__in=organs).first()
    if taken:
        raise ValidationError({"organ": _("%s已经在承办这件建议。") % taken.organ})


def _names(lead, co, separate, parts):
    co_words = _("，会办%s") % "、".join(str(each) for each in co) if co else ""
    leads = [*([lead] if lead is not None else []), *separate]
    return {
        "lead": "、".join(f"{each}{_part_words(each, parts)}" for each in leads),
        "co": co_words,
        "organs": [each.pk for each in (*leads, *co)],
        "separate": [each.pk for each in separate],
    }


def _part_words(organ, parts):
    """（答复第一、三条）, where a department does not answer them all."""
    asks = (parts or {}).get(organ.pk)
    return _("（答复第%s条）") % "、".join(chinese_number(ask.number) for ask in asks) if asks else ""


def _give_out(handling, lead, co, separate, parts, *, is_difficult, **given):
    _check_free(handling, [each for each in (lead, *co, *separate) if each is not None])
    if lead is not None:
        _give(handling, lead, Role.LEAD, is_difficult=is_difficult, **given).asks.set((parts or {}).get(lead.pk, ()))
    for each in separate:
        share = _give(handling, each, Role.SEPARATE, is_difficult=is_difficult, **given)
        share.asks.set((parts or {}).get(each.pk, ()))
    for each in co:
        _give(handling, each, Role.CO, **given)


def _give(handling, organ, role, *, on, by, reply_from, parent=None, is_difficult=False):
    """One share with its clocks; in a rework the period of rework replaces that of the reply."""
    share = handling.assignments.create(
        organ=organ,
        role=role,
        parent=parent,
        assigned_on=on,
        is_difficult=is_difficult,
        state=A.TO_DISTRIBUTE if role == Role.DISTRIBUTOR else A.ASSIGNED,
    )
    if role == Role.DISTRIBUTOR:
        clocks.start("distribute", share, on=on, by=by, holder=organ)
    else:
        clocks.start("return", share, on=on, by=by, holder=organ)
    if role == Role.CO:
        clocks.start("co_opinion", share, on=on, by=by, holder=organ)
    else:
        rule, longer = reply_rule(handling), LONGER if is_difficult else ""
        clocks.start(rule, share, on=reply_from, by=by, holder=organ, measured_by=longer)
    if share.answers:
        clocks.start("contact", share, on=on, by=by, holder=organ)
    return share


def reply_rule(handling):
    """Which rule measures the reply of this round."""
    return "rehandle" if handling.cause == Round.Cause.REWORK else REPLY


def open_rework(suggestion, *, reason, on, by):
    """The next round goes to those who answered the last one, or to whoever took their place, with a new clock."""
    last = suggestion.rounds.order_by("-number").first()
    fresh = suggestion.rounds.create(number=last.number + 1, cause=Round.Cause.REWORK, reason=reason, opened_on=on)
    shares = last.assignments.filter(state=A.DONE).exclude(role=Role.DISTRIBUTOR).order_by("id")
    for share in sorted(shares, key=lambda share: not share.answers):  # who answers is given its part first
        organ = _standing_in(share.organ, on=on)
        given = fresh.assignments.filter(organ=organ).first()
        if given is None:
            given = _give(fresh, organ, share.role, on=on, by=by, reply_from=on)
            given.asks.set(share.asks.all())
        elif given.answers and share.answers:  # two were merged into one: it answers what both answered
            mine, theirs = list(given.asks.all()), list(share.asks.all())
            given.asks.set([*mine, *theirs] if mine and theirs else [])
    return fresh


def _standing_in(organ, *, on):
    """The organ itself or, where it is abolished, who took its place; without a successor the office has to decide."""
    while organ.valid_to and organ.valid_to <= on and organ.successor_id:
        organ = organ.successor
    return organ
