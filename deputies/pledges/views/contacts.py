"""Who contacts whom: the register and its gaps, allotting, pairing, putting a contact down, passing on (双联系)."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView, FormView, TemplateView

from congress.kit.downloads import note_for, sheet_response
from congress.kit.numbers import row_numbers
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.organs.models import Committee
from congress.procedure.journal import AlreadyRecorded
from congress.procedure.views import StepView, add_errors
from deputies.pledges import actions, contacting
from deputies.pledges.forms import AllotForm, FollowForm, LogForm, PairForm, SettleForm
from deputies.pledges.models import ContactLog, FollowUp, Tie
from deputies.pledges.reports import CONTACTS, contact_rows
from deputies.pledges.views.scope import OfFollowed
from deputies.pledges.workflow import FOLLOW_UP
from deputies.roll.models import Mandate

PARTS = ("members", "nobody", "overdue", "committees", "residents", "mentors", "matters")


class ContactsView(OfFollowed, TemplateView):
    """The register of a congress in its parts; each gap is a list."""

    template_name = "deputies/pledges/contacts.html"
    pair_form = None  # one that was refused comes back with its words

    @cached_property
    def part(self):
        part = self.request.GET.get("part")
        return part if part in PARTS else "members"

    def get_context_data(self, **kwargs):
        standing = Tie.objects.standing().filter(congress=self.congress)
        self.register = contacting.coverage(self.congress, on=self.today)
        self.lists = {
            "nobody": contacting.uncontacted(self.congress),
            "overdue": standing.overdue(on=self.today)
            .select_related("member__deputy", "committee", "deputy__deputy", "deputy__delegation")
            .order_by("due_on", "pk"),
            "mentors": contacting.unmentored(self.congress),
            "matters": FollowUp.objects.filter(congress=self.congress)
            .select_related("department", "log__tie__member__deputy", "log__tie__committee", "log__tie__deputy__deputy")
            .order_by("state", "-pk"),
        }
        numbers = {code: rows.count() for code, rows in self.lists.items()}
        labels = {
            "members": _("组成人员"), "nobody": _("没有人联系"), "overdue": _("逾期未联系"),
            "committees": _("委员会"), "residents": _("联系群众"), "mentors": _("新代表缺帮带"),
            "matters": _("意见转办"),
        }  # fmt: skip
        return super().get_context_data(
            tabs=[(code, labels[code], numbers.get(code)) for code in PARTS],
            part=self.part,
            register=self.register,
            may_allot=self.request.user.has_perm("pledges.allot_contacts", self.congress),
            **self.of_part(),
            **kwargs,
        )

    def of_part(self):
        if self.part in self.lists:
            return {"page_obj": page_of(self.lists[self.part], self.request.GET.get("page"))} | self.pairing()
        if self.part == "residents":
            return self.residents()
        if self.part == "committees":
            counts = contacting.of_committees(self.congress)
            rows = Committee.objects.filter(congress=self.congress).standing(on=self.today).order_by("position", "pk")
            return {"committees": [(committee, counts.get(committee.pk, 0)) for committee in rows]}
        return {}

    def residents(self):
        least = self.register.with_residents
        lines = contacting.reaching_residents(self.congress, year=self.year)
        few = [line for line in lines if line.total < least]
        asks_few = bool(self.request.GET.get("few"))
        return {
            "page_obj": page_of(few if asks_few else lines, self.request.GET.get("page")),
            "least": least,
            "few": len(few),
            "everybody": len(lines),
            "asks_few": asks_few,
            "apart": contacting.APART,
            "section": contacting.WITH_RESIDENTS,
        }

    def pairing(self):
        if self.part != "mentors":
            return {}
        paired = Tie.objects.standing().filter(congress=self.congress, kind=Tie.Kind.MENTOR)
        return {
            "form": self.pair_form or PairForm(congress=self.congress, newcomers=self.lists["mentors"]),
            "paired": paired.select_related("member__deputy", "member__congress", "deputy__deputy").order_by("-pk")[
                :50
            ],
        }


class ContactsExportView(OfFollowed, View):
    http_method_names = ["post"]

    def post(self, request):
        rows = list(contact_rows(contacting.coverage(self.congress, on=self.today)))
        title = _("%s组成人员联系代表分工表") % self.congress

        def note():
            actions.note_export(self.congress, count=len(rows), what=title, by=request.user)

        return sheet_response(title, CONTACTS, rows, note_for(request, len(rows)), note, name=title)


class AllotRestView(OfFollowed, View):
    """Give out at once, evenly, those whom nobody contacts."""

    http_method_names = ["post"]

    def post(self, request):
        if not request.user.has_perm("pledges.allot_contacts", self.congress):
            raise Http404
        given, members = actions.allot_the_rest(self.congress, on=self.today, by=request.user)
        if given:
            words = {"given": given, "members": members}
            messages.success(request, _("已把 %(given)s 名代表分给 %(members)s 名组成人员，可以逐人再调整。") % words)
        else:
            messages.info(request, _("没有可以再分的：都有人联系，或者组成人员已满定额。"))
        return redirect(f"{reverse('pledges:contacts')}?congress={self.congress.code}")


class PairView(ContactsView):
    """Pair a new deputy with one who helps him along; what is wrong stands beside the choice."""

    http_method_names = ["post"]
    part = "mentors"

    def post(self, request):
        if not request.user.has_perm("pledges.allot_contacts", self.congress):
            raise Http404
        form = PairForm(request.POST, congress=self.congress, newcomers=contacting.unmentored(self.congress))
        if not form.is_valid():
            return self.refuse(form)
        try:
            tie = actions.pair(form.cleaned_data["mentor"], form.cleaned_data["deputy"], on=self.today, by=request.user)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.refuse(form)
        messages.success(
            request, _("已登记：%(mentor)s帮带%(deputy)s。") % {"mentor": tie.member, "deputy": tie.deputy}
        )
        return redirect(f"{reverse('pledges:contacts')}?part=mentors&congress={self.congress.code}")

    def refuse(self, form):
        self.pair_form = form
        return self.render_to_response(self.get_context_data(), status=422)


class AllotView(FormView):
    """Tick whom a member, or a committee, contacts; deputies stand by delegation, each with who has him already."""

    template_name = "deputies/pledges/allot.html"
    form_class = AllotForm

    @cached_property
    def keeper(self):
        if self.kwargs["kind"] == "member":
            rows = Mandate.objects.visible_to(self.request.user).select_related("deputy", "congress")
            found = get_object_or_404(rows, pk=self.kwargs["pk"], is_standing_member=True)
        elif self.kwargs["kind"] == "committee":
            found = get_object_or_404(Committee.objects.select_related("congress"), pk=self.kwargs["pk"])
        else:
            raise Http404
        if not self.request.user.has_perm("pledges.allot_contacts", found):
            raise Http404
        return found

    @property
    def is_member(self):
        return self.kwargs["kind"] == "member"

    @property
    def ties(self):
        keeper = {"member": self.keeper, "kind": Tie.Kind.MEMBER} if self.is_member else {"committee": self.keeper}
        return Tie.objects.standing().filter(**keeper)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"among": contacting.contactable(self.keeper.congress)}

    def form_valid(self, form):
        allot = actions.allot if self.is_member else actions.allot_committee
        try:
            ties = allot(
                self.keeper,
                form.cleaned_data["deputies"],
                on=timezone.localdate(),
                by=self.request.user,
                shown=set(row_numbers(form.data.getlist("was"))),
            )
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(
            self.request, _("%(name)s现联系 %(count)s 名代表。") % {"name": self.keeper, "count": len(ties)}
        )
        part = "members" if self.is_member else "committees"
        return redirect(f"{reverse('pledges:contacts')}?part={part}&congress={self.keeper.congress.code}")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        congress, form = self.keeper.congress, context["form"]
        if form.is_bound:
            chosen, shown = (set(row_numbers(form.data.getlist(name))) for name in ("deputies", "was"))
        else:
            chosen = shown = set(self.ties.values_list("deputy", flat=True))
        taken = {}
        others = Tie.objects.standing().filter(congress=congress).exclude(kind=Tie.Kind.MENTOR)
        for tie in others.exclude(pk__in=self.ties.values("pk")).select_related("member__deputy", "committee"):
            taken.setdefault(tie.deputy_id, []).append(f"{tie.keeper}")
        seats = [
            (seat, seat.pk in chosen, "、".join(taken.get(seat.pk, ()))) for seat in form.fields["deputies"].queryset
        ]
        groups = [
            (name, rows, sum(row[1] for row in rows), sum(not row[2] for row in rows))
            for name, rows in (
                (name, list(rows))
                for name, rows in groupby(seats, key=lambda row: f"{row[0].delegation or _('未编团')}")
            )
        ]
        quota = contacting.Quotas(congress, on=timezone.localdate()).of(self.keeper) if self.is_member else None
        return context | {
            "keeper": self.keeper,
            "congress": congress,
            "groups": groups,
            "quota": quota,
            "chosen": len(chosen),
            "shown": sorted(shown),
        }


class TieView(DetailView):
    """One tie: its records and what they brought up."""

    template_name = "deputies/pledges/tie.html"
    context_object_name = "tie"

    def get_queryset(self):
        rows = Tie.objects.visible_to(self.request.user)
        return rows.select_related("member__deputy", "committee", "deputy__deputy", "deputy__delegation", "congress")

    def get_context_data(self, **kwargs):
        tie, user = self.object, self.request.user
        logs = list(tie.logs.select_related("by").prefetch_related("follow_ups__department"))
        return super().get_context_data(
            logs=logs,
            may_log=tie.until is None and user.has_perm("pledges.log_contact", tie),
            may_end=tie.until is None and user.has_perm("pledges.allot_contacts", tie),
            may_settle=user.has_perm("pledges.settle_follow_up", tie),
            today=timezone.localdate(),
            **kwargs,
        )


class EndTieView(View):
    http_method_names = ["post"]

    def post(self, request, pk):
        tie = get_object_or_404(Tie.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("pledges.allot_contacts", tie):
            raise Http404
        actions.release(tie, on=timezone.localdate(), by=request.user)
        messages.success(request, _("已结束这项联系，记录都留着。"))
        return redirect(tie)


class LogView(FormView):
    """Put a contact down, by the member on his phone or by the office from paper."""

    template_name = "deputies/pledges/log.html"
    form_class = LogForm

    @cached_property
    def tie(self):
        rows = Tie.objects.visible_to(self.request.user).standing()
        tie = get_object_or_404(
            rows.select_related("member__deputy", "committee", "deputy__deputy"), pk=self.kwargs["pk"]
        )
        if not self.request.user.has_perm("pledges.log_contact", tie):
            raise Http404
        return tie

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": timezone.localdate()}

    def form_valid(self, form):
        try:
            actions.log(self.tie, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        except AlreadyRecorded:
            return redirect(self.tie)
        messages.success(self.request, _("已登记联系%s代表。") % self.tie.deputy)
        return redirect(self.tie)

    def get_context_data(self, **kwargs):
        return super().get_context_data(tie=self.tie, **kwargs)


class FollowView(FormView):
    """From a contact record: to a department, or onto an agenda."""

    template_name = "deputies/pledges/follow.html"
    form_class = FollowForm

    @cached_property
    def row(self):
        rows = ContactLog.objects.filter(tie__in=Tie.objects.visible_to(self.request.user))
        row = get_object_or_404(
            rows.select_related("tie__congress", "tie__member__deputy", "tie__committee", "tie__deputy__deputy"),
            pk=self.kwargs["pk"],
        )
        if not self.request.user.has_perm("pledges.log_contact", row.tie):
            raise Http404
        return row

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"congress": self.row.tie.congress, "today": timezone.localdate()}

    def form_valid(self, form):
        try:
            actions.follow(self.row, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        except AlreadyRecorded:
            return redirect(self.row.tie)
        messages.success(self.request, _("已转办，结果登记后会显示在这里。"))
        return redirect(self.row.tie)

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.row, tie=self.row.tie, **kwargs)


class MattersView(TemplateView):
    """What contacts brought up and passed on to the departments of the reader: what is to be handled comes first."""

    template_name = "deputies/pledges/matters.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        if not hats_of(user).departments:
            raise Http404
        rows = FollowUp.objects.of_departments(user).select_related("department", "congress")
        return super().get_context_data(
            page_obj=page_of(rows.order_by("state", "-pk"), self.request.GET.get("page")),
            waiting=rows.open().count(),
            **kwargs,
        )


class SettleView(StepView):
    procedure = FOLLOW_UP
    queryset = FollowUp.objects.select_related("log__tie", "department")
    forms_by_step = {"settle": SettleForm}
    template_name = "deputies/pledges/settle.html"

    def get_success_url(self):
        tie = self.object.log.tie
        reads_it = self.request.user.has_perm("pledges.view_tie", tie)
        return tie.get_absolute_url() if reads_it else reverse("pledges:matters")
