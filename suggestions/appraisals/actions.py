"""The verbs of the appraisal: open, rate, close the window, judge (评)."""

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.accounts.models import User
from congress.deadlines import actions as clocks
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
    if not raters:
        return _exclude(survey, on=on, by=by)
    for position, mandate in enumerate(raters):
        Slip.objects.create(survey=survey, mandate=mandate, counts=position == 0)
    clock = clocks.start("evaluation", survey, on=on, by=by)
    survey.closes_on = clock.due_on
    survey.save(update_fields=["closes_on"])
    return survey


def _raters(suggestion):
    """The lead and the confirmed co-signers whose mandate still lets them act; the first one's rating counts."""
    signed = suggestion.cosigners.filter(state=Cosigner.State.CONFIRMED).select_related("mandate__deputy")
    everyone = [suggestion.lead, *(cosigner.mandate for cosigner in signed)]
    return [mandate for mandate in everyone if mandate.state == Mandate.State.ACTIVE]


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
    on,
    by,
    on_behalf_of=None,
    by_link=False,
    request_key="",
):
    """Put down a deputy's rating; a later one replaces it and both stay (评价).

    `asks` maps Ask to Grade. Raises ValidationError when a dissatisfied deputy doesn't say what is missing.
    """
    survey = slip.survey
    if Grade.DISSATISFIED in {attitude, result} and not comment.strip() and not missing:
        raise ValidationError({"missing": _("请勾选哪一条没有办好，或者写一句还缺什么。")})
    with SURVEY.taking("rate", survey, by=by, on=on, on_behalf_of=on_behalf_of, request_key=request_key) as taken:
        if by_link and not Slip.objects.filter(pk=slip.pk, link_used_at__isnull=True).update(
            link_used_at=timezone.now()
        ):
            raise StepNotOpen(SURVEY["rate"], survey)
        slip.ratings.filter(is_current=True).update(is_current=False)
        rating = Rating.objects.create(
            slip=slip,
            attitude=attitude,
            result=result,
            contacted=contacted,
            received_on=received_on,
            comment=comment,
            rated_on=on,
        )
        rating.missing.set(missing)
        AskRating.objects.bulk_create(
            AskRating(rating=rating, ask=ask, grade=grade) for ask, grade in (asks or {}).items()
        )
        slip.answered_on = on
        slip.save(update_fields=["answered_on"])
        taken.facts.update(who=_("%s代表") % slip.mandate.deputy.name)
        taken.subject = rating
        if slip.counts:
            clocks.meet("evaluation", survey, on=on, by=by)
            _follow(survey, rating, on=on)
    return rating


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
