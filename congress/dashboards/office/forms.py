"""What a clerk types about organs, terms and people (机构、届次、任职、账号表单)."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.dashboards.office.people import organs_of, places_in
from congress.kit.widgets import DateInput
from congress.organs.models import Committee, Congress, Department, Membership, Organ, Session, Term
from congress.organs.roles import HELD_IN, Role


class _OfCongress(forms.ModelForm):
    """A form about something of one congress; names are unique there, so the congress is judged too."""

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, **kwargs)
        self.congress = congress
        if self.instance._state.adding:
            self.instance.congress = congress

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"congress"}


class CommitteeForm(_OfCongress):
    """A committee (委员会、工作机构)."""

    noun = "organ"

    class Meta:
        model = Committee
        fields = ["name", "short_name", "is_npc_office", "position", "valid_from"]
        widgets = {"valid_from": DateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.parent = self.congress


class DepartmentForm(_OfCongress):
    """A department that handles suggestions (承办单位)."""

    noun = "organ"

    class Meta:
        model = Department
        fields = [
            "name", "short_name", "type", "committee", "document_code", "address", "position", "valid_from",
        ]  # fmt: skip
        widgets = {"valid_from": DateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = Committee.objects.filter(congress=self.congress)
        self.fields["committee"].empty_label = _("没有")
        if self.instance._state.adding:
            self.instance.parent = self.congress


class TownshipForm(forms.ModelForm):
    """A township congress below a county (乡镇人大)."""

    noun = "organ"

    class Meta:
        model = Congress
        fields = ["name", "short_name", "region", "code", "office_name", "office_phone", "position", "valid_from"]
        widgets = {"valid_from": DateInput()}

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.parent, self.instance.level = congress, Congress.Level.TOWNSHIP


class CongressForm(forms.ModelForm):
    """The congress itself, and which kinds of department its government office distributes to (人大、分办设置)."""

    noun = "organ"
    distributed_kinds = forms.TypedMultipleChoiceField(
        label=_("经政府办分办的单位类型"),
        required=False,
        choices=[each for each in Department.Type.choices if each[0] != Department.Type.GOVERNMENT_OFFICE],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选的类型先交政府办，由政府办分办；没有勾选的由人大直接交办。"),
    )

    second_factor_roles = forms.TypedMultipleChoiceField(
        label=_("须启用动态口令的角色"),
        required=False,
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选后立即生效：没有启用的人登录后先启用，才能办别的。换手机的，请在“账号”里给他停用，重新启用。"),
    )

    class Meta:
        model = Congress
        fields = [
            "name", "short_name", "region", "office_name", "office_phone", "distributed_kinds", "second_factor_roles",
        ]  # fmt: skip

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, **kwargs)


class AbolishForm(forms.Form):
    """From which day an organ is no more, and who takes over (撤销)."""

    on = forms.DateField(label=_("撤销日期"), widget=DateInput())
    successor = forms.ModelChoiceField(
        Organ.objects.none(),
        label=_("承接单位"),
        required=False,
        empty_label=_("没有"),
        help_text=_("填了承接单位，现有人员自撤销之日起转到承接单位；不填，现有人员的任职到前一天为止。"),
    )

    def __init__(self, *args, organ, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Organ.objects.filter(
            congress=organ.congress_id, kind=organ.kind, valid_to__isnull=True
        ).exclude(pk=organ.pk)


class TermForm(_OfCongress):
    """A term (届)."""

    noun = "term"

    class Meta:
        model = Term
        fields = ["number", "starts_on", "ends_on"]
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("下届首次会议日期须晚于本届首次会议日期。"))
        return cleaned


class SessionForm(_OfCongress):
    """A session of a term (次会议)."""

    noun = "session"

    class Meta:
        model = Session
        fields = ["term", "number", "opened_on", "closed_on"]
        widgets = {"opened_on": DateInput(), "closed_on": DateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.filter(congress=self.congress)

    def clean(self):
        cleaned = super().clean()
        opened, closed, term = cleaned.get("opened_on"), cleaned.get("closed_on"), cleaned.get("term")
        if opened and closed and closed < opened:
            self.add_error("closed_on", _("闭幕日期不能早于开幕日期。"))
        if opened and term and (opened < term.starts_on or (term.ends_on and opened >= term.ends_on)):
            self.add_error("opened_on", _("开幕日期不在这一届的任期内。"))
        return cleaned


class _PlaceFields(forms.Form):
    """A role in an organ from a day on (任职)."""

    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    organ = forms.ModelChoiceField(Organ.objects.none(), label=_("机构"))
    title = forms.CharField(label=_("职务"), max_length=40, required=False)
    starts_on = forms.DateField(label=_("开始日期"), widget=DateInput())
    ends_on = forms.DateField(label=_("结束日期"), required=False, widget=DateInput(), help_text=_("没有期限的不填。"))

    def __init__(self, *args, congress, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs_of(congress).standing(on=on)

    def clean_role(self):
        return Role(self.cleaned_data["role"])

    def clean(self):
        cleaned = super().clean()
        role, organ = cleaned.get("role"), cleaned.get("organ")
        if role and organ and HELD_IN[role] != organ.kind:
            self.add_error("organ", _("%(role)s不在这类机构任职，请另选。") % {"role": role.label})
        return cleaned


class MembershipForm(_PlaceFields):
    """Give a person a place (授予任职)."""


class AccountForm(_PlaceFields):
    """Open an account for a person with his first place (开户)."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.RegexField(
        r"^\d{7,15}$",
        label=_("手机号"),
        required=False,
        error_messages={"invalid": _("手机号只填数字。")},
        help_text=_("可用来登录；加密保存，页面上只显示首尾几位。"),
    )
    field_order = ["name", "phone", "role", "organ", "title", "starts_on", "ends_on"]

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and User.objects.known_as(phone):
            raise forms.ValidationError(_("这个手机号已有账号。"))
        return phone


class EndForm(forms.Form):
    """The last day of a membership (结束任职)."""

    on = forms.DateField(label=_("任职到哪天为止"), widget=DateInput())


class _Colleague(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user.name}（{user.username}）"


class _Places(forms.ModelMultipleChoiceField):
    def label_from_instance(self, place):
        return f"{place.organ.name} · {place.get_role_display()}"


class HandOverForm(forms.Form):
    """Somebody leaves: to whom his places go, and when (移交)."""

    memberships = _Places(Membership.objects.none(), label=_("移交哪些任职"), widget=forms.CheckboxSelectMultiple)
    to = _Colleague(User.objects.none(), label=_("移交给"))
    on = forms.DateField(label=_("任职到哪天为止"), widget=DateInput(), help_text=_("接手的人从第二天起任职。"))
    close = forms.BooleanField(label=_("同时停用他的账号"), required=False)

    def __init__(self, *args, congress, leaver, today, **kwargs):
        super().__init__(*args, **kwargs)
        # A deputy's seat is the voters' to give: it never goes from hand to hand.
        posts = places_in(congress).exclude(role=Role.DEPUTY)
        mine = posts.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), user=leaver)
        self.fields["memberships"].queryset = mine.select_related("organ", "user")
        self.fields["memberships"].initial = [place.pk for place in mine]
        self.fields["to"].queryset = colleagues(congress, leaver)


class DeputiseForm(forms.Form):
    """Who acts in this place, and between which days (代理)."""

    user = _Colleague(User.objects.none(), label=_("由谁代理"))
    starts_on = forms.DateField(label=_("开始日期"), widget=DateInput())
    ends_on = forms.DateField(label=_("结束日期"), widget=DateInput(), help_text=_("到期自动失效。"))

    def __init__(self, *args, congress, holder, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues(congress, holder)


def colleagues(congress, person):
    """Active people of the same congress, deputies apart: a deputy's seat is not a post to hand over."""
    serving = places_in(congress).exclude(role=Role.DEPUTY).values("user")
    return User.objects.filter(pk__in=serving, is_active=True).exclude(pk=person.pk).order_by("name")
