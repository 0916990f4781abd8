"""What every step asks before it is taken: the version of the page, a request key, the legal date, and for whom."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.fingerprints import fingerprint
from congress.kit.widgets import DateInput
from congress.organs.hats import hats_of


class SentOnce:
    """A form that makes one thing, however often it is sent; it has a hidden field `request_key` (防重).

    After it is checked the key says what was filled in, too: whoever goes back and writes something else in the same
    form means another thing, and it is not lost as if it had been sent twice.
    """

    BESIDE = frozenset({"request_key", "version", "csrfmiddlewaretoken"})  # what is sent along and nobody fills in

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        if cleaned.get("request_key"):
            cleaned["request_key"] = fingerprint([cleaned["request_key"], self._words(), self._papers()])
        return cleaned

    def told(self):
        """What was filled in, without the key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "request_key"}

    def _words(self):
        return sorted((name, values) for name, values in _lists(self.data) if name not in self.BESIDE)

    def _papers(self):
        return sorted((name, each.name, each.size) for name, files in _lists(self.files) for each in files)


def _lists(sent):
    """(name, values) of what a page or a program sent."""
    return sent.lists() if hasattr(sent, "lists") else [(name, [value]) for name, value in sent.items()]


class SentOnceForm(SentOnce, forms.Form):
    """The same with its key."""

    request_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = uuid.uuid4().hex


class StepForm(SentOnce, forms.Form):
    """The shape of one step; a room's form adds its fields and carries the step out.

    `behalf` are the users for whom this one may record the step (代录): None where he acts for himself. Whoever only
    sits and acts for himself acts today: of dates and papers he is asked nothing.
    """

    HOUSEHOLD = ("version", "request_key", "on", "late_reason", "on_behalf_of", "scan")  # shown apart from the rest

    version = forms.IntegerField(widget=forms.HiddenInput)
    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    on = forms.DateField(label=_("日期"), widget=DateInput, help_text=_("这一步实际办理的日期，期限从这一天算。"))
    late_reason = forms.CharField(
        label=_("补录说明"), max_length=200, required=False, help_text=_("日期早于今天时填写，如：会议期间纸质办理。")
    )
    on_behalf_of = forms.ModelChoiceField(
        label=_("代谁录入"), queryset=None, required=False, help_text=_("经过中会写明由您代为录入。")
    )
    scan = forms.FileField(label=_("纸质件扫描或照片"), required=False)

    def __init__(self, *args, case, by, today, behalf=None, behalf_is_needed=False, **kwargs):
        self.case, self.by, self.today = case, by, today
        initial = {"version": case.version, "request_key": uuid.uuid4().hex, "on": today}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        if behalf is None:
            del self.fields["on_behalf_of"], self.fields["scan"]
            if hats_of(by).only_sits:
                self.act_today()
        else:
            self.fields["on_behalf_of"].queryset = behalf
            self.fields["on_behalf_of"].required = behalf_is_needed
            if not behalf_is_needed:
                self.fields["on_behalf_of"].empty_label = _("不选（没有账号）")
            self.fields["on_behalf_of"].label_from_instance = lambda user: user.name

    def act_today(self):
        """Leave out the date and why it is an earlier one."""
        for name in ("on", "late_reason"):
            self.fields.pop(name, None)

    def own_fields(self):
        """The fields of this step itself."""
        return [field for field in self.visible_fields() if field.name not in self.HOUSEHOLD]

    def date_and_paper(self):
        """The fields of its date and of recording for somebody else, in quiet."""
        return [field for field in self.visible_fields() if field.name in self.HOUSEHOLD]

    def dates_need_a_look(self):
        """Whether the quiet part must stand open: something there is wrong or must be chosen."""
        return any(field.errors or field.field.required and field.name != "on" for field in self.date_and_paper())

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return on

    def clean(self):
        cleaned = super().clean()
        if "on" not in self.fields:
            return cleaned | {"on": self.today, "late_reason": ""}
        on = cleaned.get("on")
        if on and on < self.today and not cleaned.get("late_reason", "").strip():
            self.add_error("late_reason", _("日期早于今天，请说明为什么今天才录入。"))
        return cleaned

    def taking(self):
        """What every action of a step is told: the day, and the version that the page showed."""
        return {"on": self.cleaned_data["on"], "version": self.cleaned_data["version"]}

    def carry_out(self, case, *, by):
        """Call the action of this step."""
        raise NotImplementedError
