"""Papers to take away: the assignment list of a department, and a reply (下载公文)."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from congress.deadlines.models import Clock
from congress.kit.dates import asked_day
from congress.kit.downloads import document
from congress.organs.hats import hats_of
from congress.organs.models import Organ
from suggestions.docket.actions import result_scheme
from suggestions.docket.models import Assignment, Reply
from suggestions.docket.papers import assignment_list, reply_letter

OWED = ("reply", "rehandle", "co_opinion")
GIVEN = ~Q(role=Assignment.Role.DISTRIBUTOR) & ~Q(state__in=[Assignment.State.RELEASED, Assignment.State.ENDED])


def given_shares(request):
    """The shares that this reader may put on a list: given out in the days that the address names."""
    shares = Assignment.objects.visible_to(request.user).filter(GIVEN, round__suggestion__origin=None)
    first, last = asked_day(request.GET.get("from")), asked_day(request.GET.get("to"))
    if first:
        shares = shares.filter(assigned_on__gte=first)
    if last:
        shares = shares.filter(assigned_on__lte=last)
    hats = hats_of(request.user)
    return shares.filter(
        Q(round__suggestion__congress__in=hats.clerk_of)
        | Q(organ__in=hats.officer_of | hats.head_of)
        | Q(parent__organ__in=hats.distributes)
    )


def owed_on():
    """By when a department is to reply, or to give its opinion: the day that a list of what it was given is about."""
    own = Clock.objects.filter(subject_kind=Assignment._meta.label_lower, subject_id=OuterRef("pk"), rule__in=OWED)
    return Subquery(own.order_by("-started_on", "-pk").values("due_on")[:1])


class AssignmentListsView(TemplateView):
    """Every department that was given something in these days, with its list to take away (交办清单)."""

    template_name = "suggestions/docket/assignment_lists.html"

    def get_context_data(self, **kwargs):
        hats = hats_of(self.request.user)
        if not (hats.clerk_of or hats.departments):
            raise Http404
        roles = {role: Count("pk", filter=Q(role=role)) for role in ("lead", "co", "separate")}
        counted = given_shares(self.request).order_by().values("organ", "organ__name").annotate(**roles)
        return super().get_context_data(
            rows=list(counted.order_by("organ__position", "organ")),
            first=self.request.GET.get("from", ""),
            last=self.request.GET.get("to", ""),
            query=self.request.GET.urlencode(),
            **kwargs,
        )


class AssignmentListView(View):
    """The list of one department as .docx."""

    def get(self, request, organ):
        organ = get_object_or_404(Organ, pk=organ)
        shares = given_shares(request).filter(organ=organ).select_related("round__suggestion__category", "organ")
        shares = shares.select_related("round__suggestion__congress", "round__suggestion__lead__deputy")
        shares = shares.annotate(owed_on=owed_on())
        shares = list(
            shares.prefetch_related("round__assignments__organ").order_by(
                "round__suggestion__kind", "round__suggestion__period", "round__suggestion__serial"
            )
        )
        if not shares:
            raise Http404
        congress = shares[0].suggestion.congress
        content = assignment_list(organ, shares, congress=congress, on=timezone.localdate())
        return document(content, _("交办清单_%s") % organ)


class ReplyLetterView(View):
    """One reply as .docx: the department takes its draft too, everybody else what was signed."""

    def get(self, request, pk):
        shares = Assignment.objects.visible_to(request.user).filter(pk=pk)
        reply = get_object_or_404(
            Reply.objects.select_related(
                "assignment__organ", "assignment__round__suggestion__congress",
                "assignment__round__suggestion__session__term", "assignment__round__suggestion__lead__deputy",
            ),
            assignment__in=shares,
            assignment__round__suggestion__origin=None,  # of an old paper the letter itself is not here
        )  # fmt: skip
        own = hats_of(request.user).departments
        if reply.sent_on is None and reply.assignment.organ_id not in own:
            raise Http404
        case = reply.assignment.suggestion
        kinds = result_scheme(case.congress, on=reply.sent_on or timezone.localdate())
        content = reply_letter(reply, reader=request.user, kinds=kinds)
        return document(content, _("答复函_%s") % (case.printed_number or case.pk))
