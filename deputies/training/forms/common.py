"""What the forms of training share: an audience, a moment, a key against the button pressed twice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.procedure.forms import SentOnceForm, StepForm
from deputies.roll.models import DeputyGroup
from deputies.training.models.audience import CHOICES

SEATS_ONLY = ("to_deputies", "to_new", "to_township_deputies")


class KeptForm(SentOnceForm, forms.ModelForm):
    """A form that writes one thing of a congress, once, however often its button is pressed."""

    def __init__(self, *args, congress, **kwargs):
        self.congress = congress
        super().__init__(*args, **kwargs)

    def own_fields(self):
        return [field for field in self.visible_fields() if field.name not in self.audience_names()]

    def audience_names(self):
        return ()


class AudienceForm(KeptForm):
    """The same for what is meant for somebody: levels and groups, at least one of them."""

    offered = CHOICES

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, congress=congress, **kwargs)
        for name in CHOICES:
            if name in self.fields and (
                name not in self.offered or (name == "to_township_deputies" and congress.is_township)
            ):
                del self.fields[name]
        groups = self.fields["groups"]
        groups.queryset, groups.required = DeputyGroup.objects.filter(congress=congress), False
        groups.widget = forms.CheckboxSelectMultiple()
        groups.widget.choices = groups.choices
        groups.help_text = ""

    def audience_names(self):
        return (*CHOICES, "groups")

    def levels(self):
        return [self[name] for name in CHOICES if name in self.fields]

    def clean(self):
        cleaned = super().clean()
        named = any(cleaned.get(name) for name in CHOICES) or cleaned.get("groups")
        if not named:
            self.add_error("groups", _("请选定对象：勾选一类人员，或者一个小组。"))
        return cleaned


class PlainStepForm(StepForm):
    """A step that asks nothing but its date; `action` carries it out."""

    action = None

    def carry_out(self, case, *, by):
        type(self).action(case, by=by, **self.taking())


def plain(function):
    """The form of a step that asks nothing but its date."""
    return type(f"{function.__name__.title()}Form", (PlainStepForm,), {"action": staticmethod(function)})
