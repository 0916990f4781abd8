"""What the portal shows of a deputy on lower pages: whether residents find him by his code, what he has to read."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.organs.hats import hats_of
from congress.portal.models import Profile, Story
from congress.procedure import errands
from congress.procedure.panels import Panel, panel
from deputies.roll.seats import active_seats_of


@panel("roll.mandate", order=80)
class PublicPage(Panel):
    """Shown or not, and the door to it: of the office, of the deputy himself."""

    template_name = "congress/portal/_panel.html"

    def context(self, seat, *, reader):
        keeps, is_own = seat.congress_id in hats_of(reader).clerk_of, seat.pk in active_seats_of(reader)
        if seat.state != seat.State.ACTIVE or not (keeps or is_own):
            return None
        profile = Profile.objects.filter(mandate=seat).first()
        return {"seat": seat, "profile": profile if profile and profile.is_shown else None, "keeps": keeps}


def _to_agree(reader):
    return Story.objects.awaiting(reader) if hats_of(reader).deputy_in else None


def _one_by_one(reader):
    rows = Story.objects.awaiting(reader).order_by("pk").values_list("pk", "title")
    return [
        (title, _("请看全文，同意后才公开"), reverse("portal:own_story_step", args=[pk, "agree"]), None)
        for pk, title in rows
    ]


errands.tell(
    errands.Errands(
        "story",
        gettext_lazy("请您同意公开的代表风采"),
        gettext_lazy("看过全文，您同意才公开"),
        gettext_lazy("去看看"),
        "portal:own_stories",
        _to_agree,
        _one_by_one,
    )
)
