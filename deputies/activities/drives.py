"""What is put to a drive, by whoever writes, registers or records it: suggestions, residents' opinions (专项行动)."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from deputies.activities.models import Campaign


def offered(congresses, *, on, kept=None):
    """What a deputy may choose from that day; what is `kept` stays where the drive has ended meanwhile."""
    drives = Campaign.objects.calling(congresses)
    return drives.filter(Q(pk__in=Campaign.objects.running(on=on).values("pk")) | Q(pk=kept))


def offered_to_office(congresses, *, on, kept=None):
    """What the office may choose from: until it closes a drive it still enters papers of its last days."""
    drives = Campaign.objects.calling(congresses)
    return drives.filter(Q(pk__in=Campaign.objects.begun(on=on).values("pk")) | Q(pk=kept))


def hearing(congresses, *, on):
    """The drive to which residents' words of that day belong without anybody's choice: the one that began last."""
    return Campaign.objects.calling(congresses).running(on=on).filter(hears_residents=True).first()


def check(drive, congresses, *, before=None):
    """Whether something of these congresses may be put to a drive; what stood there `before` may stay."""
    if drive is None or drive.pk == before:
        return
    if not Campaign.objects.calling(congresses).filter(pk=drive.pk).exists():
        raise ValidationError({"campaign": _("这个专项行动不是本级人大或者上一级人大的，请重新选择。")})
    if drive.closed_on is not None:
        raise ValidationError({"campaign": _("“%s”已经结束，不能再归入。") % drive.name})
