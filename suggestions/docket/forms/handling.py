"""What a department fills in at each of its steps: accept, hand back, contact, opinion, reply (办、答)."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.kit.drafts import NOTHING, DraftMixin
from congress.kit.widgets import DateInput
from congress.organs.models import Department
from congress.organs.roles import Role
from congress.procedure.forms import StepForm
from suggestions.docket import actions
from suggestions.docket.models import Contact

LINES, FEW_LINES = forms.Textarea(attrs={"rows": 4}), forms.Textarea(attrs={"rows": 3})


class PlainStepForm(StepForm):
    """A step that needs nothing but its day."""


class AcceptForm(StepForm):
    officer = forms.ModelChoiceField(label=_("承办人"), queryset=None, required=False, empty_label=_("签收的人"))
    responsible_leader = forms.CharField(label=_("分管领导"), max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people_of(self.case.organ_id, Role.CASE_OFFICER, on=self.today)
        self.fields["officer"].label_from_instance = lambda user: user.name

    def carry_out(self, case, *, by):
        cleaned = self.cleaned_data
        whom = cleaned.get("on_behalf_of")
        return actions.accept(
            case,
            officer=cleaned["officer"] or whom,
            responsible_leader=cleaned["responsible_leader"],
            on_behalf_of=whom,
            by=by,
            **self.taking(),
        )


class HandBackForm(StepForm):
    reason = forms.CharField(
        label=_("退办理由"), max_length=2000, widget=LINES, help_text=_("为什么不属于本单位职责，依据哪一项职责规定。")
    )
    to = forms.ModelChoiceField(
        label=_("建议改由哪个单位办理"), queryset=None, required=False, empty_label=_("不提建议")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        congress = self.case.suggestion.congress_id
        standing = Department.objects.filter(congress=congress).standing(on=self.today).exclude(pk=self.case.organ_id)
        self.fields["to"].queryset = standing.exclude(type=Department.Type.GOVERNMENT_OFFICE)

    def carry_out(self, case, *, by):
        cleaned = self.cleaned_data
        return actions.hand_back(case, reason=cleaned["reason"], to=cleaned["to"], by=by, **self.taking())


class AskExtensionForm(StepForm):
    until = forms.DateField(label=_("延到哪一天"), widget=DateInput)
    reason = forms.CharField(
        label=_("为什么"),
        max_length=2000,
        widget=FEW_LINES,
        help_text=_("写明现在办到哪一步、为什么不能按期答复。代表看得到。"),
    )

    def carry_out(self, case, *, by):
        told = {name: self.cleaned_data[name] for name in ("until", "reason")}
        return actions.ask_extension(case, by=by, **told, **self.taking())


class ContactForm(StepForm):
    method = forms.ChoiceField(label=_("方式"), choices=Contact.Method, widget=forms.RadioSelect)
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    participants = forms.CharField(label=_("参加人"), max_length=200, required=False)
    opinion = forms.CharField(
        label=_("代表意见"), max_length=4000, widget=LINES, help_text=_("代表怎么说，同意什么，还要求什么。")
    )
    record = forms.FileField(label=_("面商记录"), required=False, help_text=_("代表签过字的记录，拍照也可以。"))

    def carry_out(self, case, *, by):
        cleaned = self.cleaned_data
        return actions.record_contact(
            case,
            method=cleaned["method"],
            opinion=cleaned["opinion"],
            place=cleaned["place"],
            participants=cleaned["participants"],
            record=self.keep(cleaned["record"]) if cleaned["record"] else None,
            on=cleaned["on"],
            by=by,
        )


class OpinionForm(StepForm):
    opinion = forms.CharField(
        label=_("会办意见"),
        max_length=8000,
        widget=LINES,
        help_text=_("本单位能办什么、什么时候办，送给主办单位一并答复。"),
    )

    def carry_out(self, case, *, by):
        return actions.give_opinion(case, opinion=self.cleaned_data["opinion"], by=by, **self.taking())


class SendBackForm(StepForm):
    reason = forms.CharField(label=_("要改什么"), max_length=2000, widget=LINES)

    def carry_out(self, case, *, by):
        return actions.send_back(case, reason=self.cleaned_data["reason"], by=by, **self.taking())


class SignForm(StepForm):
    document_number = forms.CharField(label=_("发文字号"), max_length=60, required=False)

    def carry_out(self, case, *, by):
        cleaned = self.cleaned_data
        return actions.sign(
            case,
            document_number=cleaned["document_number"],
            on_behalf_of=cleaned.get("on_behalf_of"),
            by=by,
            **self.taking(),
        )


@dataclass
class AnswerPart:
    """The fields of one ask on the reply page, and which classes demand which of them."""

    ask: object
    fields: dict
    kinds: dict

    @property
    def options(self):
        """(code, label, is chosen) of the classes in force."""
        chosen = self.fields["result_class"].value()
        return [(code, kind["label"], code == chosen) for code, kind in self.kinds.items()]

    @property
    def promising(self):
        return ",".join(code for code, kind in self.kinds.items() if kind["creates_promise"] or kind["needs_deadline"])

    @property
    def reasoning(self):
        return ",".join(code for code, kind in self.kinds.items() if kind["needs_reason"])


class ReplyForm(DraftMixin, StepForm):
    """The draft of the letter: an answer to each ask, as the classes of the rulebook demand."""

    document_number = forms.CharField(label=_("发文字号"), max_length=60, required=False)
    opening = forms.CharField(
        label=_("开头"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    closing = forms.CharField(
        label=_("结尾"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact_name = forms.CharField(label=_("联系人"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)

    page_key = "request_key"
    LETTER = ("document_number", "opening", "closing", "contact_name", "contact_phone")
    PARTS = ("result_class", "text", "promise", "promised_on", "responsible", "reason")

    def __init__(self, *args, asks, kinds, reply=None, **kwargs):
        self.asks, self.kinds = list(asks), kinds
        initial = {name: getattr(reply, name) for name in self.LETTER} if reply else {}
        given = {answer.ask_id: answer for answer in reply.answers.all()} if reply else {}
        for ask in self.asks:
            for part in self.PARTS:
                initial[f"{part}_{ask.pk}"] = getattr(given.get(ask.pk), part, "")
        initial["shown"] = reply.text_hash() if reply else NOTHING
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        for ask in self.asks:
            self._add(ask)

    def _add(self, ask):
        classes = [(code, f"{code} {kind['label']}") for code, kind in self.kinds.items()]
        add = self.fields.__setitem__
        add(
            f"result_class_{ask.pk}",
            forms.ChoiceField(label=_("办理类别"), choices=classes, widget=forms.RadioSelect, required=False),
        )
        words = forms.Textarea(attrs={"rows": 4, "data-hollow": ""})
        add(f"text_{ask.pk}", forms.CharField(label=_("答复内容"), max_length=8000, required=False, widget=words))
        add(f"promise_{ask.pk}", forms.CharField(label=_("承诺做什么"), max_length=300, required=False))
        add(f"promised_on_{ask.pk}", forms.DateField(label=_("哪一天前完成"), required=False, widget=DateInput))
        add(f"responsible_{ask.pk}", forms.CharField(label=_("责任人"), max_length=60, required=False))
        reason = forms.Textarea(attrs={"rows": 2})
        add(
            f"reason_{ask.pk}",
            forms.CharField(label=_("不能办理的原因"), max_length=4000, required=False, widget=reason),
        )

    def by_ask(self):
        """The asks with their fields, in order."""
        return [
            AnswerPart(ask, {part: self[f"{part}_{ask.pk}"] for part in self.PARTS}, self.kinds) for ask in self.asks
        ]

    def letter_has_errors(self):
        return any(field.errors for field in self.letter())

    def letter(self):
        return [self[name] for name in self.LETTER]

    def answers(self):
        """What was answered so far, as the action takes it."""
        return [
            {"ask": ask, **{part: self.cleaned_data.get(f"{part}_{ask.pk}") for part in self.PARTS}}
            for ask in self.asks
        ]

    def keep_draft(self, share, *, by):
        """Save what is there without finishing it."""
        version = self.cleaned_data.get("version")
        with self.page() as page:
            return actions.save_reply(share, **self._written(), by=by, version=version, page=page)

    def _written(self):
        return {"answers": self.answers(), "fields": {name: self.cleaned_data[name] for name in self.LETTER}}

    def carry_out(self, case, *, by):
        with self.page() as page:
            return actions.draft_reply(case, **self._written(), by=by, page=page, **self.taking())


def reply_of(share):
    """What the form of a reply is made of: the asks, the classes in force, and what was written so far."""
    return {
        "asks": actions.asks_of(share),
        "kinds": actions.result_scheme(share.suggestion.congress, on=timezone.localdate()),
        "reply": getattr(share, "reply", None),
    }


class WithdrawForm(StepForm):
    reason = forms.CharField(label=_("撤回理由"), max_length=2000, widget=LINES)

    def carry_out(self, case, *, by):
        return actions.withdraw(
            case,
            reason=self.cleaned_data["reason"],
            on_behalf_of=self.cleaned_data.get("on_behalf_of"),
            by=by,
            **self.taking(),
        )


class SubmitForm(StepForm):
    def carry_out(self, case, *, by):
        return actions.submit(case, on_behalf_of=self.cleaned_data.get("on_behalf_of"), by=by, **self.taking())


def people_of(organ, *roles, on):
    """Who serves there today in one of these roles."""
    return (
        User.objects.filter(
            memberships__organ=organ, memberships__role__in=roles, memberships__starts_on__lte=on, is_active=True
        )
        .exclude(memberships__organ=organ, memberships__role__in=roles, memberships__ends_on__lt=on)
        .distinct()
        .order_by("name")
    )
