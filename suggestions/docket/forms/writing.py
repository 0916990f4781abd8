"""What a deputy writes: title, situation, analysis, asks one by one, and who seconds it (提)."""

import uuid

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from congress.kit.drafts import DraftMixin
from congress.kit.numbers import row_numbers
from congress.organs.models import Congress, Department
from deputies.activities import drives
from deputies.activities.forms.drives import DriveField, offer
from deputies.activities.models import Campaign
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of
from suggestions.docket import actions
from suggestions.docket.models import Category, Suggestion

MOST_ASKS, LONGEST_ASK, SPARE_ASKS = 20, 1000, 2
OF_A_CONGRESS = (
    ("category", Category), ("proposed_department", Department), ("cosigners", Mandate), ("campaign", Campaign),
)  # fmt: skip


def leads_of(user):
    """The seats with which this user may write, that in the higher congress first; of two terms the later one's."""
    seats = Mandate.objects.filter(pk__in=active_seats_of(user)).select_related("congress", "deputy", "term")
    latest = {seat.congress_id: seat for seat in sorted(seats, key=lambda seat: seat.term.starts_on)}
    return sorted(latest.values(), key=lambda seat: (Congress.Level.values.index(seat.congress.level), seat.pk))


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once."""

    widget = ManyFilesInput

    def clean(self, value, initial=None):
        return [super(ManyFilesField, self).clean(each, initial) for each in value or [] if each]


class SuggestionForm(DraftMixin, forms.ModelForm):
    """The structured text; asks come as repeated fields named `ask`, co-signers as ticked seats."""

    lead = forms.ModelChoiceField(label=_("以哪里的代表身份提出"), queryset=Mandate.objects.none(), empty_label=None)
    cosigners = forms.ModelMultipleChoiceField(label=_("附议人"), queryset=Mandate.objects.none(), required=False)
    attachments = ManyFilesField(label=_("附件"), required=False, help_text=_("照片、图纸、调查材料。"))
    draft_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    campaign = DriveField(help_text=_("正在开展的专项行动，属于哪一个就选哪一个。"))

    page_key = "draft_key"

    class Meta:
        model = Suggestion
        fields = (
            "kind", "title", "situation", "analysis", "category", "proposed_department", "campaign",
            "wishes_publication", "protects_identity",
        )  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect,
            "title": forms.Textarea(attrs={"rows": 2, "class": "song ttl", "maxlength": 120}),
            "situation": forms.Textarea(attrs={"rows": 5}),
            "analysis": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": _("写成“关于……的建议”，一件建议只说一件事。"),
            "situation": _("哪里、什么事、影响谁。"),
            "analysis": _("为什么会这样，以前办过没有。"),
            "protects_identity": _("承办单位看到的是“一名代表”。"),
        }

    def __init__(self, *args, by, leads, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.seat = self._seat(leads)
        congress = self.seat.congress_id
        if self.instance.pk is None:
            self.instance.lead, self.instance.congress = self.seat, self.seat.congress
        self.fields["lead"].queryset = Mandate.objects.filter(pk__in=[seat.pk for seat in leads])
        self.fields["lead"].label_from_instance = lambda seat: str(seat.congress)
        self.fields["lead"].error_messages["invalid_choice"] = _("请过附议人以后不能换身份，先去掉附议人再换。")
        self.initial["lead"] = self.seat.pk
        self.has_choice_of_seat = len(leads) > 1
        self.fields["lead"].required = self.has_choice_of_seat
        self.fields["title"].required = False
        self.fields["kind"].choices = Suggestion.Kind.choices
        self.fields["category"].queryset = Category.objects.filter(congress=congress)
        self.fields["category"].empty_label = _("由工作机构确定")
        departments = Department.objects.filter(congress=congress)
        self.fields["proposed_department"].queryset = departments.exclude(type=Department.Type.GOVERNMENT_OFFICE)
        self.fields["proposed_department"].empty_label = _("由工作机构确定")
        self.fields["cosigners"].queryset = (
            Mandate.objects.filter(congress=congress).active().exclude(pk__in=[seat.pk for seat in leads])
        )
        offer(self, drives.offered([congress], on=today, kept=self.instance.campaign_id))
        self.fields["draft_key"].initial = uuid.uuid4().hex
        self.fields["shown"].initial = self.instance.draft_mark() if self.instance.pk else ""
        self._leave_what_is_of_another_congress(leads)

    def _seat(self, leads):
        """The seat by which he writes: as chosen on the page, else that of the draft, else his first."""
        asked = row_numbers([self.data.get("lead", "")]) if self.is_bound else []
        chosen = next((seat for seat in leads if seat.pk in asked), None)
        return chosen or next((seat for seat in leads if seat.pk == self.instance.lead_id), leads[0])

    def _leave_what_is_of_another_congress(self, leads):
        """A page on which the seat was changed still shows categories, departments and deputies of the other one."""
        others = {seat.congress_id for seat in leads} - {self.seat.congress_id}
        if not (self.is_bound and others):
            return
        self.data = self.data.copy()
        for name, rows in OF_A_CONGRESS:
            sent = self.data.getlist(name)
            known = rows.objects.filter(congress__in=others, pk__in=row_numbers(sent)).values_list("pk", flat=True)
            gone = {str(pk) for pk in known if not (name == "campaign" and self._is_offered(pk))}
            self.data.setlist(name, [value for value in sent if value not in gone])

    def _is_offered(self, drive):
        """A drive of the county is one of its townships too."""
        return "campaign" in self.fields and self.fields["campaign"].queryset.filter(pk=drive).exists()

    def asks(self):
        """What stands in the ask fields now: as sent, or as saved."""
        if self.is_bound:
            return [text.strip() for text in self.data.getlist("ask") if text.strip()]
        return [ask.text for ask in self.instance.asks.order_by("number")] if self.instance.pk else []

    def ask_rows(self):
        """(number, text) for the page, with empty ones to go on."""
        texts = self.asks()
        return list(enumerate([*texts, *[""] * (SPARE_ASKS if texts else SPARE_ASKS + 1)], start=1))

    @cached_property
    def people(self):
        """The deputies who can be asked to second, with whether they are: (seat, is ticked)."""
        chosen = self._chosen()
        seats = self.fields["cosigners"].queryset.select_related("deputy", "delegation")
        rows = [(seat, seat.pk in chosen) for seat in seats.order_by("delegation__position", "deputy__name")]
        return sorted(rows, key=lambda row: not row[1])

    @property
    def chosen_people(self):
        """The names of those who are ticked."""
        return [seat.deputy.name for seat, is_chosen in self.people if is_chosen]

    def _chosen(self):
        if self.is_bound:
            return set(row_numbers(self.data.getlist("cosigners")))
        return set(self.instance.cosigners.values_list("mandate_id", flat=True)) if self.instance.pk else set()

    def clean(self):
        cleaned = super().clean()
        asks = self.asks()
        if len(asks) > MOST_ASKS:
            self.add_error(None, _("诉求最多 %s 条，请把不同的事分开提。") % MOST_ASKS)
        for number, text in enumerate(asks, start=1):
            if len(text) > LONGEST_ASK:
                self.add_error(
                    None, _("第 %(number)s 条诉求太长，最多 %(most)s 字。") % {"number": number, "most": LONGEST_ASK}
                )
        return cleaned

    def carry_out(self, *, keep):
        """Save the draft; `keep(upload)` stores an attachment once the case has a number of its own."""
        case = self.save(commit=False)
        case.lead, case.congress = self.seat, self.seat.congress
        cosigners = list(self.cleaned_data["cosigners"])
        with self.page() as page:
            actions.save_draft(case, asks=self.asks(), cosigners=cosigners, by=self.by, page=page)
        for upload in self.cleaned_data["attachments"]:
            case.attachments.add(keep(case, upload))
        return case
