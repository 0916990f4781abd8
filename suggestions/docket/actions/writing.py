"""What the deputy does: write, invite others, submit, withdraw (提)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.files import actions as files
from congress.organs.models import Session
from congress.procedure import journal
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from congress.rulebook.book import rules_for
from deputies.activities import drives
from deputies.roll.models import Mandate
from suggestions.docket import search
from suggestions.docket.actions.extending import NOTHING_ASKED
from suggestions.docket.models import Assignment, Cosigner, Suggestion
from suggestions.docket.workflow import CASE, SHARE

S = Suggestion.State
WRITABLE = frozenset({S.DRAFT, S.RETURNED})
WRITTEN = (
    "kind", "title", "situation", "analysis", "category", "proposed_department", "wishes_publication",
    "protects_identity", "saved_at", "lead", "congress", "campaign",
)  # fmt: skip


@transaction.atomic
def save_draft(suggestion, *, asks, cosigners=(), attachments=None, by, on=None, page=None, invites=True):
    """Keep what was written so far; confirmed co-signatures under an older text have to be given again.

    `asks` are texts in order, `cosigners` mandates in order. The number of asks follows the list.
    A `page` that shows an older draft does not overwrite a newer one. Without `invites`, they have signed on paper.
    """
    before = None
    if suggestion.pk:
        fresh = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        if fresh.state not in WRITABLE:
            raise StepNotOpen(CASE["submit"], fresh)
        if page:
            page.check(fresh.draft_mark())
        _check_seat(suggestion, fresh, by=by)
        before = fresh.campaign_id if fresh.congress_id == suggestion.congress_id else None
    if not by.has_perm("docket.edit_suggestion", suggestion):
        raise PermissionDenied("docket.edit_suggestion")
    drives.check(suggestion.campaign, [suggestion.congress_id], before=before)
    suggestion.save(update_fields=WRITTEN if suggestion.pk else None)  # what the steps write is theirs alone
    _write_asks(suggestion, [text.strip() for text in asks if text.strip()])
    if attachments is not None:
        suggestion.attachments.set(attachments)
    invite(suggestion, mandates=cosigners, by=by, on=on, asks=invites)
    _ask_again(suggestion, by=by, on=on)
    search.index(suggestion)
    if page:
        page.leave(suggestion.draft_mark())
    return suggestion


def may_change_seat(suggestion):
    """Whether its deputy may still put it to his other congress: a draft of his own that nobody was asked to second."""
    is_own_draft = suggestion.state == S.DRAFT and suggestion.recorded_by_id is None
    return is_own_draft and not suggestion.cosigners.exists()


def _check_seat(suggestion, fresh, *, by):
    if suggestion.lead_id == fresh.lead_id:
        return
    if not by.has_perm("docket.edit_suggestion", fresh):
        raise PermissionDenied("docket.edit_suggestion")
    if not may_change_seat(fresh):
        raise ValidationError({"lead": _("请过附议人以后不能换身份，先去掉附议人再换。")})


def _write_asks(suggestion, texts):
    kept = {ask.number: ask for ask in suggestion.asks.all()}
    for number, text in enumerate(texts, start=1):
        ask = kept.pop(number, None)
        if ask is None:
            suggestion.asks.create(number=number, text=text)
        elif ask.text != text:
            ask.text = text
            ask.save(update_fields=["text"])
    suggestion.asks.filter(pk__in=[ask.pk for ask in kept.values()]).delete()


def invite(suggestion, *, mandates, by, on=None, asks=True):
    """Ask these deputies, and no others, to second the suggestion; who is new hears of it. Without `on`, today.

    Whose seat is suspended or has ended is not on the page: what he signed is not taken off with it.
    Without `asks` nobody is asked for what he has signed already.
    """
    wanted = [each for each in mandates if each.pk != suggestion.lead_id]
    present = set(suggestion.cosigners.values_list("mandate_id", flat=True))
    offered = suggestion.cosigners.filter(mandate__state=Mandate.State.ACTIVE)
    unticked = list(offered.exclude(mandate__in=wanted).select_related("mandate__deputy"))
    suggestion.cosigners.filter(pk__in=[each.pk for each in unticked]).delete()
    for position, mandate in enumerate(wanted):
        suggestion.cosigners.update_or_create(mandate=mandate, defaults={"position": position})
    new = [each for each in wanted if each.pk not in present]
    _note("cosigner.release", suggestion, [each.mandate for each in unticked], by=by, on=on)
    _note("cosigner.invite", suggestion, new if asks else [], by=by, on=on)
    return new


def _ask_again(suggestion, *, by, on):
    """Who signed an older text reads and confirms once more (附议失效); told once, not with every saving after it."""
    older = suggestion.cosigners.filter(state=Cosigner.State.CONFIRMED).exclude(signed_hash=suggestion.text_hash())
    voided = list(older.select_related("mandate__deputy"))
    suggestion.cosigners.filter(pk__in=[each.pk for each in voided]).update(
        state=Cosigner.State.INVITED, signed_on=None, signed_at=None, signed_hash=""
    )
    _note("cosigner.void", suggestion, [each.mandate for each in voided], by=by, on=on)


def _note(verb, suggestion, mandates, *, by, on):
    """What the lead did about those who second it stands in the journal; nothing, where it touches nobody."""
    if mandates:
        facts = {
            "who": _("%s代表") % suggestion.lead.deputy.name,
            "names": "、".join(each.deputy.name for each in mandates),
            "mandates": [each.pk for each in mandates],
        }
        journal.record(suggestion, verb, by=by, on=on, facts=facts)


@transaction.atomic
def answer_invitation(suggestion, *, mandate, confirms, on, by, read_hash=None, on_behalf_of=None, is_on_paper=False):
    """A deputy signs, or declines to (附议): who, when, and the fingerprint of the text he read.

    `read_hash` is the fingerprint the page carried; a text changed since is not signed unread.
    What stands `is_on_paper` that was handed in is no news to its lead deputy.
    """
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)  # nobody rewrites it while he signs
    cosigner = suggestion.cosigners.select_for_update().filter(mandate=mandate).first()
    if cosigner is None:
        raise ValidationError(_("没有邀请这位代表附议。"))
    if suggestion.state not in WRITABLE and not (suggestion.recorded_by_id and suggestion.state == S.SUBMITTED):
        raise StepNotOpen(CASE["submit"], suggestion)
    text_hash = suggestion.text_hash()
    if confirms and read_hash is not None and read_hash != text_hash:
        raise ValidationError(_("领衔代表刚刚修改了内容，请重新看过再确认。"))
    wanted = Cosigner.State.CONFIRMED if confirms else Cosigner.State.DECLINED
    if cosigner.state == wanted and (not confirms or cosigner.signed_hash == text_hash):
        return cosigner
    cosigner.state = wanted
    cosigner.signed_on, cosigner.signed_at = on, timezone.now()
    cosigner.signed_hash = text_hash if confirms else ""
    cosigner.save()
    journal.record(
        suggestion,
        "cosigner.confirm" if confirms else "cosigner.decline",
        by=by,
        on=on,
        on_behalf_of=on_behalf_of,
        facts={"who": _("%s代表") % mandate.deputy.name, "mandate": mandate.pk, "text": cosigner.signed_hash}
        | ({"on_paper": True} if is_on_paper else {}),
    )
    return cosigner


def session_of(congress, *, on):
    """The session to which a paper of that day counts, and whether it fell inside it (None before the first)."""
    session = Session.objects.filter(congress=congress, opened_on__lte=on).order_by("-opened_on").first()
    if session and on <= session.closed_on:
        return session, Suggestion.Period.IN_SESSION
    return session, Suggestion.Period.BETWEEN


@transaction.atomic
def submit(suggestion, *, on, by, version=None, on_behalf_of=None, request_key=""):
    """Put the suggestion to the congress (提交); a motion needs enough confirmed names (组织法 Art. 22)."""
    session, period = session_of(suggestion.congress, on=on)
    _check_complete(suggestion, session, on=on)
    with CASE.taking(
        "submit",
        suggestion,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        request_key=request_key,
        session=session,
        period=period,
        submitted_on=on,
        holder=suggestion.congress,
    ) as taken:
        taken.facts.update(who=_("%s代表") % suggestion.lead.deputy.name, text=suggestion.text_hash())
        clocks.start("accept_notice", suggestion, on=on, by=by, holder=suggestion.congress)
    search.index(suggestion)
    return suggestion


def _check_complete(suggestion, session, *, on):
    errors = {}
    if suggestion.lead.state != Mandate.State.ACTIVE:
        errors["lead"] = _("这位代表目前不能执行代表职务，不能提出建议。")
    if not suggestion.title.strip():
        errors["title"] = _("请写标题。")
    if not suggestion.situation.strip():
        errors["situation"] = _("请写明反映的情况。")
    if not suggestion.asks.exists():
        errors["asks"] = _("请至少写一条具体建议。")
    if session is None:
        errors["on"] = _("还没有登记这一天之前召开的会议，请先登记届次。")
    if suggestion.is_motion:
        needed = rules_for(suggestion.congress, on=on).count("motion_min_cosigners")
        signed = suggestion.cosigners.filter(state=Cosigner.State.CONFIRMED, mandate__state=Mandate.State.ACTIVE)
        names = 1 + signed.count()
        if names < needed:
            errors["cosigners"] = _("议案须有 %(needed)s 名以上代表联名，现在确认的有 %(names)s 名。") % {
                "needed": needed,
                "names": names,
            }
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def discard(suggestion, *, on, by):
    """Throw a draft away that was never put to the congress (删除草稿); its journal stays, as every journal does.

    What it was made of is told first, so that it goes another way. Of two who press at once the second finds it gone.
    """
    fresh = Suggestion.objects.select_for_update().filter(pk=suggestion.pk).first()
    if fresh is None:
        return
    with CASE.taking("discard", fresh, by=by, on=on) as taken:
        taken.facts.update(who=by.name, title=fresh.title)
    papers = list(fresh.attachments.all())
    fresh.delete()
    for paper in papers:
        files.remove(paper)


def was_discarded(pk, *, by):
    """Whether this person threw the draft of that number away before: his button was pressed twice."""
    entries = Entry.objects.filter(kind=Suggestion._meta.label_lower, case_id=pk)
    return entries.filter(verb=CASE.verb("discard"), by=by).exists()


@transaction.atomic
def withdraw(suggestion, *, reason, on, by, version=None, on_behalf_of=None):
    """Take the suggestion back (撤回); handling ends. Until when, and whether all must agree, the rulebook says."""
    rules = rules_for(suggestion.congress, on=on)
    before_assignment = suggestion.state in {S.SUBMITTED, S.RETURNED, S.REGISTERED}
    if rules.choice("withdraw_until") == "before_assignment" and not before_assignment:
        raise ValidationError(_("已经交办，按规定不能再撤回。"))
    is_joint = suggestion.cosigners.filter(state=Cosigner.State.CONFIRMED).exists()
    by_the_office = by.has_perm("docket.check_suggestion", suggestion)
    if rules.flag("withdraw_unanimous") and is_joint and not by_the_office:
        raise ValidationError(_("联名建议须全体联名代表书面同意才能撤回，请把书面意见交代表工作机构办理。"))
    with CASE.taking(
        "withdraw", suggestion, by=by, on=on, version=version, on_behalf_of=on_behalf_of, closed_on=on, holder=None
    ) as taken:
        taken.facts.update(who=_("%s代表") % suggestion.lead.deputy.name, reason=reason)
        for share in Assignment.objects.filter(round__suggestion=suggestion, state__in=Assignment.OPEN):
            with SHARE.taking("end", share, by=by, on=on, **NOTHING_ASKED) as ended:
                ended.facts["organ"] = str(share.organ)
        clocks.stop_case(suggestion, on=on, by=by)
    return suggestion
