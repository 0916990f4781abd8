"""The office's list: what waits to be verified, what is disputed, and everything else (履职登记清单)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from congress.kit.downloads import note_for, sheet_response
from congress.kit.numbers import shown_versions
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from deputies.duties import actions
from deputies.duties.filters import TABS, VIEWS, Asked, counts_of
from deputies.duties.forms import RefuseForm
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.duties.reports import RECORDS, record_rows
from deputies.duties.sources import source_name
from deputies.roll.models import DeputyGroup, Mandate
from deputies.roll.seats import seats_of

EXPORTED = 20_000


class Listing:
    """The rows that the address asks for, for those who work with the record."""

    for_organisers = True  # they see what they registered themselves

    def dispatch(self, request, *args, **kwargs):
        hats = hats_of(request.user)
        if not (hats.watches or self.for_organisers and (hats.committees or hats.stations)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def ask(self, query):
        self.asked = Asked.of(query, on=timezone.localdate())
        self.narrowed = self.asked.narrow(DutyRecord.objects.visible_to(self.request.user))

    def records(self):
        rows = self.asked.in_view(self.narrowed).select_related("mandate__deputy", "mandate__delegation")
        return rows.order_by("-held_on", "-pk")

    def address(self, **changes):
        pairs = dict(self.asked.pairs) | changes
        return f"?{urlencode({name: value for name, value in pairs.items() if value})}"


class RecordListView(Listing, TemplateView):
    template_name = "deputies/duties/list.html"

    def get_context_data(self, **kwargs):
        self.ask(self.request.GET)
        counts, hats = counts_of(self.narrowed), hats_of(self.request.user)
        congresses = list(Congress.objects.among(hats.watches))
        page = page_of(self.records(), self.request.GET.get("page"), count=counts[self.asked.view])
        return super().get_context_data(
            asked=self.asked,
            page_obj=page,
            tabs=self.tabs(counts),
            seat=self.seat(),
            years=self.years(),
            kinds=Kind.choices,
            outcomes=DutyRecord.Outcome.choices,
            groups=list(DeputyGroup.objects.filter(congress__in=hats.watches).order_by("congress", "position", "pk")),
            townships=[each for each in congresses if each.is_township],
            may_verify=bool(hats.clerk_of) and self.asked.view == "claimed",
            may_export=bool(hats.watches),
            user_keeps=bool(hats.clerk_of),
            own=seats_of(self.request.user),
            **kwargs,
        )

    def tabs(self, counts):
        shown = [*TABS, *([self.asked.view] if self.asked.view not in TABS else [])]
        return [
            {
                "label": VIEWS[view][0],
                "count": counts[view],
                "url": self.address(view=view),
                "is_current": view == self.asked.view,
            }
            for view in shown
        ]

    def seat(self):
        seats = Mandate.objects.visible_to(self.request.user).select_related("deputy")
        return seats.filter(pk=self.asked.seat).first() if self.asked.seat else None

    def years(self):
        this_year = timezone.localdate().year
        years = [f"{year}" for year in range(this_year, this_year - 6, -1)]
        return years if self.asked.year in {*years, "any"} else [*years, self.asked.year]


class RecordExportView(Listing, View):
    """What the list shows, as a workbook; the journal keeps who took it."""

    http_method_names = ["post"]
    for_organisers = False

    def post(self, request):
        self.ask(request.POST)
        records = list(self.records()[:EXPORTED])
        for record in records:
            record.source_name = source_name(record)
        watched = hats_of(request.user).watches
        congress = Congress.objects.among(watched).first()
        what = urlencode(self.asked.pairs)
        return sheet_response(
            _("代表履职登记"),
            RECORDS,
            record_rows(records),
            note_for(request, len(records)),
            lambda: actions.note_export(congress, count=len(records), what=what, by=request.user),
            name=_("履职登记"),
        )


class BatchView(View):
    """Verify many, or refuse many with one reason; a refusal asks for it on a page of its own."""

    http_method_names = ["post"]

    def post(self, request):
        picked = shown_versions(request.POST.getlist("row"))
        rows = DutyRecord.objects.visible_to(request.user).filter(pk__in=picked)
        if not picked:
            messages.info(request, _("请先勾选要办的登记。"))
        elif request.POST.get("act") == "refuse":
            return self.refuse(request, rows, picked)
        elif request.POST.get("act") == "verify":
            count = actions.verify(picked, on=timezone.localdate(), by=request.user, versions=picked)
            self.tell(count, len(picked), _("已核实 %s 条。"))
        else:
            raise Http404
        return redirect(self.back())

    def refuse(self, request, rows, picked):
        claimed = rows.filter(state=DutyRecord.State.CLAIMED).select_related("mandate__deputy", "mandate__delegation")
        open_rows = [row for row in claimed if picked[row.pk] == row.version]
        form = RefuseForm(request.POST if "finding" in request.POST else None)
        if not open_rows:
            messages.info(request, _("这些登记已经有人办了，或者刚刚有了变化，请再看一遍。"))
            return redirect(self.back())
        if not form.is_valid():
            self.tell_left(len(picked) - len(open_rows))
            return render(
                request, "deputies/duties/refuse.html", {"form": form, "rows": open_rows, "back": self.back()}
            )
        finding = form.cleaned_data["finding"]
        count = actions.refuse(picked, finding=finding, on=timezone.localdate(), by=request.user, versions=picked)
        self.tell(count, len(picked), _("已退回 %s 条，代表会收到理由。"))
        return redirect(self.back())

    def tell(self, count, asked, words):
        if count:
            messages.success(self.request, words % count)
        self.tell_left(asked - count)

    def tell_left(self, count):
        if count:
            messages.info(self.request, _("有 %s 条没有办：已经有人办了、刚刚有了变化，或者不归您核实。") % count)

    def back(self):
        wanted = self.request.POST.get("next", "")
        if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
            return wanted
        return reverse("duties:list" if hats_of(self.request.user).watches else "duties:check")
