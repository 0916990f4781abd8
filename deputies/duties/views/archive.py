"""The archive of a deputy and what is issued from it (履职档案、履职证明)."""

import datetime as dt
import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView, FormView, TemplateView

from congress.kit.dates import asked_day
from congress.kit.downloads import document, note_for, sheet_response
from congress.procedure.panels import panels_for
from congress.procedure.views import add_errors
from deputies.duties import actions
from deputies.duties.archive import archive_of, years_of
from deputies.duties.days import days_of
from deputies.duties.forms import CertificateForm
from deputies.duties.models import Certificate, archives_visible_to
from deputies.duties.papers import archive_paper, basics, certificate_paper, certificate_text
from deputies.duties.reports import ARCHIVE, archive_rows
from deputies.duties.sources import source_url
from deputies.roll.seats import active_seats_of, seats_of


class OfSeat:
    """A page about one seat, for whoever reads its archive; the year stands in the address."""

    @cached_property
    def seat(self):
        rows = archives_visible_to(self.request.user)
        related = ("deputy", "delegation", "constituency", "congress", "term")
        return get_object_or_404(rows.select_related(*related), pk=self.kwargs["pk"])

    @cached_property
    def year(self):
        """A year of the seat; None is the whole term."""
        asked = self.request.GET.get("year") or self.request.POST.get("year")
        if asked == "term":
            return None
        years = years_of(self.seat, on=timezone.localdate())
        return int(asked) if asked and asked in {f"{year}" for year in years} else years[0]

    @cached_property
    def archive(self):
        return archive_of(self.seat, year=self.year, on=timezone.localdate())


class ArchiveView(OfSeat, TemplateView):
    template_name = "deputies/duties/archive.html"

    def get_context_data(self, **kwargs):
        seat, user = self.seat, self.request.user
        for row in self.archive.rows:
            row.source_url = source_url(row, reader=user)
        is_own = seat.pk in seats_of(user)
        return super().get_context_data(
            seat=seat,
            archive=self.archive,
            basics=[(label, value) for label, value in basics(seat) if value],
            years=years_of(seat, on=timezone.localdate()),
            year=self.year,
            is_own=is_own,
            may_claim=seat.pk in active_seats_of(user),
            may_certify=user.has_perm("duties.certify", seat),
            certificates=list(seat.certificates.all()[:5]),
            panels=panels_for("duties.archive", seat, reader=user),
            **kwargs,
        )


class ArchivePaperView(OfSeat, View):
    """The archive as a document or a workbook; the journal keeps who took it."""

    http_method_names = ["post"]

    def post(self, request, pk):
        name = _("履职档案_%(name)s_%(year)s") % {"name": self.seat.deputy.name, "year": self.year or _("本届")}
        if request.POST.get("as") == "sheet":
            rows = list(archive_rows(self.archive))
            note = note_for(request, len(rows))
            return sheet_response(name, ARCHIVE, rows, note, lambda: self.note(), name=name)
        content = archive_paper(self.archive, on=timezone.localdate())
        self.note()
        return document(content, name)

    def note(self):
        actions.note_archive(self.seat, by=self.request.user)


class CertificateView(OfSeat, FormView):
    """Choose for whom and which days, see what it would say, issue it."""

    form_class = CertificateForm
    template_name = "deputies/duties/certificate.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("duties.certify", self.seat):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        first, last = self.shown
        return {
            "addressee": self.request.GET.get("addressee", "")[:100],
            "first": first,
            "last": last,
            "key": uuid.uuid4().hex,
        }

    @cached_property
    def shown(self):
        """The stretch of days whose duties stand on the page: the one asked for, else the year so far."""
        today = timezone.localdate()
        return period_of(self.request.GET, first=dt.date(today.year, 1, 1), last=today)

    def post(self, request, *args, **kwargs):
        if "look" in request.POST:
            form = self.get_form()
            if form.errors.keys() & {"first", "last"}:
                form.errors.pop("addressee", None)  # asked for only where something is issued
                return self.form_invalid(form)
            return self.look()
        return super().post(request, *args, **kwargs)

    def look(self):
        asked = {name: self.request.POST.get(name, "") for name in ("addressee", "first", "last")}
        return redirect(f"{self.request.path}?{urlencode(asked)}")

    def form_valid(self, form):
        if [form.cleaned_data["first"], form.cleaned_data["last"]] != self.shown:
            messages.info(self.request, _("时间改过了。请看一看证明里会写的，再点“出具”；出具后内容不再变动。"))
            return self.look()
        try:
            certificate = form.carry_out(self.seat, on=timezone.localdate(), by=self.request.user)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        return redirect(certificate)

    def get_context_data(self, **kwargs):
        first, last = self.shown
        rows = actions.certifiable(self.seat, first=first, last=last)
        return super().get_context_data(
            seat=self.seat,
            rows=rows,
            days=days_of(rows),
            first=first,
            last=last,
            issued=list(self.seat.certificates.all()[:10]),
            **kwargs,
        )


class IssuedView(DetailView):
    """A certificate as it was issued, to be printed or downloaded; the deputy reads his own."""

    template_name = "deputies/duties/issued.html"
    context_object_name = "certificate"

    def get_queryset(self):
        rows = Certificate.objects.filter(mandate__in=archives_visible_to(self.request.user))
        return rows.select_related("mandate__deputy", "congress")

    def get_context_data(self, **kwargs):
        return super().get_context_data(text=certificate_text(self.object), **kwargs)


class IssuedPaperView(IssuedView):
    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        certificate = self.get_object()
        name = f"{_('履职证明')}_{certificate.mandate.deputy.name}_{certificate.year}-{certificate.serial}"
        return document(certificate_paper(certificate), name)


def period_of(query, *, first, last):
    """The stretch of days in an address; what makes no sense is as if it had not been asked."""
    asked = [asked_day(query.get("first")) or first, asked_day(query.get("last")) or last]
    return asked if asked[0] <= asked[1] else [first, last]
