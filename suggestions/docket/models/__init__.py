"""The tables of the docket (案卷)."""

from suggestions.docket.models.answering import Answer, Contact, Reply
from suggestions.docket.models.case import (
    BETWEEN_PREFIX,
    MOTION_PREFIX,
    Ask,
    Assignment,
    Category,
    Cosigner,
    NumberSeries,
    Round,
    SearchText,
    Suggestion,
    SuggestionQuerySet,
    said_number,
)
from suggestions.docket.models.papers import Import, ImportRow, Origin, PrintedName
from suggestions.docket.models.saved import SavedView
from suggestions.docket.models.tallies import Standing, Tally

__all__ = [
    "BETWEEN_PREFIX",
    "MOTION_PREFIX",
    "Answer",
    "Ask",
    "Assignment",
    "Category",
    "Contact",
    "Cosigner",
    "Import",
    "ImportRow",
    "NumberSeries",
    "Origin",
    "PrintedName",
    "Reply",
    "Round",
    "SavedView",
    "SearchText",
    "Standing",
    "Suggestion",
    "SuggestionQuerySet",
    "Tally",
    "said_number",
]
