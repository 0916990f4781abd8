"""What opinions show on the pages of stations, receptions, drives and suggestions (民情)."""

from django.db.models import Count, Q
from django.utils import timezone

from congress.kit.statements import Statement
from congress.organs.hats import hats_of
from congress.procedure.panels import Panel, panel
from liaison.opinions.filters import VIEWS, counts_of
from liaison.opinions.models import Opinion
from liaison.opinions.rules import reads_registers


@panel("stations.detail", order=20)
class StationPanel(Panel):
    """How many were heard there, how many wait, how residents graded."""

    template_name = "liaison/opinions/_station_panel.html"

    def context(self, subject, *, reader):
        return {"station": subject} | Opinion.objects.visible_to(reader).filter(station=subject).aggregate(
            heard=Count("pk"),
            waiting=Count("pk", filter=Q(state__in=Opinion.OPEN)),
            answered=Count("pk", filter=Q(answered_on__isnull=False)),
            graded=Count("pk", filter=~Q(grade="")),
            pleased=Count("pk", filter=Q(grade__in=[Opinion.Grade.SATISFIED, Opinion.Grade.BASIC])),
        )


@panel("activities.detail", order=40)
class HeardPanel(Panel):
    """What was said at this reception, or made this activity's theme."""

    template_name = "liaison/opinions/_heard_panel.html"

    def context(self, subject, *, reader):
        seen = Opinion.objects.visible_to(reader).defer("name", "phone").select_related("organ")
        heard = list(seen.filter(reception__activity=subject)[:100])
        themes = list(seen.filter(theme_of=subject)[:100])
        return {"heard": heard, "themes": themes, "today": timezone.localdate()} if heard or themes else None


@panel("activities.campaign", order=30)
class OpinionsOfDrive(Panel):
    """How many opinions came in by a drive and what became of them, as far as he sees them."""

    template_name = "liaison/opinions/_drive_panel.html"

    def context(self, drive, *, reader):
        if not reads_registers(reader):
            return None
        counts = counts_of(Opinion.objects.visible_to(reader).filter(campaign=drive))
        shown = ("all", "open", "answered", "raised", "closed")
        return {"drive": drive, "counts": [(code, VIEWS[code][0], counts[code]) for code in shown]}


@panel("docket.discard")
class DiscardPanel(Panel):
    """How many residents' words wait again when a draft is thrown away."""

    template_name = "liaison/opinions/_discard_panel.html"

    def context(self, subject, *, reader):
        number = Opinion.objects.filter(suggestion=subject, state=Opinion.State.RAISED).count()
        return {"number": number} if number else None


@Statement
def _turned_into(case):
    return Opinion.objects.filter(suggestion=case).defer("name", "phone")[:50]


@panel("docket.case", order=20)
class OriginPanel(Panel):
    """The residents' words out of which a suggestion came; never who said them. A deputy has them in his notebook."""

    template_name = "liaison/opinions/_origin_panel.html"

    def asked(self, subject, *, reader):
        if hats_of(reader).only_sits:
            return []
        if not hasattr(subject, "_turned_into_it"):
            subject._turned_into_it = _turned_into.about(case=subject.pk)
        return [subject._turned_into_it]

    def context(self, subject, *, reader):
        opinions = [opinion for question in self.asked(subject, reader=reader) for opinion in question.rows()]
        return {"opinions": opinions} if opinions else None
