"""What stations tell the rooms below them: the deputy who heads one acts for it (站长、家长)."""

from congress.organs.models import Organ
from deputies.activities.heading import heads
from deputies.roll.models import Mandate
from liaison.stations.models import LiaisonStation


def _headed(seats):
    return LiaisonStation.objects.filter(head__in=seats).order_by().values("pk")


def _heading(station_id):
    heading = LiaisonStation.objects.filter(pk=station_id).order_by().values("head")
    return Mandate.objects.active().filter(pk__in=heading).values("pk")


heads(Organ.Kind.STATION, organs=_headed, seats=_heading)
