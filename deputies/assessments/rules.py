"""Who keeps an assessment, who rates whom, who reads what (考评的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.organs.rules import is_clerk_of, watches
from deputies.assessments.models import Marking


def read_by(user):
    """The congresses whose assessments a user reads, the higher first; what `assessments.view_all` asks of one."""
    return Congress.objects.among(hats_of(user).watches)


def kept_by(user):
    """The congresses whose assessments a user keeps; what `assessments.keep` asks of one."""
    return Congress.objects.among(hats_of(user).clerk_of)


@rules.predicate
def rates_it(user, marking):
    """The rater of its stage, or the office that enters what came on paper."""
    return marking is not None and Marking.objects.givable_by(user).filter(pk=marking.pk).exists()


rules.add_perm("assessments.view_all", watches)
rules.add_perm("assessments.keep", is_clerk_of)
rules.add_perm("assessments.give", rates_it)
