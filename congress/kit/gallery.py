"""What the gallery shows: one word for every state, one field of every kind, right and wrong (组件)."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.paging import page_of
from congress.kit.widgets import DateInput

STATES = (
    ("draft", _("草稿")),
    ("", _("已送达")),
    ("turn", _("待交办")),
    ("run", _("办理中")),
    ("wait", _("待签收")),
    ("done", _("已答复")),
    ("late", _("超期")),
    ("end", _("已办结")),
)


class Specimen(forms.Form):
    """A form bound to a reader's mistakes, so that every field shows its help and its error."""

    reason = forms.CharField(label=_("退办理由"), help_text=_("写给交办机构看，写入经过。"))
    met_on = forms.DateField(
        label=_("面商日期"),
        help_text=_("不早于交办日，不晚于今天。"),
        widget=DateInput,
    )
    lead = forms.ChoiceField(label=_("主办单位"), choices=[("water", _("县水利局")), ("roads", _("县交通局"))])
    number = forms.CharField(label=_("编号"), disabled=True, initial=_("第 86 号"))
    text = forms.CharField(label=_("答复"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    scan = forms.FileField(label=_("扫描件"), required=False, help_text=_("PDF 或图片，20 MB 以内。"))
    attitude = forms.ChoiceField(
        label=_("办理态度"),
        choices=[("1", _("满意")), ("2", _("基本满意")), ("3", _("不满意"))],
        widget=forms.RadioSelect,
    )
    is_public = forms.BooleanField(label=_("公开全文"), required=False, help_text=_("答复函和建议原文一并公开。"))

    def clean_reason(self):
        raise forms.ValidationError(_("请写明依据的职责条文，并填写建议改办的单位。"))


def specimen():
    """Filled in, with one mistake and one circle left open."""
    return Specimen({"reason": _("不属我局职责"), "met_on": date(2026, 4, 9), "lead": "water", "is_public": "on"})


def page():
    """The second of many pages."""
    return page_of(range(164), 2)
