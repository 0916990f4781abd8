"""What came up when deputies were contacted and is not seen to yet (联系代表)."""

from django.utils.translation import gettext_lazy as _

from congress.dashboards.beside.work import Work
from congress.organs.hats import hats_of
from deputies.pledges.models import FollowUp


def _passed_on(reader):
    """What came up when deputies were contacted and was passed on to a department of his."""
    return FollowUp.objects.of_departments(reader).open() if hats_of(reader).departments else None


def _for_the_agenda(reader):
    """What came up then and was proposed for an agenda: the office sees to it."""
    clerk_of = hats_of(reader).clerk_of
    return FollowUp.objects.open().filter(congress__in=clerk_of, department=None) if clerk_of else None


PASSED_ON = Work(
    "contact_matter",
    _("联系代表时转来的意见"),
    _("办好后登记结果"),
    _("去办理"),
    "pledges:matters",
    _passed_on,
)
FOR_THE_AGENDA = Work(
    "contact_agenda",
    _("联系代表时提出的议题建议"),
    _("列入会议后登记结果"),
    _("去登记"),
    "pledges:contacts?part=matters",
    _for_the_agenda,
)
