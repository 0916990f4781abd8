"""Deputies to be assessed: by the office, and on the phone by themselves and by the leaders of their groups (考评)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.dashboards.beside.work import Work
from congress.organs.hats import hats_of
from deputies.assessments.models import Assessment, Marking, Stage


def _to_assess(reader):
    """Assessments in which the office or a township has to rate; the leader of a group finds his on the phone."""
    if not hats_of(reader).clerk_of:
        return None
    due = Marking.objects.due_from(reader).open().waiting().ready()
    return Assessment.objects.open().filter(pk__in=due.order_by().values("sheet__assessment"))


def to_rate(user):
    """The sheet of himself, and as the leader of a group those of its members."""
    due = Marking.objects.due_from(user).open().waiting().ready().order_by("sheet__assessment__due_on")
    waiting = list(due.values_list("stage__rater", "sheet__assessment__due_on")[:300])
    found = []
    for rater, what in ((Stage.Rater.DEPUTY, _("请自评")), (Stage.Rater.GROUP, _("请评组员"))):
        dates = [due_on for each, due_on in waiting if each == rater]
        if dates:
            found.append((_("代表考评 %s 份") % len(dates), what, reverse("assessments:mine"), dates[0]))
    return found


ASSESS = Work(
    "assess",
    gettext_lazy("代表考评待评定"),
    gettext_lazy("逐名打分或者定等次"),
    gettext_lazy("去评定"),
    "assessments:list?due=1",
    _to_assess,
    day="due_on",
)
