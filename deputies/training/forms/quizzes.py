"""The forms of the bank, of a quiz, and of a paper that is taken (题库、测验表单)."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress.kit.uploads import SHEETS
from congress.kit.widgets import MomentInput
from deputies.training.columns import LETTERS, TRUE_FALSE, read_answer
from deputies.training.forms.common import SEATS_ONLY, AudienceForm, KeptForm
from deputies.training.models import Question, Quiz


class QuestionForm(KeptForm):
    """One question: its choices a line each, its answer as letters."""

    choices_text = forms.CharField(
        label=_("选项"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("每行一个选项，最多 6 个，不用写字母；判断题不用填。"),
    )
    answer_text = forms.CharField(label=_("答案"), max_length=20, help_text=_("如 B、ACD；判断题写对或者错。"))

    class Meta:
        model = Question
        fields = ("kind", "topic", "text", "explanation", "is_in_use")
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "explanation": forms.Textarea(attrs={"rows": 3})}

    field_order = ("kind", "text", "choices_text", "answer_text", "explanation", "topic", "is_in_use")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        question = self.instance
        self.fields["kind"].choices = Question.Kind.choices
        if question.pk:
            self.fields["choices_text"].initial = "\n".join(question.choices)
            self.fields["answer_text"].initial = question.answer_words

    def clean_text(self):
        text = self.cleaned_data["text"].strip()
        same = Question.objects.filter(congress=self.congress, text=text).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError(_("题库里已经有这道题。"))
        return text

    def clean_choices_text(self):
        if self.cleaned_data.get("kind") == Question.Kind.TRUE_FALSE:
            return list(TRUE_FALSE)
        lines = [line.strip() for line in self.cleaned_data["choices_text"].splitlines() if line.strip()]
        choices = [re.sub(r"^[A-Fa-f][.、．:：]\s*", "", line) for line in lines]
        if len(choices) > len(LETTERS):
            raise ValidationError(_("选项最多 6 个。"))
        if any(len(choice) > 120 for choice in choices):
            raise ValidationError(_("每个选项最多 120 个字。"))
        return choices

    def clean_answer_text(self):
        cell = read_answer(self.cleaned_data["answer_text"])
        if cell.message:
            raise ValidationError(cell.message)
        return [LETTERS.index(letter) for letter in cell.value]

    def clean(self):
        cleaned = super().clean()
        self.instance.choices = cleaned.get("choices_text", [])
        self.instance.answer = cleaned.get("answer_text", [])
        return cleaned


class QuestionUploadForm(forms.Form):
    """A table of questions to bring in, and into whose bank."""

    congress = forms.ModelChoiceField(None, label=_("导入到"), empty_label=None)
    file = forms.FileField(
        label=_("题库文件"),
        help_text=_(
            "一行一题，栏目有：题型、题目、选项A 到选项F、答案、解析、主题。可以是 .xlsx、.xls、.et 或者 .csv。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in SHEETS)}),
    )

    def __init__(self, *args, congresses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["congress"].queryset = congresses
        self.fields["congress"].initial = congresses.first()


class QuizForm(AudienceForm):
    """A quiz: what it draws from, how it is passed, when it may be taken."""

    offered = SEATS_ONLY

    class Meta:
        model = Quiz
        fields = (
            "title", "note", "topic", "draws", "pass_mark", "tries", "opens_at", "closes_at", "hides_answers",
            "to_deputies", "to_new", "to_township_deputies", "groups",
        )  # fmt: skip
        widgets = {"opens_at": MomentInput, "closes_at": MomentInput, "note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "topic": _("只从这个主题的题里抽；不填就从全部启用的题里抽。"),
            "hides_answers": _("竞赛笔试请勾选：截止以前只告诉得分，不公布答案和解析。"),
            "pass_mark": _("满分 100 分，每题分值相同；多选题全对才得分。"),
        }

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, congress=congress, **kwargs)
        bank = Question.objects.in_use().filter(congress=congress).exclude(topic="")
        topics = list(bank.order_by("topic").values_list("topic", flat=True).distinct())
        self.fields["topic"] = forms.ChoiceField(
            label=self.fields["topic"].label,
            required=False,
            help_text=self.fields["topic"].help_text,
            choices=[("", _("全部主题")), *((topic, topic) for topic in topics)],
        )

    def clean(self):
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("截止时间必须晚于开始时间。"))
        for name, least, most in (("draws", 1, 100), ("tries", 1, 20), ("pass_mark", 0, 100)):
            value = cleaned.get(name)
            if value is not None and not least <= value <= most:
                words = {"least": least, "most": most}
                self.add_error(name, _("应当在 %(least)s 到 %(most)s 之间。") % words)
        return cleaned


class PaperForm(forms.Form):
    """A paper as it is taken on the phone: one field a question, circles or boxes; an empty one is a wrong one."""

    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, paper, **kwargs):
        super().__init__(*args, **kwargs)
        self.paper = paper
        for number, asked in enumerate(paper):
            choices = [(f"{place}", choice) for place, choice in enumerate(asked["choices"])]
            several = asked["kind"] == Question.Kind.MULTIPLE
            field, widget = (
                (forms.MultipleChoiceField, forms.CheckboxSelectMultiple)
                if several
                else (forms.ChoiceField, forms.RadioSelect)
            )
            label = asked["text"]
            self.fields[f"q{number}"] = field(label=label, choices=choices, required=False, widget=widget)

    def questions(self):
        kinds = dict(Question.Kind.choices)
        return [(number + 1, kinds[asked["kind"]], self[f"q{number}"]) for number, asked in enumerate(self.paper)]

    def unanswered(self):
        """The numbers of the questions that were left empty."""
        return [number + 1 for number in range(len(self.paper)) if not self.cleaned_data[f"q{number}"]]

    def chosen(self):
        """{number of the question: places of the choices}."""
        chosen = {}
        for number in range(len(self.paper)):
            given = self.cleaned_data[f"q{number}"]
            chosen[number] = [int(place) for place in (given if isinstance(given, list) else [given] if given else [])]
        return chosen
