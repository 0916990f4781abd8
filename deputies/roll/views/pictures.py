"""Many photos of deputies at once: upload, look at the verdicts, confirm (批量上传照片)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Count, IntegerField, Value, When
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from congress.kit.numbers import row_numbers
from congress.kit.paging import page_of
from congress.procedure.views import add_errors
from deputies.roll import picturing
from deputies.roll.forms import PortraitsForm
from deputies.roll.models import PortraitBatch, PortraitRow
from deputies.roll.rules import kept_by
from deputies.roll.views.listing import OfRoll

V = PortraitRow.Verdict
_PROBLEMS_FIRST = Case(When(verdict=V.MATCHED, then=Value(1)), default=Value(0), output_field=IntegerField())


class PortraitsView(OfRoll, FormView):
    """What waits to be confirmed, above the form for the next upload."""

    template_name = "deputies/roll/portraits.html"
    form_class = PortraitsForm
    congresses_of = staticmethod(kept_by)

    @cached_property
    def batch(self):
        waiting = PortraitBatch.objects.filter(congress=self.congress, state=PortraitBatch.State.CHECKED)
        return waiting.select_related("by").first()

    def get_context_data(self, **kwargs):
        counts = {}
        rows = PortraitRow.objects.none()
        if self.batch:
            counts = dict(self.batch.rows.order_by().values_list("verdict").annotate(Count("pk")))
            rows = self.batch.rows.select_related("mandate__deputy", "mandate__delegation", "picture")
        return super().get_context_data(
            batch=self.batch,
            page_obj=page_of(rows.order_by(_PROBLEMS_FIRST, "pk"), self.request.GET.get("page"), per_page=50),
            sums=[(label, counts[code], code == V.MATCHED) for code, label in V.choices if counts.get(code)],
            matched=counts.get(V.MATCHED, 0),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        act = request.POST.get("act")
        if act not in ("confirm", "drop"):
            return super().post(request, *args, **kwargs)
        asked = row_numbers([request.POST.get("batch", "")])
        batch = PortraitBatch.objects.filter(congress=self.congress, pk__in=asked).first()
        if batch is None:
            return self.back()
        if act == "drop":
            if picturing.drop(batch):
                messages.success(request, _("已放弃，照片都没有换。"))
            else:
                self.say_settled()
            return self.back()
        if count := picturing.confirm(batch, by=request.user):
            messages.success(request, _("已换上 %s 张照片。") % count)
        else:
            self.say_settled()
        return redirect(f"{reverse('roll:list')}?congress={self.congress.code}")

    def form_valid(self, form):
        try:
            picturing.upload(form.cleaned_data["photos"], congress=self.congress, by=self.request.user)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        return self.back()

    def say_settled(self):
        """A colleague was faster."""
        messages.warning(self.request, _("这批照片已经换上或者放弃了，请看现在的照片。"))

    def back(self):
        return HttpResponseRedirect(reverse("roll:portraits", args=[self.congress.code]))
