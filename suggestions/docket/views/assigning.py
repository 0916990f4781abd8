"""The pages of assigning: one case, the distributor's shares, hand-backs, and many cases at once (交)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from congress.kit.numbers import row_numbers
from congress.kit.views import page_named
from congress.organs.hats import hats_of
from congress.procedure.journal import AlreadyRecorded
from congress.procedure.models import Entry
from congress.procedure.views import StepView
from congress.procedure.workflow import StepNotOpen
from congress.rulebook.book import Book
from suggestions.docket import actions, batches
from suggestions.docket.actions.assigning import distributor_for
from suggestions.docket.forms import assigning as forms
from suggestions.docket.history import usual_department
from suggestions.docket.identity import proposer_shown
from suggestions.docket.models import Assignment, Category, Suggestion
from suggestions.docket.views.checking import WHOLE, QueueMixin, waiting_for_assignment, whole_text
from suggestions.docket.views.dates import reply_dates
from suggestions.docket.workflow import CASE, SHARE

FORETOLD = (
    ("return", gettext_lazy("签收或退办")),
    ("contact", gettext_lazy("联系代表")),
    ("co_opinion", gettext_lazy("会办意见")),
    ("reply", gettext_lazy("答复代表")),
)


def foretold_dates(congress, *, on):
    """[(what is due, date)] if the case were assigned on that day."""
    book = Book.of(congress)
    return [(label, book.deadline(rule, start=on)) for rule, label in FORETOLD]


class AssignView(QueueMixin, StepView):
    """Hand one registered case to its departments, with what the deputy and former years propose."""

    procedure = CASE
    queryset = Suggestion.objects.select_related(*WHOLE)
    template_name = "suggestions/docket/assign.html"
    forms_by_step = {"assign": forms.AssignForm}
    queue_of = staticmethod(waiting_for_assignment)
    queue_step = "assign"

    @cached_property
    def usual(self):
        return usual_department(self.object, user=self.request.user)

    def get_initial(self):
        proposed = self.object.proposed_department_id or (self.usual.organ.pk if self.usual else None)
        return super().get_initial() | {"lead": proposed}

    def get_context_data(self, **kwargs):
        case, today = self.object, timezone.localdate()
        distributed = case.congress.distributed_kinds
        days = batches.of(case.congress, on=today)
        return super().get_context_data(
            **whole_text(case),
            usual=self.usual,
            dates=foretold_dates(case.congress, on=today),
            today=today,
            has_distributor=bool(distributed),
            batch_day=days.coming(today),
            missed_batch=batches.has_missed(case, days, on=today),
            **kwargs,
        )

    def done_message(self):
        return _("已交办：%s") % self.object.title


class DistributeView(StepView):
    """The government office gives its share out to the departments (分办)."""

    procedure = SHARE
    queryset = Assignment.objects.select_related(
        "round__suggestion__congress", "round__suggestion__lead__deputy", "round__suggestion__category", "organ"
    )
    template_name = "suggestions/docket/distribute.html"
    forms_by_step = {"distribute": forms.DistributeForm}

    @cached_property
    def proposed(self):
        """The departments that the NPC office named when it assigned the case, each as what."""
        entry = Entry.objects.of(self.object.suggestion).filter(verb=CASE.verb("assign")).last()
        named, separate = (entry.facts.get(name, []) if entry else [] for name in ("organs", "separate"))
        others = [each for each in named if each not in separate]
        if separate and named[0] == separate[0]:  # nobody leads
            return {"lead": None, "co": others, "separate": separate}
        return {"lead": others[0] if others else None, "co": others[1:], "separate": separate}

    def get_initial(self):
        return super().get_initial() | self.proposed

    def get_context_data(self, **kwargs):
        case, reader = self.object.suggestion, self.request.user
        return super().get_context_data(
            case=case,
            share=self.object,
            asks=list(case.asks.all()),
            proposer=proposer_shown(case, reader),
            usual=usual_department(case, user=reader),
            dates=foretold_dates(case.congress, on=self.object.assigned_on),
            **kwargs,
        )


class HandBackView(StepView):
    """Decide a hand-back, or put a wrong assignment right (退办处理、更正承办单位)."""

    procedure = SHARE
    queryset = Assignment.objects.select_related(
        "round__suggestion__congress", "organ", "hand_back_to", "parent__organ"
    )
    template_name = "suggestions/docket/hand_back.html"
    forms_by_step = {"keep": forms.KeepForm, "release": forms.ElsewhereForm, "replace": forms.ElsewhereForm}

    def get_context_data(self, **kwargs):
        share = self.object
        is_open = share.state == Assignment.State.HANDED_BACK
        decisions = [(SHARE[name], name == self.step.name) for name in ("release", "keep")] if is_open else []
        return super().get_context_data(
            case=share.suggestion, share=share, decisions=decisions, usual=self.usual, **kwargs
        )

    @cached_property
    def usual(self):
        return usual_department(self.object.suggestion, user=self.request.user)

    def done_message(self):
        if self.step.name != "keep" and not self.request.POST.get("organ"):
            return _("已同意，这个单位不再会办。")
        return {
            "keep": _("已决定不同意退办，原单位继续办理。"),
            "release": _("已同意退办，改由新的单位办理，期限重新起算。"),
            "replace": _("已更正承办单位，期限重新起算。"),
        }[self.step.name]


class ExtensionView(StepView):
    """Decide what the department asks, or give the longer period unasked (延期)."""

    procedure = SHARE
    queryset = Assignment.objects.select_related("round__suggestion__congress", "organ", "parent__organ")
    template_name = "suggestions/docket/extension.html"
    forms_by_step = {
        "grant_extension": forms.GrantExtensionForm,
        "refuse_extension": forms.RefuseExtensionForm,
        "call_difficult": forms.DifficultForm,
    }

    def get_context_data(self, **kwargs):
        share = self.object
        both = ("grant_extension", "refuse_extension")
        return super().get_context_data(
            case=share.suggestion,
            share=share,
            decisions=[(SHARE[name], name == self.step.name) for name in both] if self.step.name in both else [],
            **reply_dates(share),
            **kwargs,
        )

    def done_message(self):
        return {
            "grant_extension": _("已同意延期，承办单位和代表都会收到。"),
            "refuse_extension": _("已决定不同意延期，承办单位仍按现定期限答复。"),
            "call_difficult": _("已改按难度大的期限，承办单位和代表都会收到。"),
        }[self.step.name]


# ---- many at once


class BulkView(View):
    """Act on many cases: first what will happen to each, then, after a yes, each in a transaction of its own (批量)."""

    template_name = "suggestions/docket/bulk.html"
    titles = {
        "urge": gettext_lazy("批量催办"),
        "category": gettext_lazy("批量改类别"),
        "assign": gettext_lazy("批量交办"),
    }
    steps = {"urge": "urge", "category": "correct", "assign": "assign"}
    most = 300

    def dispatch(self, request, *args, **kwargs):
        hats = hats_of(request.user)
        if not (hats.clerk_of or hats.distributes):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request):
        act = request.POST.get("act", "")
        hats = hats_of(request.user)
        if act not in self.steps or not (hats.clerk_of or act == "urge"):
            raise Http404
        self.act, self.step = act, CASE[self.steps[act]]
        picked = row_numbers(request.POST.getlist("pk"))[: self.most]
        cases = Suggestion.objects.visible_to(request.user).filter(pk__in=picked)
        self.cases = list(cases.select_related("congress", "category", "proposed_department").order_by("serial", "pk"))
        confirmed = "confirm" in request.POST
        self.form = forms.BulkForm(
            request.POST if confirmed else None,
            act=act,
            categories=Category.objects.filter(congress__in=hats.clerk_of),
        )
        rows = [self.row(case, confirmed) for case in self.cases]
        open_rows = [row for row in rows if not row["refused"]]
        valid = confirmed and all([self.form.is_valid(), *(row["form"].is_valid() for row in open_rows if row["form"])])
        if valid:
            for row in open_rows:
                row["done"], row["said"] = self.carry_out(row)
        context = {
            "title": self.titles[act],
            "sub": _("选中 %(picked)s 件，能办 %(open)s 件") % {"picked": len(rows), "open": len(open_rows)},
            "act": act,
            "form": self.form,
            "rows": rows,
            "is_done": valid,
            "open_count": len(open_rows),
            "done_count": sum(row["done"] for row in rows),
            "is_refused": confirmed and not valid,
            "back": page_named(request, "back", default=reverse("docket:list")),
            "departments": self.offered if act == "assign" else [],
            "dates": self.dates() if act == "assign" else [],
        }
        return render(request, self.template_name, context, status=422 if confirmed and not valid else 200)

    def dates(self):
        return foretold_dates(self.cases[0].congress, on=timezone.localdate()) if self.cases else []

    def row(self, case, confirmed):
        """One line of the preview: the case, why it is left out if it is, and its own fields."""
        refused, form = "", None
        if not self.request.user.has_perm(self.step.perm, case):
            refused = _("您不能对这一件这样做。")
        elif case.state not in self.step.sources:
            refused = _("现在是“%s”，不能这样做。") % case.get_state_display()
        elif self.act == "urge" and not self.owing[case.pk]:
            refused = _("没有还要办的单位，不用催。")
        if self.act == "assign" and not refused:
            form = self.assign_form(case, confirmed)
        will = "" if refused else self.will(case, form)
        return {"case": case, "refused": refused, "form": form, "will": will, "done": False, "said": ""}

    def will(self, case, form):
        """What becomes of this case after the yes, as far as the page knows it."""
        if self.act == "urge":
            return _("催%s") % "、".join(self.owing[case.pk])
        if self.act == "category":
            return _("改为上面选的类别")
        typed = (form["lead"].value() or "").strip()
        lead = self.names(case.congress).get(typed)
        if lead is None:
            return "" if typed else _("没有填主办单位，不填就留着不交办")
        through = self.through(lead)
        return _("先交%(through)s，由它分办") % {"through": through} if through else _("交%s办理") % lead

    @cached_property
    def owing(self):
        """{case: the names of the departments that still owe something}, in one statement for all."""
        found = {case.pk: [] for case in self.cases}
        shares = Assignment.objects.filter(round__suggestion__in=found, state__in=Assignment.OPEN)
        for pk, name, short in shares.order_by("pk").values_list(
            "round__suggestion", "organ__name", "organ__short_name"
        ):
            found[pk].append(short or name)
        return found

    def through(self, lead):
        if lead.pk not in self._through:
            self._through[lead.pk] = distributor_for(lead, on=timezone.localdate())
        return self._through[lead.pk]

    @cached_property
    def _through(self):
        return {}

    def assign_form(self, case, confirmed):
        proposed = case.proposed_department or getattr(usual_department(case, user=self.request.user), "organ", None)
        return forms.BulkAssignForm(
            self.request.POST if confirmed else None,
            prefix=f"case{case.pk}",
            names=self.names(case.congress),
            initial={"lead": proposed.name if proposed else ""},
        )

    def names(self, congress):
        if congress.pk not in self._names:
            self._names[congress.pk] = forms.department_names(congress, on=timezone.localdate())
        return self._names[congress.pk]

    @cached_property
    def _names(self):
        return {}

    @property
    def offered(self):
        return sorted({department.name for names in self._names.values() for department in names.values()})

    def carry_out(self, row):
        """(whether it went, what to say)."""
        case, cleaned, by = row["case"], self.form.cleaned_data, self.request.user
        try:
            if self.act == "urge":
                actions.urge(case, reason=cleaned["reason"], on=cleaned["on"], by=by, request_key=self.request_key)
            elif self.act == "category":
                changes = {"category": cleaned["category"]}
                actions.correct(case, changes=changes, reason=cleaned["reason"], on=cleaned["on"], by=by)
            else:
                return self.assign(row["case"], row["form"].cleaned_data)
        except ValidationError as error:
            return False, "；".join(error.messages)
        except (StepNotOpen, PermissionDenied):
            return False, _("别人刚办过这一件，没有重复办。")
        except AlreadyRecorded:  # the same page sent again: what it did stands
            pass
        return True, _("已办")

    @property
    def request_key(self):
        """Of this page with these words; a case that it has done is not done again when it is sent again."""
        return self.form.cleaned_data["request_key"]

    def assign(self, case, shares):
        lead, co = shares["lead"], shares["co"]
        if lead is None:
            return False, _("没有填主办单位，留着没有交办。")
        through = distributor_for(lead, on=self.form.cleaned_data["on"])
        try:
            actions.assign(
                case, lead=lead, co=co, through=through, on=self.form.cleaned_data["on"], by=self.request.user
            )
        except ValidationError as error:
            return False, "；".join(error.messages)
        except StepNotOpen:
            return False, _("别人刚办过这一件，没有重复办。")
        return True, _("已交%s分办") % through if through else _("已交%s") % lead
