"""The bank of questions, and the tables by which it is filled (题库)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from congress.procedure.batches import Batch, BatchRow


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(congress__in=hats_of(user).watches)

    def in_use(self):
        return self.filter(is_in_use=True)


class Question(models.Model):
    """One question (试题): single choice, multiple choice, or true or false; `answer` are places in `choices`."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("单选")
        MULTIPLE = "multiple", _("多选")
        TRUE_FALSE = "true_false", _("判断")

    congress = models.ForeignKey("organs.Congress", models.PROTECT, related_name="+", verbose_name=_("人大"))
    kind = models.CharField(_("题型"), max_length=10, choices=Kind)
    topic = models.CharField(_("主题"), max_length=40, blank=True, default="")
    text = models.CharField(_("题目"), max_length=300)
    choices = models.JSONField(_("选项"), default=list)
    answer = models.JSONField(_("答案"), default=list)
    explanation = models.TextField(_("解析"), blank=True, default="")
    is_in_use = models.BooleanField(_("启用"), default=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("试题")
        verbose_name_plural = _("试题")
        ordering = ["topic", "id"]
        indexes = [models.Index(fields=["congress", "topic"], name="training_bank_by_topic")]
        constraints = [models.UniqueConstraint(fields=["congress", "text"], name="training_one_question_text")]

    def __str__(self):
        return self.text

    @property
    def answer_words(self):
        """AC, or 正确 of a true-or-false question."""
        if self.kind == self.Kind.TRUE_FALSE:
            return "、".join(self.choices[place] for place in self.answer)
        return "".join(chr(ord("A") + place) for place in self.answer)


class QuestionImport(Batch):
    """One table of questions that was brought in (题库导入)."""

    class Meta(Batch.Meta):
        verbose_name = _("题库导入")
        verbose_name_plural = _("题库导入")

    def get_absolute_url(self):
        return reverse("training:import", args=[self.pk])


class QuestionRow(BatchRow):
    """One row of a table of questions: its cells with their verdicts, and what was written."""

    class Verdict(models.TextChoices):
        NEW = "new", _("新增")
        DUPLICATE = "duplicate", _("题库已有")
        WARNING = "warning", _("警告")
        ERROR = "error", _("错误")

    batch = models.ForeignKey(QuestionImport, models.CASCADE, related_name="rows", verbose_name=_("导入"))
    cells = models.JSONField(_("各格"), default=dict)
    verdict = models.CharField(_("结论"), max_length=20, choices=Verdict)
    messages = models.JSONField(_("说明"), default=list)
    question = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("试题")
    )

    asks_who = False  # no row of questions is mistaken for a person

    class Meta(BatchRow.Meta):
        verbose_name = _("题库导入行")
        verbose_name_plural = _("题库导入行")
