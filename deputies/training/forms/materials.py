"""The form of a paper to be read (学习资料表单)."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from deputies.training.forms.common import AudienceForm
from deputies.training.models import Material

_LINK = re.compile(r"(https?://|www\.)", re.IGNORECASE)


class MaterialForm(AudienceForm):
    """A title, words, a file; no web addresses, for what is read here stays in the house."""

    file = forms.FileField(
        label=_("附件"), required=False, help_text=_("可以是 Word、WPS、PDF、OFD、表格或者图片；再改一次可以再加一份。")
    )

    class Meta:
        model = Material
        fields = (
            "title", "body", "to_deputies", "to_new", "to_township_deputies", "to_staff", "to_keepers", "groups",
        )  # fmt: skip
        widgets = {"body": forms.Textarea(attrs={"rows": 12})}

    def clean_body(self):
        body = self.cleaned_data["body"].strip()
        if _LINK.search(body):
            raise ValidationError(_("正文里不要放网址，请把内容写在这里，或者作为附件上传。"))
        return body

    def clean(self):
        cleaned = super().clean()
        has_file = cleaned.get("file") or self.initial.get("has_files")
        if not cleaned.get("body") and not has_file and "body" not in self.errors and "file" not in self.errors:
            self.add_error("body", _("正文和附件至少要有一样。"))
        return cleaned
