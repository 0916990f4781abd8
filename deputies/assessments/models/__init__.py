"""The tables of the assessment: its method, the sheets of the deputies, the lists for awards (考评)."""

from deputies.assessments.models.awards import AwardList, AwardRow
from deputies.assessments.models.methods import Dimension, Method, Stage
from deputies.assessments.models.sheets import Assessment, Mark, Marking, RatingSheet

__all__ = [
    "Assessment",
    "AwardList",
    "AwardRow",
    "Dimension",
    "Mark",
    "Marking",
    "Method",
    "RatingSheet",
    "Stage",
]
