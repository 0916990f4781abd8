"""Forms of plans, pledges, cards, contacts and papers (表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deputies.pledges.actions.townships import PAPERS


class PaperForm(forms.Form):
    """A yearly plan or summary to send up."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("可以是 Word、WPS、PDF 或者 OFD。再次报送会换掉原来的文件。"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in PAPERS)}),
        error_messages={"required": _("请选择要报送的文件。")},
    )
