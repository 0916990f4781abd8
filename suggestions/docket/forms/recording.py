"""One paper as it lies on the clerk's desk, field after field in the order of the paper (代录)."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput
from congress.procedure.forms import SentOnceForm
from deputies.activities import drives
from deputies.activities.forms.drives import DriveField, offer
from deputies.roll.models import Mandate
from suggestions.docket.models import Category, Suggestion

_BETWEEN_NAMES = re.compile(r"[、，,;；\s]+")
_NUMBERING = re.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[、.．)）])\s*")


def seats_by_name(congress, *, active_only=True):
    """{how a deputy may be typed: [his mandates]}: the name, and name（代表团） where two share one."""
    named = {}
    seats = Mandate.objects.filter(congress=congress).select_related("deputy__user", "delegation")
    if active_only:
        seats = seats.active()
    for seat in seats.order_by("deputy__pinyin", "pk"):
        named.setdefault(seat.deputy.name, []).append(seat)
    for name, seats in list(named.items()):
        if len(seats) > 1:
            named |= {told_apart(name, seat): [seat] for seat in seats}
    return named


def told_apart(name, seat):
    return _("%(name)s（%(delegation)s）") % {"name": name, "delegation": seat.delegation or seat.certificate_number}


class PaperForm(SentOnceForm, forms.ModelForm):
    """The paper: its number and day, who signed, what it says and asks."""

    on = forms.DateField(label=_("提出日期"), widget=DateInput, help_text=_("纸上写的日期，期限从这一天算。"))
    printed_number = forms.CharField(label=_("编号"), max_length=40, required=False)
    lead = forms.CharField(label=_("领衔代表"), max_length=80)
    cosigners = forms.CharField(
        label=_("附议代表"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("按纸上签名的顺序，用顿号或空格隔开。"),
    )
    asks = forms.CharField(
        label=_("具体建议"), widget=forms.Textarea(attrs={"rows": 5}), help_text=_("一行一条，序号可以不打。")
    )
    scan = forms.FileField(label=_("扫描件"), required=False)
    campaign = DriveField()

    class Meta:
        model = Suggestion
        fields = [
            "kind", "category", "title", "situation", "analysis",
            "proposed_department", "campaign", "wishes_publication", "protects_identity",
        ]  # fmt: skip
        widgets = {"situation": forms.Textarea(attrs={"rows": 5}), "analysis": forms.Textarea(attrs={"rows": 3})}

    field_order = [
        "request_key", "on", "kind", "printed_number", "lead", "cosigners", "category", "title",
        "situation", "analysis", "asks", "proposed_department", "campaign", "scan",
        "wishes_publication", "protects_identity",
    ]  # fmt: skip

    def __init__(self, *args, congress, departments, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.congress, self.today = congress, today
        self.seats = seats_by_name(congress)
        self.fields["category"].queryset = Category.objects.filter(congress=congress)
        self.fields["category"].required = True
        self.fields["situation"].required = True
        self.fields["proposed_department"].queryset = departments
        self.fields["proposed_department"].empty_label = _("没有写明")
        self.fields["proposed_department"].label_from_instance = lambda department: department.name
        offer(self, drives.offered_to_office([congress.pk], on=today))
        self.fields["lead"].widget.attrs |= {"list": "deputies", "autocomplete": "off"}

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return on

    def clean_lead(self):
        return self._seat(self.cleaned_data["lead"])

    def clean_cosigners(self):
        names = [name for name in _BETWEEN_NAMES.split(self.cleaned_data["cosigners"]) if name]
        return list(dict.fromkeys(self._seat(name) for name in names))

    def clean_asks(self):
        lines = [_NUMBERING.sub("", line).strip() for line in self.cleaned_data["asks"].splitlines()]
        return [line for line in lines if line]

    def _seat(self, typed):
        typed = typed.strip()
        seats = self.seats.get(typed, ())
        if not seats:
            raise forms.ValidationError(_("名册里没有在任代表“%s”，请核对姓名。") % typed)
        if len(seats) > 1:
            choices = "、".join(str(told_apart(typed, seat)) for seat in seats)
            raise forms.ValidationError(_("有 %(count)s 位代表叫“%(name)s”，请写成：%(choices)s") % {
                "count": len(seats), "name": typed, "choices": choices,
            })  # fmt: skip
        return seats[0]

    def paper(self):
        """The arguments of `record_paper`."""
        cleaned = self.cleaned_data
        names = ("on", "printed_number", "lead", "cosigners", "asks", *self.Meta.fields)
        return {name: cleaned[name] for name in names if name in self.fields}
