"""Deputies who wait for help, and what is reported in confidence (履职保障)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.dashboards.beside.work import Work
from congress.organs.hats import hats_of
from deputies.safeguards.models import HelpRequest, ProtectedReport


def _help_asked(reader):
    """Deputies who wait for an answer of his office."""
    clerk_of = hats_of(reader).clerk_of
    return HelpRequest.objects.open().filter(holder__in=clerk_of) if clerk_of else None


def _help_late(reader):
    """Those who have waited too long, whichever office it is: a leader sees that they are answered."""
    if not hats_of(reader).leads:
        return None
    return HelpRequest.objects.at_hand(reader).overdue(on=timezone.localdate())


def _entrusted(reader):
    """What was reported to him in confidence and is not settled; hardly anybody is named for it, whatever his hats."""
    return None if hats_of(reader).only_sits else ProtectedReport.objects.entrusted_to(reader).open()


HELP = Work(
    "help",
    _("代表求助待答复"),
    _("写明怎样解决，代表会收到"),
    _("去答复"),
    "safeguards:list?view=open&mine=1",
    _help_asked,
    day="due_on",
)
HELP_LATE = Work(
    "help_late",
    _("代表求助超期没有答复"),
    _("过了答复期限，请过问"),
    _("去看看"),
    "safeguards:list?view=late&mine=1",
    _help_late,
    day="due_on",
)
PROTECTED = Work(
    "protected",
    _("需要您本人查看的报告"),
    _("只有您和另一位受理人员看得到"),
    _("去查看"),
    "safeguards:protected",
    _entrusted,
)
