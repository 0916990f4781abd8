"""A sent reply opens its survey, in the same transaction."""

from congress.accounts.models import User
from congress.procedure.reactions import after
from suggestions.appraisals import actions


@after("suggestion.reply")
def open_survey(taken):
    """The system asks, whoever signed."""
    actions.open_survey(taken.subject, on=taken.on, by=User.objects.robot())
