"""What the portal shows on a deputy's page of the roll: whether residents find him by his code (公开页)."""

from congress.organs.hats import hats_of
from congress.portal.models import Profile
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
