"""A station's reception that was planned on the page of activities is a reception too."""

from congress.procedure.reactions import after
from deputies.activities.kinds import RECEIVING
from liaison.receptions.models import Reception
from liaison.stations.models import LiaisonStation


@after("activity.announce")
def keep_reception(taken):
    """So it stands in the month of its station, and opinions can be put down to it."""
    activity = taken.case
    if activity.kind not in RECEIVING:
        return
    station = LiaisonStation.objects.filter(pk=activity.organ_id).first()
    if station is not None:
        Reception.objects.get_or_create(activity=activity, defaults={"station": station})
