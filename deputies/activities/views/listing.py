"""The list of activities for the offices, its export, and a deputy's own (活动清单、我的活动)."""

from urllib.parse import urlencode

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.organs.models import Congress, Organ
from deputies.activities import actions
from deputies.activities.filters import FAMILIES, TABS, VIEWS, Asked, counts_of
from deputies.activities.heading import heads_any, organs_headed
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Attendance, Campaign, Invitation
from deputies.activities.organisers import places_of
from deputies.activities.reports import ACTIVITIES, activity_rows
from deputies.roll.models import DeputyGroup
from deputies.roll.seats import active_seats_of, seats_of

LIGHTS = {
    "requested": "wait",
    "draft": "draft",
    "theme": "wait",
    "ready": "run",
    "announced": "turn",
    "held": "run",
    "closed": "done",
    "cancelled": "end",
}


def works_here(user):
    """Whether this user works with the list: an office, a committee, a leader, a department that asks, and who keeps
    or heads a station."""
    hats = hats_of(user)
    works = bool(hats.watches | hats.committees | hats.stations | hats.departments)
    return works or heads_any(active_seats_of(user))


class Listing:
    """What the list and its export have in common: the activities that the address asks for."""

    def dispatch(self, request, *args, **kwargs):
        if not works_here(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def ask(self, query):
        self.asked = Asked.of(query)
        user, rows = self.request.user, Activity.objects
        self.narrowed = self.asked.narrow(rows.organised_by(user) if self.asked.mine else rows.visible_to(user))

    def activities(self):
        came = Q(attendances__outcome=Attendance.Outcome.PRESENT)
        rows = (
            self.asked.in_view(self.narrowed, at=timezone.now())
            .select_related("organ", "congress")
            .prefetch_related("groups")
        )
        return rows.annotate(
            called=Count("invitations", distinct=True), present=Count("attendances", filter=came, distinct=True)
        ).order_by(*self.order())

    def order(self):
        """What lies ahead from near to far, then what was held and waits to be closed; all else the latest first."""
        if self.asked.view not in {"open", "ahead", "to_end"}:
            return "-starts_at", "-pk"
        is_over = Case(When(state=Activity.State.HELD, then=Value(1)), default=Value(0), output_field=IntegerField())
        return is_over, "starts_at", "pk"


class ActivityListView(Listing, TemplateView):
    """What is planned, announced, held and closed."""

    template_name = "deputies/activities/list.html"

    def get_context_data(self, **kwargs):
        self.ask(self.request.GET)
        counts = counts_of(self.narrowed, at=timezone.now())
        user = self.request.user
        congresses = {congress for congress in hats_of(user).watches | hats_of(user).congresses if congress}
        organs = Activity.objects.visible_to(user).order_by().values("organ")
        page = page_of(self.activities(), self.request.GET.get("page"), count=counts[self.asked.view])
        for row in page:
            row.is_over = row.state == Activity.State.ANNOUNCED and row.ends_at < timezone.now()
            row.light = "wait" if row.is_over else LIGHTS[row.state]
        return super().get_context_data(
            page_obj=page,
            asked=self.asked,
            tabs=self.tabs(counts),
            elsewhere=counts["all"],
            kinds=Kind.choices,
            families=[(code, label) for code, (label, _kinds) in FAMILIES.items()],
            organs=Organ.objects.filter(pk__in=organs),
            groups=DeputyGroup.objects.filter(congress__in=congresses),
            campaigns=Campaign.objects.visible_to(user),
            may_plan=bool(places_of(user)),
            reads_figures=bool(hats_of(user).watches),
            **kwargs,
        )

    def tabs(self, counts):
        shown = [*TABS, *([self.asked.view] if self.asked.view not in TABS else [])]
        return [
            {
                "label": VIEWS[view],
                "count": counts[view],
                "url": self.address(view),
                "is_current": view == self.asked.view,
            }
            for view in shown
        ]

    def address(self, view):
        pairs = [(name, value) for name, value in self.asked.pairs if name != "view"]
        return f"?{urlencode([*pairs, ('view', view)])}"


class ActivityExportView(Listing, View):
    """What the list shows, as a workbook; the journal keeps who took it (导出)."""

    http_method_names = ["post"]

    def post(self, request):
        self.ask(request.POST)
        rows = list(activity_rows(self.activities()))
        congress = self.congress()
        title = _("%s活动清单") % congress.name

        def journalled():
            what = urlencode(self.asked.pairs)
            actions.note_export(congress, count=len(rows), what=what, by=request.user)

        return sheet_response(title, ACTIVITIES, rows, note_for(request, len(rows)), journalled, name=_("活动清单"))

    def congress(self):
        """In whose journal the export stands."""
        hats = hats_of(self.request.user)
        return Congress.objects.among(hats.congresses | hats.watches).first()


class MineView(TemplateView):
    """A deputy's activities on the phone: what waits for his word, what comes, what was."""

    template_name = "deputies/activities/mine.html"
    past_shown = 20

    def get_context_data(self, **kwargs):
        user, now = self.request.user, timezone.now()
        seats = seats_of(user)
        if not seats:
            raise Http404
        came = Attendance.objects.filter(activity=OuterRef("activity"), mandate=OuterRef("mandate"))
        calls = (
            Invitation.objects.filter(mandate__in=seats, activity__announced_on__isnull=False)
            .select_related("activity__organ")
            .annotate(
                is_present=Exists(came.filter(outcome=Attendance.Outcome.PRESENT)),
                was_excused=Exists(came.filter(outcome=Attendance.Outcome.LEAVE)),
                was_absent=Exists(came.filter(outcome=Attendance.Outcome.ABSENT)),
            )
        )
        ahead = list(
            calls.filter(activity__ends_at__gte=now, activity__state=Activity.State.ANNOUNCED).order_by(
                "activity__starts_at"
            )
        )
        asked = [call for call in ahead if call.state == Invitation.State.ASKED]
        past = calls.exclude(pk__in=[call.pk for call in ahead]).order_by("-activity__starts_at")[: self.past_shown]
        acting = active_seats_of(user)
        of_his = Q(groups__in=DeputyGroup.objects.filter(leader__in=acting))
        for organs in organs_headed(acting):
            of_his |= Q(organ__in=organs)
        led = Activity.objects.filter(of_his, state__in=Activity.OPEN).distinct().order_by("starts_at")
        places = places_of(user)
        return super().get_context_data(
            asked=asked,
            ahead=[call for call in ahead if call.state != Invitation.State.ASKED],
            past=past,
            led=led if acting else [],
            leads=any(place.group_id for place in places),
            heads=any(place.is_headed for place in places),
            now=now,
            **kwargs,
        )
