"""Entering papers one after the other, by keyboard (代录)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from congress.files import actions as files
from congress.kit.numbers import row_number
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.procedure import journal
from congress.procedure.views import add_errors
from suggestions.docket.actions.recording import as_said, record_paper
from suggestions.docket.actions.writing import session_of
from suggestions.docket.forms.assigning import departments_of
from suggestions.docket.forms.recording import PaperForm
from suggestions.docket.models import Suggestion

REMEMBERED = "docket_record"


class RecordView(FormView):
    """One paper; when it is saved the next empty form stands there, with date, kind and category kept."""

    form_class = PaperForm
    template_name = "suggestions/docket/record.html"

    @cached_property
    def congress(self):
        places = Congress.objects.filter(pk__in=hats_of(self.request.user).clerk_of).order_by("pk")
        found = places.filter(pk=row_number(self.request.GET.get("congress"))).first() or places.first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def today(self):
        return timezone.localdate()

    def get_initial(self):
        return {"on": self.today} | self.request.session.get(REMEMBERED, {})

    def get_form_kwargs(self):
        offered = departments_of(self.congress, on=self.today)
        return super().get_form_kwargs() | {"congress": self.congress, "departments": offered, "today": self.today}

    def form_valid(self, form):
        cleaned, by = form.cleaned_data, self.request.user
        try:
            with transaction.atomic(), journal.recorded_as(facts={"late_reason": _("代录纸质件")}):
                case = record_paper(congress=self.congress, by=by, request_key=cleaned["request_key"], **form.paper())
                if cleaned["scan"]:
                    case.attachments.add(files.store(cleaned["scan"], case=case, congress=self.congress, by=by))
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        except journal.AlreadyRecorded:
            return redirect(self.get_success_url())
        self.request.session[REMEMBERED] = {
            "on": f"{cleaned['on']}",
            "kind": cleaned["kind"],
            "category": cleaned["category"].pk,
            "campaign": drive.pk if (drive := cleaned.get("campaign")) else None,
        }
        messages.success(self.request, _("已录入%s") % as_said(case))
        return redirect(self.get_success_url())

    def get_success_url(self):
        return f"{reverse('docket:record')}?congress={self.congress.pk}"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        entered = Suggestion.objects.filter(recorded_by=self.request.user, created_at__date=self.today)
        rows = entered.select_related("lead__deputy", "category").order_by("-pk")
        session, period = session_of(self.congress, on=self.today)
        return context | {
            "sub": f"{self.congress} · {session} · {Suggestion.Period(period).label}"
            if session
            else f"{self.congress}",
            "names": [str(name) for name in context["form"].seats],
            "entered": list(rows[:50]),
            "entered_count": rows.count(),
        }
