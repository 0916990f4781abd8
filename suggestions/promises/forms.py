"""What is asked when a promise is reported kept, put off, looked back at, spoken of (承诺的表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.photos import PhotosField
from congress.kit.widgets import DateInput
from congress.procedure.forms import StepForm
from deputies.roll.models import Mandate
from deputies.roll.seats import seats_of
from suggestions.docket.models import Cosigner
from suggestions.promises import actions
from suggestions.promises.models import LookBack, Word

LONGEST = 1000


class Words(forms.CharField):
    """A text somebody has to write."""

    def __init__(self, *, rows=4, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=LONGEST, **kwargs)


class ReportForm(StepForm):
    """Done what, when, and the proof of it (承诺落实回执)."""

    words = Words(
        label=_("做成了什么"), help_text=_("写明做到什么程度、在哪里看得到。代表和代表工作机构看得到这段话。")
    )
    done_on = forms.DateField(label=_("哪一天完成"), widget=DateInput)
    photos = PhotosField(
        label=_("现场照片"), required=False, help_text=_("最多 6 张。拍摄地点等信息会自动去掉；经审查才会公开。")
    )
    paper = forms.FileField(
        label=_("验收单等材料"), required=False, help_text=_("可以不传。看得到这件建议的人都能看，不向社会公开。")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done_on"].initial = self.today

    def carry_out(self, case, *, by):
        cleaned = self.cleaned_data
        actions.report(
            case,
            words=cleaned["words"],
            done_on=cleaned["done_on"],
            photos=cleaned["photos"],
            papers=[cleaned["paper"]] if cleaned["paper"] else [],
            by=by,
            **self.taking(),
        )


class AskExtensionForm(StepForm):
    until = forms.DateField(label=_("延到哪一天"), widget=DateInput)
    reason = Words(label=_("为什么"), rows=3, help_text=_("写明现在做到哪一步、卡在哪里。代表看得到。"))

    def carry_out(self, case, *, by):
        told = {name: self.cleaned_data[name] for name in ("until", "reason")}
        actions.ask_extension(case, by=by, **told, **self.taking())


class GrantForm(StepForm):
    words = Words(label=_("附言"), rows=2, required=False, help_text=_("可以不写。最初承诺的日期一直看得到。"))

    def carry_out(self, case, *, by):
        actions.grant(case, words=self.cleaned_data["words"], by=by, **self.taking())


class RefuseForm(StepForm):
    reason = Words(label=_("理由"), rows=3, help_text=_("承办单位看得到，仍按现定日期完成。"))

    def carry_out(self, case, *, by):
        actions.refuse(case, reason=self.cleaned_data["reason"], by=by, **self.taking())


class LookBackForm(StepForm):
    """What the office saw when it went there."""

    outcome = forms.ChoiceField(label=_("看到的结果"), choices=LookBack.Outcome.choices, widget=forms.RadioSelect)
    words = Words(label=_("看到了什么"), rows=3, help_text=_("写明到哪里看的、做到什么程度。"))
    done_on = forms.DateField(
        label=_("哪一天兑现的"), required=False, widget=DateInput, help_text=_("已兑现的填写；空着就按单位报告的日期。")
    )
    new_due_on = forms.DateField(
        label=_("新定完成日期"),
        required=False,
        widget=DateInput,
        help_text=_("没有全部兑现的填写；空着就仍按原来的日期。新定日期以后兑现，也算逾期兑现。"),
    )
    deputy_said = forms.CharField(
        label=_("代表怎么说"), max_length=300, required=False, help_text=_("可以不写。承办单位看得到，不要写代表姓名。")
    )
    photos = PhotosField(
        label=_("现场照片"), required=False, help_text=_("最多 6 张。拍摄地点等信息会自动去掉；经审查才会公开。")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done_on"].initial = self.case.done_on

    def carry_out(self, case, *, by):
        names = ("outcome", "words", "done_on", "new_due_on", "deputy_said", "photos")
        actions.look_back(case, by=by, **{name: self.cleaned_data[name] for name in names}, **self.taking())


class SpeakForm(StepForm):
    """One tap and, if he likes, one sentence; a deputy's word has no other day than today."""

    said = forms.ChoiceField(label=_("您看到的"), choices=Word.Said.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("补充一句"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("可以不写。承办单位看得到这句话；您要求保护姓名的，看不到您的姓名。"),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.act_today()

    def carry_out(self, case, *, by):
        mine = seats_of(by)
        suggestion = case.suggestion
        signed = suggestion.cosigners.filter(mandate__in=mine, state=Cosigner.State.CONFIRMED).values_list(
            "mandate", flat=True
        )
        seat = suggestion.lead_id if suggestion.lead_id in mine else signed.first()
        actions.speak(
            case,
            mandate=Mandate.objects.get(pk=seat),
            said=self.cleaned_data["said"],
            text=self.cleaned_data["text"],
            on=self.today,
            by=by,
        )
