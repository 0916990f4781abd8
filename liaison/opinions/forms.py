"""What is asked when an opinion is put down, routed, answered, gathered (民情的表单)."""

from datetime import datetime

from django import forms
from django.db.models import Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from congress.kit.photos import PhotosField
from congress.kit.widgets import DateInput, TimeInput
from congress.organs.models import Department, Organ
from congress.procedure.forms import SentOnceForm, StepForm
from deputies.activities import drives
from deputies.activities.forms.drives import DriveField, offer
from deputies.activities.models import Campaign
from deputies.roll.models import Mandate
from liaison.opinions import actions, proposing
from liaison.opinions.models import OF_A_TOWN, Opinion, congresses_of
from liaison.stations.models import deputies_at, stations_of
from suggestions.docket.models import Category

LONGEST = 1000
CHANNELS = (Opinion.Channel.RECEPTION, Opinion.Channel.VISIT, Opinion.Channel.PHONE)


class Words(forms.CharField):
    """A text somebody has to write."""

    def __init__(self, *, rows=4, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class RecordForm(SentOnceForm):
    """The register of a reception (接待选民登记表): the visitor's own words, and who heard them."""

    station = forms.ModelChoiceField(
        label=_("联络站"),
        queryset=None,
        empty_label=_("请选择"),
        error_messages={"required": _("请选在哪个站听到的。")},
    )
    channel = forms.ChoiceField(
        label=_("来源"), choices=[(each.value, each.label) for each in CHANNELS], widget=forms.RadioSelect
    )
    heard_on = forms.DateField(label=_("日期"), widget=DateInput)
    text = Words(label=_("群众原话"), max_length=LONGEST, help_text=_("按他自己的说法记，不改写。"))
    place = forms.CharField(label=_("地点（村、社区、路段）"), max_length=100, required=False)
    category = forms.ModelChoiceField(
        label=_("类别"), queryset=Category.objects.none(), required=False, empty_label=_("以后再定")
    )
    topic = forms.CharField(
        label=_("热点"), max_length=30, required=False, help_text=_("如：路灯。同一热点可以合并处理。")
    )
    campaign = DriveField()
    noted_by = forms.ModelChoiceField(
        label=_("接待的代表"), queryset=Mandate.objects.none(), required=False, empty_label=_("没有代表在场")
    )
    comment = Words(label=_("代表的意见"), rows=2, max_length=500, required=False)
    name = forms.CharField(
        label=_("称呼"), max_length=60, required=False, help_text=_("可以不留。加密保存，只用来回复。")
    )
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)
    photos = PhotosField(label=_("照片"), required=False, help_text=_("拍摄地点等信息会自动去掉。"))

    def __init__(self, *args, stations, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["station"].queryset = stations
        if len(stations[:2]) == 1:
            self.fields["station"].empty_label = None
        self.fields["heard_on"].initial = today
        congresses = stations.values("congress")
        self.fields["category"].queryset = Category.objects.filter(congress__in=congresses)
        self._offer_drives(stations)
        present = Mandate.objects.filter(congress__in=congresses).active().select_related("deputy")
        self.fields["noted_by"].queryset = present.order_by("deputy__strokes", "pk")
        self.fields["noted_by"].choices = self._those_at_home_first(stations)

    def _offer_drives(self, stations):
        """Those of the congresses and townships of his stations; one that hears residents is chosen already."""
        places = {pk for both in stations.order_by().values_list("congress", "township") for pk in both if pk}
        found = list(drives.offered_to_office(places, on=self.today))
        offer(self, found)
        hearing = (drive.pk for drive in found if drive.hears_residents and drive.is_running(on=self.today))
        self.initial.setdefault("campaign", next(hearing, None))

    def _those_at_home_first(self, stations):
        """Who hears residents there stands above the rest of a register of hundreds."""
        at_home = set(deputies_at(stations.order_by().values("pk")).values_list("pk", flat=True))
        field, groups = self.fields["noted_by"], ([], [])
        for mandate in field.queryset:
            groups[mandate.pk not in at_home].append((mandate.pk, field.label_from_instance(mandate)))
        labels = (_("联络站的代表"), _("其他代表"))
        return [("", field.empty_label), *(each for each in zip(labels, groups, strict=True) if each[1])]

    def clean_heard_on(self):
        day = self.cleaned_data["heard_on"]
        if day > self.today:
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return day

    def clean(self):
        cleaned = super().clean()
        station, drive = cleaned.get("station"), cleaned.get("campaign")
        if station and drive:
            try:
                drives.check(drive, congresses_of(station.congress_id, station))
            except forms.ValidationError as refused:
                self.add_error(None, refused)
        return cleaned


class NoteForm(SentOnceForm):
    """What a deputy notes down on his phone in three taps (四情手册)."""

    note = forms.ChoiceField(label=_("是什么"), choices=Opinion.Note.choices, widget=forms.RadioSelect)
    text = Words(label=_("听到、看到了什么"), rows=5, max_length=LONGEST)
    place = forms.CharField(label=_("在哪里"), max_length=100, required=False)
    photos = PhotosField(label=_("照片"), required=False)

    def carry_out(self, mandate, *, on, by):
        """Put it down; the station where the deputy's group is at home takes it on."""
        opinion, _code = actions.receive(
            congress=mandate.congress,
            station=stations_of(mandate).first(),
            channel=Opinion.Channel.DEPUTY,
            noted_by=mandate,
            on=on,
            by=by,
            **self.told(),
        )
        return opinion


class ProofField(PhotosField):
    """Photos of what was done: the resident sees them by his code."""

    def __init__(self):
        help_text = _("如：修好以后的样子。反映人看得到；拍摄地点等信息会自动去掉。")
        super().__init__(label=_("办理照片"), required=False, help_text=help_text)


class OnSpotForm(StepForm):
    text = Words(label=_("怎么答复的"), max_length=LONGEST, help_text=_("反映人凭查询码看得到这段话。"))
    photos = ProofField()

    def carry_out(self, case, *, by):
        told = {name: self.cleaned_data[name] for name in ("text", "photos")}
        actions.answer_at_once(case, by=by, **told, **self.taking())


class EscalateForm(StepForm):
    def carry_out(self, case, *, by):
        actions.escalate(case, by=by, **self.taking())


class RouteForm(StepForm):
    """To which body; they stand under the tier that each of them is."""

    organ = forms.ModelChoiceField(
        label=_("交给谁"), queryset=Organ.objects.none(), help_text=_("办理层级和期限随单位定：村里能办的不上交。")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        station = self.case.station
        congresses = {station.township_id} if station else set()
        if self.case.congress.is_township:
            congresses.add(self.case.congress_id)
        if self.by.has_perm("opinions.route_to_county", self.case):
            congresses.add(self.case.county_id)
        offices = Department.objects.filter(congress__in=congresses).standing(on=self.today)
        towns = offices.filter(OF_A_TOWN)
        groups = [
            (Opinion.Tier.VILLAGE.label, [(station.pk, _("%s落实并答复") % station)] if station else []),
            (Opinion.Tier.TOWNSHIP.label, [(each.pk, each.name) for each in towns.order_by("-congress", "position")]),
            (Opinion.Tier.COUNTY.label, [(each.pk, str(each)) for each in offices.exclude(OF_A_TOWN)]),
        ]
        self.fields["organ"].queryset = Organ.objects.filter(
            Q(pk__in=offices.values("pk")) | Q(pk=station.pk if station else None)
        )
        self.fields["organ"].widget.choices = [("", _("请选择")), *(group for group in groups if group[1])]

    def carry_out(self, case, *, by):
        actions.route(case, organ=self.cleaned_data["organ"], by=by, **self.taking())


class SendBackForm(StepForm):
    reason = Words(label=_("为什么退回，建议交给谁"), rows=3, max_length=300)

    def carry_out(self, case, *, by):
        actions.send_back(case, reason=self.cleaned_data["reason"], by=by, **self.taking())


class AnswerForm(StepForm):
    text = Words(
        label=_("办理结果"),
        max_length=LONGEST,
        help_text=_("做了什么、什么时候做完；不能办的，说明原因。反映人看得到。"),
    )
    photos = ProofField()

    def carry_out(self, case, *, by):
        told = {name: self.cleaned_data[name] for name in ("text", "photos")}
        actions.answer(case, by=by, **told, **self.taking())


class TellForm(StepForm):
    """A return visit or call to who can't look it up himself."""

    grade = forms.ChoiceField(
        label=_("他满意吗"),
        choices=[*Opinion.Grade.choices, ("", _("没有表态"))],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("不满意的退回重新办理。他以后凭查询码自己评价的，以他自己的为准。"),
    )
    words = Words(label=_("他怎么说"), rows=2, max_length=300, required=False)

    def carry_out(self, case, *, by):
        told = {name: self.cleaned_data[name] for name in ("grade", "words")}
        actions.tell(case, by=by, **told, **self.taking())


class GuideForm(StepForm):
    where = forms.ChoiceField(
        label=_("引导到哪里"),
        choices=[
            (each, each)
            for each in ("信访工作机构", "人民法院", "人民检察院", "公安机关", "仲裁机构", "12345 热线", "其他渠道")
        ],
    )
    text = Words(label=_("怎么告诉他"), rows=3, max_length=500, help_text=_("向哪里反映、带什么材料、多久有答复。"))

    def carry_out(self, case, *, by):
        actions.guide(case, where=self.cleaned_data["where"], text=self.cleaned_data["text"], by=by, **self.taking())


class RaiseForm(forms.Form):
    """Several opinions become one draft suggestion of one deputy."""

    lead = forms.ModelChoiceField(
        label=_("由哪位代表提出"),
        queryset=None,
        empty_label=_("请选择"),
        error_messages={"required": _("请选由哪位代表提出。")},
    )
    title = forms.CharField(label=_("标题"), max_length=120, help_text=_("写成“关于……的建议”。"))
    situation = Words(label=_("情况"), rows=6)
    ask = Words(label=_("第一条诉求"), rows=2, max_length=1000, help_text=_("其余诉求可以在草稿里接着写。"))

    def __init__(self, *args, leads, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads
        if len(leads[:2]) == 1:
            self.fields["lead"].empty_label = None


class TopicForm(forms.Form):
    topic = forms.CharField(
        label=_("热点词"), max_length=30, error_messages={"required": _("请写出热点词，如：路灯。")}
    )


class DriveForm(forms.Form):
    """To which drive the ticked opinions are put; left empty, to none."""

    drive = forms.ModelChoiceField(label=_("专项行动"), queryset=Campaign.objects.none(), required=False)

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["drive"].queryset = offered


class ThemeForm(SentOnceForm):
    """A group takes up what residents speak of most."""

    group = forms.ModelChoiceField(
        label=_("代表小组"),
        queryset=None,
        empty_label=_("请选择"),
        error_messages={"required": _("请选代表小组。")},
    )
    theme = forms.CharField(label=_("主题"), max_length=200)
    place = forms.CharField(label=_("地点"), max_length=100)
    day = forms.DateField(label=_("日期"), widget=DateInput)
    starts = forms.TimeField(label=_("开始时间"), initial="09:00", widget=TimeInput)
    ends = forms.TimeField(label=_("结束时间"), initial="11:00", widget=TimeInput)

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups


class ProposeForm(forms.Form):
    """A township puts what residents speak of most before a county group."""

    group = forms.ModelChoiceField(
        label=_("代表小组"),
        queryset=None,
        empty_label=_("请选择"),
        error_messages={"required": _("请选代表小组。")},
    )
    theme = forms.CharField(label=_("主题"), max_length=200)
    words = Words(
        label=_("说明"), rows=2, max_length=300, required=False, help_text=_("如：想请小组到哪里看、什么时候方便。")
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups


class TakeProposalForm(StepForm):
    """The theme becomes an activity of the group; where and when."""

    theme = forms.CharField(label=_("主题"), max_length=200)
    place = forms.CharField(label=_("地点"), max_length=100)
    day = forms.DateField(label=_("活动日期"), widget=DateInput)
    starts = forms.TimeField(label=_("开始时间"), initial="09:00", widget=TimeInput)
    ends = forms.TimeField(label=_("结束时间"), initial="11:00", widget=TimeInput)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, case=case, **kwargs)
        self.fields["theme"].initial = case.theme

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", _("结束时间必须晚于开始时间。"))
        return cleaned

    def carry_out(self, case, *, by):
        told = self.cleaned_data
        proposing.take(
            case,
            theme=told["theme"],
            place=told["place"],
            starts_at=make_aware(datetime.combine(told["day"], told["starts"])),
            ends_at=make_aware(datetime.combine(told["day"], told["ends"])),
            by=by,
            **self.taking(),
        )


class ReturnProposalForm(StepForm):
    reason = Words(label=_("为什么不采纳"), rows=3, max_length=300)

    def carry_out(self, case, *, by):
        proposing.send_back(case, reason=self.cleaned_data["reason"], by=by, **self.taking())


class WithdrawProposalForm(StepForm):
    def carry_out(self, case, *, by):
        proposing.withdraw(case, by=by, **self.taking())
