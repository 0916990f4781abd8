"""The cockpit and the tables beneath its charts (驾驶舱)."""

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import F
from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView

from congress.dashboards.cockpit import Cockpit
from congress.kit.statements import Statement
from congress.organs.hats import hats_of
from congress.organs.models import Congress, Session, Term


class CockpitView(UserPassesTestMixin, TemplateView):
    """For whoever watches a congress; a township's is open to its county."""

    template_name = "congress/dashboards/cockpit.html"
    raise_exception = True

    def test_func(self):
        if not hats_of(self.request.user).watches:
            raise Http404
        return True

    def get_context_data(self, **kwargs):
        hats = hats_of(self.request.user)
        offered = _sessions_by_congress(hats.watches)
        congresses = list(offered)
        congress = _chosen(congresses, self.request.GET.get("congress"))
        sessions = [_session(congress, *each) for each in offered[congress]]
        session = _chosen(
            sessions, self.request.GET.get("session"), default=None if "session" in self.request.GET else 0
        )
        today = timezone.localdate()
        cockpit = Cockpit(congress, session=session, on=today)
        return super().get_context_data(
            cockpit=cockpit,
            mark=cockpit.mark(),
            congress=congress,
            congresses=congresses,
            session=session,
            sessions=sessions,
            today=today,
            **kwargs,
        )


class ScreenView(CockpitView):
    """The same for a wall or a projector: no menu, one screen of 1920 × 1080, readable from the back row (大屏)."""

    template_name = "congress/dashboards/screen.html"


@Statement
def _sessions(watched):
    """The congresses, once for each session, the newest first; one without any is there too."""
    return (
        Congress.objects.filter(pk__in=watched)
        .only("name", "short_name")
        .annotate(session=F("sessions"), session_number=F("sessions__number"), term=F("sessions__term__number"))
        .order_by(F("parent").asc(nulls_first=True), "position", "pk", "-sessions__opened_on")
    )


def _sessions_by_congress(watched):
    """{congress: [(session id, number of the term, its own number)], the newest first}."""
    offered = {}
    for row in _sessions(watched=watched):
        sessions = offered.setdefault(row, [])
        if row.session:
            sessions.append((row.session, row.term, row.session_number))
    return offered


def _session(congress, pk, term, number):
    return Session(pk=pk, congress=congress, term=Term(congress=congress, number=term), number=number)


def _chosen(rows, asked, default=0):
    """The row whose id is asked for, else the one at `default`; None asks for all of them."""
    for row in rows:
        if str(row.pk) == asked:
            return row
    return rows[default] if default is not None and rows else None
