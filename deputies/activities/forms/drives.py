"""The choice of a drive in the forms of higher rooms, and the end of one (专项行动的表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deputies.activities import actions
from deputies.activities.models import Campaign


class DriveField(forms.ModelChoiceField):
    """To which drive something is put; not at all is an answer too."""

    def __init__(self, **kwargs):
        said = {"label": _("专项行动"), "required": False, "empty_label": _("不属于专项行动")}
        super().__init__(Campaign.objects.none(), **(said | kwargs))


def offer(form, drives):
    """Leave the choice in a form where a drive is to be had; where there is none the form is as short as ever."""
    found = list(drives)
    if not found:
        del form.fields["campaign"]
        return
    field = form.fields["campaign"]
    field.queryset = Campaign.objects.filter(pk__in=[drive.pk for drive in found])
    field.choices = [("", field.empty_label), *((drive.pk, drive.name) for drive in found)]


class CloseForm(forms.Form):
    """What came of a drive."""

    outcome = forms.CharField(
        label=_("成效"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("办成了哪些事。公开的专项行动，公开页上看得到。"),
    )

    def carry_out(self, drive, *, on, by):
        return actions.close_campaign(drive, outcome=self.cleaned_data["outcome"], on=on, by=by)
