"""What bringing old suggestions in asks: the table and its session; and of a printed name, who it is (旧件)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.uploads import SHEETS
from congress.organs.models import Department, Session
from suggestions.docket.forms.recording import seats_by_name


class UploadForm(forms.Form):
    """A table of old suggestions, and to which session its papers count."""

    congress = forms.ModelChoiceField(None, label=_("导入到"), empty_label=None)
    session = forms.ModelChoiceField(
        None,
        label=_("届次"),
        empty_label=None,
        help_text=_("表里有“届次”一栏的，登记过的会议以表为准；没有登记的记入这里选的一次。"),
    )
    file = forms.FileField(
        label=_("旧件表格"),
        help_text=_("可以是 .xlsx、.xls、.et 或者 .csv。至少要有标题一栏；编号、提出人、承办单位、日期怎么写都可以。"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in SHEETS)}),
    )

    def __init__(self, *args, congresses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["congress"].queryset = congresses
        self.fields["congress"].initial = congresses.first()
        sessions = Session.objects.filter(congress__in=congresses).select_related("term", "congress")
        self.fields["session"].queryset = sessions.order_by("congress", "-opened_on")
        several = len(congresses) > 1
        self.fields["session"].label_from_instance = lambda session: (
            f"{session.congress}{session}" if several else f"{session}"
        )

    def clean(self):
        cleaned = super().clean()
        congress, session = cleaned.get("congress"), cleaned.get("session")
        if congress and session and session.congress_id != congress.pk:
            self.add_error("session", _("这次会议不属于所选的人大。"))
        return cleaned


class NameForm(forms.Form):
    """One printed name: a deputy of the roll or a department, or that it stays as it was printed."""

    name = forms.CharField(max_length=100, widget=forms.HiddenInput)
    act = forms.ChoiceField(choices=[("link", ""), ("leave", "")], widget=forms.HiddenInput)
    meant = forms.CharField(label=_("是谁"), max_length=100, required=False)

    def __init__(self, *args, congress, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.congress, self.units = congress, units

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") == "link" and "meant" in cleaned:
            cleaned["meant"] = self._unit(cleaned["meant"]) if self.units else self._seat(cleaned["meant"])
        return cleaned

    def _seat(self, typed):
        seats = everybody(self.congress).get(typed.strip(), ())
        if len(seats) == 1:
            return seats[0]
        if not typed.strip():
            self.add_error("meant", _("请填写名册里的代表姓名。"))
        elif seats:
            self.add_error("meant", _("有 %s 位同名，请从下拉里选带代表团的写法。") % len(seats))
        else:
            self.add_error("meant", _("名册里没有代表“%s”。") % typed.strip())
        return None

    def _unit(self, typed):
        found = units_by_name(self.congress).get(typed.strip())
        if found is None:
            said = _("没有叫“%s”的承办单位。") % typed.strip() if typed.strip() else _("请填写承办单位。")
            self.add_error("meant", said)
        return found


def everybody(congress):
    """{how a deputy may be typed: [his seats]}, of all terms: an old paper is often of somebody who left."""
    return seats_by_name(congress, active_only=False)


def units_by_name(congress):
    """{full or short name: department}, those that were abolished too."""
    named = {}
    for each in Department.objects.filter(congress=congress).order_by("-valid_to", "position"):
        named |= {name: each for name in (each.short_name, each.name) if name}
    return named
