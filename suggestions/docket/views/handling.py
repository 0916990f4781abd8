"""The pages of a department: its steps, the draft of the reply, the head's signature (办、答)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from congress.procedure.views import StepView
from congress.procedure.workflow import StepNotOpen
from suggestions.docket import actions
from suggestions.docket.behalf import behalf_in_share
from suggestions.docket.forms import handling as forms
from suggestions.docket.identity import salutation
from suggestions.docket.models import Assignment, Cosigner
from suggestions.docket.phrases import for_the_page, is_hollow
from suggestions.docket.views.dates import last_day_to_hand_back, reply_dates
from suggestions.docket.views.keeping import PaperStepMixin
from suggestions.docket.workflow import SHARE


class ShareStepView(PaperStepMixin, StepView):
    """One step on one department's share of a case."""

    procedure = SHARE
    queryset = Assignment.objects.select_related("round__suggestion__congress", "organ", "parent__organ")
    template_name = "suggestions/docket/step.html"
    forms_by_step = {
        "accept": forms.AcceptForm,
        "hand_back": forms.HandBackForm,
        "ask_extension": forms.AskExtensionForm,
        "contact": forms.ContactForm,
        "give_opinion": forms.OpinionForm,
        "draft": forms.ReplyForm,
        "send_back": forms.SendBackForm,
        "sign": forms.SignForm,
    }
    templates_by_step = {"draft": "suggestions/docket/step_draft.html", "sign": "suggestions/docket/step_sign.html"}
    danger_steps = frozenset({"hand_back", "send_back"})

    def get_template_names(self):
        return [self.templates_by_step.get(self.step.name, self.template_name)]

    @property
    def suggestion(self):
        return self.object.suggestion

    @property
    def congress(self):
        return self.suggestion.congress

    def behalf(self):
        return behalf_in_share(self.step, self.object, by=self.request.user)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.step.name == "draft":
            kwargs |= forms.reply_of(self.object)
        elif self.step.name == "sign":
            kwargs["initial"] = {"document_number": self._reply.document_number}
        return kwargs

    @cached_property
    def _reply(self):
        return self.object.reply

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context |= {"share": self.object, "case": self.suggestion, "is_danger": self.step.name in self.danger_steps}
        if self.step.name == "draft":
            context |= self._drafting()
        elif self.step.name == "sign":
            context |= {"letter": letter(self.object, self._reply, reader=self.request.user)}
        elif self.step.name == "hand_back":
            window = last_day_to_hand_back(self.object)
            context |= {"window": window, "window_is_over": window is not None and window < timezone.localdate()}
        elif self.step.name == "ask_extension":
            context |= reply_dates(self.object)
        return context

    def _drafting(self):
        co = self.object.round.assignments.filter(role=Assignment.Role.CO).select_related("organ")
        return {
            "co_opinions": [each for each in co if each.opinion],
            "co_waiting": [each.organ for each in co if each.state in Assignment.OPEN],
            "contacts": list(self.object.contacts.all()),
            "empty_words": for_the_page(),
            "save_url": reverse("docket:save_reply", args=[self.object.pk]),
        }

    def done_message(self):
        said = {
            "accept": _("已签收，请在期限内联系代表、逐条答复。"),
            "hand_back": _("已申请退办，等交办单位决定。"),
            "ask_extension": (
                _("已申请延期；同意以前仍按现在的期限。")
                if self.object.asked_until
                else _("已告知代表，答复期限已经延后。")
            ),
            "contact": _("已记录面商。"),
            "draft": _("已送审签，等负责人签发。"),
            "sign": _("已签发，答复送达代表。"),
            "send_back": _("已退回重拟。"),
            "give_opinion": _("会办意见已送主办单位。"),
        }
        return said[self.step.name]


class SaveReplyView(ShareStepView):
    """Keep the draft of a reply while it is being written; answers JSON to the page, the page itself to a browser."""

    http_method_names = ("post",)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, step="draft", **kwargs)

    def post(self, request, *args, **kwargs):
        wants_json = request.headers.get("X-Requested-With") == "fetch"
        form = self.get_form()
        form.is_valid()  # its day and its paper may wait for the step itself
        wrong = [errors[0] for name, errors in form.errors.items() if name not in form.HOUSEHOLD]
        try:
            if not wrong:
                form.keep_draft(self.object, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
            wrong = refused.messages
        except StepNotOpen:
            closed = _("答复已经送审签，不能再改草稿。")
            return JsonResponse({"message": closed, "refused": True}) if wants_json else self.already_taken()
        if wrong:
            said = _("还没有保存：%s") % wrong[0]
            return JsonResponse({"message": said, "refused": True}) if wants_json else self.form_invalid(form)
        said = _("%s 已存") % f"{timezone.localtime():%H:%M}"
        if wants_json:
            return JsonResponse({"message": said})
        messages.info(request, said)
        return redirect("docket:share_step", pk=self.object.pk, step="draft")


def letter(share, reply, *, reader):
    """The reply as it will reach the deputy, for the head to read before he signs."""
    case = share.suggestion
    signed = case.cosigners.filter(state=Cosigner.State.CONFIRMED).select_related("mandate__deputy")
    kinds = actions.result_scheme(case.congress, on=timezone.localdate())
    answers = list(reply.answers.select_related("ask"))
    for answer in answers:
        answer.label = kinds[answer.result_class]["label"] if answer.result_class in kinds else ""
        answer.is_hollow = is_hollow(answer)
    codes = [answer.result_class for answer in answers if answer.result_class in kinds]
    co = share.round.assignments.filter(role=Assignment.Role.CO, state=Assignment.State.DONE).select_related("organ")
    return {
        "result_class": max(codes, key=list(kinds).index, default=""),
        "salutation": salutation(case, reader=reader, cosigners=signed),
        "reply": reply,
        "answers": answers,
        "co_opinions": [each for each in co if each.opinion],
        "unit": share.organ.name,
    }
