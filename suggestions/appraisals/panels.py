"""What the appraisal shows in a dossier and in the list: ratings to whom they are not sealed, and the way to rate."""

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.kit.statements import Statement
from congress.organs.hats import hats_of
from congress.procedure.panels import Panel, panel
from deputies.roll.seats import seats_of
from suggestions.appraisals.models import Grade, Judgement, Rating, Slip, Survey
from suggestions.appraisals.workflow import JUDGEMENT
from suggestions.docket import tallies
from suggestions.docket.filters import saved_view
from suggestions.docket.models import Suggestion

LIGHTS = {Grade.SATISFIED: "done", Grade.BASIC: "done", Grade.DISSATISFIED: "late"}


_SLIP_FIELDS = ("pk", "mandate_id", "counts", "answered_on")
_RATING_FIELDS = ("pk", "attitude", "result", "contacted", "comment", "rated_on")


def latest_survey(case):
    """The survey of the present round with its judgement, slips and counting rating; read once per page."""
    if not hasattr(case, "_survey"):
        case._survey = _read(case)
    return case._survey


def _asked(case):
    """The question for it, with all that the panels show; asked once per page."""
    if not hasattr(case, "_survey_asked"):
        case._survey_asked = _surveys.about(case=case.pk)
    return case._survey_asked


def _read(case):
    """The survey comes once for each slip, rating, ask graded and ask missed, and is folded here."""
    survey, grades, missed = None, {}, set()
    for row in _asked(case).rows():
        if survey is None:
            survey = row
            survey.copies, survey.rating = {}, None
        _fold(survey, row, grades, missed)
    if survey is not None:
        survey.told = {ask: (grades.get(ask), ask in missed) for ask in sorted(grades.keys() | missed)}
    return survey


@Statement
def _surveys(case):
    return (
        Survey.objects.filter(round__suggestion=case, round__number=F("round__suggestion__round_number"))
        .select_related("judgement")
        .defer("version", "stepped_on", "judgement__version", "judgement__stepped_on")
        .annotate(
            **{f"slip_{name}": F(f"slips__{name}") for name in _SLIP_FIELDS},
            **{f"rating_{name}": F(f"slips__ratings__{name}") for name in (*_RATING_FIELDS, "is_current")},
            ask=F("slips__ratings__asks__ask"),
            grade=F("slips__ratings__asks__grade"),
            missed=F("slips__ratings__missing"),
        )
        .order_by("slips__id", "slips__ratings__id", "ask", "missed")
    )


def _fold(survey, row, grades, missed):
    """`copies`: the slips by id; `rating`: the one that counts; `told` will be its grade and lack by ask id."""
    if row.slip_pk is None:
        return
    survey.copies[row.slip_pk] = Slip(
        survey_id=survey.pk, **{name: getattr(row, f"slip_{name}") for name in _SLIP_FIELDS}
    )
    if row.slip_counts and row.rating_is_current:
        if survey.rating is None:
            survey.rating = Rating(
                slip_id=row.slip_pk, **{name: getattr(row, f"rating_{name}") for name in _RATING_FIELDS}
            )
        if row.grade:
            grades[row.ask] = row.grade
        if row.missed:
            missed.add(row.missed)


def may_read(survey, reader):
    """Who reads the ratings now: the office and the raters at once, the departments after the seal is gone."""
    seats = seats_of(reader)
    return survey.is_shown_to(reader) or any(slip.mandate_id in seats for slip in survey.copies.values())


@panel("docket.case.asks", order=10)
class AskRatings(Panel):
    """The third column of the asks: how the deputy graded each answer."""

    template_name = "suggestions/appraisals/_ask_rating.html"

    def asked(self, subject, *, reader):
        return [_asked(subject)] if subject.round_number else []

    def context(self, subject, *, reader):
        survey = latest_survey(subject) if subject.round_number else None
        if survey is None or not may_read(survey, reader):
            return None
        if survey.rating is None:
            return None
        cells = {
            ask: {
                "label": Grade(grade).label if grade else _("没有办好"),
                "light": LIGHTS[grade] if grade else "late",
                "is_missing": is_missing,
            }
            for ask, (grade, is_missing) in survey.told.items()
        }
        return {"heading": _("代表评价"), "asks": cells}


@panel("docket.case", order=20)
class RatingPanel(Panel):
    """The rating as a whole, the seal on it, and the step this reader may take now."""

    template_name = "suggestions/appraisals/_panel.html"

    def asked(self, subject, *, reader):
        return [_asked(subject)] if subject.round_number else []

    def context(self, subject, *, reader):
        survey = latest_survey(subject) if subject.round_number else None
        if survey is None:
            return None
        slip = _slip_of(survey, reader)
        shown = may_read(survey, reader)
        rating = survey.rating if shown else None
        judgement = getattr(survey, "judgement", None) if shown else None
        return {
            "survey": survey,
            "is_open": survey.state == Survey.State.OPEN,
            "slip": slip,
            "rating": rating,
            "lights": LIGHTS,
            "attitude_light": rating and LIGHTS[rating.attitude],
            "result_light": rating and LIGHTS[rating.result],
            "judgement": judgement,
            "is_sealed_for_reader": not shown,
            "steps": _judging(judgement, reader) or _rating(slip, survey, reader),
        }


def _judging(judgement, reader):
    """[(label, address)] of the decisions that this reader has to take on a judgement."""
    if judgement is None:
        return []
    offered = [step for step in JUDGEMENT.steps.values() if step.is_button and judgement.state in step.sources]
    return [
        (_("研判：%s") % step.label, reverse("appraisals:judge", args=[judgement.pk, step.name]))
        for step in offered
        if reader.has_perm(step.perm, judgement)
    ]


def _rating(slip, survey, reader):
    """The same of a deputy who has not rated yet; what the office puts down for him stands beside the rating."""
    is_his = slip is not None and slip.mandate_id in seats_of(reader)
    if not is_his or slip.answered_on or survey.state != Survey.State.OPEN:
        return []
    return [(_("填写评价"), reverse("appraisals:rate", args=[slip.pk]))]


def _slip_of(survey, reader):
    """The slip this reader may fill in: his own, or for the office the counting one, from paper, also afterwards."""
    is_office = survey.congress_id in hats_of(reader).clerk_of
    if survey.state == Survey.State.SILENT and is_office:
        return next((slip for slip in survey.copies.values() if slip.counts), None)
    if survey.state != Survey.State.OPEN:
        return None
    seats = seats_of(reader)
    own = next((slip for slip in survey.copies.values() if slip.mandate_id in seats), None)
    if own or not is_office:
        return own
    return next((slip for slip in survey.copies.values() if slip.counts), None)


def _displeased(reading):
    hats = hats_of(reading.reader)
    return Q(code="displeased", congress__in=hats.oversees)


def _is_displeased(reading):
    return tallies.carries("displeased", hats_of(reading.reader).oversees)


@saved_view("dissatisfied", gettext_lazy("不满意"), order=60, tally=_displeased, marked=_is_displeased)
def _dissatisfied(reading):
    """Cases whose counting rating of the present round is dissatisfied; for those to whom nothing is sealed."""
    hats = hats_of(reading.reader)
    if not hats.oversees:
        return None
    rated = Rating.objects.filter(
        slip__survey__round__suggestion=OuterRef("pk"),
        slip__counts=True,
        is_current=True,
        result=Grade.DISSATISFIED,
        slip__survey__congress__in=hats.oversees,
    )
    open_cases = Q(state=Suggestion.State.REPLIED)
    pending = Judgement.objects.pending().filter(
        survey__round__suggestion=OuterRef("pk"), survey__congress__in=hats.oversees
    )
    return (open_cases & Exists(rated)) | Exists(pending)
