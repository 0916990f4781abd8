"""What is said of an activity when it is planned or changed, and of a campaign (活动表单)."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput, MomentInput
from congress.organs.models import Congress, Department, Organ, Session
from congress.procedure.forms import SentOnceForm
from deputies.activities import actions
from deputies.activities.kinds import OVERSIGHT, Kind
from deputies.activities.models import Activity, Campaign
from deputies.roll.models import DeputyGroup


def _moment(label, **kwargs):
    return forms.DateTimeField(
        label=label, widget=MomentInput, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs
    )


class GroupChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group):
        guide = f"（{group.guide.name}联系指导）" if group.guide_id else ""
        return f"{group.name}{guide}"


class ActivityForm(SentOnceForm, forms.ModelForm):
    """An activity in preparation; which parts show depends on its kind only in the words, nothing is lost."""

    PARTS = (
        (_("办什么"), ("where", "kind", "title", "theme", "campaign")),
        (_("何时何地"), ("starts_at", "ends_at", "place")),
        (_("谁来组织"), ("groups",)),
        (_("视察、检查和评议"), ("statute", "visited", "pre_study", "pre_study_waiver")),
        (_("会议和培训"), ("session", "hours", "channel")),
        (_("其他"), ("agenda", "checkin_opens_at", "checkin_closes_at")),
    )
    # The parts that are folded away, and the kinds that need what is in them.
    FOLDED = {
        _("视察、检查和评议"): (*OVERSIGHT,),
        _("会议和培训"): (Kind.SESSION, Kind.TRAINING, Kind.EXCHANGE),
        _("其他"): (),
    }

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)  # of the activity as it stood on the page
    where = forms.ChoiceField(label=_("以谁的名义组织"))
    starts_at = _moment(_("开始时间"))
    ends_at = _moment(_("结束时间"))
    groups = GroupChoice(
        None,
        label=_("组织活动的代表小组"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("几个小组合办的都勾上，各计一次。有联系指导领导的小组，主题先送领导审定。"),
    )
    checkin_opens_at = _moment(_("签到开始"), required=False, help_text=_("不填就是活动开始前半小时。"))
    checkin_closes_at = _moment(_("签到结束"), required=False, help_text=_("不填就是活动开始后半小时。"))

    class Meta:
        model = Activity
        fields = (
            "kind", "title", "theme", "campaign", "place", "starts_at", "ends_at", "statute", "visited", "pre_study",
            "pre_study_waiver", "session", "hours", "channel", "agenda", "checkin_opens_at", "checkin_closes_at",
        )  # fmt: skip
        widgets = {
            "agenda": forms.Textarea(attrs={"rows": 4}),
            "pre_study": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "theme": _("一句话写明这次活动围绕什么事。"),
            "pre_study": _("写明学习哪些政策法规，或者材料名称。视察、调研、执法检查通知前必须填写。"),
            "session": _("人民代表大会会议必选，请假和缺席按次会议统计。"),
            "hours": _("培训计入学时。"),
        }

    def __init__(self, *args, places, by, on, **kwargs):
        self.places, self.by, self.on = {place.key: place for place in places}, by, on
        initial = {"where": places[0].key} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["kind"].choices = [("", _("请选择")), *Kind.choices]
        self.fields["channel"].choices = [("", _("不是培训")), *Activity.Channel.choices]
        self.fields["where"].choices = [place.as_choice for place in places]
        congresses = {place.congress_id for place in places}
        self.fields["groups"].queryset = self._groups(places)
        self.fields["campaign"].queryset = Campaign.objects.filter(congress__in=congresses)
        self.fields["session"].queryset = Session.objects.filter(congress__in=congresses).select_related("term")
        self.fields["visited"].queryset = Department.objects.filter(congress__in=congresses).standing(on=on)
        for name, empty in (("campaign", _("不属于")), ("session", _("不是人代会会议")), ("visited", _("没有"))):
            self.fields[name].empty_label = empty
        if self.instance.pk:
            self.fields["groups"].initial = self.instance.groups.all()
        elif places[0].group_id:
            self.fields["groups"].initial = [places[0].group_id]
            self.fields["kind"].initial = Kind.GROUP_ACTIVITY
        if not self.fields["groups"].queryset:
            del self.fields["groups"]

    @staticmethod
    def _groups(places):
        """The groups with which these places hold activities; a township's clerk those of his township."""
        reach = Q(pk__in=[])
        for place in places:
            if place.key.startswith("delegation:"):
                reach |= Q(township=place.organ_id)
            elif not place.asks_first:
                reach |= Q(congress=place.congress_id)
        return DeputyGroup.objects.filter(reach).select_related("guide")

    def parts(self):
        """[(heading, fields, whether it is folded, kinds that open it)]; what has an error or a value stands open."""
        for heading, names in self.PARTS:
            fields = [self[name] for name in names if name in self.fields]
            used = any(field.errors or field.value() for field in fields)
            if fields:
                yield heading, fields, heading in self.FOLDED and not used, sorted(self.FOLDED.get(heading, ()))

    def _post_clean(self):
        """The action is the judge of the whole; the form leaves the instance as it stands."""

    def clean(self):
        cleaned = super().clean()
        place = self.places.get(cleaned.get("where"))
        groups = list(cleaned.get("groups") or [])
        if place is None:
            return cleaned
        if any(group.congress_id != place.congress_id for group in groups):
            self.add_error("groups", _("小组和组织者不属于同一个人大，请重新选择。"))
        if place.group_id and place.group_id not in {group.pk for group in groups}:
            self._add_own_group(place)
        for name in ("campaign", "session", "visited"):
            chosen = cleaned.get(name)
            if chosen is not None and chosen.congress_id != place.congress_id:
                self.add_error(name, _("不属于这个人大，请重新选择。"))
        return cleaned

    def _add_own_group(self, place):
        """What is held in the name of a group is its activity, ticked or not; only a change may leave it out."""
        if self.instance.pk:
            self.add_error("groups", _("以您的小组名义组织的，要留着您的小组。"))
        else:
            chosen = self.cleaned_data.get("groups") or DeputyGroup.objects.none()
            self.cleaned_data["groups"] = DeputyGroup.objects.filter(Q(pk=place.group_id) | Q(pk__in=chosen))

    def _values(self):
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return values | {name: values[name] or "" for name in ("channel",)}

    def carry_out(self):
        """Plan it, or where a department asks, put it to the office."""
        place = self.places[self.cleaned_data["where"]]
        organs = {
            "congress": Congress.objects.get(pk=place.congress_id),
            "organ": Organ.objects.get(pk=place.organ_id),
        }
        key = {"request_key": self.cleaned_data["request_key"]}
        if place.asks_first:
            return actions.request(on=self.on, by=self.by, **organs, **key, **self._values())
        groups = list(self.cleaned_data.get("groups") or [])
        return actions.plan(groups=groups, on=self.on, by=self.by, **organs, **key, **self._values())

    def carry_change_out(self, activity):
        groups = list(self.cleaned_data["groups"]) if "groups" in self.fields else None
        version = self.cleaned_data["version"]
        return actions.change(activity, groups=groups, on=self.on, by=self.by, version=version, **self._values())


class CampaignForm(forms.ModelForm):
    """A campaign, a topic, a project, a brand or a drive of a congress."""

    class Meta:
        model = Campaign
        fields = (
            "congress", "kind", "stage", "name", "theme", "starts_on", "ends_on", "outcome", "hears_residents",
            "is_published",
        )  # fmt: skip
        widgets = {"starts_on": DateInput, "ends_on": DateInput, "outcome": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, congresses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["congress"].queryset = congresses
        self.fields["congress"].empty_label = None
        self.fields["stage"].choices = [("", _("不是品牌")), *Campaign.Stage.choices]
        if self.instance.pk:
            del self.fields["congress"]
        if self.instance.is_drive and self.instance.pk:
            self.fields["kind"].disabled = True  # what was put to it would belong to nothing
            del self.fields["stage"]

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"congress"}  # one name per congress is judged here

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("结束日期不能早于开始日期。")))
        if "kind" in cleaned and "stage" in cleaned:
            self._check_stage(cleaned)
        if cleaned.get("kind") != Campaign.Kind.DRIVE:
            for name in ("hears_residents", "is_published"):
                cleaned[name] = False
                setattr(self.instance, name, False)
        return cleaned

    def _check_stage(self, cleaned):
        """A brand has one; what was chosen before the kind was changed is forgotten."""
        if cleaned["kind"] != Campaign.Kind.BRAND:
            cleaned["stage"] = self.instance.stage = ""
        elif not cleaned["stage"]:
            self.add_error("stage", ValidationError(_("请选这个品牌现在是培育中、已命名还是已停止。")))
