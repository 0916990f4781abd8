"""What departments promised: to keep, to look back at, to put off; the deputy's word about it (承诺)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.dashboards.beside.work import Work
from congress.organs.hats import hats_of
from deputies.roll.seats import active_seats_of, seats_of
from suggestions.promises.models import Promise, Word

SHOWN = 5  # on a deputy's desk; the others stand in the ledger


def _to_look_back(reader):
    clerk_of = hats_of(reader).clerk_of
    return Promise.objects.at_hand(reader).to_look_back() if clerk_of else None


def _put_off(reader):
    clerk_of = hats_of(reader).clerk_of
    return Promise.objects.at_hand(reader).filter(state=Promise.State.ASKED) if clerk_of else None


def _not_kept(reader):
    hats = hats_of(reader)
    if not (hats.clerk_of or hats.departments):
        return None
    return Promise.objects.at_hand(reader).overdue(on=timezone.localdate())


def _to_keep(reader):
    return Promise.objects.at_hand(reader).owed() if hats_of(reader).departments else None


def to_say_a_word(user):
    """What departments say they kept for him, and he has not said a word about."""
    reported = Promise.objects.made_to(seats_of(user)).filter(state=Promise.State.REPORTED)
    spoken = Word.objects.filter(mandate__in=active_seats_of(user)).values("promise")
    return reported.exclude(pk__in=spoken).order_by("due_on", "pk").values_list("pk", "what")[:SHOWN]


LOOK_BACK = Work(
    "promise_look_back",
    _("承诺待回头看"),
    _("到期的、报告兑现的"),
    _("去查看"),
    "promises:list?view=look_back&mine=1",
    _to_look_back,
)
PUT_OFF = Work(
    "promise_asked",
    _("承诺申请延期"),
    _("同意，或者要求按期完成"),
    _("去决定"),
    "promises:list?view=asked&mine=1",
    _put_off,
)
OVERDUE = Work(
    "promise_overdue",
    _("超期没有兑现的承诺"),
    _("兑现以前一直列在这里"),
    _("去看看"),
    "promises:list?view=overdue&mine=1",
    _not_kept,
    day="due_on",
)
TO_KEEP = Work(
    "promise_to_keep",
    _("要兑现的承诺"),
    _("做成了就报告，附照片"),
    _("去报告"),
    "promises:list?view=owed&mine=1",
    _to_keep,
    day="due_on",
)
