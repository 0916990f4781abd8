"""A later day for the reply: the longer period for difficult ones, or an extension asked for and decided (延期)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.kit.dates import said
from congress.procedure.workflow import StepNotOpen
from congress.rulebook.book import deadline, rules_for
from suggestions.docket.models import Assignment
from suggestions.docket.workflow import SHARE

REPLY, LONGER = "reply", "reply_difficult"
NOTHING_ASKED = {"asked_until": None, "asked_reason": ""}
LONGEST_REASON = 300  # of a line in the ledger of the clock


def latest_day(congress, *, start):
    """The last day that a reply may be put off to: that of the longer period (代表法 Art. 51)."""
    return deadline(congress, LONGER, start=start).due_on


@transaction.atomic
def ask_extension(share, *, until, reason, on, by, version=None, on_behalf_of=None):
    """The department asks for a later day (申请延期); where the deputy need only be told, the date moves at once."""
    _held("ask_extension", share)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么不能按期答复、现在办到哪一步。")})
    clock = _clock_of(share)
    rules = rules_for(clock.congress, on=clock.started_on)
    if not rules.flag("extension_allowed"):
        raise ValidationError(_("本级的规则不允许延长答复期限。"))
    if on > clock.due_on:
        raise ValidationError(_("答复期限是%s，已经过了，不能再申请延期。") % said(clock.due_on))
    _check_day(clock, until)
    told = {"by": by, "on": on, "version": version, "on_behalf_of": on_behalf_of}
    facts = _facts(share, clock, until, who=str(share.organ), reason=reason)
    if rules.choice("extension_needs") == "inform":
        with SHARE.taking("tell_extension", share, facts=facts, **told):
            _put_off(share, until, reason, on=on, by=by)
    else:
        asked = {"asked_until": until, "asked_reason": reason.strip()}
        with SHARE.taking("ask_extension", share, facts=facts, **told, **asked):
            pass
    return share


@transaction.atomic
def grant_extension(share, *, until, on, by, version=None):
    """Whoever assigned agrees to the day asked for, or to another (同意延期)."""
    reason = _held("grant_extension", share).asked_reason
    clock = _clock_of(share)
    _check_day(clock, until)
    facts = _facts(share, clock, until, who=decider(share), reason=reason)
    with SHARE.taking("grant_extension", share, by=by, on=on, version=version, facts=facts, **NOTHING_ASKED):
        _put_off(share, until, reason, on=on, by=by)
    return share


@transaction.atomic
def refuse_extension(share, *, reason, on, by, version=None):
    """The department is held to its day (不同意延期)."""
    _held("refuse_extension", share)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明不同意的理由。")})
    facts = {"who": decider(share), "organ": str(share.organ), "organ_id": share.organ_id, "reason": reason.strip()}
    with SHARE.taking("refuse_extension", share, by=by, on=on, version=version, facts=facts, **NOTHING_ASKED):
        return share


@transaction.atomic
def call_difficult(share, *, reason, on, by, version=None):
    """It turned out wide-ranging and difficult: the longer period, from the same first day (改按难度大的期限)."""
    _held("call_difficult", share)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么涉及面广、办理难度大。")})
    clock = _clock_of(share)
    until = latest_day(clock.congress, start=clock.started_on)
    facts = _facts(share, clock, until, who=decider(share), reason=reason)
    changes = {"is_difficult": True, **NOTHING_ASKED}
    with SHARE.taking("call_difficult", share, by=by, on=on, version=version, facts=facts, **changes):
        clocks.change_rule(REPLY, share, to=LONGER, on=on, by=by, reason=reason.strip()[:LONGEST_REASON])
    return share


def decider(share):
    """Who gave the share out, and decides what the department asks."""
    return str(share.parent.organ) if share.parent_id else share.suggestion.congress.office_name


def _held(step, share):
    """The share as it stands, held until the step is taken; who comes second is told so before anything is judged."""
    fresh = Assignment.objects.select_for_update().get(pk=share.pk)
    if not SHARE[step].is_open(fresh):
        raise StepNotOpen(SHARE[step], fresh)
    return fresh


def _clock_of(share):
    clock = clocks.running(REPLY, share)
    if clock is None:
        raise ValidationError(_("这个单位的答复期限没有在计时。"))
    return clock


def _check_day(clock, until):
    latest = latest_day(clock.congress, start=clock.started_on)
    if until <= clock.due_on:
        raise ValidationError({"until": _("要延到的日期应晚于现定期限（%s）。") % said(clock.due_on)})
    if until > latest:
        raise ValidationError({"until": _("最晚可以延到%s。") % said(latest)})


def _facts(share, clock, until, *, who, reason):
    return {
        "who": who,
        "organ": str(share.organ),
        "organ_id": share.organ_id,
        "was": said(clock.due_on),
        "until": said(until),
        "reason": reason.strip(),
    }


def _put_off(share, until, reason, *, on, by):
    clocks.extend(REPLY, share, due_on=until, on=on, by=by, reason=reason.strip()[:LONGEST_REASON])
