"""What the appraisal shows in a dossier and in the list: ratings to whom they are not sealed, and the way to rate."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.organs.hats import hats_of
from congress.procedure.panels import Panel, panel
from deputies.roll.seats import seats_of
from suggestions.appraisals.models import AskRating, Grade, Judgement, Rating, Slip, Survey
from suggestions.appraisals.workflow import JUDGEMENT
from suggestions.docket.filters import saved_view
from suggestions.docket.models import Suggestion

LIGHTS = {Grade.SATISFIED: "done", Grade.BASIC: "done", Grade.DISSATISFIED: "late"}


def latest_survey(case):
    """The survey of the present round, with its judgement; read once per page."""
    if not hasattr(case, "_survey"):
        case._survey = (
            Survey.objects.filter(round__suggestion=case, round__number=case.round_number)
            .select_related("round__suggestion", "judgement")
            .first()
        )
    return case._survey


def counting_rating(survey):
    """The rating that counts, with what was missing; read once per page."""
    if not hasattr(survey, "_rating"):
        survey._rating = (
            Rating.objects.filter(slip__survey=survey, slip__counts=True, is_current=True)
            .select_related("slip__mandate__deputy")
            .prefetch_related("missing")
            .first()
        )
    return survey._rating


def may_read(survey, reader):
    """Who reads the ratings now: the office and the raters at once, the departments after the seal is gone."""
    seats = seats_of(reader)
    return survey.is_shown_to(reader) or bool(seats) and survey.slips.filter(mandate__in=seats).exists()


@panel("docket.case.asks", order=10)
class AskRatings(Panel):
    """The third column of the asks: how the deputy graded each answer."""

    template_name = "suggestions/appraisals/_ask_rating.html"

    def context(self, subject, *, reader):
        survey = latest_survey(subject) if subject.round_number else None
        if survey is None or not may_read(survey, reader):
            return None
        rating = counting_rating(survey)
        if rating is None:
            return None
        grades = dict(AskRating.objects.filter(rating=rating).values_list("ask", "grade"))
        missing = {ask.pk for ask in rating.missing.all()}
        cells = {
            ask: {"label": Grade(grade).label, "light": LIGHTS[grade], "is_missing": ask in missing}
            for ask, grade in grades.items()
        }
        for ask in missing - set(cells):
            cells[ask] = {"label": _("没有办好"), "light": "late", "is_missing": True}
        return {"heading": _("代表评价"), "asks": cells}


@panel("docket.case", order=20)
class RatingPanel(Panel):
    """The rating as a whole, the seal on it, and the step this reader may take now."""

    template_name = "suggestions/appraisals/_panel.html"

    def context(self, subject, *, reader):
        survey = latest_survey(subject) if subject.round_number else None
        if survey is None:
            return None
        slip = _slip_of(survey, reader)
        shown = may_read(survey, reader)
        rating = counting_rating(survey) if shown else None
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
            "judging_steps": _judging_steps(judgement, reader),
            "is_sealed_for_reader": not shown,
        }


def _judging_steps(judgement, reader):
    """The steps offered on a judgement to this reader."""
    open_steps = JUDGEMENT.open_steps(judgement, reader) if judgement else []
    return [step for step in open_steps if step.is_button]


def _slip_of(survey, reader):
    """The slip this reader may fill in: his own, or for the office the counting one, from paper."""
    if survey.state != Survey.State.OPEN:
        return None
    own = Slip.objects.filter(survey=survey, mandate__in=seats_of(reader)).first()
    if own or survey.congress_id not in hats_of(reader).clerk_of:
        return own
    return Slip.objects.filter(survey=survey, counts=True).first()


@saved_view("dissatisfied", gettext_lazy("不满意"), order=60)
def _dissatisfied(reading):
    """Cases whose counting rating of the present round is dissatisfied; for those to whom nothing is sealed."""
    hats = hats_of(reading.reader)
    if not hats.clerk_of | hats.leads:
        return None
    rated = Rating.objects.filter(
        slip__survey__round__suggestion=OuterRef("pk"),
        slip__counts=True,
        is_current=True,
        result=Grade.DISSATISFIED,
        slip__survey__congress__in=hats.clerk_of | hats.leads,
    )
    open_cases = Q(state=Suggestion.State.REPLIED)
    pending = Judgement.objects.pending().filter(survey__round__suggestion=OuterRef("pk"))
    return (open_cases & Exists(rated)) | Exists(pending)
