"""What a department says to the deputy: the meetings before the reply, the reply, its answers (答)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.kit.fingerprints import fingerprint
from suggestions.docket.models.case import Ask, Assignment


class Contact(models.Model):
    """A meeting of the handling department with the deputy before the reply (面商; 代表法 Art. 51)."""

    class Method(models.TextChoices):
        VISIT = "visit", _("上门走访")
        MEETING = "meeting", _("座谈面商")
        SITE = "site", _("现场察看")
        PHONE = "phone", _("电话")
        LETTER = "letter", _("书信、网络")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="contacts", verbose_name=_("承办"))
    on = models.DateField(_("日期"))
    method = models.CharField(_("方式"), max_length=20, choices=Method)
    place = models.CharField(_("地点"), max_length=100, blank=True, default="")
    participants = models.CharField(_("参加人"), max_length=200, blank=True, default="")
    opinion = models.TextField(_("代表意见"))
    record = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("面商记录")
    )

    class Meta:
        verbose_name = _("面商")
        verbose_name_plural = _("面商")
        ordering = ["on", "id"]

    def __str__(self):
        return f"{self.on} {self.get_method_display()}"


class Reply(models.Model):
    """The letter in which a department answers the deputy, ask by ask (答复函)."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="reply", verbose_name=_("承办"))
    document_number = models.CharField(_("发文字号"), max_length=60, blank=True, default="")
    opening = models.TextField(_("开头"), blank=True, default="")
    closing = models.TextField(_("结尾"), blank=True, default="")
    contact_name = models.CharField(_("联系人"), max_length=60, blank=True, default="")
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True, default="")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签发人")
    )
    sent_on = models.DateField(_("答复日期"), null=True, blank=True, editable=False)
    attachments = models.ManyToManyField("files.StoredFile", blank=True, related_name="+", verbose_name=_("附件"))

    class Meta:
        verbose_name = _("答复")
        verbose_name_plural = _("答复")

    def __str__(self):
        return self.document_number or f"{self.assignment_id}"

    @property
    def journal_case(self):
        return self.assignment.round.suggestion

    def text_hash(self):
        """The fingerprint of the letter and its answers, by which two who draft it notice each other."""
        letter = [self.document_number, self.opening, self.closing, self.contact_name, self.contact_phone]
        told = ("ask", "result_class", "text", "promise", "promised_on", "responsible", "reason")
        return fingerprint([letter, *self.answers.order_by("ask").values_list(*told)])


class AnswerQuerySet(models.QuerySet):
    def sent(self):
        """Those of replies that went out: the draft of a department that was relieved is nobody's answer."""
        return self.filter(reply__assignment__state=Assignment.State.DONE)


class Answer(models.Model):
    """What the reply says to one ask (逐条答复): its class, its words, and where it promises, what by when."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="answers", verbose_name=_("答复"))
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="answers", verbose_name=_("诉求"))
    result_class = models.CharField(_("办理类别"), max_length=10)
    text = models.TextField(_("答复内容"))
    promise = models.CharField(_("承诺事项"), max_length=300, blank=True, default="")
    promised_on = models.DateField(_("承诺完成日期"), null=True, blank=True)
    responsible = models.CharField(_("责任人"), max_length=60, blank=True, default="")
    reason = models.TextField(_("不能办理的原因"), blank=True, default="")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("逐条答复")
        verbose_name_plural = _("逐条答复")
        ordering = ["ask__number"]
        constraints = [models.UniqueConstraint(fields=["reply", "ask"], name="docket_one_answer_per_ask")]

    def __str__(self):
        return self.text
