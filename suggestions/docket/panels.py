"""What the docket shows on pages of the rooms below: the cases that a deputy leads."""

from congress.procedure.panels import Panel, panel
from suggestions.docket.identity import known_to
from suggestions.docket.models import Suggestion

SHOWN = 10


@panel("roll.mandate", order=20)
class LedCases(Panel):
    """The latest cases of a seat, as far as the reader sees them at all and may know whose they are."""

    template_name = "suggestions/docket/_led.html"

    def context(self, seat, *, reader):
        cases = Suggestion.objects.visible_to(reader).filter(known_to(reader), lead=seat)
        cases = cases.exclude(state=Suggestion.State.DRAFT)
        found = list(cases.order_by("-submitted_on", "-pk")[: SHOWN + 1])
        return {"cases": found[:SHOWN], "has_more": len(found) > SHOWN}
