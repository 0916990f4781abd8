"""The forms of a contest: itself, its list of results, a paper that is judged (竞赛表单)."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput
from congress.procedure.forms import StepForm
from deputies.roll.models import Mandate
from deputies.training.actions import contests
from deputies.training.forms.common import KeptForm
from deputies.training.models import Contest, Entrant, Quiz


class ContestForm(KeptForm):
    """A contest: the quiz that is its written stage, how many reach the final, how teams count."""

    class Meta:
        model = Contest
        fields = ("title", "kind", "quiz", "finalists", "team_minimum", "held_on")
        widgets = {"held_on": DateInput}
        help_texts = {
            "quiz": _("知识竞赛的笔试用一次测验；每人取最好的一次，先比得分，再比用时。论文、调研报告评比不用选。"),
            "finalists": _("按笔试成绩取前几名；和最后一名得分、用时都相同的一并入围。"),
            "team_minimum": _("参赛不足这个人数的代表队不排名次。"),
        }

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, congress=congress, **kwargs)
        free = Quiz.objects.filter(congress=congress, contest=None).exclude(state=Quiz.State.DROPPED)
        own = Quiz.objects.filter(pk=self.instance.quiz_id)
        self.fields["quiz"].queryset = free | own
        self.fields["quiz"].empty_label = _("不用笔试")
        if self.instance.pk:
            del self.fields["kind"]
            if self.instance.state != Contest.State.WRITTEN:
                del self.fields["quiz"], self.fields["finalists"]

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind", self.instance.kind)
        if "quiz" in self.fields and kind == Contest.Kind.KNOWLEDGE and not cleaned.get("quiz"):
            self.add_error("quiz", _("请选定笔试用哪一次测验；还没有的，先去编一次测验。"))
        if kind == Contest.Kind.PAPERS and "quiz" in cleaned:
            cleaned["quiz"] = None
        for name in ("finalists", "team_minimum"):
            if name in cleaned and cleaned[name] is not None and not 1 <= cleaned[name] <= 1000:
                self.add_error(name, _("应当在 1 到 1000 之间。"))
        return cleaned


class WorkForm(forms.Form):
    """One paper that a deputy hands in for judgement."""

    mandate = forms.ModelChoiceField(None, label=_("作者"), empty_label=_("请选代表"))
    work = forms.CharField(label=_("作品题目"), max_length=120)

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, **kwargs)
        seats = Mandate.objects.active().filter(congress=congress).select_related("deputy", "delegation__township")
        self.fields["mandate"].queryset = seats.order_by("deputy__strokes", "pk")


class ResultsForm(StepForm):
    """The results of the live stage as one list: points and award a line."""

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, case=case, **kwargs)
        rows = case.entrants.select_related("mandate__deputy").order_by("-is_finalist", "-written", "seconds", "id")
        self.entrants = [each for each in rows if each.is_finalist or case.kind == Contest.Kind.PAPERS]
        for each in self.entrants:
            self.fields[f"live-{each.pk}"] = forms.DecimalField(
                label=_("%s的成绩") % each.mandate,
                required=False,
                min_value=Decimal(0),
                max_value=Decimal("9999.9"),
                max_digits=5,
                decimal_places=1,
                initial=each.live,
            )
            self.fields[f"award-{each.pk}"] = forms.ChoiceField(
                label=_("%s的奖项") % each.mandate, required=False, choices=Entrant.Award.choices, initial=each.award
            )

    def lines(self):
        return [(each, self[f"live-{each.pk}"], self[f"award-{each.pk}"]) for each in self.entrants]

    def own_fields(self):
        return []

    def carry_out(self, contest, *, by):
        cleaned = self.cleaned_data
        live = {each.pk: cleaned[f"live-{each.pk}"] for each in self.entrants}
        awards = {each.pk: cleaned[f"award-{each.pk}"] for each in self.entrants}
        if not self.entrants:
            raise ValidationError(_("还没有可以录入成绩的人。"))
        contests.enter(contest, live=live, awards=awards, by=by, **self.taking())
