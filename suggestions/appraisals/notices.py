"""The letters of the appraisal; none tells a grade, and what is sealed goes to the office alone (测评的通知)."""

from django.utils.translation import gettext_lazy as _

from congress.deadlines.readers import debtors
from congress.notices.letters import on
from suggestions.appraisals.models import Slip
from suggestions.docket.notices import ToDeputies, ToOffice


@debtors("appraisals.survey")
def those_who_have_not_answered(survey_ids):
    """The deputy whose rating counts owes the survey its date; co-signers are free to answer."""
    owing = Slip.objects.unanswered().filter(survey__in=survey_ids, counts=True, mandate__deputy__user__isnull=False)
    rows = owing.values_list("survey_id", "mandate__deputy__user")
    return {survey: [user] for survey, user in rows}


@on("survey.rate")
class Rated(ToOffice):
    title = _("收到一份评价：%(case)s")


@on("judgement.uphold")
class Upheld(ToDeputies):
    title = _("研判后维持原答复：%(case)s")
    body = _("理由：%(reason)s")
