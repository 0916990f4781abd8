"""Forms of the roll: a seat with its person, the steps of a seat, the bodies (名册表单)."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.kit.photos import PortraitField
from congress.kit.uploads import SHEETS
from congress.kit.widgets import DateInput
from congress.organs.models import Congress, Membership
from congress.organs.roles import Role
from congress.procedure.forms import StepForm
from deputies.roll import actions
from deputies.roll.columns import ERROR, read_born, read_expertise, read_id_number, read_name, read_phone
from deputies.roll.importing import current_term
from deputies.roll.models import Constituency, Delegation, Deputy, DeputyGroup, Mandate
from deputies.roll.terms import coming_terms

UNCHANGED = _("现为 %s；不改就留空。")


class TermField(forms.ModelChoiceField):
    """Into which term a seat goes: the current one where nothing is chosen, or one that is registered to come."""

    def __init__(self, **kwargs):
        help_text = _("下一届的名册：先在“设置”里登记下一届，再在这里选。")
        super().__init__(None, label=_("届"), required=False, help_text=help_text, **kwargs)

    def offer(self, terms, *, current=None, names_congress=False):
        self.queryset = terms
        self.empty_label = _("%s（本届）") % current if current else _("本届")
        if names_congress:
            self.label_from_instance = lambda term: f"{term.congress} {term}"


def _text(name):
    """A text field as long and as named as its column."""
    field = Deputy._meta.get_field(name)
    return forms.CharField(label=field.verbose_name, max_length=field.max_length, required=not field.blank)


def _read(read):
    """Clean a value the way the import reads its cell."""

    def clean(form, name):
        cell = read(form.cleaned_data[name])
        if cell.verdict == ERROR:
            raise ValidationError(cell.message)
        return cell.value

    return clean


class ExpertiseField(forms.CharField):
    """What a deputy knows, in words by which he is looked for."""

    def __init__(self):
        help_text = _("如：水利、法律。按这些词找得到他，视察、调研邀请时按专长选。")
        super().__init__(label=_("专长（顿号隔开）"), max_length=200, required=False, help_text=help_text)

    def clean(self, value):
        return read_expertise(super().clean(value)).value


class ExpertiseForm(forms.Form):
    """The deputy's own word."""

    expertise = ExpertiseField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expertise"].help_text = _("如：水利、法律。组织视察、调研时，按专长请得到您。")


class SeatForm(forms.Form):
    """One deputy and his seat; personal values are not shown again, an empty one stays as it is."""

    GROUPS = (
        (
            _("基本信息"),
            ("name", "sex", "people", "party", "born", "education", "position_held", "expertise", "portrait"),
        ),
        (_("联系方式"), ("phone", "id_number", "address")),
        (
            _("代表资格"),
            (
                "term",
                "certificate_number",
                "delegation",
                "constituency",
                "groups",
                "election",
                "started_on",
                "is_by_election",
                "is_re_elected",
                "is_standing_member",
            ),
        ),
    )

    term = TermField()
    name = _text("name")
    sex = forms.ChoiceField(label=_("性别"), choices=[("", _("未填")), *Deputy.Sex.choices], required=False)
    people = _text("people")
    party = _text("party")
    born = forms.CharField(label=_("出生年月"), max_length=20, required=False, help_text=_("如：1976-08"))
    education = _text("education")
    position_held = _text("position_held")
    expertise = ExpertiseField()
    portrait = PortraitField(
        label=_("照片"), required=False, help_text=_("近期正面照，用在公示栏、联系卡和公开页；不换就留空。")
    )
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False)
    id_number = forms.CharField(label=_("身份证号"), max_length=20, required=False)
    address = _text("address")
    certificate_number = forms.CharField(label=_("代表证号"), max_length=40, required=False)
    delegation = forms.ModelChoiceField(None, label=_("代表团"), required=False, empty_label=_("未编团"))
    constituency = forms.ModelChoiceField(None, label=_("选区、选举单位"), required=False, empty_label=_("未填"))
    groups = forms.ModelMultipleChoiceField(
        None, label=_("代表小组"), required=False, widget=forms.CheckboxSelectMultiple
    )
    election = forms.ChoiceField(label=_("选举方式"), choices=Mandate.Election.choices)
    started_on = forms.DateField(label=_("开始日期"), widget=DateInput)
    is_by_election = forms.BooleanField(label=_("补选"), required=False)
    is_re_elected = forms.BooleanField(label=_("连任"), required=False)
    is_standing_member = forms.BooleanField(label=_("常委会组成人员"), required=False)

    def __init__(self, *args, congress, term, coming=None, seat=None, **kwargs):
        self.congress, self.term, self.seat = congress, term, seat
        kwargs["initial"] = self._standing() if seat else {}
        super().__init__(*args, **kwargs)
        if coming is None:  # a seat that stands stays in its term
            del self.fields["term"]
        else:
            self.fields["term"].offer(coming, current=term)
            self.fields["started_on"].required = False
            self.fields["started_on"].help_text = _("不填，就按这一届的首次会议日期。")
        self.fields["delegation"].queryset = Delegation.objects.filter(congress=congress)
        self.fields["constituency"].queryset = Constituency.objects.filter(congress=congress)
        self.fields["groups"].queryset = DeputyGroup.objects.filter(congress=congress)
        if seat:
            self._mask()

    def _standing(self):
        person = {name: getattr(self.seat.deputy, name) for name in actions.PERSON if name not in actions.SECRET}
        own = {name: getattr(self.seat, name) for name in actions.SEAT_FIELDS}
        return person | own | {"groups": self.seat.groups.all()}

    def _mask(self):
        deputy = self.seat.deputy
        shown = {"phone": deputy.masked_phone, "id_number": deputy.masked_id_number, "born": deputy.born[:4]}
        for name, masked in shown.items():
            if masked:
                self.fields[name].help_text = UNCHANGED % masked

    def sections(self):
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in self.GROUPS]

    def clean_term(self):
        """What follows is judged in the term that was chosen."""
        self.term = self.cleaned_data["term"] or self.term
        if self.term is None:
            raise ValidationError(_("本届还没有登记，请选下一届，或者先在设置里登记本届。"))
        return self.term

    def clean_started_on(self):
        return self.cleaned_data["started_on"] or (self.term and self.term.starts_on)

    def clean_name(self):
        return _read(read_name)(self, "name")

    def clean_born(self):
        return _read(read_born)(self, "born")

    def clean_phone(self):
        return _read(read_phone)(self, "phone")

    def clean_id_number(self):
        return _read(read_id_number)(self, "id_number")

    def clean_certificate_number(self):
        number = self.cleaned_data["certificate_number"].strip()
        others = Mandate.objects.filter(term=self.term).exclude(pk=self.seat.pk if self.seat else None)
        if number and others.filter(certificate_number=number).exists():
            raise ValidationError(_("这个代表证号已经有人用了。"))
        return number

    def values(self):
        """What is to be written; an empty personal field of a standing seat keeps its value."""
        values = {name: self.cleaned_data[name] for name in (*actions.PERSON, *actions.SEAT_FIELDS)}
        if self.seat:
            for name in actions.SECRET:
                values[name] = values[name] or getattr(self.seat.deputy, name)
        return values


class _GroundForm(StepForm):
    announcement = forms.CharField(
        label=_("报告或者公告"), max_length=100, help_text=_("如：县人大常委会公告〔2026〕第 3 号。")
    )

    def said(self):
        return {name: self.cleaned_data[name] for name in ("ground", "announcement") if name in self.cleaned_data}


class SuspendForm(_GroundForm):
    ground = forms.ChoiceField(
        label=_("依据（代表法第六十一条）"),
        choices=[(each.value, each.label) for each in actions.SUSPENDING],
        widget=forms.RadioSelect,
    )
    field_order = ["ground", "announcement"]

    def carry_out(self, case, *, by):
        actions.suspend(case, by=by, **self.said(), **self.taking())


class ResumeForm(_GroundForm):
    def carry_out(self, case, *, by):
        actions.resume(case, by=by, **self.said(), **self.taking())


class EndForm(_GroundForm):
    ground = forms.ChoiceField(
        label=_("依据（代表法第六十二条、第六十三条）"),
        choices=[(each.value, each.label) for each in actions.ENDING],
        widget=forms.RadioSelect,
        help_text=_("履职积分从来不是终止资格的依据。"),
    )
    field_order = ["ground", "announcement"]

    def carry_out(self, case, *, by):
        actions.end(case, by=by, **self.said(), **self.taking())


class BodyForm(forms.ModelForm):
    """A delegation, a group or a constituency of one congress."""

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"congress"}  # one name per congress is judged here

    def _offer_townships(self, help_text):
        """The townships below this congress; a township has none, and is not asked."""
        townships = Congress.objects.filter(parent=self.instance.congress_id).order_by("position", "pk")
        field = self.fields["township"]
        field.queryset, field.help_text, field.empty_label = townships, help_text, _("不属于某个乡镇")
        field.label_from_instance = lambda township: township.region
        if not townships:
            del self.fields["township"]


class DelegationForm(BodyForm):
    class Meta:
        model = Delegation
        fields = ["name", "township", "position"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer_townships(_("选了以后，该乡镇人大能查看、核实本团县代表的履职。"))


class GroupForm(BodyForm):
    class Meta:
        model = DeputyGroup
        fields = ["name", "kind", "township", "committee", "leader", "guide", "position"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        of = {"congress_id": self.instance.congress_id}
        self._offer_townships(_("选了以后，该乡镇人大能以代表团名义和本组一起举办活动。"))
        leading = Membership.objects.filter(organ=self.instance.congress_id, role=Role.LEADER)
        guides = leading.in_force(on=timezone.localdate()).values("user")
        self.fields["guide"].queryset = User.objects.filter(pk__in=guides).order_by("pk")
        self.fields["guide"].label_from_instance = lambda user: user.name
        self.fields["guide"].empty_label = _("没有，主题不用审定")
        self.fields["committee"].queryset = self.fields["committee"].queryset.filter(**of)
        self.fields["committee"].empty_label = self.fields["leader"].empty_label = _("没有")
        members = Mandate.objects.active().filter(**of).select_related("deputy").order_by("deputy__strokes")
        self.fields["leader"].queryset = members.filter(groups=self.instance) if self.instance.pk else members.none()


class ConstituencyForm(BodyForm):
    class Meta:
        model = Constituency
        fields = ["name"]


BODIES = {
    "delegations": (Delegation, DelegationForm, "mandates"),
    "groups": (DeputyGroup, GroupForm, "members"),
    "constituencies": (Constituency, ConstituencyForm, "mandates"),
}


class UploadForm(forms.Form):
    """A roster to bring in, and into which congress."""

    congress = forms.ModelChoiceField(None, label=_("导入到"), empty_label=None)
    term = TermField()
    file = forms.FileField(
        label=_("名册文件"),
        help_text=_("可以是 .xlsx、.xls、.et 或者 .csv。表头在第几行、栏目叫什么、有没有标题行都可以。"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in SHEETS)}),
    )

    def __init__(self, *args, congresses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["congress"].queryset = congresses
        self.fields["congress"].initial = first = congresses.first()
        today, many = timezone.localdate(), len(congresses) > 1
        current = None if many else current_term(first, on=today)
        self.fields["term"].offer(coming_terms(congresses, on=today), current=current, names_congress=many)

    def clean(self):
        cleaned = super().clean()
        congress, term = cleaned.get("congress"), cleaned.get("term")
        if congress and term and term.congress_id != congress.pk:
            self.add_error("term", _("这一届不是%s的，请重选。") % congress)
        return cleaned


class TermEndForm(forms.Form):
    """The seats of one term end together; the page says how many, and of which day."""

    term = forms.ModelChoiceField(None, widget=forms.HiddenInput)
    announcement = forms.CharField(
        label=_("依据的会议或者公告"), max_length=100, help_text=_("如：县第十九届人民代表大会第一次会议。")
    )

    def __init__(self, *args, terms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files of one field, as they came."""

    def clean(self, value, initial=None):
        uploads = [super(ManyFilesField, self).clean(each, initial) for each in value or [] if each]
        if self.required and not uploads:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return uploads


class PortraitsForm(forms.Form):
    """Many photos at once, named by whom they show."""

    photos = ManyFilesField(
        label=_("照片或者压缩包"),
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,.zip"}),
        help_text=_(
            "文件名写代表证号或者姓名，如：0123.jpg、张三.png、0123张三.jpg。一次选 20 个文件，或者打成一个 ZIP。"
        ),
        error_messages={"required": _("请选择照片或者 ZIP。")},
    )
