"""What a reader may know of an opinion besides its words: who heard it, what it became (民情里的身份).

A department that answers reads neither who said it, which the resident was promised, nor which deputy heard it: what he
makes of it may become a case that protects his name.
"""

from django.db.models import OuterRef, Subquery

from congress.procedure.telling import history
from suggestions.docket.models import Suggestion

_NAMING = ("opinion.reveal",)  # the one sentence of an opinion that names a person: who looked


def history_told(opinion, *, reader):
    """What happened to it; a department does not learn which deputy looked who said it."""
    names = reader.has_perm("opinions.name_deputy", opinion)
    return history(opinion, without=() if names else _NAMING)


def suggestion_told(opinion, *, reader):
    """What it became, for whoever reads that; a draft is its deputy's alone."""
    if opinion.suggestion_id is None:
        return None
    return Suggestion.objects.visible_to(reader).filter(pk=opinion.suggestion_id).first()


def with_suggestion_told(opinions, *, reader):
    """The opinions with `suggestion_told`: the number of what each became, where the reader may open it."""
    seen = Suggestion.objects.visible_to(reader).filter(pk=OuterRef("suggestion"))
    return opinions.annotate(suggestion_told=Subquery(seen.order_by().values("pk")))
