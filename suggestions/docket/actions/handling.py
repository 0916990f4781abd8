"""What the departments do: accept, meet the deputy, answer; and what urges them (办、答)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.kit.dates import said
from congress.kit.drafts import NOTHING
from congress.organs.hats import hats_of
from congress.procedure.workflow import StepNotOpen
from congress.rulebook.book import rules_for
from suggestions.docket.actions.assigning import reply_rule
from suggestions.docket.actions.extending import NOTHING_ASKED
from suggestions.docket.models import Answer, Assignment, Contact, Reply, Suggestion
from suggestions.docket.workflow import CASE, SHARE


@transaction.atomic
def accept(share, *, officer=None, responsible_leader="", on, by, version=None, on_behalf_of=None, request_key=""):
    """The department takes the share on (签收)."""
    with SHARE.taking(
        "accept",
        share,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        request_key=request_key,
        accepted_on=on,
        officer=officer or by,
        responsible_leader=responsible_leader,
    ) as taken:
        taken.facts.update(who=str(share.organ), organ=share.organ_id)
        clocks.meet("return", share, on=on, by=by)
    return share


@transaction.atomic
def hand_back(share, *, reason, to=None, on, by, version=None, on_behalf_of=None):
    """The department says it is not competent, inside the window that the rulebook gives (申请退办)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明退办理由和依据的职责规定。")})
    window = clocks.running("return", share)
    if window and on > window.due_on:
        raise ValidationError(
            {"reason": _("退办期限是%(day)s，已经过了，不能再申请退办。") % {"day": said(window.due_on)}}
        )
    with SHARE.taking(
        "hand_back",
        share,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        hand_back_reason=reason,
        hand_back_to=to,
    ) as taken:
        taken.facts.update(who=str(share.organ), organ=share.organ_id, reason=reason, to=str(to or ""))
        clocks.meet("return", share, on=on, by=by)
        decider = share.parent.organ if share.parent_id else share.suggestion.congress
        clocks.start("reassign", share, on=on, by=by, holder=decider)
    return share


@transaction.atomic
def record_contact(
    share, *, method, opinion, place="", participants="", record=None, on, by, on_behalf_of=None, request_key=""
):
    """Put down that the deputy was met and what he said (面商); without one no reply may be signed."""
    if share.assigned_on and on < share.assigned_on:
        raise ValidationError({"on": _("面商不能早于交办（%s）。") % said(share.assigned_on)})
    with SHARE.taking("contact", share, by=by, on=on, on_behalf_of=on_behalf_of, request_key=request_key) as taken:
        contact = share.contacts.create(
            on=on, method=method, opinion=opinion, place=place, participants=participants, record=record
        )
        taken.facts.update(
            who=str(share.organ), organ=share.organ_id, method=Contact.Method(method).label, contact=contact.pk
        )
        clocks.meet("contact", share, on=on, by=by)
        taken.subject = contact
    return contact


@transaction.atomic
def give_opinion(share, *, opinion, on, by, version=None, on_behalf_of=None):
    """A co-handler tells the lead what it can do (会办意见)."""
    if not opinion.strip():
        raise ValidationError({"opinion": _("请写会办意见。")})
    with SHARE.taking(
        "give_opinion",
        share,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        opinion=opinion,
        done_on=on,
    ) as taken:
        taken.facts.update(who=str(share.organ), organ=share.organ_id)
        clocks.meet("co_opinion", share, on=on, by=by)
    return share


@transaction.atomic
def save_reply(share, *, answers, fields, by, version=None, page=None):
    """Keep the draft of the reply; `answers` are dicts of Answer's fields with their ask.

    A `page` that shows an older draft does not overwrite a newer one, nor what was written before another step.
    """
    shares = Assignment.objects.select_for_update(of=("self",)).select_related("round__suggestion")
    fresh = shares.get(pk=share.pk)
    if not by.has_perm("docket.draft_reply", fresh):
        raise PermissionDenied("docket.draft_reply")
    if fresh.state not in SHARE["draft"].sources:
        raise StepNotOpen(SHARE["draft"], fresh)
    if version is not None and version != fresh.version:
        raise ValidationError(_("别人已经办过这一步，没有保存。请刷新页面，看现在的答复再写。"))
    before = Reply.objects.filter(assignment=share).first()
    if page:
        page.check(before.text_hash() if before else NOTHING)
    reply, _new = Reply.objects.update_or_create(assignment=share, defaults=fields)
    for each in answers:
        each = dict(each)
        Answer.objects.update_or_create(reply=reply, ask=each.pop("ask"), defaults=each)
    if page:
        page.leave(reply.text_hash())
    return reply


@transaction.atomic
def draft_reply(share, *, answers, fields, on, by, version=None, on_behalf_of=None, page=None):
    """Finish the draft and put it before the head (送审签); every ask must be answered as its class demands."""
    reply = save_reply(share, answers=answers, fields=fields, by=by, page=page)
    check_answers(share, reply, on=on)
    with SHARE.taking("draft", share, by=by, on=on, version=version, on_behalf_of=on_behalf_of) as taken:
        taken.facts.update(who=str(share.organ), organ=share.organ_id)
        taken.subject = reply
    return reply


def asks_of(share):
    """The asks this share answers: its own, or all of the case."""
    own = share.asks.all()
    return own if own.exists() else share.suggestion.asks.all()


def check_answers(share, reply, *, on):
    """Refuse a reply that leaves an ask open, promises without a date, or refuses without a reason (domain U1, A14)."""
    scheme = result_scheme(share.suggestion.congress, on=on)
    given = {answer.ask_id: answer for answer in reply.answers.all()}
    errors = []
    for ask in asks_of(share):
        answer = given.get(ask.pk)
        where = _("第 %s 条") % ask.number
        if answer is None or not answer.text.strip():
            errors.append(_("%s诉求没有答复。") % where)
            continue
        kind = scheme.get(answer.result_class)
        if kind is None:
            errors.append(_("%s没有选择办理类别。") % where)
            continue
        if kind["creates_promise"] and not answer.promise.strip():
            errors.append(_("%(where)s属“%(label)s”，请写明承诺做什么。") % {"where": where, "label": kind["label"]})
        if kind["needs_deadline"] and answer.promised_on is None:
            errors.append(_("%(where)s属“%(label)s”，请写明哪一天前完成。") % {"where": where, "label": kind["label"]})
        if answer.promised_on and answer.promised_on < on:
            words = {"where": where, "day": said(answer.promised_on)}
            errors.append(_("%(where)s承诺在%(day)s前完成，这一天已经过了。已经办成的，请改办理类别。") % words)
        if kind["needs_reason"] and not answer.reason.strip():
            errors.append(_("%(where)s属“%(label)s”，请写明原因。") % {"where": where, "label": kind["label"]})
    if errors:
        raise ValidationError(errors)


def result_scheme(congress, *, on):
    """The result classes in force, by code, best first."""
    return {each["code"]: each for each in rules_for(congress, on=on).items("result_scheme")}


@transaction.atomic
def send_back(share, *, reason, on, by, version=None):
    """The head wants the draft written again (退回重拟)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明要改什么。")})
    with SHARE.taking("send_back", share, by=by, on=on, version=version) as taken:
        taken.facts.update(who=str(share.organ), organ=share.organ_id, reason=reason)
    return share


@transaction.atomic
def sign(share, *, on, by, version=None, on_behalf_of=None, document_number="", request_key=""):
    """The head signs and the reply goes to the deputy (签发); with the last one the case is replied.

    Raises ValidationError when no contact stands though the rulebook demands one, and when
    somebody signs for the head without naming him.
    """
    suggestion = share.suggestion
    _check_signing(share, suggestion, on=on, by=by, on_behalf_of=on_behalf_of)
    reply = share.reply
    check_answers(share, reply, on=on)
    number = document_number or reply.document_number
    with SHARE.taking(
        "sign",
        share,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        request_key=request_key,
        done_on=on,
        **NOTHING_ASKED,
    ) as taken:
        reply.document_number, reply.signed_by, reply.sent_on = number, on_behalf_of or by, on
        reply.save(update_fields=["document_number", "signed_by", "sent_on"])
        taken.facts.update(who=str(share.organ), organ=share.organ_id, number=number)
        taken.subject = reply
        clocks.meet(reply_rule(share.round), share, on=on, by=by)
        clocks.stop_all(share, on=on, by=by)
    owing = share.round.assignments.filter(state__in=Assignment.OPEN, role__in=Assignment.ANSWERS)
    if not owing.exists():
        _complete(suggestion, share.round, on=on, by=by)
    return reply


def _check_signing(share, suggestion, *, on, by, on_behalf_of):
    if share.organ_id not in hats_of(by).head_of and on_behalf_of is None:
        raise ValidationError({"on_behalf_of": _("答复由单位负责人签发；代录的请选择签发的负责人。")})
    rules = rules_for(suggestion.congress, on=on)
    if rules.flag("contact_required") and not share.contacts.exists():
        raise ValidationError(_("还没有面商记录。请先联系代表、听取意见并记录，再签发答复。"))
    waiting = share.round.assignments.filter(role=Assignment.Role.CO, state__in=Assignment.OPEN).first()
    if waiting and share.role == Assignment.Role.LEAD:
        raise ValidationError(_("会办单位%s还没有提交会办意见。") % waiting.organ)


def _complete(suggestion, handling, *, on, by):
    """The last reply of the round is out: the case waits for the deputy's rating.

    It is replied on the day of the latest reply, whichever was entered last, and never before what stands already.
    """
    signed = handling.assignments.filter(role__in=Assignment.ANSWERS, state=Assignment.State.DONE)
    stepped_on = Suggestion.objects.values_list("stepped_on", flat=True).get(pk=suggestion.pk)
    on = max(filter(None, [on, stepped_on, *signed.values_list("done_on", flat=True)]))
    handling.replied_on = on
    handling.save(update_fields=["replied_on"])
    scheme = list(result_scheme(suggestion.congress, on=on))
    classes = Answer.objects.sent().filter(reply__assignment__round=handling).values_list("result_class", flat=True)
    worst = max(classes, key=scheme.index)
    with CASE.taking("reply", suggestion, by=by, on=on, replied_on=on, result_class=worst, holder=None) as taken:
        taken.facts.update(round=handling.number, result_class=worst)
        taken.subject = handling


@transaction.atomic
def urge(suggestion, *, reason, on, by, request_key=""):
    """Press the departments that still owe something (催办); they hear of it at once."""
    open_shares = Assignment.objects.filter(round__suggestion=suggestion, state__in=Assignment.OPEN)
    with CASE.taking("urge", suggestion, by=by, on=on, request_key=request_key) as taken:
        taken.facts.update(who=by.name, reason=reason, organs=list(open_shares.values_list("organ_id", flat=True)))
    return suggestion
