"""What is asked of a station (联络站的表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.organs.models import Congress
from deputies.roll.models import DeputyGroup, Mandate
from liaison.stations.models import LiaisonStation
from liaison.stations.standard import standard


class StationForm(forms.ModelForm):
    groups = forms.ModelMultipleChoiceField(
        label=_("在这里活动的代表小组"),
        queryset=DeputyGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一个站可以有几个小组；一个小组只在一个站。"),
    )

    class Meta:
        model = LiaisonStation
        fields = (
            "name", "short_name", "type", "township", "head", "profession", "address", "phone", "opening", "area",
            "is_public",
        )  # fmt: skip
        help_texts = {
            "name": _("如：石桥镇代表联络站。"),
            "short_name": _("表格里用的短名，如：石桥站。"),
            "head": _("空着就由小组组长兼任。"),
            "profession": _("代表工作室填写，如：农业技术。"),
            "opening": _("如：每月15日 9:00—11:00。"),
            "is_public": _("公开的站群众查得到、扫得开。"),
        }

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = Congress.objects.filter(parent=congress).order_by("position")
        self.fields["township"].empty_label = _("县级")
        self.fields["head"].queryset = (
            Mandate.objects.filter(congress=congress).active().select_related("deputy").order_by("deputy__strokes")
        )
        self.fields["head"].empty_label = _("由小组组长兼任")
        self.fields["groups"].queryset = DeputyGroup.objects.filter(congress=congress)
        if self.instance.pk:
            self.fields["groups"].initial = list(self.instance.hostings.values_list("group", flat=True))

    def own(self):
        """What the action is told."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class GradingForm(forms.Form):
    ticked = forms.MultipleChoiceField(label=_("已达到的"), required=False, widget=forms.CheckboxSelectMultiple)
    remarks = forms.CharField(label=_("备注"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        items, _grades = standard()
        self.fields["ticked"].choices = [(item.code, item.label) for item in items]
