"""The verbs of the appraisal: open, rate, close the window, judge (评)."""

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.accounts.models import User
from congress.deadlines import actions as clocks
from congress.kit.dates import said
from congress.procedure.workflow import StepNotOpen
from congress.rulebook.book import rules_for
from deputies.roll.models import Mandate
from suggestions.appraisals.models import AskRating, Grade, Judgement, Rating, Slip, Survey
from suggestions.appraisals.workflow import JUDGEMENT, SURVEY
from suggestions.docket import actions as docket
from suggestions.docket.models import Cosigner

_LINK = "appraisals.slip"


@transaction.atomic
def open_survey(handling, *, on, by):
    """Ask the deputies how the reply of this round pleases them (征询); nobody left to ask excludes the round."""
    suggestion = handling.suggestion
    rules = rules_for(suggestion.congress, on=on)
    survey = Survey.objects.create(
        congress=suggestion.congress,
        round=handling,
        opened_on=on,
        closes_on=on,
        is_sealed=rules.flag("evaluation_sealed"),
    )
    raters = _raters(suggestion)
    if not rules.flag("rate_each_cosigner"):
        raters = raters[:1]
    if not raters:
        return _exclude(survey, on=on, by=by)
    for position, mandate in enumerate(raters):
        Slip.objects.create(survey=survey, mandate=mandate, counts=position == 0)
    clock = clocks.start("evaluation", survey, on=on, by=by)
    survey.closes_on = clock.due_on
    survey.save(update_fields=["closes_on"])
    return survey


def _raters(suggestion):
    """The lead and the confirmed co-signers who may still act, on a new seat if re-elected; the first one counts."""
    signed = suggestion.cosigners.filter(state=Cosigner.State.CONFIRMED).select_related("mandate__deputy")
    everyone = [suggestion.lead, *(cosigner.mandate for cosigner in signed)]
    acting = [seat if seat.state == Mandate.State.ACTIVE else seat.followed_by() for seat in everyone]
    return list(dict.fromkeys(seat for seat in acting if seat is not None))


def _exclude(survey, *, on, by):
    suggestion = survey.suggestion
    with SURVEY.taking("exclude", survey, by=by, on=on, closed_on=on):
        docket.close(suggestion, reason="", on=on, by=by)
    return survey


def link_token(slip):
    """What a one-time link to this slip carries; it opens the survey without signing in."""
    return signing.dumps([slip.pk, slip.nonce], salt=_LINK)


def slip_by_link(token):
    """The slip a link opens, or None when it was used, replaced or never existed. Reading consumes nothing."""
    try:
        pk, nonce = signing.loads(token, salt=_LINK)
    except signing.BadSignature:
        return None
    return (
        Slip.objects.filter(pk=pk, nonce=nonce, link_used_at__isnull=True)
        .select_related("survey__round__suggestion", "mandate__deputy")
        .first()
    )


@transaction.atomic
def rate(
    slip,
    *,
    attitude,
    result,
    contacted,
    received_on=None,
    comment="",
    missing=(),
    asks=None,
    rated_on=None,
    on,
    by,
    on_behalf_of=None,
    by_link=False,
    request_key="",
):
    """Put down a deputy's rating; a later one replaces it and both stay, an earlier one only stays beside it (评价).

    `asks` maps Ask to Grade; `rated_on` is the day on a paper slip. Raises ValidationError when a dissatisfied deputy
    doesn't say what is missing.
    """
    survey, day = slip.survey, rated_on or on
    if rated_on is not None:
        _check_day(survey, rated_on, on=on)
    told = {"attitude": attitude, "result": result, "comment": comment, "missing": missing}
    told |= {"contacted": contacted, "received_on": received_on, "asks": asks}
    facts = {"late_reason": _("照纸质征询意见表录入")} if day < on else {}
    with SURVEY.taking(
        "rate", survey, by=by, on=day, on_behalf_of=on_behalf_of, request_key=request_key, facts=facts
    ) as taken:
        if by_link and not Slip.objects.filter(pk=slip.pk, link_used_at__isnull=True).update(
            link_used_at=timezone.now()
        ):
            raise StepNotOpen(SURVEY["rate"], survey)
        rating = _put_down(slip, taken, on=day, **told)
        if not rating.is_current:
            taken.facts["late_reason"] = _("照纸质征询意见表录入，早于代表现在的评价，不改变它")
        elif slip.counts:
            clocks.meet("evaluation", survey, on=day, by=by)
            _follow(survey, rating, on=on)
    return rating


def _check_day(survey, day, *, on):
    """A slip is filled in after the reply, within the window, and not in days to come."""
    first = survey.round.replied_on or survey.opened_on
    if day > on:
        raise ValidationError({"rated_on": _("日期不能晚于今天。")})
    if not first <= day <= survey.closes_on:
        words = {"first": said(first), "last": said(survey.closes_on)}
        raise ValidationError({"rated_on": _("不在评价期内（%(first)s 到 %(last)s）。") % words})


def _put_down(slip, taken, *, attitude, result, contacted, received_on, comment, missing, asks, on):
    if Grade.DISSATISFIED in {attitude, result} and not comment.strip() and not missing:
        raise ValidationError({"missing": _("请勾选哪一条没有办好，或者写一句还缺什么。")})
    current = slip.current_rating
    is_latest = current is None or on >= current.rated_on
    if is_latest:
        slip.ratings.filter(is_current=True).update(is_current=False)
    rating = Rating.objects.create(
        slip=slip,
        attitude=attitude,
        result=result,
        contacted=contacted,
        received_on=received_on,
        comment=comment,
        rated_on=on,
        is_current=is_latest,
    )
    rating.missing.set(missing)
    AskRating.objects.bulk_create(AskRating(rating=rating, ask=ask, grade=grade) for ask, grade in (asks or {}).items())
    if is_latest:
        slip.answered_on = on
        slip.save(update_fields=["answered_on"])
    taken.facts.update(who=_("%s代表") % slip.mandate.deputy.name)
    taken.subject = rating
    return rating


@transaction.atomic
def rate_afterwards(
    slip,
    *,
    attitude,
    result,
    contacted,
    comment="",
    missing=(),
    rated_on,
    reason,
    on,
    by,
    on_behalf_of=None,
    request_key="",
):
    """Put down a paper slip that was filled in within the window and came in after it had closed silently (补录评价).

    It counts like any other. Satisfied, the case stays closed; dissatisfied, the office judges it as it would have.
    """
    survey = slip.survey
    _check_day(survey, rated_on, on=on)
    if not reason.strip():
        raise ValidationError({"reason": _("请说明为什么评价期过了才录入。")})
    with SURVEY.taking(
        "add",
        survey,
        by=by,
        on=on,
        on_behalf_of=on_behalf_of,
        request_key=request_key,
        facts={"late_reason": reason.strip()},
    ) as taken:
        told = {"attitude": attitude, "result": result, "contacted": contacted, "comment": comment}
        rating = _put_down(slip, taken, missing=missing, received_on=None, asks=None, on=rated_on, **told)
        if result == Grade.DISSATISFIED:
            _judge_afterwards(survey, rating, on=on)
    return rating


def _judge_afterwards(survey, rating, *, on):
    by = User.objects.robot()
    docket.resume(survey.suggestion, on=on, by=by)
    if rules_for(survey.congress, on=on).flag("judge_dissatisfied"):
        judgement = Judgement.objects.create(survey=survey, opened_on=on)
        clocks.start("judge", judgement, on=on, by=by, holder=survey.congress)
    else:
        docket.rework(survey.suggestion, reason=rating.comment or _missing_words(rating), on=on, by=by)


def _follow(survey, rating, *, on):
    """What the counting rating sets off, in the system's name: a judging task, a rework, or, unsealed, the end."""
    by = User.objects.robot()
    rules = rules_for(survey.congress, on=on)
    judgement = Judgement.objects.filter(survey=survey).first()
    if rating.result != Grade.DISSATISFIED:
        if judgement and judgement.state == Judgement.State.PENDING:
            with JUDGEMENT.taking("drop", judgement, by=by, on=on):
                clocks.stop_all(judgement, on=on, by=by)
        if not survey.is_sealed:
            settle(survey, on=on, by=by)
        return
    if not rules.flag("judge_dissatisfied"):
        _order(survey, reason=rating.comment or _missing_words(rating), on=on, by=by)
    elif judgement is None:
        judgement = Judgement.objects.create(survey=survey, opened_on=on)
        clocks.start("judge", judgement, on=on, by=by, holder=survey.congress)
    elif judgement.state == Judgement.State.MOOT:
        with JUDGEMENT.taking("reopen", judgement, by=by, on=on, opened_on=on):
            clocks.start("judge", judgement, on=on, by=by, holder=survey.congress)


def _missing_words(rating):
    return "；".join(ask.text for ask in rating.missing.all())


def _order(survey, *, reason, on, by):
    with SURVEY.taking("settle", survey, by=by, on=on, closed_on=on):
        clocks.stop_all(survey, on=on, by=by)
    return docket.rework(survey.suggestion, reason=reason, on=on, by=by)


@transaction.atomic
def order_rework(judgement, *, reason, on, by, version=None, request_key=""):
    """The NPC office orders the case handled again; the departments now read what was missing (重新办理)."""
    survey = judgement.survey
    with JUDGEMENT.taking(
        "order", judgement, by=by, on=on, version=version, request_key=request_key, reason=reason, decided_on=on
    ) as taken:
        taken.facts.update(who=survey.congress.office_name)
        clocks.meet("judge", judgement, on=on, by=by)
        if survey.state == Survey.State.OPEN:
            return _order(survey, reason=reason, on=on, by=by)
        return docket.rework(survey.suggestion, reason=reason, on=on, by=by)


@transaction.atomic
def uphold(judgement, *, reason, on, by, version=None, request_key=""):
    """The NPC office lets the reply stand and says why (维持答复)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由，代表看得到。")})
    survey = judgement.survey
    with JUDGEMENT.taking(
        "uphold", judgement, by=by, on=on, version=version, request_key=request_key, reason=reason, decided_on=on
    ) as taken:
        taken.facts.update(who=survey.congress.office_name, reason=reason)
        clocks.meet("judge", judgement, on=on, by=by)
        if survey.state == Survey.State.OPEN:
            settle(survey, on=on, by=by)
        else:
            docket.close(survey.suggestion, on=on, by=by)
    return judgement


@transaction.atomic
def settle(survey, *, on, by):
    """End the window with its outcome; the case closes unless a judgement is still to come."""
    Survey.objects.select_for_update().get(pk=survey.pk)  # who rates at this very moment has rated
    answered = Rating.objects.filter(slip__survey=survey, slip__counts=True, is_current=True).exists()
    with SURVEY.taking("settle" if answered else "lapse", survey, by=by, on=on, closed_on=on):
        clocks.stop_all(survey, on=on, by=by)
        pending = Judgement.objects.filter(survey=survey).pending().exists()
        if not pending:
            docket.close(survey.suggestion, on=on, by=by)
    return survey


def close_windows(*, on, by):
    """End every survey whose window has passed, each in its own transaction; returns how many."""
    ended = 0
    for survey in Survey.objects.past_window(on=on).order_by("id").iterator(chunk_size=500):
        try:
            settle(survey, on=on, by=by)
        except StepNotOpen:  # another run was faster with this one
            continue
        ended += 1
    return ended
