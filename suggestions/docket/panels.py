"""What the docket shows on pages of the rooms below: the cases that a deputy leads, and those of a drive."""

from congress.organs.hats import hats_of
from congress.procedure.panels import Panel, panel
from suggestions.docket import drives
from suggestions.docket.identity import known_to, with_proposer
from suggestions.docket.models import Suggestion
from suggestions.docket.rules import reads_cases

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


@panel("activities.campaign", order=20)
class CasesOfDrive(Panel):
    """How many suggestions deputies of each level put to a drive, and the latest of them, as far as he sees them."""

    template_name = "suggestions/docket/_drive.html"

    def context(self, drive, *, reader):
        if not reads_cases(reader):
            return None
        cases = Suggestion.objects.visible_to(reader)
        levels = drives.by_level(cases, drive)
        latest = with_proposer(cases.filter(campaign=drive, state__in=drives.PUT), reader)
        return {
            "drive": drive,
            "stages": [label for label, _states in drives.STAGES.values()],
            "levels": [(level, _linked(drive, level.counts, level)) for level in levels],
            "total": _linked(drive, drives.total(levels)),
            "list_url": drives.address(drive, "put"),
            "states": sorted(drives.PUT),
            "cases": list(latest.order_by("-submitted_on", "-pk")[:SHOWN]),
            "reads_all": drive.congress_id in hats_of(reader).watches,
        }


def _linked(drive, counts, level=None):
    """[(what is counted, how many, the list of them)]."""
    return [(drives.STAGES[code][0], number, drives.address(drive, code, level)) for code, number in counts.items()]
